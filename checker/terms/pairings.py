"""Which word of one side stands for which word of the other, link by link.

Words compete: each is given to at most one word opposite, the surest pairs first, so that
two words left over at the same place face each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from checker.checks import Comparison
from checker.terms.lexicon import Lexicon, lexicon
from checker.terms.words import Word, Words, words_of

Matrix = NDArray[np.float32]

# A pair below this cosine says nothing about what a word is usually called; unrelated
# words of two languages lie around .35, right pairs around .85.
SURE = 0.62
_DISTANCE = 0.15
_IN_LEXICON = 0.85


@dataclass(frozen=True, slots=True)
class Pairing:
    """A word of the source, the word of the target that faces it, and their cosine."""

    source: Word
    target: Word
    similarity: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What a word is usually rendered by: in ``lines`` of the ``total`` links that have it."""

    key: str
    lines: int
    total: int
    forms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Pairings:
    """The pairings of a whole comparison, by link."""

    by_link: tuple[tuple[Pairing, ...], ...]
    _facing: dict[tuple[bool, str], list[tuple[int, Word]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        for number, pairings in enumerate(self.by_link):
            for pair in pairings:
                self._facing.setdefault((True, pair.source.key), []).append((number, pair.target))
                self._facing.setdefault((False, pair.target.key), []).append((number, pair.source))

    def usual(self, key: str, of_source: bool, besides: int) -> Usual | None:
        """The usual rendering of the word ``key``, judged by all links but ``besides``.

        ``of_source`` says on which side ``key`` stands. None when it is paired nowhere else.
        """
        elsewhere = [
            (number, word)
            for number, word in self._facing.get((of_source, key), ())
            if number != besides
        ]
        lines = Counter(found for _, found in {(number, word.key) for number, word in elsewhere})
        total = len({number for number, _ in elsewhere})
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for _, word in elsewhere:
            forms[word.key][word.text] += 1
        if not lines:
            return None
        best = min(lines, key=lambda k: (-lines[k], k))
        return Usual(best, lines[best], total, forms[best])


def pairings_of(comparison: Comparison) -> Pairings:
    """The pairings of every link with sentences on both sides."""
    source, target = comparison.source.once(words_of), comparison.target.once(words_of)
    vectors = _Vectors(comparison, source, target)
    known = comparison.once(lexicon_of)
    found = []
    for link in comparison.links:
        left, right = source.of(link.source), target.of(link.target)
        likeness = _likeness(left, right, vectors.cosines(left, right), known)
        found.append(tuple(_compete(left, right, likeness)))
    return Pairings(tuple(found))


def lexicon_of(comparison: Comparison) -> Lexicon:
    """The lexicon of the two languages compared."""
    return lexicon(comparison.source.language.code, comparison.target.language.code)


class _Vectors:
    """Cosines between the words of two articles, each word encoded once.

    They are made link by link: a table of all words against all words of a long article
    takes more memory than the model, and most of it is never looked at.
    """

    def __init__(self, comparison: Comparison, source: Words, target: Words) -> None:
        rows = {w: i for i, w in enumerate(dict.fromkeys(w.text for w in source.all))}
        columns = {w: i for i, w in enumerate(dict.fromkeys(w.text for w in target.all))}
        self.rows, self.columns = rows, columns
        self.left, self.right = comparison.words(list(rows)), comparison.words(list(columns))

    def cosines(self, left: Sequence[Word], right: Sequence[Word]) -> Matrix:
        rows = [self.rows[w.text] for w in left]
        columns = [self.columns[w.text] for w in right]
        cosines: Matrix = self.left[rows] @ self.right[columns].T
        return cosines


def _likeness(
    left: Sequence[Word], right: Sequence[Word], cosines: Matrix, known: Lexicon
) -> Matrix:
    """Cosines, raised where the lexicon knows the pair."""
    found = cosines.copy()
    for i, word in enumerate(left):
        for j, other in enumerate(right):
            if known.pairs(word.key, other.key):
                # Of several translations in one link the likest wins.
                found[i, j] = max(found[i, j], _IN_LEXICON + 0.1 * found[i, j])
    return found


def _compete(left: Sequence[Word], right: Sequence[Word], cosines: Matrix) -> list[Pairing]:
    """One-to-one pairs, the best first; nearness in the sentence settles between equals."""
    if not left or not right:
        return []
    here = np.linspace(0, 1, len(left))[:, None]
    there = np.linspace(0, 1, len(right))[None]
    score = cosines - _DISTANCE * np.abs(here - there)
    order = np.argsort(-score, axis=None, kind="stable")
    taken_left, taken_right = set[int](), set[int]()
    pairs = []
    for flat in order:
        i, j = divmod(int(flat), len(right))
        if cosines[i, j] < SURE or i in taken_left or j in taken_right:
            continue
        taken_left.add(i)
        taken_right.add(j)
        pairs.append(Pairing(left[i], right[j], float(cosines[i, j])))
    return pairs
