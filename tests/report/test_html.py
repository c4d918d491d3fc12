"""The HTML page as text: everything escaped, self-contained, every mark in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

import checker.report
from checker.model import Article, Report
from checker.report import Style
from checker.report._view import View
from checker.report.html import asset, content_policy, render

TEMPLATES = Path(checker.report.__file__).parent / "templates"


@pytest.fixture
def page(report: Report, style: Style) -> str:
    return render(report, style).decode()


def test_snapshot(page: str, snapshot: Callable[[str, bytes], None]) -> None:
    body = page[page.index("<body>") : page.rindex("<script>")]
    snapshot("report-body.html", body.encode())


def test_nothing_of_a_document_becomes_markup(page: str) -> None:
    tree = lxml.html.fromstring(page)
    assert len(tree.xpath("//script")) == 1
    assert len(tree.xpath("//style")) == 1
    assert not tree.xpath("//b[not(ancestor::label or ancestor::p)]")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("hostile", ['"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "</style>"])
def test_hostile_values_stay_text_everywhere(report: Report, style: Style, hostile: str) -> None:
    finding = replace(
        report.findings[0], id=hostile, check=hostile, rule=hostile, message=hostile,
        suggestion=hostile,
    )  # fmt: skip
    document = replace(
        report.source.document, path=hostile, language="x" + hostile, remarks=(hostile,)
    )
    source = replace(report.source, document=document)
    page = render(replace(report, source=source, findings=(finding,), signature=hostile), style)
    tree = lxml.html.fromstring(page.decode())
    assert not tree.xpath("//img")
    assert tree.xpath("//*[@class='message']")[0].text == hostile
    assert len(tree.xpath("//style")) == 1


def test_only_the_files_of_this_package_are_unescaped() -> None:
    unescaped = [
        match
        for path in TEMPLATES.glob("*.html")
        for match in re.findall(r"{{[^}]*\|\s*safe[^}]*}}", path.read_text("utf-8"))
    ]
    assert sorted(unescaped) == ["{{ css|safe }}", "{{ script|safe }}"]
    assert "</" not in asset("report.css") + asset("report.js")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write", asset("report.js"))


def test_the_policy_allows_this_style_and_script_and_no_request(page: str) -> None:
    policy = content_policy(asset("report.css"), asset("report.js"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.replace("'", "&#39;") in page
    assert "unsafe" not in policy
    assert " style=" not in page
    assert not re.search(r'(?:src|href)="(?!#|data:,)', page)


def test_marks_are_where_the_findings_are(report: Report) -> None:
    view = View(report)
    for side, article in (("s", report.source), ("t", report.target)):
        assert article is not None
        column = "st".index(side)
        for card in view.cards:
            passage = (card.finding.source, card.finding.target)[column]
            marked = "".join(
                piece.text
                for row in view.rows
                for sentence in row.cells[column].sentences
                for piece in sentence.pieces
                if card.number in piece.findings
            )
            expected = "" if passage is None else passage.text
            assert marked.replace("␇␛", "\x07\x1b") == expected


def test_an_omission_is_marked_in_the_empty_cell(report: Report) -> None:
    view = View(report)
    row = next(r for r in view.rows if r.kind == "omission")
    assert [p.findings for p in row.cells[1].missing] == [(4,)]


def test_every_jump_has_one_place_to_land(page: str) -> None:
    tree = lxml.html.fromstring(page)
    ids = [e.get("id") for e in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in ids


def test_findings_are_numbered_as_they_are_read(report: Report) -> None:
    shuffled = replace(report, findings=tuple(reversed(report.findings)))
    assert [card.finding for card in View(shuffled).cards] == list(report.findings)


def test_overlapping_marks_are_cut_at_every_edge(report: Report) -> None:
    first = report.findings[0]
    assert first.source is not None
    document = report.source.document
    span = first.source.span
    wider = replace(first, source=document.passage(replace(span, start=span.start - 3)))
    rows = View(replace(report, findings=(first, wider))).rows
    pieces = [p for s in rows[1].cells[0].sentences for p in s.pieces if p.findings]
    assert [(p.text, p.findings, p.anchors) for p in pieces] == [
        ("de ", (1,), (1,)),
        ("12,5 millions", (2, 1), (2,)),
    ]


def test_a_whole_sentence_against_a_few_words_is_context(report: Report) -> None:
    first = report.findings[0]
    sentence = report.source.sentences[1]
    whole = replace(first, source=report.source.document.passage(sentence.span))
    rows = View(replace(report, findings=(whole,))).rows
    looks = [[p.look for s in cell.sentences for p in s.pieces if p.look] for cell in rows[1].cells]
    assert looks == [["context"], ["error"]]


def test_one_document_alone_and_nothing_found(linted: Report, clean: Report, style: Style) -> None:
    alone = render(linted, style).decode()
    assert 'class="rows alone"' in alone
    assert "<svg" not in alone
    none = render(clean, style).decode()
    assert "No differences found" in none
    assert "<nav" not in none


def test_empty_documents_render(report: Report, style: Style) -> None:
    def emptied(article: Article) -> Article:
        return replace(
            article, document=replace(article.document, text="", blocks=()), sentences=()
        )

    assert report.target
    empty = Report(emptied(report.source), emptied(report.target), (), (), (), "")
    assert b"0 sentences" in render(empty, style)
