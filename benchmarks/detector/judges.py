"""Fits what weighs the detector's view: two logistic regressions on news it never saw.

    python benchmarks/detector/judges.py PAIRS.tsv[.xz] FOLDER [NUMBER]

FOLDER is that of ``train.py``; the weights of the package (``export.py``) are used. Prints rows
for ``checker/data/content_weights.tsv`` and, to standard error, what share of planted errors is
found at some rates of false alarms per 10,000 German words, on the same news.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from data import HELD_OUT, KNOWN, RULES, Words, comparison_of, rows_of, sources
from planting import NEGATED, WRONG, Pair, Planter

from checker.checks import Comparison, negation
from checker.detector.verdicts import NEGATION
from checker.terms import strangers
from checker.terms.words import passage

RATES = (0.5, 1, 2, 3, 5, 10)
NAMES = {
    "stranger-read": (*strangers.FEATURES, *strangers.READ),
    "negation-read": NEGATION,
}
KINDS = {"stranger-read": WRONG, "negation-read": NEGATED}
DAMAGED = 0.45

Sample = tuple[str, int, tuple[float, ...], bool, int, int]


def samples(comparison: Comparison) -> Iterator[Sample]:
    """Name, link, features and place of everything that is judged."""
    sides = (comparison.source, comparison.target)
    for suspicion, features in strangers.judged(comparison):
        if suspicion.read:
            here = passage(sides[not suspicion.on_source], suspicion.word)
            values = (*features[:-1].tolist(), *suspicion.read)
            yield "stranger-read", suspicion.link, values, suspicion.on_source, here.start, here.end
    for number, on_target, values, here in negation.weighed(comparison):
        yield "negation-read", number, values, not on_target, here.start, here.end


def documents(rows: list, seed: int) -> Iterator[list]:
    """Stretches as long as articles; where articles begin is not known."""
    lengths, start = random.Random(seed), 0
    while start < len(rows) - 8:
        length = lengths.randint(10, 22)
        yield rows[start : start + length]
        start += length


def gathered(rows: list, planter: Planter, words: Words) -> dict[str, list[tuple]]:
    """Features, label and line (of clean text) by name."""
    found: dict[str, list[tuple]] = {name: [] for name in NAMES}
    line = 0
    for part in documents(rows, 3):
        clean = [Pair([row[1], row[2]]) for row in part]
        for name, link, values, *_ in samples(comparison_of(clean, words)):
            found[name].append((values, 0, line + link))
        pairs = [Pair([row[1], row[2]]) for row in part]
        for pair in pairs:
            if planter.random.random() < DAMAGED:
                planter.damage(pair, most=1)
        texts = comparison_of(pairs, words)
        starts = [[s.span.start for s in side.article.sentences] for side in _sides(texts)]
        for name, link, values, on_source, start, end in samples(texts):
            spans = [s for s in pairs[link].spans if s[3] == KINDS[name] and s[0] != on_source]
            shift = starts[not on_source][link]
            if any(a + shift < end and start < b + shift for _, a, b, _ in spans):
                found[name].append((values, 1, -1))
        line += len(part)
    return found


def _sides(comparison: Comparison) -> tuple:
    return comparison.source, comparison.target


def logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights and intercept of a logistic regression, classes balanced, a little shrinkage."""
    centre, spread = x.mean(0), x.std(0) + 1e-9
    scaled = np.column_stack([(x - centre) / spread, np.ones(len(x))])
    balance = np.where(y == 1, 0.5 / max(1, y.sum()), 0.5 / max(1, (1 - y).sum()))
    weights = np.zeros(scaled.shape[1])
    shrink = 1e-3 * np.eye(len(weights))
    for _ in range(60):
        p = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (balance * (p - y)) + shrink @ weights
        curvature = (scaled * (balance * p * (1 - p))[:, None]).T @ scaled + shrink
        weights -= np.linalg.solve(curvature, gradient)
    return np.append(weights[:-1] / spread, weights[-1] - (weights[:-1] / spread * centre).sum())


def report(name: str, samples: list[tuple], words: int) -> None:
    """Prints the weights, and the recall at some rates of false alarms; a line counts once."""
    x, y = np.array([s[0] for s in samples]), np.array([s[1] for s in samples])
    weights = logistic(x, y)
    score = x @ weights[:-1] + weights[-1]
    worst: dict[int, float] = {}
    for value, (_, label, line) in zip(score, samples, strict=True):
        if not label:
            worst[line] = max(worst.get(line, -99.0), value)
    alarms = sorted(worst.values(), reverse=True)
    for rate in RATES:
        cut = alarms[min(len(alarms) - 1, int(rate * words / 1e4))]
        found = np.mean(score[y == 1] > cut)
        print(f"{name} at {rate}: {found:.2f} of {y.sum()}, log odds {cut:.2f}", file=sys.stderr)
    for feature, weight in zip((*NAMES[name], "intercept"), weights, strict=True):
        print(f"{name}\t{feature}\t{weight:.4f}")


def main() -> None:
    """What the command line asks for."""
    rows = rows_of(Path(sys.argv[1]))
    held_out = [row for row in rows if row[0] == HELD_OUT][: int((sys.argv[3:] or [99999])[0])]
    words = Words(Path(sys.argv[2]) / "words.npz", [])
    planter = Planter(sources(rows), RULES, KNOWN, words, 3)
    found = gathered(held_out, planter, words)
    for name, rows_found in found.items():
        report(name, rows_found, sum(len(row[2].split()) for row in held_out))


if __name__ == "__main__":
    main()
