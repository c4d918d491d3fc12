"""Turns a report into a verdict: passed, blocked, or could not check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from checker.gate.policy import Limit, Policy
from checker.model import Finding, Report, Verdict

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and how it came about.

    ``blocking`` are the findings that block; ``explanation`` names for each reason the line
    of the policy that decided.
    """

    verdict: Verdict
    blocking: tuple[Finding, ...]
    explanation: tuple[str, ...]


def decide(
    report: Report,
    standing: Sequence[Finding],
    policy: Policy,
    path: str,
    known: frozenset[str] = frozenset(),
) -> Decision:
    """The verdict on a report.

    ``standing`` are its findings without the waived ones, ``known`` the ids of a baseline,
    ``path`` the source's path as the policy's patterns see it.
    """
    unchecked = _unchecked(report, policy)
    if unchecked is not None:
        reason, origin = unchecked
        return Decision(Verdict(None, (reason,)), (), (f"{reason} ({origin})",))
    target = report.target.language if report.target else ""
    languages = f"{_base(report.source.language)}-{_base(target)}"
    by_limit: defaultdict[Limit, list[Finding]] = defaultdict(list)
    for finding in standing:
        limit = policy.limit(finding, path, languages)
        if finding.id not in known and limit.counts(finding):
            by_limit[limit].append(finding)
    blocking = {limit: found for limit, found in by_limit.items() if len(found) > limit.count}
    reasons = tuple(_reason(limit, found) for limit, found in blocking.items())
    explanation = tuple(
        f"{reason} Decided by {limit.origin}."
        for reason, limit in zip(reasons, blocking, strict=True)
    )
    findings = tuple(f for f in standing if any(f in found for found in blocking.values()))
    return Decision(Verdict(not blocking, reasons), findings, explanation)


def _unchecked(report: Report, policy: Policy) -> tuple[str, str] | None:
    if report.coverage < policy.min_coverage:
        reason = (
            f"Only {report.coverage:.0%} of the text could be aligned, "
            f"{policy.min_coverage:.0%} is required: are these two versions of one article?"
        )
        return reason, str(policy.min_coverage_origin)
    return None


def _base(language: str) -> str:
    return language.split("-")[0]


def _reason(limit: Limit, found: list[Finding]) -> str:
    count = f"{len(found)} finding{'s' if len(found) > 1 else ''}"
    allowed = f", {limit.count} allowed" if limit.count else ""
    examples = " ".join(f.message for f in found[:_EXAMPLES])
    more = f" And {len(found) - _EXAMPLES} more." if len(found) > _EXAMPLES else ""
    severity = limit.severity.value if limit.severity else ""
    certain = f" with confidence of {limit.confidence:g} or more" if limit.confidence else ""
    return f"{count} of severity {severity} or louder{certain}{allowed}: {examples}{more}"
