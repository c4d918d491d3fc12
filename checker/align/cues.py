"""What speaks for a bead: vectors, words, numbers, lengths, marks and structure.

Every cue is a number per bead; the score of a bead is their weighted sum, so that the
weights can be fitted as those of a log-linear model over paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.align.shapes import LONGEST, shape_class
from checker.align.text import Text
from checker.align.words import Matrix, Words, match

Floats = NDArray[np.float64]

SHAPE_CUES = ("1-1", "1-2", "2-2", "1-3", "2-3", "large", "sentences")
CONTENT_CUES = (
    "distance",
    "distance by size",
    "margin",
    "length",
    "words shared",
    "words alone",
    "numbers shared",
    "numbers alone",
    "closing marks",
    "openings differ",
    "likeness outside",
    "blocks start together",
    "blocks start apart",
    "blocks joined",
    "kinds differ",
)
PAIRED_CUES = (*SHAPE_CUES, *CONTENT_CUES)
ALONE_CUES = ("alone", "alone likeness", "alone weight")
NAMES = (*PAIRED_CUES, *ALONE_CUES)

_NEAREST = 2
_AROUND = 128
_SHARPNESS = 20.0


@dataclass(frozen=True, slots=True)
class Backgrounds:
    """How near a run is to the other side in general: mean cosine, mean of the highest."""

    mean: Matrix
    top: Matrix


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one text, made ready against a stretch of the other.

    ``runs`` and ``backgrounds`` hold the runs of sentences by their number, as
    ``Spans.runs`` does, counted from ``start``.
    """

    text: Text
    start: int
    stop: int
    runs: Mapping[int, NDArray[np.float32]]
    backgrounds: Mapping[int, Backgrounds]
    lengths: Floats
    masses: Floats
    number_masses: Floats

    def __len__(self) -> int:
        return self.stop - self.start


def stretch(text: Text, start: int, stop: int, other: Text, near: range) -> Stretch:
    """Sentences start to stop of ``text``, against the sentences ``near`` of ``other``."""
    runs = text.spans.runs(start, stop, LONGEST)
    around = other.singles[max(near.start - _AROUND, 0) : near.stop + _AROUND].astype(np.float32)
    words = text.words
    mass = [words.weights[t[~words.numeric[t]]].sum() for t in words.tokens[start:stop]]
    numbers = [words.weights[t[words.numeric[t]]].sum() for t in words.tokens[start:stop]]
    return Stretch(
        text,
        start,
        stop,
        runs,
        {k: _background(vectors @ around.T) for k, vectors in runs.items()},
        _sums(text.lengths[start:stop]),
        _sums(np.array(mass)),
        _sums(np.array(numbers)),
    )


def _background(cosines: Matrix) -> Backgrounds:
    count = min(_NEAREST, cosines.shape[1])
    highest = np.partition(cosines, cosines.shape[1] - count, axis=1)[:, -count:]
    return Backgrounds(cosines.mean(1), highest.mean(1))


