"""Aligned text as translation units with the findings that stand in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model import Finding, Link, Report, Span
from checker.report._excerpt import Locations, Locator
from checker.report._file import message


@dataclass(frozen=True, slots=True)
class Unit:
    """A link with both texts; a side that has none is empty.

    The codes are the tags and placeholders in each text; each finding comes with its places.
    """

    number: int
    link: Link
    source: str
    target: str
    findings: tuple[tuple[Finding, str], ...]
    source_codes: tuple[Span, ...] = ()
    target_codes: tuple[Span, ...] = ()


def units(report: Report) -> Iterator[Unit]:
    """The links of a report in their order; of one document alone each sentence."""
    locations = Locations(report)
    links = report.links if report.target else _alone(report)
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        index = locations.link_of(finding) if report.target else _sentence(locations, finding)
        found.setdefault(index, []).append(finding)
    for index, link in enumerate(links):
        source, source_codes = _text(locations.sides["s"], link.source)
        target, target_codes = (
            _text(locations.sides["t"], link.target) if report.target else ("", ())
        )
        own = tuple((f, _places(locations, f)) for f in found.get(index, ()))
        yield Unit(index + 1, link, source, target, own, source_codes, target_codes)


def _text(where: Locator, indices: range) -> tuple[str, tuple[Span, ...]]:
    """The text of some sentences and where its codes are."""
    if not indices:
        return "", ()
    return where.article.text_of(indices), where.codes(where.article.span_of(indices))


def note(finding: Finding, places: str) -> str:
    """A finding in one line, as a note beside a unit says it."""
    head = f"{finding.severity.value} {finding.check}/{finding.rule} ({finding.id}), {places}"
    return f"{head}: {message(finding)}"


def _places(locations: Locations, finding: Finding) -> str:
    """``fr line 3, de line 4``: where the finding stands in the documents."""
    return ", ".join(f"{e.language} {e.place}" for e in locations.excerpts(finding))


def _alone(report: Report) -> tuple[Link, ...]:
    count = len(report.source.sentences)
    return tuple(Link(range(i, i + 1), range(0), 1.0) for i in range(count))


def _sentence(locations: Locations, finding: Finding) -> int:
    if finding.source is None:
        return -1
    return next(iter(locations.sides["s"].sentences(finding.source.span)), -1)
