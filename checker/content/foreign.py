"""Stretches of a text that are in another language than the rest.

Short texts defeat statistical language identification, so the evidence here is plain:
function words of one language that the other does not have, and ordinary words that only
one of the two knows. Names carry no evidence either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from checker.content.text import Word, words
from checker.wordset import function_words, in_dictionary

_FUNCTION = 1.0
_CONTENT = 0.5  # dictionaries hold many loan words and names
_SHORTEST_KNOWN = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words in ``language``; ``score`` is the evidence for it."""

    language: str
    start: int
    end: int
    words: int
    score: float


def stretch(text: str, own: str, other: str) -> Stretch | None:
    """The run of words of ``text`` with the most evidence for ``other`` instead of ``own``.

    None where nothing speaks for ``other``. The run of greatest sum is found in one pass
    (Kadane's algorithm).
    """
    if not _speaks(text, own, other):
        return None
    found = words(text)
    values = [evidence(w, own, other) for w in found]
    best, total, start, ends = 0.0, 0.0, 0, (0, 0)
    for i, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best:
            best, ends = total, (start, i + 1)
    if not best:
        return None
    first, last = _trimmed(values, *ends)
    return Stretch(other, found[first].start, found[last - 1].end, last - first, best)


def _speaks(text: str, own: str, other: str) -> bool:
    """True when any word speaks for ``other``: in most texts none does."""
    tables = function_words()
    lower, strange = _strange(text, own)
    return not (lower & tables[other]) <= tables[own] or any(
        _evidence(word, own, other) > 0 for word in strange
    )


@lru_cache(maxsize=1 << 8)
def _strange(text: str, own: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of ``text`` in lower case, and those as they stand that ``own`` knows not."""
    found = words(text)
    lower = frozenset(word.lower for word in found)
    return lower, tuple(dict.fromkeys(w.text for w in found if not known(w.text, own)))


def evidence(word: Word, own: str, other: str) -> float:
    """How much a word speaks for ``other`` (positive) or for ``own`` (negative)."""
    return _evidence(word.text, own, other)


@lru_cache(maxsize=1 << 14)
def _evidence(word: str, own: str, other: str) -> float:
    tables, lower = function_words(), word.lower()
    mine, theirs = lower in tables[own], lower in tables[other]
    if mine or theirs:
        return _FUNCTION * (theirs - mine)
    if len(word) < _SHORTEST_KNOWN:
        return 0.0
    mine, theirs = known(word, own), known(word, other)
    if mine == theirs:
        return 0.0
    return _CONTENT if theirs else -_FUNCTION


def known(word: str, language: str) -> bool:
    """True when ``word`` is in the dictionary of ``language`` as it stands or in lower case."""
    return in_dictionary(word, language) or in_dictionary(word.lower(), language)


def spelled_so(word: str, language: str) -> bool:
    """True when ``word`` is in the dictionary of ``language``, its first letter in either case."""
    return in_dictionary(word, language)


def _trimmed(values: Sequence[float], first: int, last: int) -> tuple[int, int]:
    """A run without the words at its ends that say nothing."""
    while first < last - 1 and values[first] <= 0:
        first += 1
    while last - 1 > first and values[last - 1] <= 0:
        last -= 1
    return first, last
