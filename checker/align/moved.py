"""Sentences that stand elsewhere on the other side.

The path of the dynamic program only moves forward, so a moved sentence ends up alone on
both sides or hangs on a neighbour. Pairs of such sentences that fit each other are taken
out of the path when the whole then scores higher: pair score, plus what the path gains
without the two, less the price of a move.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from checker.align.anchors import Anchors
from checker.align.lattice import NEVER, Lattice, best_path
from checker.align.scoring import lattice, window
from checker.align.shapes import PAIRED, STEPS
from checker.align.text import Text
from checker.align.weights import Weights
from checker.align.windows import Bead, shifted, solve

_SURE = 0.9
_LIKE = 0.4
_FEWEST_WORDS = 3
_CONTEXT = 2
_USUAL_PLACES = 8
_WITHIN = 4096
_LARGEST = 250_000  # cells; so much without counterpart is another text, nothing that moved
_ALONE_ROW = len(STEPS) - 1


@dataclass(frozen=True, slots=True)
class Move:
    """A block of source sentences and where it stands in the target; ``odds`` are log odds."""

    source: range
    target: range
    odds: float


def find_moves(
    source: Text, target: Text, anchors: Anchors, path: list[Bead], weights: Weights
) -> tuple[list[Bead], list[Move]]:
    """The path without the moved sentences, and the moves.

    In the path every sentence is still in exactly one bead; those of moves are alone.
    """
    search = Search(source, target, anchors, weights, list(path))
    found = [
        Move(range(i, i + 1), range(j, j + 1), odds)
        for i, j in candidates(source, target, path)
        if (odds := search.try_move(i, j)) > 0
    ]
    moves = [search.grown(move) for move in _joined(found)]
    return search.path, _apart(moves)


def candidates(source: Text, target: Text, path: list[Bead]) -> list[tuple[int, int]]:
    """Pairs of loosely linked sentences that are each other's nearest, the nearest first."""
    own = _bead_numbers(path)
    rows = _telling(_loose(path, "source"), source)
    columns = _telling(_loose(path, "target"), target)
    if not len(rows) or not len(columns):
        return []
    best_row = np.full(len(rows), -1, np.intp)
    best_column = np.full(len(columns), -1, np.intp)
    row_value, column_value = np.zeros(len(rows)), np.zeros(len(columns))
    for start in range(0, len(rows), 512):
        part = slice(start, start + 512)
        first = max(start - _WITHIN, 0)
        near = slice(first, start + 512 + _WITHIN)
        cosines = _cosines(source.singles[rows[part]], target.singles[columns[near]])
        best_row[part] = cosines.argmax(1) + first
        row_value[part] = cosines.max(1)
        higher = cosines.max(0) > column_value[near]
        best_column[near][higher] = cosines.argmax(0)[higher] + start
        column_value[near][higher] = cosines.max(0)[higher]
    pairs = [
        (row_value[k], int(rows[k]), int(columns[j]))
        for k, j in enumerate(best_row)
        if best_column[j] == k and row_value[k] > _LIKE
    ]
    apart = [p for p in pairs if own[0][p[1]] != own[1][p[2]]]
    return [(i, j) for _, i, j in sorted(apart, key=lambda p: (-p[0], p[1]))]


def _cosines(a: NDArray[np.float16], b: NDArray[np.float16]) -> NDArray[np.float32]:
    cosines: NDArray[np.float32] = a.astype(np.float32) @ b.astype(np.float32).T
    return cosines


def _bead_numbers(path: list[Bead]) -> tuple[dict[int, int], dict[int, int]]:
    source = {i: k for k, bead in enumerate(path) for i in bead.source}
    target = {j: k for k, bead in enumerate(path) for j in bead.target}
    return source, target


def _loose(path: list[Bead], side: str) -> NDArray[np.intp]:
    """Sentences of one side that are alone, in a larger bead or not surely paired."""
    loose: list[int] = []
    for bead in path:
        sure = len(bead.source) == len(bead.target) == 1 and bead.probability >= _SURE
        if not sure:
            loose += bead.source if side == "source" else bead.target
    return np.array(loose, np.intp)


def _telling(sentences: NDArray[np.intp], text: Text) -> NDArray[np.intp]:
    """Those with enough words to be recognised elsewhere; a mark or a number is not."""
    return np.array([i for i in sentences if len(text.words.tokens[i]) >= _FEWEST_WORDS], np.intp)


def _more_places(path: list[Bead], target: Text) -> float:
    """Logarithm of how many more places a sentence may have moved to than in an article.

    Among very many sentences one that fits is found by chance.
    """
    places = len(_telling(_loose(path, "target"), target))
    return float(np.log(max(places, _USUAL_PLACES) / _USUAL_PLACES))


