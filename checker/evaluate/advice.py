"""The report of ``checker calibrate``, as text and JSON, and the policy it recommends."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from checker.evaluate.calibrate import Calibration, ThresholdRow
from checker.evaluate.measure import Figure
from checker.evaluate.recommend import CheckLimit, Recommendation
from checker.evaluate.table import aligned, shown
from checker.gate.policy import NEVER
from checker.model import Finding, Severity

EXAMPLES = 3


def as_text(result: Calibration) -> str:
    """What a newsroom can act on: recall, false alarms, thresholds, what to read next."""
    kinds = [
        ("error planted", "copies", "found", "found by the right check"),
        *((r.kind, str(r.planted), shown(r.found), shown(r.typed)) for r in result.kinds),
    ]
    checks = [
        ("check", "errors per article", "warnings per article", "articles with an error"),
        *(
            (r.check, f"{r.errors:.2f}", f"{r.warnings:.2f}", shown(r.blocked))
            for r in result.checks
        ),
    ]
    thresholds = [
        ("a gate that stops on", "your articles blocked", "planted errors blocked"),
        *(
            (_named(r.severity, r.confidence), shown(r.trusted_blocked), shown(r.planted_blocked))
            for r in result.thresholds
        ),
    ]
    parts = [
        f"{result.pairs} trusted pairs, seed {result.seed}. Signature: {result.signature}\n",
        "Errors planted one at a time (95 % interval)\n\n" + aligned(kinds),
        "Findings on your own articles as they are: false alarms, or errors nobody saw\n\n"
        + aligned(checks),
        "What a gate with one limit for everything would block\n\n" + aligned(thresholds),
        _recommendation(result.recommended),
        _reading(result),
    ]
    return "\n".join(filter(None, parts))


def as_json(result: Calibration) -> str:
    """Every figure, every miss, every error on a trusted pair."""
    values: dict[str, Any] = {
        "version": 1,
        "signature": result.signature,
        "seed": result.seed,
        "pairs": result.pairs,
        "skipped": result.skipped,
        "kinds": {
            r.kind: {"planted": r.planted, "found": _plain(r.found), "typed": _plain(r.typed)}
            for r in result.kinds
        },
        "checks": {
            r.check: {"errors": r.errors, "warnings": r.warnings, "blocked": _plain(r.blocked)}
            for r in result.checks
        },
        "thresholds": [_threshold(r) for r in result.thresholds],
        "recommended": {
            "limits": {r.check: _limit(r) for r in result.recommended.limits},
            "trusted_blocked": _plain(result.recommended.trusted_blocked),
            "planted_blocked": _plain(result.recommended.planted_blocked),
        },
        "missed": [
            {"pair": p.pair, "kind": p.kind, "before": p.before, "after": p.after}
            for p in result.missed
        ],
        "errors_on_trusted": [
            {"pair": name, "id": f.id, "check": f.check, "rule": f.rule, "message": f.message}
            for name, f in result.false_alarms
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def as_policy(result: Calibration) -> str:
    """A policy file for ``checker gate`` with the recommended limits."""
    chosen = result.recommended
    lines = [
        f"# Recommended by `checker calibrate` on {result.pairs} trusted pairs,"
        f" seed {result.seed}.",
        f"# It blocks {_share(chosen.trusted_blocked)} of them as they are and"
        f" {_share(chosen.planted_blocked)} of the errors planted into them.",
        f"# {result.signature}",
    ]
    for limit in chosen.limits:
        lines += ["", f"[checks.{limit.check}]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in _limit(limit).items()]
    return "\n".join(lines) + "\n"


def _recommendation(chosen: Recommendation) -> str:
    rows = [("check", "stops on"), *((r.check, _told(r)) for r in chosen.limits)]
    return (
        f"Recommended policy: blocks {_share(chosen.trusted_blocked)} of your articles as they"
        f" are and {_share(chosen.planted_blocked)} of the planted errors\n\n" + aligned(rows)
    )


def _told(limit: CheckLimit) -> str:
    if limit.severity is None:
        return "nothing: it would block too many of your articles"
    return _named(limit.severity, limit.confidence)


def _limit(limit: CheckLimit) -> dict[str, str | float]:
    if limit.severity is None:
        return {"severity": NEVER}
    return {"severity": limit.severity.value, "confidence": limit.confidence}


def _reading(result: Calibration) -> str:
    """Where to look: some errors on trusted pairs, then some misses of each kind."""
    alarms = result.false_alarms
    lines = [f"error in {name}: {f.check}: {f.message}" for name, f in _spread(alarms)]
    if len(lines) < len(alarms):
        lines.append(f"{len(alarms) - len(lines)} more errors: --format json lists them all")
    for row in result.kinds:
        missed = [p for p in result.missed if p.kind == row.kind]
        lines += [
            f"missed {p.kind} in {p.pair}: {_short(p.before)} -> {_short(p.after)}"
            for p in missed[:EXAMPLES]
        ]
    lines += [f"could not check {line}" for line in result.skipped]
    return "\n".join([*lines, ""]) if lines else ""


def _spread(alarms: Sequence[tuple[str, Finding]]) -> Iterator[tuple[str, Finding]]:
    """At most ``EXAMPLES`` errors of each check."""
    seen: Counter[str] = Counter()
    for name, finding in alarms:
        seen[finding.check] += 1
        if seen[finding.check] <= EXAMPLES:
            yield name, finding


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "…")


def _named(severity: Severity, confidence: float) -> str:
    sure = f" of confidence {confidence:g} or more" if confidence else ""
    return f"an error{sure}" if severity is Severity.ERROR else f"a warning or error{sure}"


def _share(figure: Figure) -> str:
    return "none" if figure.value is None else f"{figure.value:.0%}"


def _plain(figure: Figure) -> list[float | None]:
    return [None if v is None else round(v, 4) for v in (figure.value, figure.low, figure.high)]


def _threshold(row: ThresholdRow) -> dict[str, Any]:
    return {
        "severity": row.severity.value,
        "confidence": row.confidence,
        "trusted_blocked": _plain(row.trusted_blocked),
        "planted_blocked": _plain(row.planted_blocked),
    }
