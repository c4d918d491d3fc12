"""Dynamic programming over the beads of two texts: best path and posteriors.

A cell (i, j) stands after i source and j target sentences. The lattice holds, for the
cells of a band, the score of each bead that ends there; scores are logarithms of
unnormalised probabilities, so that sums over all paths give the probability of a bead
(forward-backward; Rabiner 1989) and the best path is found with the same recursion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.align.shapes import COLUMNS_BACK, LONGEST, ROWS_BACK, STEPS

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
NEVER = -1e9
_ALONG_ROW = -1


@dataclass(frozen=True, slots=True)
class Step:
    """A bead on a path: source sentences start to stop against target sentences."""

    source: range
    target: range
    score: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """Scores of beads in a band.

    ``low`` and ``high`` have an entry per row 0 to n: cells low[i] <= j < high[i] exist.
    ``scores[i]`` has shape (len(STEPS), high[i] - low[i]): step s that ends in (i, j).
    ``alone`` (m,) scores each target sentence without counterpart.
    """

    low: Ints
    high: Ints
    scores: list[NDArray[np.float32]]
    alone: Floats

    @property
    def rows(self) -> int:
        return len(self.low) - 1

    @property
    def columns(self) -> int:
        return len(self.alone)


def best_path(lattice: Lattice) -> list[Step]:
    """The steps of the path with the highest score, in order."""
    table, choice = _empty(lattice), np.zeros((lattice.rows + 1, lattice.columns + 1), np.int8)
    along = np.concatenate([[0.0], np.cumsum(lattice.alone)])
    for i in range(lattice.rows + 1):
        low, high = lattice.low[i], lattice.high[i]
        reached = _arriving(lattice, table, i)
        row = reached.max(0)
        choice[i, low:high] = reached.argmax(0)
        level = along[low:high]
        total = np.maximum.accumulate(row - level) + level
        choice[i, low + 1 : high][total[:-1] + lattice.alone[low : high - 1] > row[1:]] = _ALONG_ROW
        table[i + LONGEST, low + LONGEST : high + LONGEST] = total
    return _walk_back(lattice, choice)


def forward(lattice: Lattice) -> Floats:
    """Log sums over all partial paths into each cell, shape (rows + 1, columns + 1)."""
    table = _empty(lattice)
    along = np.concatenate([[0.0], np.cumsum(lattice.alone)])
    for i in range(lattice.rows + 1):
        low, high = lattice.low[i], lattice.high[i]
        row = _log_sum(_arriving(lattice, table, i))
        level = along[low:high]
        table[i + LONGEST, low + LONGEST : high + LONGEST] = (
            np.logaddexp.accumulate(row - level) + level
        )
    return table[LONGEST:, LONGEST:]


def backward(lattice: Lattice) -> Floats:
    """Log sums over all partial paths from each cell to the end, shape as ``forward``."""
    rows, columns = lattice.rows, lattice.columns
    table = np.full((rows + 1, columns + 1), NEVER)
    leaving = np.full((LONGEST + 1, len(STEPS), columns + 1 + LONGEST), NEVER)
    along = np.concatenate([[0.0], np.cumsum(lattice.alone)])
    kinds = np.arange(len(STEPS))[:, None]
    for i in range(rows, -1, -1):
        low, high = lattice.low[i], lattice.high[i]
        slot = i % (LONGEST + 1)
        row = _log_sum(leaving[slot, :, low + LONGEST : high + LONGEST])
        if i == rows:
            row[-1] = 0.0
        leaving[slot] = NEVER
        level = along[low:high]
        row = np.logaddexp.accumulate((row + level)[::-1])[::-1] - level
        table[i, low:high] = row
        target = (i - ROWS_BACK) % (LONGEST + 1)
        at = np.arange(low, high) - COLUMNS_BACK[:, None] + LONGEST
        leaving[target[:, None], kinds, at] = lattice.scores[i] + row
    return table


def posterior(step: Step, before: Floats, after: Floats) -> float:
    """Probability of a bead, given ``forward`` and ``backward`` tables."""
    into = before[step.source.start, step.target.start]
    out = after[step.source.stop, step.target.stop]
    return float(np.exp(min(into + step.score + out - before[-1, -1], 0.0)))


def alone_probability(step: Step, lattice: Lattice, before: Floats, after: Floats) -> float:
    """Probability that the one sentence of ``step`` has no counterpart, wherever it stands."""
    if step.source:
        i = step.source.start
        cells = slice(lattice.low[i + 1], lattice.high[i + 1])
        paths = before[i, cells] + lattice.scores[i + 1][STEPS.index((1, 0))] + after[i + 1, cells]
    else:
        j = step.target.start
        paths = before[:, j] + step.score + after[:, j + 1]
    return float(np.exp(np.minimum(paths - before[-1, -1], 0.0)).sum().clip(0.0, 1.0))


def _empty(lattice: Lattice) -> Floats:
    """A table with a margin of LONGEST impossible rows and columns in front."""
    return np.full((lattice.rows + 1 + LONGEST, lattice.columns + 1 + LONGEST), NEVER)


def _arriving(lattice: Lattice, table: Floats, i: int) -> Floats:
    """Scores of arriving in each cell of row i by each step, shape (len(STEPS), width)."""
    cells = np.arange(lattice.low[i], lattice.high[i])
    before = table[i - ROWS_BACK[:, None] + LONGEST, cells - COLUMNS_BACK[:, None] + LONGEST]
    arriving: Floats = before + lattice.scores[i]
    if i == 0:
        arriving[0, 0] = 0.0
    return arriving


def _log_sum(rows: Floats) -> Floats:
    top = rows.max(0)
    total: Floats = top + np.log(np.exp(rows - top).sum(0))
    return total


def _walk_back(lattice: Lattice, choice: NDArray[np.int8]) -> list[Step]:
    steps, i, j = [], lattice.rows, lattice.columns
    while i or j:
        kind = int(choice[i, j])
        p, q = (0, 1) if kind == _ALONG_ROW else STEPS[kind]
        if kind == _ALONG_ROW:
            score = float(lattice.alone[j - 1])
        else:
            score = float(lattice.scores[i][kind, j - lattice.low[i]])
        steps.append(Step(range(i - p, i), range(j - q, j), score))
        i, j = i - p, j - q
    return steps[::-1]
