"""Nouns with nothing that could correspond on the other side, a stranger in their place.

What a detector thinks of single words (``suspicions``) is weighed together with what the
whole document shows. Another detector, one that reads whole sentences for instance, only has
to yield ``Suspicion`` values to take part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.checks import Comparison, Side
from checker.terms import detector
from checker.terms.lexicon import Lexicon
from checker.terms.pairings import Usual, lexicon_of
from checker.terms.words import Word, words_of

_MOST_WORDS = 160
_SHORTEST = 4
_PART = 4
_COMPOUND = 9
_LIKELY = 0.5
_FREE_SHARE, _FREE_LINES = 0.75, 2


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A noun of one side that a detector finds strange in its link. ``score``: log-odds."""

    link: int
    word: Word
    on_source: bool
    score: float
    runner_up: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the document says about a suspicion; ``departs`` is a noun opposite, left without
    counterpart here, whose usual rendering elsewhere is missing."""

    suspicion: Suspicion
    features: tuple[float, ...]
    departs: tuple[Word, Usual] | None


def suspicions(comparison: Comparison) -> tuple[Suspicion, ...]:
    """The strangest noun of each side of each link, as the small detector sees it."""
    source, target = comparison.source.once(words_of), comparison.target.once(words_of)
    known, weights = comparison.once(lexicon_of), detector.weights()
    found: list[Suspicion] = []
    for number, link in enumerate(comparison.links):
        left, right = source.of(link.source), target.of(link.target)
        if left and right and len(left) + len(right) <= _MOST_WORDS:
            scored = detector.scores(_sentences(comparison, left, right, known), weights)
            found += _strangest(number, left, right, scored)
    return tuple(found)


def _strangest(
    number: int, left: list[Word], right: list[Word], scored: NDArray[np.float32]
) -> Iterator[Suspicion]:
    for words, values, on_source in (
        (left, scored[: len(left)], True),
        (right, scored[len(left) :], False),
    ):
        best = int(values.argmax())
        others = np.delete(scored, best if on_source else best + len(left))
        if values[best] > detector.NEVER:
            yield Suspicion(
                number, words[best], on_source, float(values[best]), float(others.max(initial=-30))
            )


def _sentences(
    comparison: Comparison, left: list[Word], right: list[Word], known: Lexicon
) -> detector.Sentences:
    count, cut = len(left) + len(right), len(left)
    lexicon = np.zeros((count, count), np.float32)
    for i, word in enumerate(left):
        for j, other in enumerate(right, cut):
            lexicon[i, j] = lexicon[j, i] = _in_lexicon(word.key, other.key, known)
    return detector.Sentences(
        vectors=comparison.words([w.text for w in (*left, *right)]),
        on_target=np.arange(count) >= cut,
        position=np.concatenate([np.linspace(0, 1, cut), np.linspace(0, 1, len(right))]).astype(
            np.float32
        ),
        noun=np.array(
            [_is_noun(w, comparison.source, known) for w in left]
            + [_is_noun(w, comparison.target, known) for w in right]
        ),
        lexicon=lexicon,
    )


def _in_lexicon(source: str, target: str, known: Lexicon) -> float:
    """1 for translations, 0.6 where the target is a compound with a translation in it."""
    if known.exchanged:
        source, target = target, source
    translations = known.of(source)
    if target in translations:
        return 1.0
    if len(target) < _COMPOUND:
        return 0.0
    parts = [t for t in translations if len(t) >= _PART]
    return 0.6 if any(target.startswith(t) or target.endswith(t) for t in parts) else 0.0


def _is_noun(word: Word, side: Side, known: Lexicon) -> bool:
    if len(word.text) < _SHORTEST:
        return False
    if side.once(words_of).grammar.nouns_capitalised:
        return word.noun
    return word.text[0].islower() and known.is_noun(word.key)
