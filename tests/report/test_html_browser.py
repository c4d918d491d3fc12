"""The HTML page in a real browser: what an editor does with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checker.gate.waivers import load_waivers
from checker.model import Report
from checker.report import Style
from checker.report.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE = {"width": 1400, "height": 900}
PHONE = {"width": 375, "height": 740}


class Opened:
    """A page with everything it asked for or complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("console", lambda m: self.complaints.append(m.text))
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("dialog", lambda d: self.complaints.append("a dialog opened"))

    def show(self, report: Report, style: Style, folder: Path) -> Page:
        path = folder / "report.html"
        path.write_bytes(render(report, style))
        self.page.goto(path.as_uri())
        return self.page


@pytest.fixture
def opened(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opened]:
    options: dict[str, Any] = {"viewport": WIDE, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    opened = Opened(context.new_page())
    yield opened
    context.close()
    outside = [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert (outside, opened.complaints) == ([], [])


@pytest.fixture
def page(opened: Opened, report: Report, style: Style, tmp_path: Path) -> Page:
    return opened.show(report, style, tmp_path)


def position(page: Page) -> str:
    return page.inner_text("[data-position]")


def in_view(page: Page, selector: str) -> bool:
    return bool(
        page.evaluate(
            "s => { const b = document.querySelector(s).getBoundingClientRect();"
            " return b.top >= 0 && b.bottom <= innerHeight && b.height > 0 }",
            selector,
        )
    )


def test_keys_jump_to_the_next_and_the_previous(page: Page) -> None:
    page.keyboard.press("n")
    assert position(page) == "1 of 9"
    page.keyboard.press("n")
    assert position(page) == "2 of 9"
    assert page.inner_text(".mark.current >> nth=0").startswith("Vasseur")
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert position(page) == "9 of 9"
    assert page.evaluate("document.activeElement.id") == "f9"
    assert in_view(page, ".mark.current")


def test_help_lists_the_keys_and_gives_letters_back_to_the_reader(page: Page) -> None:
    page.keyboard.press("?")
    help_ = page.locator("[data-help]")
    assert help_.is_visible()
    assert help_.locator("kbd").all_inner_texts() == ["n", "p", "d", "t", "?"]
    page.keyboard.press("n")
    assert position(page) == "9 shown"
    page.uncheck('input[name="letters"]')
    page.click('[data-action="help-close"]')
    page.keyboard.press("n")
    assert position(page) == "9 shown"
    page.click('[data-action="help"]')
    page.check('input[name="letters"]')
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert position(page) == "1 of 9"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["2 sur 9", "Constats", "Écarter…", "À faire :", "5 avertissements", "ligne 2"]),
        ("de", ["2 von 9", "Befunde", "Verwerfen…", "Zu tun:", "5 Warnungen", "Zeile 2"]),
    ],
)
def test_it_speaks_the_language_of_its_reader(
    opened: Opened, report: Report, style: Style, tmp_path: Path, language: str, words: list[str]
) -> None:
    page = opened.show(report, replace(style, language=language), tmp_path)
    page.keyboard.press("n")
    page.keyboard.press("n")
    text = page.inner_text("body")
    assert [word for word in words if word not in text] == []
    assert page.get_attribute("html", "lang") == language
    assert page.get_attribute(".message", "lang") is None  # it is in the language of the page
    page.keyboard.press("d")
    page.click('[data-action="confirm"]')
    assert page.inner_text("[data-hint]") not in ("", "A reason is needed")


def test_filters_by_severity_and_check(page: Page) -> None:
    page.uncheck('input[value="warning"]', force=True)
    assert position(page) == "4 shown"
    assert page.locator(".mark.warning:not(.off)").count() == 0
    page.uncheck('input[value="numbers"]', force=True)
    assert page.locator(".finding:visible").count() == 3
    page.keyboard.press("n")
    assert position(page) == "1 of 3"
    for severity in ("error", "note"):
        page.uncheck(f'input[value="{severity}"]', force=True)
    assert page.locator("[data-empty]").is_visible()


def test_only_sentences_with_findings(page: Page) -> None:
    before = page.locator(".row:visible").count()
    page.check('input[name="marked"]', force=True)
    assert page.locator(".row:visible").count() < before
    assert page.locator(".row.marked:visible").count() == page.locator(".row.marked").count()


def test_dismissed_with_a_reason_and_exported(page: Page, report: Report) -> None:
    page.keyboard.press("n")
    page.keyboard.press("d")
    page.click('[data-action="confirm"]')
    assert "A reason is needed" in page.inner_text("[data-hint]")
    page.fill("[data-reason]", 'meant so: <img src=x onerror="alert(1)"> "quoted"')
    page.click('[data-action="confirm"]')
    assert not page.locator("#f1").is_visible()
    assert position(page) == "1 of 8"
    with page.expect_download() as download:
        page.click('[data-action="export-json"]')
    assert download.value.suggested_filename == "waivers.json"
    read = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert read == {
        "version": 1,
        "waivers": [
            {
                "id": report.findings[0].id,
                "reason": 'meant so: <img src=x onerror="alert(1)"> "quoted"',
            }
        ],
    }
    with page.expect_download() as download:
        page.click('[data-action="export-toml"]')
    assert download.value.suggested_filename == "checker-waivers.toml"
    waiver = load_waivers(Path(download.value.path()))[0]
    assert (waiver.id, waiver.reason) == tuple(read["waivers"][0].values())
    page.reload()
    assert page.inner_text("[data-dismissed]") == "1"
    page.check('input[name="dismissed"]', force=True)
    page.click('#f1 [data-action="restore"]')
    assert page.inner_text("[data-dismissed]") == "0"
    assert page.locator('[data-action="export-toml"]').is_disabled()


