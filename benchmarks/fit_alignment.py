"""Fits the weights of the aligner, measures them by cross-validation, calibrates confidence.

    python benchmarks/fit_alignment.py --gold FOLDER --pairs FILE [--ablation] [--write]

The weights are those of a log-linear model over whole paths: the gradient is the expected
cue sums of the right paths less those of all paths (forward-backward), maximised with
L-BFGS and a small quadratic penalty. Gold: every fourth stretch of the hand-aligned text
is aligned with weights fitted on the three others and made documents; made documents for
testing come from other sets than those for fitting. Nothing is measured in-sample.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from alignment_data import Pair, Region, made_documents, read_gold, read_lines
from scipy.optimize import minimize

from checker.align.anchors import find_anchors
from checker.align.cues import (
    ALONE_CUES,
    CONTENT_CUES,
    NAMES,
    SHAPE_CUES,
    alone_cues,
    shape_cues,
)
from checker.align.lattice import NEVER, Lattice, backward, forward
from checker.align.scoring import Window, blocks, window
from checker.align.shapes import COLUMNS_BACK, PAIRED, ROWS_BACK, STEPS
from checker.align.text import text_of
from checker.align.windows import solve
from checker.embed import Encoder, load
from checker.settings import BUNDLED_MODEL

FOLDS = 4
PENALTY = 0.5
MOVE_PRICE = -4.0
"""What a move costs: moves are not on the path, so this is set by edit_alignment.py."""
TRAIN_SETS = (
    "newstest2009",
    "newstest2010",
    "newstest2011",
    "newssyscomb",
    "debian-debian-",
    "debian-gnome",
)
TEST_SETS = ("newstest2012", "newstest2013", "news-test2008", "debian-gimp")
GROUPS = {
    "distance": ("distance", "distance by size"),
    "margin": ("margin",),
    "length": ("length",),
    "words": ("words shared", "words alone"),
    "numbers": ("numbers shared", "numbers alone"),
    "marks and case at the borders": ("closing marks", "openings differ"),
    "likeness outside": ("likeness outside",),
    "blocks": ("blocks start together", "blocks start apart", "blocks joined", "kinds differ"),
    "what alone looks like": ("alone likeness", "alone weight"),
}


@dataclass
class Example:
    """A window with all cues of its beads and the mask of right ones."""

    view: Window
    cues: list[np.ndarray]
    alone_source: np.ndarray
    alone_target: np.ndarray
    right: list[np.ndarray]
    right_target: np.ndarray
    regions: list[Region]


def examples_of(pair: Pair, encoder: Encoder, folds: int = 1) -> list[Example]:
    """The windows of a pair with all their cues, cut into ``folds`` stretches."""
    source, target, regions = pair
    a, b = (text_of(article.sentences, encoder) for article in (source, target))
    anchors = find_anchors(a.singles, b.singles)
    result = []
    for part in np.array_split(np.arange(len(regions)), folds):
        mine = [regions[k] for k in part]
        rows = range(mine[0].source.start, mine[-1].source.stop)
        columns = range(mine[0].target.start, mine[-1].target.stop)
        shifted = [
            Region(_shift(r.source, -rows.start), _shift(r.target, -columns.start), r.exact)
            for r in mine
        ]
        result.append(_example(window(a, b, anchors, rows, columns), shifted))
    return result


def _shift(span: range, by: int) -> range:
    return range(span.start + by, span.stop + by)


def _example(view: Window, regions: list[Region]) -> Example:
    widths = view.high - view.low
    cues = [np.zeros((len(CONTENT_CUES), len(PAIRED), w), np.float32) for w in widths]
    valid = [np.zeros((len(STEPS), w), bool) for w in widths]
    for block in blocks(view):
        for step, (p, q) in enumerate(PAIRED):
            rows, columns = block.starts(p, q)
            if not len(rows) or not len(columns):
                continue
            values = block.content(p, q)
            first, after = columns[0] + q, columns[-1] + q + 1
            for row, line in zip(rows + p, values.swapaxes(0, 1), strict=True):
                low, high = max(view.low[row], first), min(view.high[row], after)
                if low < high:
                    place = slice(low - view.low[row], high - view.low[row])
                    cues[row][:, step, place] = line[:, low - first : high - first]
                    valid[row][step, place] = True
    for row in valid[1:]:
        row[-1] = True
    right, right_target = _right(view, regions, valid)
    return Example(
        view, cues, alone_cues(view.source), alone_cues(view.target), right, right_target, regions
    )


def _right(
    view: Window, regions: list[Region], valid: list[np.ndarray]
) -> tuple[list[np.ndarray], np.ndarray]:
    """Which steps a right path may take, and which target sentences it may leave alone."""
    allowed = [np.zeros_like(v) for v in valid]
    skips = np.zeros(len(view.target), bool)
    for region in regions:
        a, b = region.source, region.target
        shape = len(a), len(b)
        if region.exact and shape in PAIRED:
            _allow(allowed, view, a.stop, b.stop, PAIRED.index(shape))
            continue
        skips[b.start : b.stop] = not a
        steps = [k for k, (p, q) in enumerate(STEPS) if bool(q) == bool(b)]
        for i in range(a.start, a.stop + 1):
            for j in range(b.start, b.stop + 1):
                for step in steps:
                    p, q = STEPS[step]
                    if i - p >= a.start and j - q >= b.start:
                        _allow(allowed, view, i, j, step)
    return [x & v for x, v in zip(allowed, valid, strict=True)], skips


def _allow(allowed: list[np.ndarray], view: Window, i: int, j: int, step: int) -> None:
    if view.low[i] <= j < view.high[i]:
        allowed[i][step, j - view.low[i]] = True


def scored(example: Example, weights: np.ndarray) -> Lattice:
    """The lattice of an example under weights in the order of NAMES."""
    by_name = dict(zip(NAMES, weights, strict=True))
    content = np.array([by_name[n] for n in CONTENT_CUES], np.float32)
    shape = np.array([by_name[n] for n in SHAPE_CUES], np.float32)
    alone = np.array([by_name[n] for n in ALONE_CUES], np.float32)
    bias = np.array([shape @ shape_cues(p, q) for p, q in PAIRED], np.float32)
    lonely = alone @ example.alone_source
    scores = []
    for i, cues in enumerate(example.cues):
        row = np.full((len(STEPS), cues.shape[2]), NEVER, np.float32)
        paired = np.tensordot(content, cues, 1) + bias[:, None]
        row[:-1] = np.where(cues.any(0), paired, NEVER)
        if i:
            row[-1] = lonely[i - 1]
        scores.append(row)
    view = example.view
    return Lattice(view.low, view.high, scores, (alone @ example.alone_target).astype(float))


def constrained(example: Example, free: Lattice) -> Lattice:
    """The lattice with right paths only."""
    scores = [np.where(ok, s, NEVER) for ok, s in zip(example.right, free.scores, strict=True)]
    alone = np.where(example.right_target, free.alone, NEVER)
    return Lattice(free.low, free.high, scores, alone)


def expected(example: Example, grid: Lattice) -> tuple[float, np.ndarray]:
    """Log sum of all paths, and the expected sum of every cue in the order of NAMES."""
    before, after = forward(grid), backward(grid)
    total = before[-1, -1]
    content = np.zeros(len(CONTENT_CUES))
    by_step = np.zeros(len(STEPS))
    by_row = np.zeros(len(example.view.source))
    by_column = np.zeros(len(example.view.target))
    for i, scores in enumerate(grid.scores):
        columns = np.arange(grid.low[i], grid.high[i])
        rows, back = i - ROWS_BACK[:, None], columns - COLUMNS_BACK[:, None]
        reach = (rows >= 0) & (back >= 0)
        log = before[np.maximum(rows, 0), np.maximum(back, 0)] + scores + after[i, columns] - total
        share = np.where(reach, np.exp(np.minimum(log, 0)), 0)
        content += np.tensordot(example.cues[i], share[:-1], 2)
        by_step += share.sum(1)
        if i:
            by_row[i - 1] = share[-1].sum()
        along = before[i, columns[:-1]] + grid.alone[columns[:-1]] + after[i, columns[1:]] - total
        by_column[columns[:-1]] += np.exp(np.minimum(along, 0))
    shape = sum(n * shape_cues(p, q) for n, (p, q) in zip(by_step, PAIRED, strict=False))
    alone = example.alone_source @ by_row + example.alone_target @ by_column
    return float(total), np.concatenate([shape, content, alone])


def fit(examples: list[Example], names: tuple[str, ...] = NAMES, start: Any = None) -> np.ndarray:
    """Weights in the order of NAMES; those not in ``names`` stay 0."""
    active = np.array([n in names for n in NAMES])

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights = np.zeros(len(NAMES))
        weights[active] = values
        value, gradient = PENALTY * values @ values / 2, PENALTY * weights
        for example in examples:
            free = scored(example, weights)
            every, of_every = expected(example, free)
            right, of_right = expected(example, constrained(example, free))
            value += every - right
            gradient = gradient + of_every - of_right
        return value, gradient[active]

    begin = np.zeros(active.sum()) if start is None else start[active]
    done = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 40})
    weights = np.zeros(len(NAMES))
    weights[active] = done.x
    return weights


def proposed(example: Example, weights: np.ndarray) -> list[tuple[range, range, float]]:
    """Beads of the best path with their probabilities."""
    return [(b.source, b.target, b.probability) for b in solve(scored(example, weights))]


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


def cross_validated(
    gold: list[Example], made: list[Example], test: list[Example], names: tuple[str, ...] = NAMES
) -> tuple[Tally, Tally, list[tuple[float, bool]], list[tuple[float, bool]]]:
    """Tallies on gold (each fold left out in turn) and on made test documents; marked beads."""
    start = fit(gold + made, names)
    on_gold, on_made, marked, marked_made = Tally(), Tally(), [], []
    for k, held in enumerate(gold):
        weights = fit(gold[:k] + gold[k + 1 :] + made, names, start)
        marked += _marked(on_gold, held, weights)
        if k == 0:
            for example in test:
                marked_made += _marked(on_made, example, weights)
    return on_gold, on_made, marked, marked_made


def _marked(tally: Tally, example: Example, weights: np.ndarray) -> list[tuple[float, bool]]:
    beads = proposed(example, weights)
    return [(b[2], ok) for b, ok in zip(beads, tally.add(example.regions, beads), strict=True)]


def main() -> None:
    """Reads the options, prints figures, writes the weights."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--pairs", type=Path, required=True)
    options.add_argument("--ablation", action="store_true")
    options.add_argument("--write", action="store_true")
    options.add_argument("--documents", type=int, default=14)
    chosen = options.parse_args()
    encoder = load(BUNDLED_MODEL)
    gold = examples_of(read_gold(chosen.gold), encoder, FOLDS)
    made, test = (
        [
            example
            for pair in made_documents(read_lines(chosen.pairs, sets), chosen.documents, 60, seed)
            for example in examples_of(pair, encoder)
        ]
        for sets, seed in ((TRAIN_SETS, 1), (TEST_SETS, 2))
    )
    on_gold, on_made, marked, marked_made = cross_validated(gold, made, test)
    show("all cues", on_gold, on_made)
    if chosen.ablation:
        for name, group in GROUPS.items():
            rest = tuple(n for n in NAMES if n not in group)
            show(f"without {name}", *cross_validated(gold, made, test, rest)[:2])
    calibration = calibrate(marked + marked_made)
    print(f"calibration {calibration}")
    print("gold\n" + reliability(marked, calibration))
    print("made\n" + reliability(marked_made, calibration))
    if chosen.write:
        write(fit(gold + made, NAMES), calibration)


def show(what: str, on_gold: Tally, on_made: Tally) -> None:
    """A row of the table: strict and lax F1 on gold, then on made documents."""
    figures = " | ".join(f"{x:.4f}" for x in (*on_gold.f1(), *on_made.f1()))
    print(f"| {what} | {figures} |", flush=True)


def write(weights: np.ndarray, calibration: tuple[float, float]) -> None:
    """Replaces the weights that come with the package."""
    path = Path(__file__).parents[1] / "checker" / "align" / "weights.json"
    cues = {n: round(float(w), 3) for n, w in zip(NAMES, weights, strict=True)}
    table = {
        "made by": "benchmarks/fit_alignment.py --write",
        "cues": {**cues, "moved": MOVE_PRICE},
        "calibration": [round(c, 3) for c in calibration],
    }
    path.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