def _sums(values: NDArray[np.float64]) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rare words of one side that the other side covers.

    Entry q of each field has shape (sentences + 1, columns - q + 1): sums over sentences
    from the first, against runs of q sentences of the other side.
    """

    words: Mapping[int, Matrix]
    numbers: Mapping[int, Matrix]


class Scorer:
    """Cues of the beads between two stretches of text."""

    def __init__(self, source: Stretch, target: Stretch, scale: float) -> None:
        """``scale`` is the usual length of a target text for a source text of length 1."""
        self._source, self._target, self._scale = source, target, scale
        self._attention = _attention(source, target)

    def block(self, rows: range, columns: range) -> Block:
        """The beads that start in ``rows`` and ``columns``, counted within the stretches."""
        row_stop = min(rows.stop + LONGEST - 1, len(self._source))
        column_stop = min(columns.stop + LONGEST - 1, len(self._target))
        a, b = self._source, self._target
        of_a, ids_a = _local(a.text.words, a.start + rows.start, a.start + row_stop)
        of_b, ids_b = _local(b.text.words, b.start + columns.start, b.start + column_stop)
        matches = match(a.text.words, b.text.words, of_a, of_b)
        return Block(
            a,
            b,
            self._scale,
            rows,
            columns,
            _coverage(matches, ids_a, ids_b, a.text.words, of_a),
            _coverage(matches.T, ids_b, ids_a, b.text.words, of_b),
            self._attention,
        )


def _attention(source: Stretch, target: Stretch) -> Floats:
    """Sums from the first row and column of how sentences share out their likeness.

    Each sentence spreads a likeness of 1 over the other side (softmax of its cosines);
    shape (source sentences + 1, target sentences + 1).
    """
    sums = np.zeros((len(source) + 1, len(target) + 1))
    if len(source) and len(target):
        likeness = np.exp((source.runs[1] @ target.runs[1].T).astype(float) * _SHARPNESS)
        shared = likeness / likeness.sum(1, keepdims=True) + likeness / likeness.sum(0)
        sums[1:, 1:] = shared.cumsum(0).cumsum(1)
    return sums


def _local(words: Words, start: int, stop: int) -> tuple[NDArray[np.intp], list[NDArray[np.intp]]]:
    """The distinct words of some sentences, and each sentence's words counted among them."""
    tokens = words.tokens[start:stop]
    distinct = np.unique(np.concatenate([np.zeros(0, np.intp), *tokens]))
    return distinct, [np.searchsorted(distinct, t) for t in tokens]


def _coverage(
    matches: Matrix,
    own: list[NDArray[np.intp]],
    others: list[NDArray[np.intp]],
    words: Words,
    distinct: NDArray[np.intp],
) -> Coverage:
    best = np.zeros((len(distinct), len(others)), np.float32)
    for column, ids in enumerate(others):
        if len(ids):
            best[:, column] = matches[:, ids].max(1)
    counts = np.zeros((len(own), len(distinct)), np.float32)
    for row, ids in enumerate(own):
        np.add.at(counts[row], ids, 1)
    counts *= words.weights[distinct]
    numeric = words.numeric[distinct]
    by_words, by_numbers = {}, {}
    run = best
    for q in range(1, min(LONGEST, len(others)) + 1):
        if q > 1:
            run = np.maximum(run[:, :-1], best[:, q - 1 :])
        by_words[q] = _running(counts[:, ~numeric] @ run[~numeric])
        by_numbers[q] = _running(counts[:, numeric] @ run[numeric])
    return Coverage(by_words, by_numbers)


def _running(rows: Matrix) -> Matrix:
    return np.concatenate([np.zeros((1, rows.shape[1]), np.float32), np.cumsum(rows, axis=0)])


