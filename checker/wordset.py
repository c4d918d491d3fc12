"""Word lists that are ready at once: Bloom filters, made by ``scripts/build_words.py``.

A list takes about two bytes a word and a millisecond to load, where the dictionary it was
made from takes most of a second. A word of the list is never missed; about one other word
in a thousand passes for one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources
from types import MappingProxyType

_BITS_PER_WORD = 14
_HASHES = 10


@dataclass(frozen=True, slots=True)
class WordSet:
    """A set of words that can only be asked whether it holds a word."""

    bits: bytes

    @classmethod
    def of(cls, words: Iterable[str]) -> WordSet:
        """The set of ``words``."""
        listed = sorted(set(words))
        array = bytearray(max(1, len(listed) * _BITS_PER_WORD // 8))
        for word in listed:
            for place in _places(word, len(array) * 8):
                array[place >> 3] |= 1 << (place & 7)
        return cls(bytes(array))

    def __contains__(self, word: str) -> bool:
        bits, size = self.bits, len(self.bits) * 8
        first, step = _hashes(word)
        return all(
            bits[(place := (first + turn * step) % size) >> 3] >> (place & 7) & 1
            for turn in range(_HASHES)
        )


def _places(word: str, size: int) -> Iterable[int]:
    """Where the bits of ``word`` are (double hashing, Kirsch and Mitzenmacher 2006)."""
    first, step = _hashes(word)
    return ((first + turn * step) % size for turn in range(_HASHES))


def _hashes(word: str) -> tuple[int, int]:
    """The place of the first bit and how far it is to the next, both to be taken modulo."""
    digest = int.from_bytes(blake2b(word.encode(), digest_size=16).digest(), "big")
    return digest >> 64, digest & ((1 << 64) - 1) | 1


@cache
def word_set(name: str) -> WordSet | None:
    """The list called ``name`` in ``checker/data/words``; None where there is none."""
    file = resources.files("checker").joinpath(f"data/words/{name}.bloom")
    return WordSet(file.read_bytes()) if file.is_file() else None


@lru_cache(maxsize=1 << 15)
def in_dictionary(word: str, language: str) -> bool:
    """True for a word form of the language's dictionary, its first letter in either case.

    A language without a dictionary has no known words.
    """
    forms = word_set(f"{language}.forms")
    if forms is None or not word:
        return False
    other = word[0].swapcase() + word[1:]
    return word in forms or other in forms


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """The commonest function words of every language in the data file, by language code."""
    table = resources.files("checker").joinpath("data/function_words.tsv")
    rows = table.read_text(encoding="utf-8").splitlines()
    parted = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return MappingProxyType({code: frozenset(listed.split()) for code, listed in parted})
