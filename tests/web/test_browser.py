"""What an editor does, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from web.conftest import FRENCH, GERMAN, RIGHT, Server, serving
from web.test_pages import small_audit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DROP = """
([side, name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: "text/plain" }));
  const options = { dataTransfer: carried, bubbles: true, cancelable: true };
  for (const kind of ["dragover", "drop"]) {
    document.querySelectorAll("[data-drop]")[side].dispatchEvent(new DragEvent(kind, options));
  }
}
"""


@pytest.fixture
def page(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the server; nothing outside is asked for and nothing is complained about."""
    options: dict[str, Any] = {"locale": "en-GB", "base_url": server.url}
    context = browser.new_context(**{**options, **getattr(request, "param", {})})
    page = context.new_page()
    outside: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if server.url not in r.url else None)
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield page
    context.close()
    outside = [url for url in outside if not url.startswith(("data:", "blob:"))]
    assert (outside, complaints) == ([], [])


def compare(page: Page) -> None:
    page.goto("/")
    page.locator("#source-text").fill(FRENCH)
    page.locator("#target-text").fill(GERMAN)
    page.locator("button.primary").click()
    page.wait_for_selector("[data-checker-report]")


def test_paste_filter_dismiss_and_download(page: Page) -> None:
    compare(page)
    findings = page.locator(".finding:visible")
    assert findings.count() >= 1
    page.locator('label.chip:has(input[value="error"])').click()
    assert page.locator(".finding.error:visible").count() == 0
    page.locator('label.chip:has(input[value="error"])').click()
    page.locator('[data-action="dismiss"]').first.click()
    page.locator("[data-reason]").fill("so im Original")
    page.locator('[data-action="confirm"]').click()
    assert page.locator("[data-dismissed]").inner_text() == "1"
    with page.expect_download() as waivers:
        page.locator('[data-action="export-toml"]').click()
    assert "so im Original" in Path(waivers.value.path()).read_text(encoding="utf-8")
    page.locator("nav.web summary").last.click()
    with page.expect_download() as file:
        page.get_by_role("link", name="json", exact=True).click()
    assert "number-mismatch" in Path(file.value.path()).read_text(encoding="utf-8")


def test_the_texts_stand_side_by_side(page: Page) -> None:
    """The styles of the page leave those of the report alone."""
    compare(page)
    left, right = (cell.bounding_box() for cell in page.locator(".row.head .cell").all())
    assert left and right
    assert (left["y"], left["x"] < right["x"]) == (right["y"], True)


def test_files_are_dropped_on_a_side(page: Page) -> None:
    page.goto("/")
    for side, (name, text) in enumerate((("musee.fr.txt", FRENCH), ("museum.de.txt", GERMAN))):
        page.evaluate(DROP, [side, name, text])
        assert name in page.locator("[data-status]").inner_text()
    page.locator("button.primary").click()
    page.wait_for_selector("[data-checker-report]")
    assert "musee.fr.txt" in page.locator("h1").inner_text()


def test_one_file_of_both_languages_is_dropped(page: Page) -> None:
    page.goto("/")
    table = f"fr,de\n{FRENCH.splitlines()[0]},{GERMAN.splitlines()[0]}\n"
    page.evaluate(DROP, [0, "musee.csv", table])
    page.locator("button.primary").click()
    page.wait_for_selector("[data-checker-report]")
    assert page.locator(".finding.error").count() == 1


def test_a_new_version_of_one_side(page: Page, tmp_path: Path) -> None:
    compare(page)
    file = tmp_path / "neu.de.txt"
    file.write_text(RIGHT, encoding="utf-8")
    page.get_by_text("Compare a new version").click()
    page.locator('input[name="target_file"]').set_input_files(file)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector("h1:has-text('neu.de.txt')")
    assert page.locator(".finding").count() == 0


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_the_essential_path_needs_no_script(page: Page) -> None:
    compare(page)
    assert page.locator(".finding.error").count() == 1


@pytest.mark.parametrize(
    ("page", "title", "button"),
    [
        ({"locale": "fr-CH"}, "Comparer deux versions linguistiques", "Comparer"),
        ({"locale": "de-CH"}, "Zwei Sprachfassungen vergleichen", "Vergleichen"),
    ],
    indirect=["page"],
)
def test_the_interface_speaks_french_and_german(page: Page, title: str, button: str) -> None:
    page.goto("/")
    assert page.title() == title
    assert page.locator("button.primary").inner_text() == button
    page.locator("#source-text").fill(FRENCH)
    page.locator("#target-text").fill(GERMAN)
    page.get_by_role("button", name=button).click()
    page.wait_for_selector("[data-checker-report]")
    assert page.locator("html").get_attribute("lang") == page.evaluate("navigator.language")[:2]


def test_keyboard_alone_is_enough(page: Page) -> None:
    page.goto("/")
    page.locator("#source-text").focus()
    page.keyboard.insert_text(FRENCH)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.insert_text(GERMAN)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "primary":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-checker-report]")
    page.keyboard.press("n")
    assert page.locator('.finding[aria-current="true"]').count() == 1


def test_pages_break_no_accessibility_rule(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto("/")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    compare(page)
    page.get_by_text("Compare a new version").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_archive_is_opened_and_walked(browser: Browser, tmp_path: Path) -> None:
    results = small_audit(tmp_path)
    with serving(tmp_path, "--audit", str(results)) as running:
        context = browser.new_context(locale="de-DE", base_url=running.url)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name="Archiv").click()
        page.get_by_label("nur mit Fehlern").check()
        page.get_by_role("button", name="Suchen").click()
        page.get_by_role("link", name="beta").click()
        assert page.locator(".finding.error").count() == 1
        context.close()
