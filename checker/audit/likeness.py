"""Texts that say nearly the same in one language, by sketches of their word sequences.

A sketch holds, for each of some hash functions, the least value over all runs of four
words (MinHash, Broder 1997): the share of equal values in two sketches estimates the share
of runs that two texts have in common. Bands of the sketch bring likely pairs together, so
that the work grows with the number of documents.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_VALUES = 32
_BANDS = 8
_RUN = 4
_LEAST_RUNS = 20  # a shorter text is alike by chance
_ALIKE = 0.8
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


@dataclass(frozen=True, slots=True)
class Copies:
    """Documents of one language that say nearly the same; how alike the least alike two are."""

    language: str
    documents: tuple[str, ...]
    likeness: float


def copies(db: sqlite3.Connection) -> list[Copies]:
    """Groups of documents in the store of which each is nearly the same as another."""
    groups: dict[str, tuple[set[str], float]] = {}
    languages: dict[str, str] = {}
    for language, one, other, alike in _alike(db):
        first, second = (groups.get(path, ({path}, 1.0)) for path in (one, other))
        joined = first[0] | second[0], min(first[1], second[1], alike)
        groups |= dict.fromkeys(joined[0], joined)
        languages |= dict.fromkeys((one, other), language)
    found = {min(members): (members, alike) for members, alike in groups.values()}
    return [
        Copies(languages[first], tuple(sorted(members)), round(alike, 2))
        for first, (members, alike) in sorted(found.items())
    ]


def _alike(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, float]]:
    """Language, both paths and likeness of documents that are much alike.

    Those that share a band are compared with the first of them alone, so that a thousand
    copies of one text cost a thousand comparisons.
    """
    db.execute("CREATE TEMP TABLE bands (band TEXT NOT NULL, path TEXT NOT NULL)")
    rows = db.execute("SELECT language, path, sketch FROM sketches ORDER BY path")
    db.executemany(
        "INSERT INTO bands VALUES (?, ?)",
        ((f"{code} {band}", path) for code, path, sketched in rows for band in bands(sketched)),
    )
    leader, first, sketch_of_first = "", "", b""
    for band, language, path, sketched in db.execute(
        "SELECT band, language, path, sketch FROM bands JOIN sketches USING (path)"
        " ORDER BY band, path"
    ):
        if band != leader:
            leader, first, sketch_of_first = band, path, sketched
        elif (alike := likeness(sketch_of_first, sketched)) >= _ALIKE:
            yield language, first, path, alike
    db.execute("DROP TABLE bands")
