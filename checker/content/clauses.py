"""Clauses, appositions and list items, and the evidence that one has no counterpart."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from checker.checks import WordVectors
from checker.content.coverage import Coverage

_CUT = re.compile(r"[,;:()«»“”„\"–—]|(?<=[.!?…])\s")
_SHORTEST = 8
_LONGEST_SHARE = 0.85
_SHORTER = -0.1
_HOPED_ALONE, _HOPED_GAIN = 1.0, 0.15  # more than vectors ever gave a clause
_TOO_SHORT = -0.35  # without an added clause a text is not far shorter than its counterpart

Features = tuple[float, ...]
FEATURES = (
    "words",
    "mean",
    "low",
    "weakest",
    "hard",
    "share",
    "length",
    "length_without",
    "rest",
    "facing",
    "lost",
    "alone",
    "gain",
    "cuts",
    "last",
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a text between marks, with the features named in ``FEATURES``."""

    start: int
    end: int
    features: Features


def clauses(
    text: str,
    facing: str,
    covered: Coverage,
    vectors: WordVectors,
    expected: float = 0.0,
    worth: Callable[[Features], bool] = lambda features: True,
) -> list[Clause]:
    """The clauses of ``text``, and neighbouring pairs of them, with their features.

    ``covered`` has the words of ``text`` as rows and those of ``facing`` as columns;
    ``expected`` is the log length ratio that this document adds to that of its languages.
    A text that is clearly shorter than its counterpart can have nothing to spare: it has
    none. ``worth`` is asked with the most that vectors could still add, before a clause is
    encoded: most are not.
    """
    if log_ratio(text, facing) - expected < _SHORTER or not covered.columns:
        return []
    known = [
        (span, features)
        for span in _candidates(text)
        if _inside(covered, span) and _is_part(text, span)
        for features in _plain_features(text, facing, covered, span, expected)
        if worth(_complete(features, _HOPED_ALONE, _HOPED_GAIN))
    ]
    if not known:
        return []
    shortened = [_without(text, span) for span, _ in known]
    parts = [text[a:b].strip() for (a, b), _ in known]
    encoded = vectors([facing, text, *shortened, *parts])
    fits = encoded @ encoded[0]
    gains, alone = fits[2 : 2 + len(known)] - fits[1], fits[2 + len(known) :]
    return [
        Clause(*span, _complete(features, float(alone[k]), float(gains[k])))
        for k, (span, features) in enumerate(known)
    ]


def _plain_features(
    text: str, facing: str, covered: Coverage, span: tuple[int, int], expected: float
) -> list[Features]:
    """The features that need no vectors, in order; none for what cannot be an addition."""
    support = _support_features(covered, span)
    left = log_ratio(_without(text, span), facing) - expected
    if support is None or left < _TOO_SHORT:
        return []
    cuts = len(_CUT.findall(text)) - len(_CUT.findall(facing))
    share = (span[1] - span[0]) / len(text)
    length = log_ratio(text, facing) - expected
    ends = float(np.clip(cuts, -4, 4)), float(span[1] >= len(text) - 2)
    return [(*support[:5], share, length, left, *support[5:], *ends)]


def _complete(features: Features, alone: float, gain: float) -> Features:
    """All features, in the order of ``FEATURES``."""
    return (*features[:-2], alone, gain, *features[-2:])


def _candidates(text: str) -> list[tuple[int, int]]:
    """Stretches between marks that are long enough, and pairs of neighbours."""
    cuts = [0, *(m.end() for m in _CUT.finditer(text)), len(text)]
    single = [(a, b) for a, b in pairwise(cuts) if b - a >= _SHORTEST]
    pairs = [(a[0], b[1]) for a, b in pairwise(single) if b[0] == a[1]]
    return [*single, *pairs]


def _is_part(text: str, span: tuple[int, int]) -> bool:
    return span[1] - span[0] <= _LONGEST_SHARE * len(text)


def _inside(covered: Coverage, span: tuple[int, int]) -> list[int]:
    return [i for i, w in enumerate(covered.rows) if span[0] <= w.start < span[1]]


def _without(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]].rstrip(" ,;:(–—") + " " + text[span[1] :].lstrip()


def log_ratio(text: str, facing: str) -> float:
    """How much longer ``text`` is, as a logarithm; short texts are drawn towards 0."""
    return math.log((len(text) + 10) / (len(facing) + 10))


def _support_features(covered: Coverage, span: tuple[int, int]) -> tuple[float, ...] | None:
    """Support of the words inside and outside, and what the other side loses without them."""
    support = covered.support
    inside = _inside(covered, span)
    outside = [i for i in range(len(covered.rows)) if i not in set(inside)]
    if not outside:
        return None
    within = support[inside]
    left = covered.table[outside].max(0)
    full = np.maximum(left, covered.table[inside].max(0))
    hard = sum(support[i] < 0.5 and _is_hard(covered.rows[i].text) for i in inside)
    return (
        float(len(inside)),
        float(within.mean()),
        float(np.clip(0.65 - within, 0, None).sum()),
        float(within.max()),
        float(hard),
        float(support[outside].mean()),
        float(full.mean()),
        float((full - left).sum()),
    )


def _is_hard(word: str) -> bool:
    """True for numbers and abbreviations, which a translation keeps."""
    return word[0].isdigit() or (len(word) > 1 and word.isupper())
