"""Which policy blocks most errors and few good articles: one limit for each check.

Greedy: every check starts silent; the step that blocks most further errors for each
further good article comes first, as long as the share of good articles that are blocked
stays under ``BLOCKED_AT_MOST``. Steps that cost no article are free and come before all
others, but a warning blocks only where it catches a planted error that nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.evaluate.measure import Figure, wilson
from checker.model import Finding, Severity

BLOCKED_AT_MOST = 0.08
CONFIDENCES = (0.95, 0.9, 0.8, 0.7, 0.5, 0.0)
STRICTEST_FIRST = tuple((s, c) for s in (Severity.ERROR, Severity.WARNING) for c in CONFIDENCES)
SILENT = -1

Findings = Sequence[Finding]
Chosen = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CheckLimit:
    """What blocks of one check; severity None: nothing."""

    check: str
    severity: Severity | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One limit a check, and what a gate with them blocks of either kind."""

    limits: tuple[CheckLimit, ...]
    trusted_blocked: Figure
    planted_blocked: Figure


def recommend(
    checks: Sequence[str], trusted: Sequence[Findings], planted: Sequence[Findings]
) -> Recommendation:
    """The limits for ``checks``; ``trusted`` are findings by article, ``planted`` by error."""
    chosen = dict.fromkeys(checks, SILENT)
    while step := _best_step(chosen, trusted, planted):
        chosen[step[0]] = step[1]
    return Recommendation(
        tuple(_limit(check, level) for check, level in chosen.items()),
        wilson(len(_blocked(chosen, trusted)), len(trusted)),
        wilson(len(_blocked(chosen, planted)), len(planted)),
    )


def _best_step(
    chosen: Chosen, trusted: Sequence[Findings], planted: Sequence[Findings]
) -> tuple[str, int] | None:
    """The check to loosen and its new level; None when no step is worth its price."""
    paid, caught = _blocked(chosen, trusted), _blocked(chosen, planted)
    best: tuple[float, int, str, int] | None = None
    for check, level in _steps(chosen):
        looser = {**chosen, check: level}
        price = len(_blocked(looser, trusted)) - len(paid)
        gain = len(_blocked(looser, planted)) - len(caught)
        free = price <= 0 and STRICTEST_FIRST[level][0] is Severity.ERROR
        if gain < 0 or (gain == 0 and not free):
            continue
        if len(paid) + price > BLOCKED_AT_MOST * len(trusted):
            continue
        worth = (gain / price if price > 0 else float("inf"), gain, check, level)
        if best is None or worth[:2] > best[:2]:
            best = worth
    return best[2:] if best else None


def _steps(chosen: Chosen) -> Iterator[tuple[str, int]]:
    for check, level in chosen.items():
        for looser in range(level + 1, len(STRICTEST_FIRST)):
            yield check, looser


def _blocked(chosen: Chosen, texts: Sequence[Findings]) -> set[int]:
    """Indices of the texts that have a finding which blocks."""
    return {i for i, findings in enumerate(texts) if any(_stops(chosen, f) for f in findings)}


def _stops(chosen: Chosen, finding: Finding) -> bool:
    level = chosen.get(finding.check, SILENT)
    if level == SILENT:
        return False
    severity, confidence = STRICTEST_FIRST[level]
    return finding.severity.at_least(severity) and finding.confidence >= confidence


def _limit(check: str, level: int) -> CheckLimit:
    if level == SILENT:
        return CheckLimit(check, None, 0.0)
    return CheckLimit(check, *STRICTEST_FIRST[level])
