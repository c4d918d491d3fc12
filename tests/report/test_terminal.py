"""The terminal report: right at every width, in a pipe, without colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from checker.model import Report, Severity
from checker.report import Style, visible
from checker.report.terminal import render

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def text(report: Report, **style: object) -> str:
    return render(report, Style(**style)).decode()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_snapshot(report: Report, width: int, snapshot: Callable[[str, bytes], None]) -> None:
    rendered = render(report, Style(width=width, hidden=3))
    snapshot(f"terminal-{width}.txt", rendered)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 130, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_asked(report: Report, width: int, colour: bool) -> None:
    lines = ANSI.sub("", text(report, width=width, colour=colour)).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not any(line != line.rstrip() for line in lines)


def test_colour_changes_nothing_but_the_look(report: Report) -> None:
    coloured = text(report, colour=True)
    assert "\x1b[" in coloured
    assert ANSI.sub("", coloured) == text(report)


def test_nothing_of_the_document_controls_the_terminal(report: Report) -> None:
    assert not set(text(report)) & {"\x1b", "\x07"}
    hostile = replace(report.findings[0], message="\x9b31m\u202egnp.exe\x1b]0;title\x07")
    shown = text(replace(report, findings=(hostile,)))
    assert not set(shown) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_marks_are_words_and_brackets(report: Report) -> None:
    shown = text(report)
    assert "[mannequins]" in shown
    assert "aufnehmen. [missing here]" in shown
    assert "{␇␛[31m}" in shown


def test_repeated_findings_are_said_once_with_every_id(report: Report) -> None:
    shown = text(report)
    assert shown.count("names/misspelt") == 1
    assert "also, 1 time: line 5 (h8h8h8h8h8h8)" in shown


def test_the_same_words_elsewhere_are_listed_by_place(report: Report) -> None:
    name = report.findings[1]
    assert name.source is not None
    again = report.findings[7].source
    assert again is not None
    shown = text(replace(report, findings=(replace(name, related=(again, again)),)))
    assert "  again in fr: line 5 (2)\n" in shown
    assert '  compare fr "quai": line 4\n' in text(report)


def test_loudest_come_first(report: Report) -> None:
    words = re.findall(r"^(ERROR|WARNING|NOTE) ", text(report), re.MULTILINE)
    assert words == sorted(words, key=["ERROR", "WARNING", "NOTE"].index)


def test_what_was_not_checked_and_how_it_was_read_is_said(report: Report) -> None:
    shown = text(report)
    assert "read as cp1252" in shown
    assert "not checked: spelling" in shown


def test_quiet_is_one_line(report: Report) -> None:
    assert len(text(report, quiet=True, width=30).splitlines()) == 1


def test_nothing_found_says_how_much_was_compared(clean: Report) -> None:
    shown = text(clean, width=200)
    assert shown.startswith("no differences in ")
    assert "10 fr sentences and 10 de sentences" in shown


def test_one_document_alone(linted: Report) -> None:
    shown = text(linted)
    assert "1 warning in artikel/berges <b>.fr.txt" in shown
    assert "→" not in shown


def test_quieter_findings_are_counted(report: Report) -> None:
    errors = visible(report, Severity.ERROR)
    shown = text(errors, hidden=6, width=200)
    assert "3 errors" in shown
    assert "(6 quieter not shown)" in shown
    assert "WARNING" not in shown


def test_long_sentences_are_cut_around_the_mark(report: Report) -> None:
    long = " ".join(["mot"] * 3000)
    finding = report.findings[0]
    assert finding.source is not None
    article = report.source
    document = replace(article.document, text=article.document.text + long)
    sentence = replace(
        article.sentences[-1], span=replace(article.sentences[-1].span, end=len(document.text))
    )
    longer = replace(article, document=document, sentences=(*article.sentences[:-1], sentence))
    end = len(document.text)
    passage = document.passage(replace(finding.source.span, start=end - 3, end=end))
    shown = text(replace(report, source=longer, findings=(replace(finding, source=passage),)))
    assert "… mot" in shown
    assert "[mot]" in shown
    assert len(shown) < 1500
