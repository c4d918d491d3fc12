"""The alignment map: where each sentence went, drawn as ribbons between two bars."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checker.model import Article, Link, LinkKind, Report, Span
from checker.report._excerpt import Locations

WIDTH = 1000
HEIGHT = 100
_BAR = 12
_LEAST = 4.0
_CROWD = 300.0  # marks become narrower where so many units of them would not leave a gap


@dataclass(frozen=True, slots=True)
class AlignmentMap:
    """SVG path data by kind of link, ticks of findings on both bars, and counts for words."""

    paths: dict[str, str]
    ticks: dict[str, str]
    counts: dict[str, int]
    width: int = WIDTH
    height: int = HEIGHT


def alignment_map(report: Report) -> AlignmentMap | None:
    """The map of a comparison; None for one document alone or nothing to draw."""
    if report.target is None or not report.links:
        return None
    paths: dict[str, list[str]] = {kind.value: [] for kind in LinkKind}
    for link in report.links:
        paths[link.kind].append(_shape(link, report.source, report.target))
    found = Counter(link.kind.value for link in report.links)
    return AlignmentMap(
        {kind: "".join(shapes) for kind, shapes in paths.items() if shapes},
        _ticks(report, report.source, report.target),
        {kind.value: found[kind.value] for kind in LinkKind},
    )


def _shape(link: Link, source: Article, target: Article) -> str:
    """A ribbon between the bars, or a wedge that starts at one bar and ends in nothing."""
    left, right = _scaled(source.span_of(link.source), source)
    low, high = _scaled(target.span_of(link.target), target)
    top, bottom = _BAR, HEIGHT - _BAR
    if link.kind is LinkKind.OMISSION:
        left, right = _widened(left, right)
        return f"M{left:g} {top}H{right:g}L{(left + right) / 2:g} {HEIGHT * 0.55:g}Z"
    if link.kind is LinkKind.ADDITION:
        low, high = _widened(low, high)
        return f"M{low:g} {bottom}H{high:g}L{(low + high) / 2:g} {HEIGHT * 0.45:g}Z"
    return f"M{left:g} {top}H{right:g}L{high:g} {bottom}H{low:g}Z"


def _ticks(report: Report, source: Article, target: Article) -> dict[str, str]:
    """Marks of the findings on the two bars, by severity."""
    ticks: dict[str, list[str]] = {}
    least = min(_LEAST, max(_LEAST / 8, _CROWD / max(1, len(report.findings))))
    locations = Locations(report)
    for finding in report.findings:
        for side, passage in locations.passages(finding):
            if locations.is_context(finding, passage):
                continue
            article, y = (source, 0) if side == "s" else (target, HEIGHT - _BAR)
            left, right = _widened(*_scaled(passage.span, article), least)
            shape = f"M{left:g} {y}H{right:g}V{y + _BAR}H{left:g}Z"
            ticks.setdefault(finding.severity.value, []).append(shape)
    return {severity: "".join(shapes) for severity, shapes in ticks.items()}


def _scaled(span: Span, article: Article) -> tuple[float, float]:
    scale = WIDTH / max(1, len(article.document.text))
    return round(span.start * scale, 1), round(span.end * scale, 1)


def _widened(left: float, right: float, least: float = _LEAST) -> tuple[float, float]:
    """At least as wide as an eye can see, still inside the map."""
    if right - left >= least:
        return left, right
    middle = min(max((left + right) / 2, least / 2), WIDTH - least / 2)
    return round(middle - least / 2, 1), round(middle + least / 2, 1)
