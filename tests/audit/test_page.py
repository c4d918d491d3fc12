"""The report page of an audit in a real browser, at the size of a real archive."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checker.audit.page import write_page
from checker.audit.pairing import Pair
from checker.audit.store import Store, open_store
from checker.audit.work import Result

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAIRS = 3354
CHECKS = ("numbers", "dates", "names", "omissions", "terms", "untranslated")
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)>&\"'</script>"


def finding(check: str, number: int, severity: str) -> dict[str, Any]:
    return {
        "id": f"{check}-{number}", "check": check, "rule": f"{check}-mismatch",
        "severity": severity, "confidence": 0.9, "message": f"Something differs {HOSTILE}",
        "source": None, "target": None, "suggestion": None, "related": [],
    }  # fmt: skip


def result(number: int, name: str, findings: list[dict[str, Any]], state: str) -> Result:
    gone = {"path": "gone.txt", "language": "fr", "sentences": []}
    report = {"source": gone, "target": gone, "findings": findings}
    packed = zlib.compress(json.dumps(report).encode(), 1)
    error = f"it cannot be read {HOSTILE}" if state == "failed" else ""
    return Result(number, name, state, error, 400 + number % 700, 0.5 + number % 50 / 100, packed)


def fill(store: Store, pairs: int) -> None:
    """A store of an archive with three sections, two years and a few bad pairs."""
    run = store.start_run("checker:test", pairs)
    for number in range(pairs):
        section = ("Wirtschaft", "Kultur", HOSTILE)[number % 3]
        name = HOSTILE if number == 7 else f"{section.lower()[:3]}/article-{number:05}"
        found = [
            finding(CHECKS[(number + k) % len(CHECKS)], k, "error" if k % 3 == 0 else "warning")
            for k in range(number % 5 if number % 4 == 0 else 0)
        ]
        metadata = {
            "section": section,
            "author": f"Author {number % 4}" + HOSTILE * (number % 4 == 3),
            "date": f"{2023 + number % 2}-{1 + number % 12:02}-05",
        }
        pair = Pair(name, Path("a.fr.txt"), Path("a.de.txt"), tuple(metadata.items()))
        state = "failed" if number % 500 == 3 else "compared"
        store.put(pair, "key", result(number, name, found, state), run)
    lone = Pair(HOSTILE, Path("b.fr.txt"), None)
    store.put(lone, "key", result(0, HOSTILE, [finding("leftovers", 1, "warning")], "alone"), run)
    store.finish_run(run)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("audit")
    with open_store(out) as store:
        store._db.execute("PRAGMA synchronous = OFF")
        fill(store, PAIRS)
        write_page(store, out)
    return out


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: requests.append(r.url))
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("dialog", lambda d: complaints.append("a dialog opened"))
    page.goto((folder / "report.html").as_uri())
    yield page
    context.close()
    assert complaints == []
    assert [url for url in requests if not url.startswith("file:")] == []


def shown(page: Page) -> str:
    return page.inner_text("form.filters output")


def test_the_worst_pairs_come_first_after_those_that_failed(page: Page) -> None:
    assert shown(page) == f"{PAIRS} of {PAIRS} pairs"
    assert page.locator("#pairs tbody tr").count() == 50
    assert page.locator("#pairs tbody tr >> nth=0 >> .problem").inner_text() == (
        f"it cannot be read {HOSTILE}"
    )
    rows = page.locator("#pairs tbody tr:not(:has(.problem))").all_inner_texts()
    rates = []
    for row in rows:
        errors, warnings, words = (int(x) for x in row.split("\t")[1:4])
        rates.append((10 * errors + warnings) / words)
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 0


def test_filters_narrow_the_table(page: Page) -> None:
    page.fill("input[name=text]", "article-0001")
    assert shown(page) == f"10 of {PAIRS} pairs"
    page.fill("input[name=text]", "")
    page.select_option("select[name=state]", "failed")
    assert shown(page) == f"7 of {PAIRS} pairs"
    page.select_option("select[name=state]", "")
    page.select_option("select[name=check]", "dates")
    page.select_option("select[name=section]", "Kultur")
    page.check("input[name=errors]")
    checks = page.locator("#pairs tbody td:last-child").all_inner_texts()
    assert checks
    assert all("dates" in text for text in checks)
    page.select_option("select[name=section]", HOSTILE)
    assert "of 3354 pairs" in shown(page)


def test_the_table_is_paged(page: Page) -> None:
    first = page.inner_text("#pairs tbody tr >> nth=0")
    assert page.is_disabled("button[name=back]")
    page.click("button[name=next]")
    assert page.inner_text(".pager span") == "page 2 of 68"
    assert page.inner_text("#pairs tbody tr >> nth=0") != first
    page.click("button[name=back]")
    assert page.inner_text("#pairs tbody tr >> nth=0") == first


def test_names_and_metadata_stay_text(page: Page) -> None:
    page.fill("input[name=text]", "onerror")
    assert page.inner_text("#pairs tbody th").startswith(HOSTILE)
    assert page.title() == f"Audit: {PAIRS} pairs"
    assert page.locator("img").count() == 0
    page.click("section:has(.alone) summary")
    assert HOSTILE in page.inner_text(".alone")


def test_figures_are_drawn_and_labelled(page: Page) -> None:
    charts = page.locator("figure.chart svg[role=img]")
    labels = [chart.get_attribute("aria-label") for chart in charts.all()]
    assert labels == [
        "Findings by check", "Findings in a pair", "Text aligned", "Findings over time",
        "Findings by author", "Check by section",
    ]  # fmt: skip
    assert all(box and box["height"] > 40 for box in (c.bounding_box() for c in charts.all()))


def test_a_telephone_does_not_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 375


def test_without_script_the_worst_pairs_are_there(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "report.html").as_uri())
    assert page.locator("#pairs tbody tr").count() == 50
    assert page.is_hidden("form.filters")
    assert "findings.jsonl" in page.inner_text("noscript")
    context.close()
