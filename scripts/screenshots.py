"""Makes the pictures in docs/images from a pair of the corpora. Needs Chromium and playwright.

python scripts/screenshots.py
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from checker import compare
from checker.report import Style
from checker.report.html import render

ROOT = Path(__file__).parents[1]
PAIR = ROOT / "corpora" / "grues-du-lac"
IMAGES = ROOT / "docs" / "images"


def picture(browser: Browser, page: Path, name: str, width: int, height: int, scheme: str) -> None:
    """One picture of the page with its first finding selected."""
    opened = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    opened.goto(page.as_uri())
    opened.keyboard.press("n")
    if width < 600:
        opened.click('[data-action="view-text"]')
        opened.locator(".mark.current").first.scroll_into_view_if_needed()
    else:
        opened.evaluate("scrollTo(0, 0)")
    opened.screenshot(path=IMAGES / name)
    opened.close()


def main() -> None:
    """Compares the pair and takes the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    os.chdir(PAIR)
    report = compare("grues-du-lac.fr.txt", "grues-du-lac.de.txt")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        page = Path(folder) / "report.html"
        page.write_bytes(render(report, Style()))
        browser = running.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        picture(browser, page, "report-light.png", 1360, 1180, "light")
        picture(browser, page, "report-dark.png", 1360, 1180, "dark")
        picture(browser, page, "report-phone.png", 375, 740, "light")
        browser.close()


if __name__ == "__main__":
    main()
