"""Findings are said in French and German where people read them, in English elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.embed import Encoder
from checker.errors import Sentence
from checker.messages import catalogue, said_in
from checker.model import Finding, Report
from checker.pipeline import compare
from checker.report import Style, renderers
from checker.settings import Settings

CORPORA = Path(__file__).parents[2] / "corpora"
PAIRS = sorted(folder.name for folder in CORPORA.iterdir() if list(folder.glob("*.fr.txt")))[::4]


def report_on(name: str, encoder: Encoder) -> Report:
    french = CORPORA / name / f"{name}.fr.txt"
    (other,) = (path for path in french.parent.glob("*.txt") if path != french)
    return compare(french, other, Settings(fast=True), encoder)


def templates(message: str) -> Iterator[str]:
    """Everything a message is made of that has to be translated."""
    assert isinstance(message, Sentence), f"not to be translated: {message}"
    yield message.template
    for value in message.values.values():
        if isinstance(value, Sentence):
            yield from templates(value)


@pytest.mark.parametrize("name", PAIRS)
def test_every_sentence_of_a_finding_is_in_the_catalogues(name: str, encoder: Encoder) -> None:
    report = report_on(name, encoder)
    said = [f.message for f in report.findings] + [s.why for s in report.skipped]
    for message in said:
        for template in templates(message):
            for language in ("fr", "de"):
                known = catalogue(language)._catalog  # type: ignore[attr-defined]
                assert template in known, f"{language} lacks: {template}"


@pytest.fixture(scope="module")
def cranes(encoder: Encoder) -> Report:
    return report_on("grues-du-lac", encoder)


def number(report: Report) -> Finding:
    return next(f for f in report.findings if f.rule == "number-mismatch")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "38 000 francs in the French, 83'000 Franken in the German: digits exchanged."),
        ("fr", "38 000 francs en français, 83'000 Franken en allemand\u00a0: chiffres inversés."),
        (
            "de",
            "38 000 francs im Französischen, 83'000 Franken im Deutschen: Ziffern vertauscht.",
        ),
    ],
)
def test_readers_see_their_language(cranes: Report, language: str, expected: str) -> None:
    message = number(cranes).message.replace("\u202f", " ").replace("\u00a0", " ")
    assert message == "38 000 francs in the French, 83'000 Franken in the German: digits exchanged."
    assert said_in(number(cranes).message, catalogue(language)) == expected
    page = renderers()["html"].render(cranes, Style(language=language)).decode()
    assert expected.replace("'", "&#39;") in page


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "csv"])
def test_programs_see_english(cranes: Report, name: str) -> None:
    shown = renderers()[name].render(cranes, Style(language="de")).decode()
    assert "digits exchanged" in shown
    assert "Ziffern" not in shown
