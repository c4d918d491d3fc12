"""Negation on two sides of a bead, and the evidence that it is on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.checks import WordVectors
from checker.content.coverage import Coverage

FEATURES = (
    "more",
    "there",
    "idle",
    "weak_there",
    "weak_here",
    "literal",
    "literal_there",
    "near",
    "near_least",
    "weak_near",
    "strong_near",
    "gain",
    "gain_near",
    "plain",
    "words",
    "alike",
    "only",
)
_NEAR_WORDS = 3
_NEAR = 30  # characters from an aligned word within which a cue counts as its own
_TRANSLATED = 0.7  # support from which a word has its counterpart
_JOINED = 8  # characters between cues that negate together
_WINDOW = 60
_MARK = re.compile(r"[,;:()«»„“”\"–—.!?]")
_PLAIN = re.compile(r"(?:nicht|pas|kein\w{0,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cues:
    """The patterns of one language: words that negate, turns that do not, words that may."""

    strong: re.Pattern[str]
    idle: re.Pattern[str]
    weak: re.Pattern[str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Cues:
        """The patterns of a language file's ``[negation]``."""
        return cls(*(_any_of(table[key]) for key in ("strong", "idle", "weak")))


@dataclass(frozen=True, slots=True)
class Reversal:
    """A negation without counterpart, with the features named in ``FEATURES``."""

    start: int
    end: int
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with the places of its negations, idle ones masked, and of weak ones."""

    text: str
    strong: tuple[tuple[int, int], ...]
    weak: tuple[tuple[int, int], ...]
    idle: int

    @classmethod
    def of(cls, text: str, cues: Cues) -> Reading:
        """What ``cues`` find in ``text``."""
        masked, idle = cues.idle.subn(lambda m: "~" * len(m.group()), text)
        return cls(
            text,
            _merged(m.span() for m in cues.strong.finditer(masked)),
            tuple(m.span() for m in cues.weak.finditer(text)),
            idle,
        )


def reversal(
    reading: Reading, facing: Reading, covered: Coverage, vectors: WordVectors
) -> Reversal | None:
    """The negation of ``reading`` that ``facing`` most likely lacks; None without surplus."""
    if len(reading.strong) <= len(facing.strong) or not covered.table.size:
        return None
    texts = [_without(reading.text, start, end) for start, end in reading.strong]
    windows = [_windows(reading, facing, cue, covered) for cue in reading.strong]
    encoded = vectors([facing.text, reading.text, *texts, *(t for w in windows for t in w)])
    fits = encoded[: 2 + len(texts)] @ encoded[0]
    near_fits = np.reshape(encoded[2 + len(texts) :], (len(windows), 3, -1))
    found = []
    for cue, fit, (here, without, there) in zip(reading.strong, fits[2:], near_fits, strict=True):
        near = _near(cue, covered)
        features = (
            float(len(reading.strong) - len(facing.strong)),
            float(min(len(facing.strong), 3)),
            float(facing.idle > 0) + float(reading.idle > 0),
            float(min(len(_free(facing.weak, covered.turned())), 3)),
            float(min(len(_free(reading.weak, covered)), 3)),
            float(covered.support.mean()),
            float(covered.table.max(0).mean()),
            *_local(cue, near, covered, facing),
            float(fit - fits[1]),
            float(without @ there - here @ there),
            float(bool(_PLAIN.fullmatch(reading.text[slice(*cue)]))),
            float(min(len(covered.rows), 40)) / 10,
            float(fits[1]),
            float(not facing.strong),
        )
        found.append(Reversal(*cue, features))
    return max(found, key=lambda r: (-r.features[10], r.features[11] + r.features[12]))


def _free(places: Sequence[tuple[int, int]], covered: Coverage) -> list[tuple[int, int]]:
    """The places, among those of the rows' text, whose words the other text does not have."""
    support = covered.support
    taken = [
        (w.start, w.end) for w, s in zip(covered.rows, support, strict=True) if s >= _TRANSLATED
    ]
    return [p for p in places if not any(a < p[1] and p[0] < b for a, b in taken)]


def _merged(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Neighbouring cues as one: “plus jamais”, “ni rien” negate once."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start - merged[-1][1] < _JOINED:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def _near(cue: tuple[int, int], covered: Coverage) -> list[int]:
    """Rows nearest to a cue."""
    distance = [
        (max(w.start - cue[1], cue[0] - w.end, 0), i)
        for i, w in enumerate(covered.rows)
        if not (w.start < cue[1] and cue[0] < w.end)
    ]
    return [i for _, i in sorted(distance)[:_NEAR_WORDS]]


def _local(
    cue: tuple[int, int], near: Sequence[int], covered: Coverage, facing: Reading
) -> tuple[float, float, float, float]:
    """Support around a cue, and the cues around the words it is aligned to."""
    if not near:
        return 0.5, 0.5, 0.0, 0.0
    support = covered.support[list(near)]
    aligned = [
        covered.columns[int(covered.table[i].argmax())]
        for i in near
        if covered.table[i].max() > 0.5
    ]
    weak, strong = (
        float(any(_close(place, w.start, w.end) for place in places for w in aligned))
        for places in (_free(facing.weak, covered.turned()), facing.strong)
    )
    return float(support.mean()), float(support.min()), weak, strong


def _close(place: tuple[int, int], start: int, end: int) -> bool:
    return place[0] - end < _NEAR and start - place[1] < _NEAR


def _windows(
    reading: Reading, facing: Reading, cue: tuple[int, int], covered: Coverage
) -> tuple[str, str, str]:
    """The words around a cue, the same without it, and the words they are aligned to."""
    start, end = _widened(reading.text, *cue)
    cut = cue[0] - start, cue[1] - start
    here = reading.text[start:end]
    inside = [i for i, w in enumerate(covered.rows) if start <= w.start < end]
    aligned = [
        covered.columns[int(covered.table[i].argmax())]
        for i in inside
        if covered.table[i].max() > 0.5
    ]
    if not aligned:
        return here, _without(here, *cut), facing.text
    first, last = min(w.start for w in aligned), max(w.end for w in aligned)
    first, last = max(0, first - 12), min(len(facing.text), last + 12)
    return here, _without(here, *cut), facing.text[first:last]


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """A span reaching up to _WINDOW characters further, but over no mark of punctuation."""
    before = _MARK.split(text[max(0, start - _WINDOW) : start])[-1]
    after = _MARK.split(text[end : end + _WINDOW])[0]
    return start - len(before), end + len(after)


def _without(text: str, start: int, end: int) -> str:
    """``text`` without a negation: kein becomes ein, and French ne goes with its pas."""
    cue = text[start:end]
    kept = cue[1:] if cue.lower().startswith("kein") and not cue.lower().startswith("keine") else ""
    before, after = text[:start] + kept, text[end:]
    particles = list(re.finditer(r"\bn(?:e\s|['’])", before[-45:], re.IGNORECASE))
    if particles:
        offset = max(0, len(before) - 45)
        first, last = (p + offset for p in particles[-1].span())
        before = before[:first] + before[last:]
    return before + after


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
