"""The report page of an audit in Chromium: time to open and to filter, and what it looks like.

    python benchmarks/audit_page.py RESULTS [--pairs 0] [--shots FOLDER]

Opens RESULTS/report.html as a reader would, without network, and says how long opening,
filtering and paging take. ``--pairs`` first makes a store of so many pairs from those of
RESULTS under other names, spread over four years, and opens the page of that. ``--shots``
keeps screenshots. Needs Chromium and playwright.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, Request, sync_playwright

from checker.audit.observe import Fact, Seen
from checker.audit.page import write_page
from checker.audit.pairing import Pair
from checker.audit.store import Store, open_store
from checker.audit.work import Result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path)
    parser.add_argument("--pairs", type=int, default=0)
    parser.add_argument("--shots", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = given.results
        if given.pairs:
            results = Path(folder) / "many"
            multiplied(given.results, results, given.pairs)
        opened(results / "report.html", given.shots)


def multiplied(given: Path, out: Path, pairs: int) -> None:
    """A store of ``pairs`` pairs made of those of another store, and its page."""
    with open_store(given, write=False) as few, open_store(out) as many:
        known = list(_results(few))
        begin = time.perf_counter()
        run = many.start_run("benchmark", pairs)
        for number in range(pairs):
            pair, result = known[number % len(known)]
            date = f"{2021 + number % 4}-{1 + number // 4 % 12:02}-01"
            section = ("culture", "economy", "politics", "sports")[number % len(known) % 4]
            copied = replace(
                pair,
                name=f"{pair.name}-{number // len(known)}",
                metadata=(("author", f"author {number % 9}"), ("date", date), ("section", section)),
            )
            many.put(copied, "key", replace(result, number=number, name=copied.name), run)
        stored = time.perf_counter()
        many.learn(run, ("fr", "de"))
        learnt = time.perf_counter()
        many.finish_run(run)
        write_page(many, out)
        print(
            f"{pairs} pairs: stored in {stored - begin:.1f} s, learnt from in "
            f"{learnt - stored:.1f} s, page made in {time.perf_counter() - learnt:.1f} s"
        )


def _results(store: Store) -> Iterator[tuple[Pair, Result]]:
    for row in store.rows():
        number, packed = store._db.execute(
            "SELECT number, report FROM pairs WHERE name = ?", (row.name,)
        ).fetchone()
        facts = store._db.execute(
            "SELECT kind, key, value, times, source_start, source_text, target_start, target_text"
            " FROM facts WHERE pair = ?",
            (number,),
        )
        seen = Seen(tuple(Fact(*fact) for fact in facts))
        pair = Pair(row.name, row.source, row.target)
        shown = row.state, row.error, row.words, row.coverage
        yield pair, Result(0, row.name, *shown, packed, seen)


def opened(path: Path, shots: Path | None) -> None:
    """Times of one visit, with pictures of the page's parts."""
    print(f"{path.stat().st_size / 1e6:.1f} MB")
    with sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        begin = time.perf_counter()
        page.goto(path.resolve().as_uri())
        print(f"open after {time.perf_counter() - begin:.2f} s")
        shot(page, shots, "top")
        timed("filter by name", lambda: page.fill("input[name=text]", "1"))
        timed("filter by errors", lambda: page.check("input[name=errors]"))
        page.uncheck("input[name=errors]")
        page.fill("input[name=text]", "")
        timed("next page", lambda: page.click("button[name=next]"))
        page.locator("#pairs").scroll_into_view_if_needed()
        shot(page, shots, "pairs")
        if page.locator("#terms").count():
            page.locator("#terms").scroll_into_view_if_needed()
            page.click(".rendering summary >> nth=1")
            page.evaluate("document.querySelector('#terms').scrollIntoView()")
            shot(page, shots, "terms")
        print(f"requests besides the page: {len(asked) - 1}")
        browser.close()


def timed(what: str, action: object) -> None:
    """Says how long an action of a reader takes."""
    assert callable(action)
    begin = time.perf_counter()
    action()
    print(f"{what} in {time.perf_counter() - begin:.2f} s")


def shot(page: Page, folder: Path | None, name: str) -> None:
    """Keeps a picture of what is in view."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main()
