"""The words of one text: rarity, folded spelling, number values, vectors.

Shared words tell which sentences belong together where sentence vectors cannot: names
and numbers stand in both texts, and the vectors of single words find translations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from checker.embed import Encoder

Matrix = NDArray[np.float32]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_NOT_DIGIT = re.compile(r"\D")
_SHORTEST_SIMILAR = 4
_SIMILAR = 70
_AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class Words:
    """Distinct words of a text.

    ``tokens[i]`` lists the words of sentence i by number, repetitions included; the
    other fields have one entry per distinct word. ``weights`` is the inverse document
    frequency over sentences, 0 to 1, raised to 1.5 so that frequent words hardly count.
    Numbers have no vector: they match by value.
    """

    tokens: list[NDArray[np.intp]]
    keys: NDArray[np.str_]
    numeric: NDArray[np.bool_]
    weights: Matrix
    vectors: NDArray[np.float16]


def words_of(sentences: Sequence[str], encoder: Encoder) -> Words:
    """The words of ``sentences``."""
    numbers: dict[str, int] = {}
    tokens = [
        np.array([numbers.setdefault(w.lower(), len(numbers)) for w in _WORD.findall(s)], np.intp)
        for s in sentences
    ]
    words = list(numbers)
    numeric = np.array([w[0].isdigit() for w in words], bool)
    keys = [_value(w) if n else fold(w) for w, n in zip(words, numeric, strict=True)]
    vectors = np.zeros((len(words), encoder.dimensions), np.float16)
    lettered = np.flatnonzero(~numeric)
    for start in range(0, len(lettered), _AT_ONCE):
        part = lettered[start : start + _AT_ONCE]
        vectors[part] = encoder.encode([words[k] for k in part])
    return Words(tokens, np.array(keys, np.str_), numeric, _weights(tokens, len(words)), vectors)


def fold(word: str) -> str:
    """A word without accents; letters of other scripts fall away."""
    plain = unicodedata.normalize("NFKD", word.replace("ß", "ss"))
    return plain.encode("ascii", "ignore").decode()


def match(a: Words, b: Words, of_a: NDArray[np.intp], of_b: NDArray[np.intp]) -> Matrix:
    """How well words ``of_a`` match words ``of_b``, 0 to 1, shape (len(of_a), len(of_b)).

    A number matches the same number only. A word matches by the cosine of its vector, by
    similar spelling when it is long enough, and fully when spelled alike.
    """
    left, right = a.vectors[of_a].astype(np.float32), b.vectors[of_b].astype(np.float32)
    scores: Matrix = np.clip((left @ right.T - 0.45) / 0.4, 0, 1)
    keys_a, keys_b = a.keys[of_a], b.keys[of_b]
    numeric_a, numeric_b = a.numeric[of_a], b.numeric[of_b]
    lengths_a, lengths_b = np.strings.str_len(keys_a), np.strings.str_len(keys_b)
    similar_a = np.flatnonzero((lengths_a >= _SHORTEST_SIMILAR) & ~numeric_a)
    similar_b = np.flatnonzero((lengths_b >= _SHORTEST_SIMILAR) & ~numeric_b)
    if len(similar_a) and len(similar_b):
        spelled = cdist(
            keys_a[similar_a], keys_b[similar_b],
            scorer=ratio, score_cutoff=_SIMILAR, dtype=np.float32,
        )  # fmt: skip
        part = np.ix_(similar_a, similar_b)
        scores[part] = np.maximum(scores[part], np.clip((spelled / 100 - 0.65) / 0.3, 0, 0.9))
    _, numbers = np.unique(np.concatenate([keys_a, keys_b]), return_inverse=True)
    same = numbers[: len(keys_a), None] == numbers[len(keys_a) :]
    scores[same & (lengths_a >= 2)[:, None]] = 1
    mixed = numeric_a[:, None] | numeric_b[None]
    scores[mixed] = (same & numeric_a[:, None] & numeric_b[None])[mixed]
    return scores


def _value(number: str) -> str:
    """Digits of a number without separators and leading zeros."""
    return _NOT_DIGIT.sub("", number).lstrip("0") or "0"


def _weights(tokens: list[NDArray[np.intp]], words: int) -> Matrix:
    total = len(tokens) + 1
    sentences_with = np.zeros(words)
    for sentence in tokens:
        sentences_with[np.unique(sentence)] += 1
    rarity = np.log(total / (sentences_with + 0.5)) / np.log(total)
    weights: Matrix = (np.maximum(rarity, 0) ** 1.5).astype(np.float32)
    return weights
