"""Coarse pass: which sentences surely belong together, in linear time.

Long texts are first halved again and again, neighbouring vectors averaged, until a full
comparison is cheap; its path is then refined level by level in a band (Thompson and
Koehn, "Vecalign", EMNLP 2019). Sure pairs of the last level are the anchors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Ints = NDArray[np.intp]

_FULL = 1024
_REACH = 24
_NEAREST = 4
_SURE = 0.08
_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Anchors:
    """Pairs (rows[k], columns[k]) of sentences that match, both strictly increasing.

    The corners (-1, -1) and (n, m) are among them.
    """

    rows: Ints
    columns: Ints

    def column(self, rows: NDArray[np.float64] | Ints) -> NDArray[np.float64]:
        """Where on the other side ``rows`` are to be expected."""
        return np.interp(rows, self.rows, self.columns)


def find_anchors(source: NDArray[np.float16], target: NDArray[np.float16]) -> Anchors:
    """Anchors of two sequences of unit vectors, shapes (n, d) and (m, d)."""
    n, m = len(source), len(target)
    if n * m <= _FULL**2:
        low, high = np.zeros(n, np.intp), np.full(n, m, np.intp)
    else:
        low, high = _band(find_anchors(_halved(source), _halved(target)), n, m)
    rows, columns = _sure_path(_margins(source, target, low, high), low, m)
    return Anchors(
        np.concatenate([[-1], rows, [n]]).astype(np.intp),
        np.concatenate([[-1], columns, [m]]).astype(np.intp),
    )


def _halved(vectors: NDArray[np.float16]) -> NDArray[np.float16]:
    """Unit vectors of the sums of neighbours two by two; an odd last one stays alone."""
    parts = [_pairs(vectors[k : k + 2 * _CHUNK]) for k in range(0, len(vectors), 2 * _CHUNK)]
    return np.concatenate(parts)


def _pairs(vectors: NDArray[np.float16]) -> NDArray[np.float16]:
    wide = vectors.astype(np.float32)
    if len(wide) % 2:
        wide = np.concatenate([wide, np.zeros_like(wide[:1])])
    sums = wide[0::2] + wide[1::2]
    norms = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    halved: NDArray[np.float16] = (sums / norms).astype(np.float16)
    return halved


def _band(coarse: Anchors, n: int, m: int) -> tuple[Ints, Ints]:
    """Columns low to high to look at for each row, around the path of the level above."""
    rows = np.arange(n) / 2
    low = 2 * np.floor(coarse.column(rows - _REACH / 2)).astype(np.intp) - _REACH
    high = 2 * np.ceil(coarse.column(rows + _REACH / 2)).astype(np.intp) + _REACH
    centre = 2 * coarse.column(rows)
    low = np.maximum(low, centre.astype(np.intp) - 4 * _REACH)
    high = np.minimum(high, centre.astype(np.intp) + 4 * _REACH)
    low, high = np.clip(low, 0, m - 1), np.clip(high, 1, m)
    low = np.minimum(low, high - 1)
    return np.maximum.accumulate(low), np.maximum.accumulate(high)


def _margins(
    source: NDArray[np.float16], target: NDArray[np.float16], low: Ints, high: Ints
) -> list[Matrix]:
    """Per row, by how much each pair in the band beats the neighbours of both its sides."""
    tops = np.full((len(target), _NEAREST), -1, np.float32)
    rows: list[Matrix] = []
    means: list[float] = []
    for start in range(0, len(source), _CHUNK):
        stop = min(start + _CHUNK, len(source))
        first, last = int(low[start]), int(high[stop - 1])
        block = source[start:stop].astype(np.float32) @ target[first:last].astype(np.float32).T
        for i in range(start, stop):
            row = block[i - start, low[i] - first : high[i] - first]
            rows.append(row)
            means.append(float(_highest(row, _NEAREST).mean()))
            _raise_tops(tops[low[i] : high[i]], row)
    seen = tops > -1
    other = np.where(seen, tops, 0).sum(1) / np.maximum(seen.sum(1), 1)
    return [
        row - ((mean + other[a:b]) / 2).astype(np.float32)
        for row, mean, a, b in zip(rows, means, low, high, strict=True)
    ]


def _raise_tops(tops: Matrix, row: Matrix) -> None:
    """Keeps in each line of ``tops`` (ascending) the highest values seen so far."""
    higher = row > tops[:, 0]
    if higher.any():
        tops[higher, 0] = row[higher]
        tops[higher] = np.sort(tops[higher], axis=1)


def _highest(row: Matrix, count: int) -> Matrix:
    return np.partition(row, len(row) - count)[-count:] if len(row) > count else row


def _sure_path(margins: list[Matrix], low: Ints, m: int) -> tuple[list[int], list[int]]:
    """Rows and columns of the sure pairs on the increasing path with the greatest margins."""
    best, filled = np.zeros(m + 1), 0
    taken: list[NDArray[np.int32]] = []
    for row, first in zip(margins, low, strict=True):
        stop = int(first) + len(row)
        best[filled + 1 : stop + 1] = best[filled]
        filled = max(filled, stop)
        old = best[first : stop + 1].copy()
        new = old.copy()
        new[1:] = np.maximum(new[1:], old[:-1] + np.maximum(row, 0))
        new = np.maximum.accumulate(new)
        best[first : stop + 1] = new
        rises = np.where(np.diff(new) > 0, np.arange(len(row)), -1)
        taken.append(np.where(new > old, np.concatenate([[-1], np.maximum.accumulate(rises)]), -1))
    return _sure_pairs(margins, low, taken, m)


def _sure_pairs(
    margins: list[Matrix], low: Ints, taken: list[NDArray[np.int32]], m: int
) -> tuple[list[int], list[int]]:
    """Walks back from the end: taken[i][k] is the band column that row i pairs with, or -1."""
    rows, columns, j = [], [], m
    for i in range(len(margins) - 1, -1, -1):
        at = min(j - int(low[i]), len(taken[i]) - 1)
        column = int(taken[i][at]) if at > 0 else -1
        if column < 0:
            continue
        j = int(low[i]) + column
        if margins[i][column] > _SURE:
            rows.append(i)
            columns.append(j)
    return rows[::-1], columns[::-1]
