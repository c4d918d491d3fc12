"""Shorthand for findings about one document."""

from __future__ import annotations

from checker.checks import Rule, Side
from checker.model import Finding, Severity, Span


def lint_finding(
    check: str,
    rule: Rule,
    side: Side,
    span: Span,
    confidence: float,
    message: str,
    *,
    severity: Severity | None = None,
    suggestion: str | None = None,
    related: tuple[Span, ...] = (),
) -> Finding:
    """A finding at ``span`` of the document alone; ``severity`` is the rule's unless given."""
    return Finding(
        check,
        rule.id,
        severity or rule.severity,
        confidence,
        message,
        side.passage(span),
        None,
        suggestion,
        tuple(side.passage(r) for r in related),
    )
