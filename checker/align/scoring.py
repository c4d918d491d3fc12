"""Scores of all beads of a window, as a lattice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.align.anchors import Anchors
from checker.align.band import band
from checker.align.cues import (
    ALONE_CUES,
    CONTENT_CUES,
    SHAPE_CUES,
    Block,
    Scorer,
    Stretch,
    alone_cues,
    shape_cues,
    stretch,
)
from checker.align.lattice import NEVER, Lattice
from checker.align.shapes import PAIRED, STEPS
from checker.align.text import Text
from checker.align.weights import Weights

Ints = NDArray[np.intp]
_ROWS = 24
_USUAL = 200
"""Characters on both sides that count as matching besides the anchors."""

_FAR_FROM = 1.5


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of two texts with the band of cells to search in it."""

    source: Stretch
    target: Stretch
    scale: float
    low: Ints
    high: Ints


def window(source: Text, target: Text, anchors: Anchors, rows: range, columns: range) -> Window:
    """The window of source sentences ``rows`` and target sentences ``columns``."""
    return Window(
        stretch(source, rows.start, rows.stop, target, columns),
        stretch(target, columns.start, columns.stop, source, rows),
        _scale(source, target, anchors),
        *band(anchors, rows, columns),
    )


def _scale(source: Text, target: Text, anchors: Anchors) -> float:
    """How long a target text for a source text of length 1 is.

    The whole texts say it best, unless one has much that the other lacks: then the
    sentences that surely match do.
    """
    whole = float(target.lengths.sum() / source.lengths.sum())
    lengths = source.lengths[anchors.rows[1:-1]], target.lengths[anchors.columns[1:-1]]
    sure = float((lengths[1].sum() + _USUAL) / (lengths[0].sum() + _USUAL))
    return whole if 1 / _FAR_FROM < whole / sure < _FAR_FROM else sure


def blocks(view: Window) -> Iterator[Block]:
    """Blocks of beads that cover the band of a window."""
    scorer = Scorer(view.source, view.target, view.scale)
    for start in range(0, len(view.source), _ROWS):
        stop = min(start + _ROWS, len(view.source))
        first = int(view.low[start])
        last = min(int(view.high[stop]), len(view.target))
        if first < last:
            yield scorer.block(range(start, stop), range(first, last))


def lattice(view: Window, weights: Weights) -> Lattice:
    """The scores of every bead whose two ends lie in the band."""
    widths = view.high - view.low
    scores = [np.full((len(STEPS), w), NEVER, np.float32) for w in widths]
    alone = weights.of(ALONE_CUES)
    for i, score in enumerate(alone @ alone_cues(view.source)):
        scores[i + 1][-1] = score
    shape_weights, content_weights = weights.of(SHAPE_CUES), weights.of(CONTENT_CUES)
    for block in blocks(view):
        for step, (p, q) in enumerate(PAIRED):
            rows, columns = block.starts(p, q)
            if len(rows) and len(columns):
                values = np.tensordot(content_weights, block.content(p, q), 1)
                values += shape_weights @ shape_cues(p, q)
                _put(scores, view, step, (rows + p, columns + q), values)
    return Lattice(
        view.low, view.high, scores, (alone @ alone_cues(view.target)).astype(np.float64)
    )


def _put(
    scores: list[NDArray[np.float32]],
    view: Window,
    step: int,
    ends: tuple[Ints, Ints],
    values: NDArray[np.float32],
) -> None:
    """Copies the values of beads that end in ``ends`` to where the band holds them."""
    rows, columns = ends
    first, after = int(columns[0]), int(columns[-1]) + 1
    for row, line in zip(rows, values, strict=True):
        low = max(int(view.low[row]), first)
        high = min(int(view.high[row]), after)
        if low < high:
            shift = int(view.low[row])
            scores[row][step, low - shift : high - shift] = line[low - first : high - first]
