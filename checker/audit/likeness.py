"""Texts that say nearly the same in one language, by sketches of their word sequences.

A sketch holds, for each of some hash functions, the least value over all runs of four
words (MinHash, Broder 1997): the share of equal values in two sketches estimates the share
of runs that two texts have in common. Bands of the sketch bring likely pairs together, so
that the work grows with the number of documents.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_VALUES = 32
_BANDS = 8
_RUN = 4
_LEAST_RUNS = 20  # a shorter text is alike by chance
_WORD = re.compile(r"\w+")
_FACTORS = np.random.default_rng(1997).integers(0, 1 << 64, (2, _VALUES), dtype=np.uint64)


def sketch(text: str) -> bytes:
    """The sketch of a text: 32 values of 4 bytes; empty for a very short text."""
    words = _WORD.findall(text.lower())
    runs = {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    if len(runs) < _LEAST_RUNS:
        return b""
    hashes = np.array([zlib.crc32(run.encode("utf-8", "replace")) for run in runs], dtype=np.uint64)
    # Multiply-shift hashing (Dietzfelbinger 1996): the product wraps, its upper half counts.
    values = (hashes[:, None] * (_FACTORS[0] | 1) + _FACTORS[1]) >> np.uint64(32)
    return bytes(values.min(0).astype(np.uint32).tobytes())


def bands(sketched: bytes) -> Iterator[str]:
    """Pieces of a sketch; texts that are much alike have one in common (at .8, nearly surely)."""
    size = len(sketched) // _BANDS
    for number in range(_BANDS if size else 0):
        yield f"{number} {sketched[number * size : (number + 1) * size].hex()}"


def likeness(one: bytes, other: bytes) -> float:
    """The estimated share of runs of four words that two texts have in common."""
    return float(np.mean(_values(one) == _values(other)))


def _values(sketched: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(sketched, np.uint32)
