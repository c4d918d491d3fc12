"""How well the words of one text are supported by the words of its translation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from checker.checks import WordVectors
from checker.content.text import Word, content_words

_NUMBER = re.compile(r"\d{1,3}(?: \d{3}(?!\d))+|\d[\d.,’'\u00a0\u202f]*\d|\d")
_LETTERS = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ł": "l", "ø": "o", "đ": "d", "ı": "i"}
)  # letters that have no accent to take off
_SPELLING = 75.0  # similarity of spelling, of 100, from which two words count as one name
_SHORTEST_NAME = 4

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The content words and numbers of two texts and how well each pair agrees, 0 to 1.

    ``table`` has a row for each of ``rows`` and a column for each of ``columns``.
    """

    rows: tuple[Word, ...]
    columns: tuple[Word, ...]
    table: Floats

    def turned(self) -> Coverage:
        """The same seen from the other side."""
        return Coverage(self.columns, self.rows, self.table.T)

    @property
    def support(self) -> Floats:
        """For each row the best agreement with any column; 0 where there is none."""
        if not self.table.size:
            return np.zeros(len(self.rows), np.float32)
        best: Floats = self.table.max(1)
        return best


def coverage(
    source: str, target: str, languages: tuple[str, str], vectors: WordVectors
) -> Coverage:
    """Agreement of the words of two texts: by word vectors, by spelling, numbers by digits."""
    rows, columns = tokens(source, languages[0]), tokens(target, languages[1])
    if not rows or not columns:
        return Coverage(rows, columns, np.zeros((len(rows), len(columns)), np.float32))
    cosine = vectors([w.text for w in rows]) @ vectors([w.text for w in columns]).T
    table = np.maximum(cosine, _same_spelling(rows, columns))
    numeric = [np.array([w.text[0].isdigit() for w in side]) for side in (rows, columns)]
    either = numeric[0][:, None] | numeric[1][None]
    return Coverage(rows, columns, np.where(either, _same_digits(rows, columns), table))


def tokens(text: str, language: str) -> tuple[Word, ...]:
    """Content words and numbers of a text in order."""
    numbers = (Word(m.group(), m.start(), m.end()) for m in _NUMBER.finditer(text))
    return tuple(sorted((*content_words(text, language), *numbers), key=lambda w: w.start))


@lru_cache(maxsize=1 << 15)
def folded(word: str) -> str:
    """``word`` in lower case without accents and ligatures."""
    spelled = word.lower().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(c))


def _same_spelling(rows: Sequence[Word], columns: Sequence[Word]) -> Floats:
    """How far the spellings agree, for words long enough to be compared; 0 below three quarters."""
    likeness = cdist(
        [folded(w.text) for w in rows],
        [folded(w.text) for w in columns],
        scorer=ratio,
        score_cutoff=_SPELLING,
        dtype=np.float32,
    )
    long_rows = np.array([len(w.text) >= _SHORTEST_NAME for w in rows])
    long_columns = np.array([len(w.text) >= _SHORTEST_NAME for w in columns])
    both = long_rows[:, None] & long_columns[None]
    agreeing: Floats = np.where(both | (likeness == 100), likeness / 100, 0).astype(np.float32)
    return agreeing


def _same_digits(rows: Sequence[Word], columns: Sequence[Word]) -> Floats:
    digits = [np.array([re.sub(r"\D", "", w.text) for w in side]) for side in (rows, columns)]
    same = (digits[0][:, None] == digits[1][None]) & (digits[0] != "")[:, None]
    agreeing: Floats = same.astype(np.float32)
    return agreeing
