"""Fits the weights of the aligner, measures them by cross-validation, calibrates confidence.

    python benchmarks/fit_alignment.py --gold FOLDER --pairs FILE [--ablation]
        [--beads FILE] [--write]

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
from alignment_scores import Tally, calibrate, reliability
from fit_moves import fit_move_price
from scipy.optimize import minimize

from checker.align import align
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
from checker.align.weights import Weights
from checker.align.windows import solve
from checker.embed import Encoder, load
from checker.settings import BUNDLED_MODEL

FOLDS = 4
PENALTY = 0.5
LEAST_GAIN = 2.0
MOVED_DOCUMENTS = 120
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
    """A window with all cues of its beads and the mask of right ones.

    ``cues`` has shape (cues, steps and cells of all rows one after the other).
    """

    view: Window
    cues: np.ndarray
    valid: list[np.ndarray]
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
        view,
        np.concatenate([row.reshape(len(row), -1) for row in cues], axis=1),
        valid,
        alone_cues(view.source),
        alone_cues(view.target),
        right,
        right_target,
        regions,
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
    paired, at, scores = content @ example.cues, 0, []
    for i, valid in enumerate(example.valid):
        row = np.full(valid.shape, NEVER, np.float32)
        size = len(PAIRED) * valid.shape[1]
        values = paired[at : at + size].reshape(len(PAIRED), -1) + bias[:, None]
        row[:-1][valid[:-1]] = values[valid[:-1]]
        at += size
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
    shares = []
    by_step = np.zeros(len(STEPS))
    by_row = np.zeros(len(example.view.source))
    by_column = np.zeros(len(example.view.target))
    for i, scores in enumerate(grid.scores):
        columns = np.arange(grid.low[i], grid.high[i])
        rows, back = i - ROWS_BACK[:, None], columns - COLUMNS_BACK[:, None]
        reach = (rows >= 0) & (back >= 0)
        log = before[np.maximum(rows, 0), np.maximum(back, 0)] + scores + after[i, columns] - total
        share = np.where(reach, np.exp(np.minimum(log, 0)), 0)
        shares.append(share[:-1].ravel())
        by_step += share.sum(1)
        if i:
            by_row[i - 1] = share[-1].sum()
        along = before[i, columns[:-1]] + grid.alone[columns[:-1]] + after[i, columns[1:]] - total
        by_column[columns[:-1]] += np.exp(np.minimum(along, 0))
    content = example.cues @ np.concatenate(shares).astype(np.float32)
    shape = sum(n * shape_cues(p, q) for n, (p, q) in zip(by_step, PAIRED, strict=False))
    alone = example.alone_source @ by_row + example.alone_target @ by_column
    return float(total), np.concatenate([shape, content, alone])


def fit(examples: list[Example], names: tuple[str, ...] = NAMES, start: Any = None) -> np.ndarray:
    """Weights in the order of NAMES; those not in ``names`` stay 0.

    Stops early: fitted to the end, weights do worse on what they were not fitted on.
    """
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
    last = [np.inf]

    def stop_early(intermediate_result: Any) -> None:
        last.append(intermediate_result.fun)
        if last[-2] - last[-1] < LEAST_GAIN:
            raise StopIteration

    done = minimize(loss, begin, jac=True, method="L-BFGS-B", callback=stop_early)
    weights = np.zeros(len(NAMES))
    weights[active] = done.x
    return weights


def proposed(example: Example, weights: np.ndarray) -> list[tuple[range, range, float]]:
    """Beads of the best path with their probabilities."""
    return [(b.source, b.target, b.probability) for b in solve(scored(example, weights))]


def fold_weights(
    gold: list[Example], made: list[Example], names: tuple[str, ...], start: Any
) -> list[np.ndarray]:
    """Weights fitted without each fold of the gold in turn."""
    start = fit(gold + made, names, start)
    return [fit(gold[:k] + gold[k + 1 :] + made, names, start) for k in range(len(gold))]


def cross_validated(
    gold: list[Example], test: list[Example], weights: list[np.ndarray]
) -> tuple[Tally, Tally, list[tuple[float, bool]], list[tuple[float, bool]]]:
    """Tallies on gold, each fold with its own weights, and on made documents; marked beads."""
    on_gold, on_made, marked, marked_made = Tally(), Tally(), [], []
    for held, fitted_without in zip(gold, weights, strict=True):
        marked += _marked(on_gold, held, fitted_without)
    for example in test:
        marked_made += _marked(on_made, example, weights[0])
    return on_gold, on_made, marked, marked_made


def beads_of_folds(
    pair: Pair,
    weights: list[np.ndarray],
    price: float,
    calibration: tuple[float, float],
    encoder: Encoder,
) -> list[str]:
    """Lines as ``checker align`` prints them, moves included: the whole text is aligned with
    the weights of each fold, and the links that begin in that fold are kept."""
    source, target, regions = pair
    lines = []
    parts = np.array_split(np.arange(len(regions)), len(weights))
    for part, values in zip(parts, weights, strict=True):
        first, last = regions[part[0]], regions[part[-1]]
        rows = range(first.source.start, last.source.stop)
        columns = range(first.target.start, last.target.stop)
        cues = {**dict(zip(NAMES, map(float, values), strict=True)), "moved": price}
        for link in align(source, target, encoder, Weights(cues, calibration)).links:
            if link.source.start in rows if link.source else link.target.start in columns:
                lines.append(f"{list(link.source)}:{list(link.target)}:{link.confidence:.3f}")
    return lines


def _marked(tally: Tally, example: Example, weights: np.ndarray) -> list[tuple[float, bool]]:
    beads = proposed(example, weights)
    return [(b[2], ok) for b, ok in zip(beads, tally.add(example.regions, beads), strict=True)]


def main() -> None:
    """Reads the options, prints figures, writes the weights."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--pairs", type=Path, required=True)
    options.add_argument("--ablation", action="store_true")
    options.add_argument("--beads", type=Path, help="write the beads of the gold, cross-validated")
    options.add_argument("--write", action="store_true")
    options.add_argument("--documents", type=int, default=14)
    chosen = options.parse_args()
    encoder = load(BUNDLED_MODEL)
    pair = read_gold(chosen.gold)
    gold = examples_of(pair, encoder, FOLDS)
    made, test = (
        [
            example
            for pair in made_documents(read_lines(chosen.pairs, sets), chosen.documents, 60, seed)
            for example in examples_of(pair, encoder)
        ]
        for sets, seed in ((TRAIN_SETS, 1), (TEST_SETS, 2))
    )
    weights = fit(gold + made)
    folds = fold_weights(gold, made, NAMES, weights)
    on_gold, on_made, marked, marked_made = cross_validated(gold, test, folds)
    show("all cues", on_gold, on_made)
    if chosen.ablation:
        for name, group in GROUPS.items():
            rest = tuple(n for n in NAMES if n not in group)
            without = fold_weights(gold, made, rest, weights)
            show(f"without {name}", *cross_validated(gold, test, without)[:2])
    calibration = calibrate(marked + marked_made)
    print(f"calibration {calibration}")
    print("gold\n" + reliability(marked, calibration))
    print("made\n" + reliability(marked_made, calibration))
    cues = {n: round(float(w), 3) for n, w in zip(NAMES, weights, strict=True)}
    documents = made_documents(read_lines(chosen.pairs, TRAIN_SETS), MOVED_DOCUMENTS, 30, 3)
    cues["moved"] = fit_move_price(documents, cues, encoder)
    if chosen.beads:
        lines = beads_of_folds(pair, folds, cues["moved"], calibration, encoder)
        chosen.beads.write_text("\n".join(lines) + "\n", "utf-8")
    if chosen.write:
        write(cues, calibration)


def show(what: str, on_gold: Tally, on_made: Tally) -> None:
    """A row of the table: strict and lax F1 on gold, then on made documents."""
    figures = " | ".join(f"{x:.4f}" for x in (*on_gold.f1(), *on_made.f1()))
    print(f"| {what} | {figures} |", flush=True)


def write(cues: dict[str, float], calibration: tuple[float, float]) -> None:
    """Replaces the weights that come with the package."""
    path = Path(__file__).parents[1] / "checker" / "align" / "weights.json"
    table = {
        "made by": "benchmarks/fit_alignment.py --write",
        "cues": cues,
        "calibration": [round(c, 3) for c in calibration],
    }
    path.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
