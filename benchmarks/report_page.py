"""How long a large HTML report takes to make and to paint. Needs Chromium and playwright.

python benchmarks/report_page.py [SENTENCES FINDINGS]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from checker.model import (
    Article,
    Block,
    Document,
    Finding,
    Link,
    Report,
    Sentence,
    Severity,
    Span,
)
from checker.report import Style
from checker.report.html import render

PAINTS = "performance.getEntriesByType('paint').map(e => [e.name, e.startTime])"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def article(path: str, language: str, sentence: str, count: int) -> Article:
    """``count`` sentences, five a line."""
    text, sentences, blocks = "", [], []
    parts = []
    position = 0
    for number in range(count):
        words = sentence.format(number)
        span = Span(position, position + len(words))
        sentences.append(Sentence(number, words, span, number // 5))
        if number % 5 == 0:
            blocks.append(Block(span, place=f"line {number // 5 + 1}"))
        parts.append(words)
        position = span.end + 1
    text = "\n".join(parts)
    return Article(Document(path, language, text, tuple(blocks)), tuple(sentences))


def report(sentences: int, findings: int) -> Report:
    """A report of that size."""
    source = article(
        "grand.fr.txt", "fr", "Phrase numéro {} avec quelques mots de plus.", sentences
    )
    target = article("gross.de.txt", "de", "Satz Nummer {} mit einigen Wörtern mehr.", sentences)
    found = []
    for number in range(findings):
        index = number * sentences // findings
        left, right = source.sentences[index].span, target.sentences[index].span
        found.append(
            Finding(
                ("numbers", "names", "terms")[number % 3],
                "benchmark",
                tuple(Severity)[number % 3],
                0.9,
                "The two sides differ.",
                source.document.passage(Span(left.start + 7, left.start + 13)),
                target.document.passage(Span(right.start + 5, right.start + 11)),
                id=f"{number:012x}",
            )
        )
    links = tuple(Link(range(n, n + 1), range(n, n + 1), 0.95) for n in range(sentences))
    return Report(source, target, tuple(found), links, (), "benchmark")


def main(sentences: int = 5_000, findings: int = 2_000) -> None:
    """Prints the size of the file and the times."""
    made = report(sentences, findings)
    render(report(10, 2), Style())
    start = time.perf_counter()
    page = render(made, Style())
    print(f"{len(page) / 1e6:.1f} MB, made in {time.perf_counter() - start:.2f} s")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        browser = running.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        opened = browser.new_page(viewport={"width": 1400, "height": 900})
        opened.goto(path.as_uri())
        for name, milliseconds in opened.evaluate(PAINTS):
            print(f"{name} after {milliseconds / 1000:.2f} s")
        print(f"loaded after {opened.evaluate(LOADED) / 1000:.2f} s")
        start = time.perf_counter()
        opened.keyboard.press("n")
        opened.evaluate("1")
        print(f"jump to the next finding in {time.perf_counter() - start:.2f} s")
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
