"""Aligns texts of any length in overlapping windows, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from checker.align.anchors import Anchors
from checker.align.lattice import (
    Floats,
    Lattice,
    Step,
    alone_probability,
    backward,
    best_path,
    forward,
    posterior,
)
from checker.align.scoring import lattice, window
from checker.align.text import Text
from checker.align.weights import Weights

WINDOW = 320
OVERLAP = 48
LONGEST_WINDOW = 2048
_SMALL = WINDOW + 2 * OVERLAP


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that belong together, counted from the start of both texts.

    ``probability`` is what the path model gives the bead, not yet calibrated.
    """

    source: range
    target: range
    probability: float


def beads(source: Text, target: Text, anchors: Anchors, weights: Weights) -> list[Bead]:
    """The most probable beads in order; every sentence is in exactly one."""
    found: list[Bead] = []
    at = (0, 0)
    while at != (len(source), len(target)):
        rows, columns, last = _next_window(anchors, at, len(source), len(target))
        piece = list(solve(lattice(window(source, target, anchors, rows, columns), weights)))
        kept = piece if last else piece[: _cut(piece, len(rows) - OVERLAP)]
        found += (_moved_by(bead, at) for bead in kept)
        at = found[-1].source.stop, found[-1].target.stop
    return found


def _next_window(
    anchors: Anchors, at: tuple[int, int], n: int, m: int
) -> tuple[range, range, bool]:
    """The window that begins at a cell, and whether it reaches the end of both texts.

    It ends at an anchor, some way behind the rows that will be kept, or at the last one
    that is not too far away; where there is none, on the straight line to the next.
    """
    stop = _next_stop(anchors, at, n, m)
    if max(stop[0] - at[0], stop[1] - at[1]) > LONGEST_WINDOW:
        stop = _nearer_stop(anchors, at)
    return range(at[0], stop[0]), range(at[1], stop[1]), stop == (n, m)


def _next_stop(anchors: Anchors, at: tuple[int, int], n: int, m: int) -> tuple[int, int]:
    if n - at[0] > _SMALL:
        later = (anchors.rows >= at[0] + WINDOW + OVERLAP) & (anchors.columns > at[1])
        k = int(np.argmax(later))
        if later[k]:
            return int(anchors.rows[k]), int(anchors.columns[k])
    return n, m


def _nearer_stop(anchors: Anchors, at: tuple[int, int]) -> tuple[int, int]:
    rows, columns = anchors.rows - at[0], anchors.columns - at[1]
    ahead = (rows >= 0) & (columns >= 0) & (rows + columns > 0)
    near = np.flatnonzero(ahead & (np.maximum(rows, columns) <= LONGEST_WINDOW))
    if len(near):
        return int(anchors.rows[near[-1]]), int(anchors.columns[near[-1]])
    k = int(np.argmax(ahead))
    share = LONGEST_WINDOW / max(rows[k], columns[k])
    return at[0] + int(rows[k] * share), at[1] + int(columns[k] * share)


def _cut(piece: list[Bead], row: int) -> int:
    """How many beads to keep: up to the surest border near ``row``."""
    near = [k for k, bead in enumerate(piece[:-1], 1) if row - OVERLAP < bead.source.stop <= row]
    if not near:
        return max(len(piece) - 1, 1)
    return max(near, key=lambda k: (min(piece[k - 1].probability, piece[k].probability), k))


def solve(scores: Lattice) -> Iterator[Bead]:
    """The beads of the best path, each with its posterior probability."""
    before, after = forward(scores), backward(scores)
    for step in best_path(scores):
        yield Bead(step.source, step.target, _probability(step, scores, before, after))


def _probability(step: Step, scores: Lattice, before: Floats, after: Floats) -> float:
    if step.source and step.target:
        return posterior(step, before, after)
    return alone_probability(step, scores, before, after)


def _moved_by(bead: Bead, at: tuple[int, int]) -> Bead:
    return Bead(shifted(bead.source, at[0]), shifted(bead.target, at[1]), bead.probability)


def shifted(span: range, by: int) -> range:
    """The range ``by`` places further on."""
    return range(span.start + by, span.stop + by)
