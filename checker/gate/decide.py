"""Turns a report into a verdict: passed, blocked, or could not check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from checker.errors import worded
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
        return Decision(
            Verdict(None, (reason,)),
            (),
            (worded("{reason} ({origin})", reason=reason, origin=origin),),
        )
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
        worded("{reason} Decided by {origin}.", reason=reason, origin=limit.origin)
        for reason, limit in zip(reasons, blocking, strict=True)
    )
    findings = tuple(f for f in standing if any(f in found for found in blocking.values()))
    return Decision(Verdict(not blocking, reasons), findings, explanation)


def _unchecked(report: Report, policy: Policy) -> tuple[str, str] | None:
    if report.coverage < policy.min_coverage:
        reason = worded(
            "Only {share} of the text could be aligned, {least} is required: are these two "
            "versions of one article?",
            share=f"{report.coverage:.0%}",
            least=f"{policy.min_coverage:.0%}",
        )
        return reason, str(policy.min_coverage_origin)
    return None


def _base(language: str) -> str:
    return language.split("-")[0]


def _reason(limit: Limit, found: list[Finding]) -> str:
    certain = worded(" with confidence of {least} or more", least=f"{limit.confidence:g}")
    allowed = worded(", {count} allowed", count=limit.count)
    more = worded(" And {count} more.", count=len(found) - _EXAMPLES)
    return worded(
        "{count} findings of severity {severity} or louder{certain}{allowed}: {examples}{more}"
        if len(found) > 1
        else "{count} finding of severity {severity} or louder{certain}{allowed}: {examples}{more}",
        count=len(found),
        severity=worded(limit.severity.value) if limit.severity else "",
        certain=certain if limit.confidence else "",
        allowed=allowed if limit.count else "",
        examples=_one_after_another([f.message for f in found[:_EXAMPLES]]),
        more=more if len(found) > _EXAMPLES else "",
    )


def _one_after_another(messages: list[str]) -> str:
    said, *others = messages
    for message in others:
        said = worded("{one} {other}", one=said, other=message)
    return said
