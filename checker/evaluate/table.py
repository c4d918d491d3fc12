"""Measurements as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from checker.evaluate.match import Verdict
from checker.evaluate.measure import AlignmentFigures, Bin, Figure, Measurement, Row
from checker.evaluate.run import PairResult

VERSION = 1
HEAD = (
    "", "wanted", "found", "recall", "right", "wrong", "precision",
    "precision of errors", "F1", "false alarms per 1,000 words",
)  # fmt: skip


def as_json(measurement: Measurement) -> str:
    """Every figure, and every finding with its verdict, for programs and for --diff."""
    values = {
        "version": VERSION,
        "signature": measurement.signature,
        "pairs": measurement.pairs,
        "clean_pairs": measurement.clean_pairs,
        "words": measurement.words,
        "blocked_clean": _figure(measurement.blocked_clean),
        "overall": _row(measurement.overall),
        "checks": {row.name: _row(row) for row in measurement.checks},
        "rules": {row.name: _row(row) for row in measurement.rules},
        "alignment": {
            name: _figure(getattr(measurement.alignment, name))
            for name in AlignmentFigures.__slots__
        },
        "findings_calibration": [_bin(b) for b in measurement.findings_calibration],
        "links_calibration": [_bin(b) for b in measurement.links_calibration],
        "findings": [f for result in measurement.results for f in findings_of(result)],
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def findings_of(result: PairResult) -> list[dict[str, Any]]:
    """The findings of a pair with their verdicts, then what it missed."""
    rows = []
    for judged in result.findings:
        f = judged.finding
        rows.append({
            "pair": result.name, "verdict": judged.verdict.value, "check": f.check,
            "rule": f.rule, "severity": f.severity.value, "confidence": round(f.confidence, 3),
            "source": f.source.text if f.source else None,
            "target": f.target.text if f.target else None, "message": f.message,
        })  # fmt: skip
    for asked in result.wanted:
        g = asked.gold
        if not asked.found:
            rows.append({
                "pair": result.name, "verdict": "missed", "check": g.check, "rule": g.rule,
                "severity": g.severity.value, "confidence": None,
                "source": g.source[0].text if g.source else None,
                "target": g.target[0].text if g.target else None, "message": g.note,
            })  # fmt: skip
    return rows


def as_markdown(measurement: Measurement) -> str:
    """The tables of docs/accuracy.md."""
    return _document(measurement, markdown)


def as_text(measurement: Measurement) -> str:
    """The tables for a terminal, then each false alarm and each miss."""
    listed = [
        f"{f['verdict']}: {f['pair']}: {f['check']}/{f['rule']}: {f['message']}"
        for result in measurement.results
        for f in findings_of(result)
        if f["verdict"] in (Verdict.WRONG.value, "missed")
    ]
    return _document(measurement, aligned) + "".join(f"{line}\n" for line in listed)


FORMATS: Mapping[str, Callable[[Measurement], str]] = MappingProxyType(
    {"text": as_text, "markdown": as_markdown, "json": as_json}
)


Table = Callable[[Sequence[Sequence[str]]], str]


def _document(m: Measurement, table: Table) -> str:
    rows = [HEAD, *(_cells(r) for r in (m.overall, *m.checks))]
    rules = [HEAD, *(_cells(r) for r in m.rules)]
    alignment = [
        ("precision", "recall", "strict F1", "lax F1"),
        tuple(shown(getattr(m.alignment, name)) for name in AlignmentFigures.__slots__),
    ]
    parts = [
        f"{m.pairs} pairs, {m.clean_pairs} of them clean, {m.words:,} words on the target side.\n"
        f"Clean pairs with an error: {shown(m.blocked_clean)}.\n"
        f"Signature: {m.signature}\n",
        "By check\n\n" + table(rows),
        "By rule\n\n" + table(rules),
        "Alignment (strict: the same text on both sides; lax: text shared on both sides)\n\n"
        + table(alignment),
        "Confidence of findings and how often they were right\n\n"
        + table(_bin_rows(m.findings_calibration)),
        "Confidence of links and how often they were right\n\n"
        + table(_bin_rows(m.links_calibration)),
    ]
    return "\n".join(parts) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name, str(row.wanted), str(row.found), shown(row.recall), str(row.right),
        str(row.wrong), shown(row.precision), shown(row.error_precision), shown(row.f1),
        shown(row.false_alarms),
    )  # fmt: skip


def _bin_rows(bins: Sequence[Bin]) -> list[Sequence[str]]:
    head = ("confidence", "count", "mean confidence", "right")
    return [
        head,
        *(
            (f"{b.low:.1f}-{b.high:.1f}", str(b.count), f"{b.confidence:.2f}", f"{b.right:.2f}")
            for b in bins
        ),
    ]


def shown(figure: Figure) -> str:
    """A value with its interval, or a dash where nothing was measured."""
    if figure.value is None:
        return "-"
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f})"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table, the first as its head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines) + "\n"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as text in columns."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        + "\n"
        for row in rows
    )


def _figure(figure: Figure) -> list[float | None]:
    values = (figure.value, figure.low, figure.high)
    return [None if v is None else round(v, 4) for v in values]


def _row(row: Row) -> dict[str, Any]:
    return {
        name: _figure(value) if isinstance(value, Figure) else value
        for name in Row.__slots__
        if name != "name"
        for value in (getattr(row, name),)
    }


def _bin(b: Bin) -> dict[str, float]:
    return {name: round(getattr(b, name), 4) for name in Bin.__slots__}
