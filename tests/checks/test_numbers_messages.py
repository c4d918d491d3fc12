"""The wording of every finding of numbers, dates and units: tests/cases/numbers/messages.tsv."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.checks import dates, numbers, units
from checker.embed import Encoder
from checker.model import Block, Document, Finding, Span
from checker.pipeline import compare
from checker.settings import Settings

CASES = Path(__file__).parent.parent / "cases" / "numbers" / "messages.tsv"
LINT_RULES = {"weekday-contradicts-date", "impossible-date"}


def rows() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def found(encoder: Encoder) -> Callable[[str, str, str], tuple[Finding, ...]]:
    def run(languages: str, source: str, target: str) -> tuple[Finding, ...]:
        one, other = (
            Document("text.txt", code, text, (Block(Span(0, len(text))),))
            for code, text in zip(languages.split("-"), (source, target), strict=True)
        )
        settings = Settings(only=("numbers", "dates", "units"))
        return compare(one, other, settings, encoder).findings

    return run


@pytest.mark.parametrize(
    ("languages", "source", "target", "said"), rows(), ids=[row[1] + row[2] for row in rows()]
)
def test_the_wording(
    languages: str,
    source: str,
    target: str,
    said: str,
    found: Callable[[str, str, str], tuple[Finding, ...]],
) -> None:
    findings = found(languages, source, target)
    assert " // ".join(f"{f.severity} {f.rule}: {f.message}" for f in findings) == said


def test_every_rule_has_its_wording() -> None:
    shown = {row[3].split(" ")[1].rstrip(":") for row in rows()}
    rules = {rule.id for check in (numbers, dates, units) for rule in check.CHECK.rules}
    assert rules - LINT_RULES == shown
