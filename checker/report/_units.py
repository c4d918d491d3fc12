"""Aligned text as translation units with the findings that stand in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model import Finding, Link, Report
from checker.report._excerpt import Locations
from checker.report._file import message


@dataclass(frozen=True, slots=True)
class Unit:
    """A link with both texts; a side that has none is empty."""

    number: int
    link: Link
    source: str
    target: str
    findings: tuple[Finding, ...]


def units(report: Report) -> Iterator[Unit]:
    """The links of a report in their order; of one document alone each sentence."""
    locations = Locations(report)
    links = report.links if report.target else _alone(report)
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        index = locations.link_of(finding) if report.target else _sentence(locations, finding)
        found.setdefault(index, []).append(finding)
    for index, link in enumerate(links):
        target = report.target.text_of(link.target) if report.target and link.target else ""
        source = report.source.text_of(link.source) if link.source else ""
        yield Unit(index + 1, link, source, target, tuple(found.get(index, ())))


def note(finding: Finding) -> str:
    """A finding in one line, as a note beside a unit says it."""
    head = f"{finding.severity.value} {finding.check}/{finding.rule} ({finding.id})"
    return f"{head}: {message(finding)}"


def _alone(report: Report) -> tuple[Link, ...]:
    count = len(report.source.sentences)
    return tuple(Link(range(i, i + 1), range(0), 1.0) for i in range(count))


def _sentence(locations: Locations, finding: Finding) -> int:
    if finding.source is None:
        return -1
    return next(iter(locations.sides["s"].sentences(finding.source.span)), -1)