@dataclass(frozen=True, slots=True)
class Block:
    """The beads that start in a rectangle of sentences."""

    source: Stretch
    target: Stretch
    scale: float
    rows: range
    columns: range
    source_coverage: Coverage
    target_coverage: Coverage
    attention: Floats

    def starts(self, p: int, q: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows and columns where a bead of p against q sentences can start."""
        rows = np.arange(self.rows.start, min(self.rows.stop, len(self.source) - p + 1))
        columns = np.arange(self.columns.start, min(self.columns.stop, len(self.target) - q + 1))
        return rows, columns

    def content(self, p: int, q: int) -> NDArray[np.float32]:
        """CONTENT_CUES of beads of one shape, shape (cues, rows, columns)."""
        i, j = self.starts(p, q)
        cosine = self.source.runs[p][i] @ self.target.runs[q][j].T
        a, b = self.source.backgrounds[p], self.target.backgrounds[q]
        distance = 2 * (1 - cosine) / (2 - a.mean[i][:, None] - b.mean[j])
        words, words_alone = self._shared(p, q, i, j, numbers=False)
        numbers, numbers_alone = self._shared(p, q, i, j, numbers=True)
        together, apart, joined, kinds = self._structure(p, q, i, j)
        return np.stack(
            [
                -distance,
                -distance * (p + q - 2) / 2,
                2 * cosine - a.top[i][:, None] - b.top[j],
                -self._length_ratio(p, q, i, j),
                words / 4,
                -words_alone / 4,
                numbers / 4,
                -numbers_alone / 4,
                self._closing(p, q, i, j),
                -self._openings(i, j),
                -self._outside(p, q, i, j),
                together,
                -apart,
                -joined,
                -kinds,
            ]
        ).astype(np.float32)

    def _length_ratio(self, p: int, q: int, i: Ints, j: Ints) -> Floats:
        a = (self.source.lengths[i + p] - self.source.lengths[i]) * self.scale
        b = self.target.lengths[j + q] - self.target.lengths[j]
        ratio: Floats = np.abs(np.log(a + 10)[:, None] - np.log(b + 10))
        return ratio

    def _shared(
        self, p: int, q: int, i: Ints, j: Ints, numbers: bool
    ) -> tuple[Matrix, NDArray[np.float64]]:
        """Weight of the words (or numbers) that both sides share, and of the others."""
        a, b = self.source_coverage, self.target_coverage
        by_source = a.numbers[q] if numbers else a.words[q]
        by_target = b.numbers[p] if numbers else b.words[p]
        row, column = i - self.rows.start, j - self.columns.start
        covered = (by_source[row + p] - by_source[row])[:, column]
        covered = covered + (by_target[column + q] - by_target[column])[:, row].T
        mass_a = self.source.number_masses if numbers else self.source.masses
        mass_b = self.target.number_masses if numbers else self.target.masses
        total = (mass_a[i + p] - mass_a[i])[:, None] + (mass_b[j + q] - mass_b[j])
        return covered, np.maximum(total - covered, 0)

    def _closing(self, p: int, q: int, i: Ints, j: Ints) -> Floats:
        """1 where both sides end with the same kind of mark, -1 where they do not."""
        a = self.source.text.closing[self.source.start + i + p - 1]
        b = self.target.text.closing[self.target.start + j + q - 1]
        return np.where(a[:, None] == b, 1.0, -1.0)

    def _openings(self, i: Ints, j: Ints) -> Floats:
        """1 where one side begins in the middle of a sentence and the other does not."""
        a = self.source.text.continues[self.source.start + i]
        b = self.target.text.continues[self.target.start + j]
        return (a[:, None] ^ b).astype(float)

    def _outside(self, p: int, q: int, i: Ints, j: Ints) -> Floats:
        """How much of the likeness of the bead's sentences lies outside the bead."""
        sums = self.attention
        upper, lower = sums[i], sums[i + p]
        inside = lower[:, j + q] - lower[:, j] - upper[:, j + q] + upper[:, j]
        return np.maximum(p + q - inside, 0)

    def _structure(self, p: int, q: int, i: Ints, j: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """Blocks that start together, that start on one side only, joined ones, kinds.

        A start says the less the more sentences start a block.
        """
        a, b = self.source, self.target
        at_a, at_b = a.text.starts_block[a.start + i], b.text.starts_block[b.start + j]
        rare = 1.0 - (a.text.starts_block.mean() + b.text.starts_block.mean()) / 2
        together = (at_a[:, None] & at_b) * rare
        apart = (at_a[:, None] ^ at_b) * rare
        inside_a = _sums(a.text.starts_block[a.start : a.stop].astype(float))
        inside_b = _sums(b.text.starts_block[b.start : b.stop].astype(float))
        joined = (inside_a[i + p] - inside_a[i + 1])[:, None] + (inside_b[j + q] - inside_b[j + 1])
        kinds = a.text.kinds[a.start + i][:, None] != b.text.kinds[b.start + j]
        return together, apart, joined, kinds.astype(float)


Ints = NDArray[np.intp]


def shape_cues(p: int, q: int) -> NDArray[np.float32]:
    """SHAPE_CUES of a shape: its class, and its sentences beyond four."""
    cues = [float(shape_class(p, q) == name) for name in SHAPE_CUES[:-1]]
    return np.array([*cues, float(max(0, p + q - 4))], np.float32)


def alone_cues(part: Stretch) -> NDArray[np.float32]:
    """ALONE_CUES of each sentence of a stretch, shape (cues, sentences)."""
    if not len(part):
        return np.zeros((len(ALONE_CUES), 0), np.float32)
    own = part.backgrounds[1]
    mass = np.diff(part.masses) + np.diff(part.number_masses)
    return np.stack([np.ones(len(part)), -(own.top - own.mean), -np.log1p(mass)]).astype(np.float32)
