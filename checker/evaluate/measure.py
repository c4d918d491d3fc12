"""Precision, recall and the rest, each with a 95 % interval.

Shares of independent decisions have Wilson's interval (Wilson 1927, "Probable inference,
the law of succession, and statistical inference"); figures that are no plain share (F1,
false alarms per 1,000 words) a percentile bootstrap over pairs, seeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from checker.evaluate.gold import GoldFinding
from checker.evaluate.match import Verdict
from checker.evaluate.run import PairResult
from checker.model import Finding, Severity

SEED = 20
RESAMPLES = 1000
NORMAL_95 = 1.959964
CONFIDENCE_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval; None where nothing was there to measure."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one check, one rule, or everything.

    ``error_precision`` counts findings of severity error alone. ``false_alarms`` are per
    1,000 words of the target.
    """

    name: str
    wanted: int
    found: int
    right: int
    wrong: int
    recall: Figure
    precision: Figure
    f1: Figure
    error_precision: Figure
    false_alarms: Figure


@dataclass(frozen=True, slots=True)
class Bin:
    """Things to which a confidence in one range was given, and how many were right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class AlignmentFigures:
    """Agreement of links with gold beads; see ``match.BeadScore``."""

    precision: Figure
    recall: Figure
    strict_f1: Figure
    lax_f1: Figure


@dataclass(frozen=True, slots=True)
class Measurement:
    """Everything ``checker evaluate`` reports."""

    signature: str
    pairs: int
    clean_pairs: int
    words: int
    blocked_clean: Figure
    overall: Row
    checks: tuple[Row, ...]
    rules: tuple[Row, ...]
    alignment: AlignmentFigures
    findings_calibration: tuple[Bin, ...]
    links_calibration: tuple[Bin, ...]
    results: tuple[PairResult, ...]


def measured(results: Sequence[PairResult]) -> Measurement:
    """The figures of all results together. There must be at least one result."""
    clean = [r for r in results if r.clean]
    blocked = sum(any(j.finding.severity is Severity.ERROR for j in r.findings) for r in clean)
    checks = sorted({c for r in results for c in _checks_of(r)})
    rules = sorted({c for r in results for c in _rules_of(r)})
    decided = [j for r in results for j in r.findings if j.verdict in _DECIDED]
    return Measurement(
        signature=results[0].signature,
        pairs=len(results),
        clean_pairs=len(clean),
        words=sum(r.words for r in results),
        blocked_clean=wilson(blocked, len(clean)),
        overall=_row("all", results, None, None),
        checks=tuple(_row(check, results, check, None) for check in checks),
        rules=tuple(_row(f"{check}/{rule}", results, check, rule) for check, rule in rules),
        alignment=_alignment(results),
        findings_calibration=bins(
            (j.finding.confidence, j.verdict is Verdict.RIGHT) for j in decided
        ),
        links_calibration=bins(link for r in results for link in r.links),
        results=tuple(results),
    )


def wilson(hits: int, trials: int) -> Figure:
    """A share with Wilson's score interval at 95 %."""
    if trials == 0:
        return Figure(None, None, None)
    share, z2 = hits / trials, NORMAL_95**2
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = NORMAL_95 * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    half /= 1 + z2 / trials
    return Figure(share, max(0.0, centre - half), min(1.0, centre + half))


def bootstrap(counts: Counts, figure: Callable[[Counts], float | None]) -> Figure:
    """``figure`` of the summed ``counts`` (one row a pair), resampled over pairs."""
    value = figure(counts.sum(0))
    if value is None:
        return Figure(None, None, None)
    generator = np.random.default_rng(SEED)
    picks = generator.integers(0, len(counts), (RESAMPLES, len(counts)))
    drawn = [v for v in map(figure, counts[picks].sum(1)) if v is not None]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Figure(value, float(low), float(high))


def bins(judged: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """How often things were right, by the confidence they were given."""
    table = list(judged)
    rows = []
    for low, high in pairwise(CONFIDENCE_BINS):
        inside = [(c, r) for c, r in table if low <= c < high or (c == high == 1.0)]
        if inside:
            count = len(inside)
            mean, right = (sum(float(x[i]) for x in inside) / count for i in (0, 1))
            rows.append(Bin(low, high, count, mean, right))
    return tuple(rows)


_DECIDED = (Verdict.RIGHT, Verdict.WRONG)


def _checks_of(result: PairResult) -> set[str]:
    return {check for check, _ in _rules_of(result)}


def _rules_of(result: PairResult) -> set[tuple[str, str]]:
    found = {(j.finding.check, j.finding.rule) for j in result.findings}
    return found | {(w.gold.check, w.gold.rule) for w in result.wanted}


def _row(name: str, results: Sequence[PairResult], check: str | None, rule: str | None) -> Row:
    """The figures of one check or rule; of all where they are None."""
    counts = np.array([_count(result, check, rule) for result in results], np.float64)
    wanted, found, right, wrong, right_errors, wrong_errors, _ = map(int, counts.sum(0))
    return Row(
        name=name,
        wanted=wanted,
        found=found,
        right=right,
        wrong=wrong,
        recall=wilson(found, wanted),
        precision=wilson(right, right + wrong),
        f1=bootstrap(counts, _f1),
        error_precision=wilson(right_errors, right_errors + wrong_errors),
        false_alarms=bootstrap(counts, lambda c: 1000 * float(c[3]) / float(c[6])),
    )


def _count(result: PairResult, check: str | None, rule: str | None) -> tuple[int, ...]:
    """Wanted, found, right, wrong, right errors, wrong errors, words."""

    def mine(item: Finding | GoldFinding) -> bool:
        return check in (None, item.check) and rule in (None, item.rule)

    asked = [w for w in result.wanted if mine(w.gold)]
    made = [j for j in result.findings if mine(j.finding)]
    by_verdict = {v: [j for j in made if j.verdict is v] for v in _DECIDED}
    errors = {v: sum(j.finding.severity is Severity.ERROR for j in by_verdict[v]) for v in _DECIDED}
    return (
        len(asked),
        sum(w.found for w in asked),
        len(by_verdict[Verdict.RIGHT]),
        len(by_verdict[Verdict.WRONG]),
        errors[Verdict.RIGHT],
        errors[Verdict.WRONG],
        result.words,
    )


def _f1(counts: Counts) -> float | None:
    wanted, found, right, wrong = (float(c) for c in counts[:4])
    if wanted == 0:
        return None
    recall = found / wanted
    precision = right / (right + wrong) if right + wrong else 0.0
    return _harmonic(precision, recall)


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _alignment(results: Sequence[PairResult]) -> AlignmentFigures:
    beads = [r.beads for r in results]
    counts = np.array(
        [
            (
                b.strict,
                b.proposed,
                b.gold,
                b.lax_proposed,
                b.proposed_paired,
                b.lax_gold,
                b.gold_paired,
            )
            for b in beads
        ],
        np.float64,
    )
    total = counts.sum(0)
    return AlignmentFigures(
        precision=wilson(int(total[0]), int(total[1])),
        recall=wilson(int(total[0]), int(total[2])),
        strict_f1=bootstrap(counts, lambda c: 2 * float(c[0]) / max(1.0, float(c[1] + c[2]))),
        lax_f1=bootstrap(
            counts,
            lambda c: _harmonic(float(c[3]) / max(1.0, c[4]), float(c[5]) / max(1.0, c[6])),
        ),
    )