def test_a_mark_leads_to_its_finding_and_back(page: Page) -> None:
    page.click("#t4")
    assert page.get_attribute("#f4", "aria-current") == "true"
    page.click("#f9 .message")
    assert page.locator("#s9.current, #t9.current").count() == 2
    assert page.locator("#f4[aria-current]").count() == 0


def test_a_rule_leads_to_its_explanation(page: Page) -> None:
    page.click("#f1 a.rule")
    assert page.url.endswith("#rule-numbers-number-mismatch")
    assert in_view(page, "#rule-numbers-number-mismatch")


def test_the_map_leads_to_the_text(page: Page) -> None:
    box = page.locator("[data-map]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.52, box["y"] + 5)
    assert page.locator(".row.current.omission").count() == 1


@pytest.mark.parametrize("opened", [{"color_scheme": "dark"}], indirect=True)
def test_dark_and_light(page: Page) -> None:
    def lightness() -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour[4:-1].split(","))

    assert lightness() < 150
    page.click('[data-action="theme"]')
    assert lightness() > 600


@pytest.mark.parametrize("opened", [{"viewport": PHONE}], indirect=True)
def test_a_phone_shows_one_pane_and_never_scrolls_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert not page.locator(".rows").is_visible()
    page.click('#f4 [data-action="show"]')
    assert page.locator(".rows").is_visible()
    assert in_view(page, ".mark.current")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.click('[data-action="next"]')
    assert position(page) == "5 of 9"
    assert in_view(page, ".mark.current")
    page.click('[data-action="view-findings"]')
    assert page.locator("#f5").is_visible()


@pytest.mark.parametrize("opened", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_it_reads_and_jumps(page: Page) -> None:
    assert page.locator(".finding:visible").count() == 9
    assert not page.locator("[data-tools]").is_visible()
    page.click('#f9 a[href="#s9"]')
    assert page.url.endswith("#s9")


@pytest.mark.parametrize("opened", [{"color_scheme": "dark"}], indirect=True)
def test_print_has_text_and_findings_and_no_buttons(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator(".rows").is_visible()
    assert page.locator(".finding:visible").count() == 9
    assert page.locator("button:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 10_000


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("listitem").filter(has_text="number-mismatch").count() == 1
    assert page.get_by_role("row").count() == 11
    assert page.get_by_role("img", name="7 links, 1 omission, 1 addition, 1 moved").count() == 1
    assert page.get_by_role("checkbox", name="error 3").is_checked()
    assert page.get_by_role("button", name="Next").get_attribute("aria-keyshortcuts") == "n"
    page.keyboard.press("n")
    assert page.inner_text("[role=status]") == "Finding 1 of 9"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.finding').id") == "f1"


@pytest.mark.parametrize(
    "opened",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": PHONE}],
    indirect=True,
    ids=["light", "dark", "phone"],
)
def test_no_accessibility_rule_is_broken(page: Page) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found] == []


def test_no_script_of_a_document_runs(
    opened: Opened, report: Report, style: Style, tmp_path: Path
) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    finding = replace(
        report.findings[0], id=hostile, check=hostile, rule=hostile, message=hostile,
        suggestion=hostile,
    )  # fmt: skip
    document = replace(report.source.document, path=hostile, remarks=(hostile,))
    source = replace(report.source, document=document)
    page = opened.show(replace(report, source=source, findings=(finding,)), style, tmp_path)
    page.keyboard.press("n")
    page.keyboard.press("d")
    assert page.inner_text("[data-dialog-what]") == hostile
    assert page.locator("img").count() == 0


def test_a_large_report_stays_usable(
    opened: Opened, large_report: Report, style: Style, tmp_path: Path
) -> None:
    page = opened.show(large_report, style, tmp_path)
    for _ in range(3):
        page.keyboard.press("p")
    assert position(page) == "1998 of 2000"
    assert in_view(page, ".mark.current")
    page.uncheck('input[value="error"]', force=True)
    page.keyboard.press("n")
    assert position(page).endswith("of 1333")
    assert in_view(page, ".mark.current")


def test_nothing_found_is_said(opened: Opened, clean: Report, style: Style, tmp_path: Path) -> None:
    page = opened.show(clean, style, tmp_path)
    assert page.get_by_text("No differences found").is_visible()
    assert page.locator(".row.omission").is_visible()
