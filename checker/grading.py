"""How sure a finding must be to speak at its severity: measured, kept as data.

A check proposes a severity and says how sure it is. ``data/thresholds.toml`` says from
which confidence on that check's errors and warnings were right often enough; a finding
less sure than that speaks one level lower. ``benchmarks/fit_thresholds.py`` writes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from checker.model import Finding, Severity

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