class Search:
    """The path as it changes while moves are found."""

    def __init__(
        self, source: Text, target: Text, anchors: Anchors, weights: Weights, path: list[Bead]
    ) -> None:
        self.path = path
        self._source, self._target, self._weights = source, target, weights
        self._anchors = anchors
        self._price = float(weights.of(["moved"])[0]) - _more_places(path, target)
        self._gone: tuple[set[int], set[int]] = set(), set()
        self._solved: dict[tuple[range, range], list[Bead]] = {}

    def try_move(self, i: int, j: int) -> float:
        """Log odds that source sentence i moved to target sentence j; the path adapts if so."""
        odds = self._pair(i, j) + self._price
        changed = []
        for begin, end in self._around(i, j):
            gain, beads = self._without(self.path[begin:end], i, j)
            odds += gain
            changed.append((begin, end, beads))
        if odds > 0:
            self._gone[0].add(i)
            self._gone[1].add(j)
            for begin, end, beads in reversed(changed):
                self.path[begin:end] = beads
        return odds

    def grown(self, move: Move) -> Move:
        """The move with the lone sentences around it that belong to it too."""
        rows = _run(move.source, {b.source.start for b in self.path if not b.target})
        columns = _run(move.target, {b.target.start for b in self.path if not b.source})
        if len(rows) == len(move.source) or len(columns) == len(move.target):
            return move
        if len(rows) * len(columns) > _LARGEST:
            return move
        kept = self._paired(rows, columns)
        return Move(
            _hull([move.source, *(b.source for b in kept)]),
            _hull([move.target, *(b.target for b in kept)]),
            move.odds,
        )

    def _paired(self, rows: range, columns: range) -> list[Bead]:
        """The beads of a rectangle that have both sides; moves that lie close share it."""
        if (rows, columns) not in self._solved:
            beads = solve(self._lattice(rows, columns))
            self._solved[rows, columns] = [
                _moved_by(b, rows.start, columns.start) for b in beads if b.source and b.target
            ]
        return self._solved[rows, columns]

    def _around(self, i: int, j: int) -> list[tuple[int, int]]:
        """Stretches of the path that change without i and j: one when they are near."""
        places = sorted(
            (
                next(k for k, b in enumerate(self.path) if i in b.source),
                next(k for k, b in enumerate(self.path) if j in b.target),
            )
        )
        spans = [(max(k - _CONTEXT, 0), min(k + _CONTEXT + 1, len(self.path))) for k in places]
        if spans[0][1] >= spans[1][0]:
            return [(spans[0][0], spans[1][1])]
        return spans

    def _pair(self, i: int, j: int) -> float:
        return float(self._lattice(range(i, i + 1), range(j, j + 1)).scores[1][0, 1])

    def _lattice(self, rows: range, columns: range) -> Lattice:
        """Scores of all beads in a small rectangle, without a band."""
        view = window(self._source, self._target, self._anchors, rows, columns)
        low = np.zeros(len(rows) + 1, np.intp)
        return lattice(replace(view, low=low, high=low + len(columns) + 1), self._weights)

    def _without(self, beads: list[Bead], i: int, j: int) -> tuple[float, list[Bead]]:
        """What a stretch of the path gains without i and j, and its beads then."""
        rows = range(beads[0].source.start, beads[-1].source.stop)
        columns = range(beads[0].target.start, beads[-1].target.stop)
        whole = self._lattice(rows, columns)
        now = _taken_out(whole, rows, columns, self._gone)
        then = _taken_out(whole, rows, columns, (self._gone[0] | {i}, self._gone[1] | {j}))
        gain = _best_score(then) - _best_score(now)
        return gain, [_moved_by(b, rows.start, columns.start) for b in solve(then)]


def _taken_out(
    whole: Lattice, rows: range, columns: range, gone: tuple[set[int], set[int]]
) -> Lattice:
    """The lattice where some sentences are alone at no cost and in no bead."""
    scores = [row.copy() for row in whole.scores]
    alone = whole.alone.copy()
    for row in (i - rows.start for i in sorted(gone[0]) if i in rows):
        for step, (p, _) in enumerate(PAIRED):
            for end in range(row + 1, min(row + p, len(rows)) + 1):
                scores[end][step] = NEVER
        scores[row + 1][_ALONE_ROW] = 0
    for column in (j - columns.start for j in sorted(gone[1]) if j in columns):
        for step, (_, q) in enumerate(PAIRED):
            for line in scores:
                line[step, column + 1 : column + q + 1] = NEVER
        alone[column] = 0
    return Lattice(whole.low, whole.high, scores, alone)


def _best_score(grid: Lattice) -> float:
    return sum(step.score for step in best_path(grid))


def _moved_by(bead: Bead, rows: int, columns: int) -> Bead:
    return Bead(shifted(bead.source, rows), shifted(bead.target, columns), bead.probability)


def _run(span: range, alone: set[int]) -> range:
    """``span`` with the lone sentences next to it."""
    start, stop = span.start, span.stop
    while start - 1 in alone:
        start -= 1
    while stop in alone:
        stop += 1
    return range(start, stop)


def _hull(spans: Iterable[range]) -> range:
    spans = list(spans)
    return range(min(s.start for s in spans), max(s.stop for s in spans))


def _joined(moves: list[Move]) -> list[Move]:
    """Moves of neighbouring sentences that kept their order, as one."""
    joined: list[Move] = []
    for move in sorted(moves, key=lambda m: m.source.start):
        last = joined[-1] if joined else None
        if last and (last.source.stop, last.target.stop) == (move.source.start, move.target.start):
            joined[-1] = Move(
                _hull([last.source, move.source]),
                _hull([last.target, move.target]),
                max(last.odds, move.odds),
            )
        else:
            joined.append(move)
    return joined


def _apart(moves: list[Move]) -> list[Move]:
    """The moves without those that overlap a surer one after growing."""
    kept: list[Move] = []
    for move in sorted(moves, key=lambda m: (-m.odds, m.source.start)):
        taken = any(
            _overlap(move.source, other.source) or _overlap(move.target, other.target)
            for other in kept
        )
        if not taken:
            kept.append(move)
    return sorted(kept, key=lambda m: m.source.start)


def _overlap(a: range, b: range) -> bool:
    return a.start < b.stop and b.start < a.stop
