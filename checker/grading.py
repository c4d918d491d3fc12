"""How sure a finding must be to speak at its severity: measured, kept as data.

A check proposes a severity and says how sure it is. ``data/thresholds.toml`` says from
which confidence on that check's errors and warnings were right often enough; a finding
less sure than that speaks one level lower. ``benchmarks/fit_thresholds.py`` writes it.
What two passages contradict each other in is also no surer than that they belong together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from checker.model import Alignment, Finding, Link, Passage, Severity, Span

# Of the links given less than this about half are right (docs/alignment.md).
_UNSURE_LINK = 0.4
_LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.NOTE}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least confidence of each check's errors and warnings; 0 where none is set."""

    least: Mapping[tuple[str, Severity], float]

    def severity(self, finding: Finding) -> Severity:
        """The loudest severity that the finding proposes or falls to and is sure enough for."""
        level = finding.severity
        while level in _LOWER and finding.confidence < self.least.get((finding.check, level), 0):
            level = _LOWER[level]
        return level


def graded(findings: Iterable[Finding], thresholds: Thresholds) -> Iterator[Finding]:
    """The findings, each as loud as its confidence allows."""
    for finding in findings:
        yield replace(finding, severity=thresholds.severity(finding))


def doubted(findings: Iterable[Finding], alignment: Alignment) -> Iterator[Finding]:
    """The findings; an error between passages of an unsure link is a warning, and as unsure."""
    unsure = [link for link in alignment.links if link.paired and link.confidence < _UNSURE_LINK]
    for finding in findings:
        link = next((link for link in unsure if _within(finding, link, alignment)), None)
        if link and finding.severity is Severity.ERROR:
            sure = min(finding.confidence, round(link.confidence, 3))
            finding = replace(finding, severity=Severity.WARNING, confidence=sure)
        yield finding


def _within(finding: Finding, link: Link, alignment: Alignment) -> bool:
    source, target = alignment.source.span_of(link.source), alignment.target.span_of(link.target)
    return _inside(finding.source, source) and _inside(finding.target, target)


def _inside(passage: Passage | None, span: Span) -> bool:
    return passage is not None and span.start <= passage.start and passage.end <= span.end


@cache
def fitted() -> Thresholds:
    """The thresholds that come with the package."""
    text = resources.files("checker").joinpath("data/thresholds.toml").read_text(encoding="utf-8")
    return Thresholds(
        {
            (check, severity): table[severity.value]
            for check, table in tomllib.loads(text).items()
            for severity in _LOWER
            if severity.value in table
        }
    )
