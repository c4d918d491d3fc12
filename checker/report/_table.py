"""Findings and aligned text as rows, for the tables that CSV and XLSX hold."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import Passage, Report
from checker.report._excerpt import Locations
from checker.report._units import units
from checker.report._words import shown

FINDING_COLUMNS = (
    "number", "severity", "check", "rule", "message", "suggestion",
    "source place", "source text", "source sentence",
    "target place", "target text", "target sentence",
    "confidence", "id", "source start", "source end", "target start", "target end",
)  # fmt: skip
TEXT_COLUMNS = ("number", "kind", "confidence", "source", "target", "findings")

Value = str | float | None


def finding_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    """One row a finding, in the order of ``FINDING_COLUMNS``."""
    locations = Locations(report)
    for number, finding in enumerate(locations.ordered(), 1):
        passages = dict(locations.passages(finding))
        sides = [_side(locations, side, passages.get(side)) for side in ("s", "t")]
        yield (
            number, finding.severity.value, finding.check, finding.rule,
            shown(finding.message), shown(finding.suggestion or ""),
            *sides[0][:3], *sides[1][:3],
            round(finding.confidence, 4), finding.id, *sides[0][3:], *sides[1][3:],
        )  # fmt: skip


def text_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    """One row a link, in the order of ``TEXT_COLUMNS``."""
    numbers = {finding.id: str(n) for n, finding in enumerate(Locations(report).ordered(), 1)}
    for unit in units(report):
        found = ", ".join(numbers[f.id] for f, _ in unit.findings)
        kind, confidence = unit.link.kind.value, round(unit.link.confidence, 4)
        yield unit.number, kind, confidence, shown(unit.source), shown(unit.target), found


def _side(locations: Locations, side: str, passage: Passage | None) -> tuple[Value, ...]:
    if passage is None:
        return "", "", "", None, None
    excerpt = locations.sides[side].excerpt(passage)
    return (
        shown(excerpt.place), shown(passage.text), shown(excerpt.text), passage.start, passage.end
    )  # fmt: skip
