"""Whether a word is an ordinary word of a language.

The word lists are Bloom filters: one bit array a language, a megabyte at most, ready in
a millisecond where the lists themselves take a second to load. About one unknown word in
a hundred passes for a known one; a known word is never missed. ``scripts/build_words.py``
makes the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources

_HASHES = 7
_BITS_PER_WORD = 10
_SHORTEST_PART = 4
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class WordSet:
    """A set of words that can only be asked whether it holds a word."""

    bits: bytes

    @classmethod
    def of(cls, words: Iterable[str]) -> WordSet:
        """The set of ``words``; one in a hundred other words will seem to be in it."""
        listed = sorted(set(words))
        array = bytearray(max(1, len(listed) * _BITS_PER_WORD // 8))
        for word in listed:
            for place in _places(word, len(array) * 8):
                array[place >> 3] |= 1 << (place & 7)
        return cls(bytes(array))

    def __contains__(self, word: str) -> bool:
        bits = self.bits
        return all(bits[p >> 3] >> (p & 7) & 1 for p in _places(word, len(bits) * 8))


def _places(word: str, size: int) -> Iterable[int]:
    """Where the bits of ``word`` are (double hashing, Kirsch and Mitzenmacher 2006)."""
    digest = int.from_bytes(blake2b(word.encode(), digest_size=16).digest(), "big")
    first, step = digest >> 64, digest & ((1 << 64) - 1) | 1
    return ((first + turn * step) % size for turn in range(_HASHES))


@cache
def word_set(language: str) -> WordSet | None:
    """The ordinary words of ``language`` in lower case; None where there is no list."""
    file = resources.files("checker").joinpath(f"data/words/{language}.bloom")
    return WordSet(file.read_bytes()) if file.is_file() else None


@lru_cache(maxsize=1 << 16)
def is_word(word: str, language: str) -> bool:
    """True for an ordinary word of ``language``, whatever its case.

    Languages without a list of their own are looked up in simplemma; a language that
    simplemma does not know has no ordinary words.
    """
    known = word_set(language)
    if known is not None:
        return word.lower() in known
    import simplemma

    try:
        return bool(simplemma.is_known(word.lower(), lang=language))
    except ValueError:
        return False


@lru_cache(maxsize=1 << 15)
def may_be_name(word: str, language: str) -> bool:
    """True for a word on the list of those that a language has as names too."""
    listed = word_set(f"{language}.names")
    return listed is not None and word.lower() in listed


@lru_cache(maxsize=1 << 15)
def is_compound(word: str, language: str, short: tuple[str, ...] = (), depth: int = 0) -> bool:
    """True when ``word`` falls into two or more ordinary words, with the usual joints.

    Parts have four letters or more; ``short`` lists shorter words that may come last.
    """
    low = word.lower()
    return any(
        (len(low) - cut >= _SHORTEST_PART or low[cut:] in short)
        and is_word(low[cut:], language)
        and _is_first_part(low[:cut], language, depth)
        for cut in range(len(low) - 2, _SHORTEST_PART - 1, -1)
    )


def _is_first_part(head: str, language: str, depth: int) -> bool:
    heads = _without_joint(head)
    if any(is_word(h, language) for h in heads):
        return True
    longer = len(head) > 2 * _SHORTEST_PART - 2
    return (
        depth < _DEEPEST and longer and any(is_compound(h, language, (), depth + 1) for h in heads)
    )


def _without_joint(head: str) -> tuple[str, ...]:
    """``head`` as it stands and without a linking s, n, en, es, er."""
    bare = re.sub(r"(?:e[nsr]|[sn])$", "", head)
    return (head, bare) if len(bare) >= _SHORTEST_PART - 1 else (head,)
