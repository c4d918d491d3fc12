"""Alignments counted against gold as the alignment papers do, and reliability tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from alignment_data import Region
from scipy.optimize import minimize


@dataclass
class Tally:
    """Counts of one or more alignments against gold, as the alignment papers count."""

    strict: int = 0
    lax: int = 0
    beads: int = 0
    found: int = 0
    found_lax: int = 0
    gold: int = 0

    def add(self, regions: list[Region], beads: list[tuple[range, range, float]]) -> list[bool]:
        """Counts, and whether each bead is right. Any split of an inexact region is right."""
        marks = [_is_right(regions, a, b) for a, b, _ in beads]
        gold = {(r.source, r.target) for r in regions if r.exact}
        mine = {(a, b) for a, b, _ in beads}
        partner = {i: r for r in regions for i in r.source}
        theirs = {i: b for a, b, _ in beads for i in a}
        for (a, b, _), ok in zip(beads, marks, strict=True):
            near = a and b and any(set(b) & set(partner[i].target) for i in a)
            self.beads += 1
            self.strict += ok
            self.lax += bool(ok or near)
        for a, b in gold:
            if a and b:
                self.gold += 1
                self.found += (a, b) in mine
                self.found_lax += any(set(b) & set(theirs.get(i, ())) for i in a)
        return marks

    def f1(self) -> tuple[float, float]:
        pairs = ((self.strict, self.found), (self.lax, self.found_lax))
        scores = []
        for right, found in pairs:
            p, r = right / max(self.beads, 1), found / max(self.gold, 1)
            scores.append(2 * p * r / max(p + r, 1e-9))
        return scores[0], scores[1]


def _is_right(regions: list[Region], a: range, b: range) -> bool:
    for r in regions:
        if r.exact and (r.source, r.target) == (a, b):
            return True
        inside = _within(a, r.source) and _within(b, r.target)
        if inside and not r.exact and a and b:
            return True
        one_sided = not r.source or not r.target
        if inside and one_sided and bool(a) == bool(r.source) and bool(b) == bool(r.target):
            return True
    return False


def _within(inner: range, outer: range) -> bool:
    return not inner or (inner.start >= outer.start and inner.stop <= outer.stop)


def calibrate(marked: list[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept from the path's log odds to the log odds of being right."""
    p = np.clip([m[0] for m in marked], 0.001, 0.999)
    x, y = np.log(p / (1 - p)), np.array([m[1] for m in marked], float)

    def loss(v: np.ndarray) -> float:
        z = v[0] * x + v[1]
        return float(np.sum(np.logaddexp(0, z) - y * z)) + 0.01 * (v[0] - 1) ** 2

    slope, intercept = minimize(loss, np.array([1.0, 0.0])).x
    return float(slope), float(intercept)


def reliability(marked: list[tuple[float, bool]], calibration: tuple[float, float]) -> str:
    """A table: confidence given, links, share right."""
    slope, intercept = calibration
    lines = ["| confidence | links | mean | right |", "|---|---|---|---|"]
    p = np.clip([m[0] for m in marked], 0.001, 0.999)
    given = 1 / (1 + np.exp(-(slope * np.log(p / (1 - p)) + intercept)))
    right = np.array([m[1] for m in marked])
    for low, high in (
        (0, 0.5),
        (0.5, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 0.95),
        (0.95, 0.98),
        (0.98, 1),
    ):
        inside = (given >= low) & (given < high if high < 1 else given <= 1)
        if inside.any():
            row = f"{inside.sum()} | {given[inside].mean():.3f} | {right[inside].mean():.3f}"
            lines.append(f"| {low:.2f} to {high:.2f} | {row} |")
    return "\n".join(lines)
