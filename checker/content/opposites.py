"""Opposite poles, rise and fall, all and some: one stated here and the other there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checker.content.coverage import Coverage

AXES = (("rise", "fall"), ("all", "some"), ("before", "after"), ("more", "less"))
_NEAR = 15  # characters between a pole and the word it belongs to
_SURE = 0.55


@dataclass(frozen=True, slots=True)
class Poles:
    """The patterns of one language by the name of the pole."""

    patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Poles:
        """The patterns of a language file's ``[opposites]``."""
        return cls(
            {
                pole: re.compile(rf"\b(?:{'|'.join(table[pole])})(?!\w)", re.IGNORECASE)
                for axis in AXES
                for pole in axis
            }
        )

    def stated(self, text: str, axis: tuple[str, str]) -> tuple[str, tuple[int, int]] | None:
        """The one pole of an axis that ``text`` names once, and where; None otherwise."""
        found = [(p, m.span()) for p in axis for m in self.patterns[p].finditer(text)]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Opposition:
    """The places of two opposite poles, in the source and in the target."""

    source: tuple[int, int]
    target: tuple[int, int]


def oppositions(
    source: str, target: str, poles: tuple[Poles, Poles], covered: Coverage
) -> list[Opposition]:
    """Axes of which each text names one pole once, not the same, before words that agree."""
    found = []
    for axis in AXES:
        first, second = poles[0].stated(source, axis), poles[1].stated(target, axis)
        if first and second and first[0] != second[0]:
            here, there = first[1], second[1]
            verbal = axis == AXES[0]  # a verb may stand anywhere in its clause
            if verbal or _faces(here, there, covered):
                found.append(Opposition(here, there))
    return found


def _faces(place: tuple[int, int], other: tuple[int, int], covered: Coverage) -> bool:
    """True where the content word after ``place`` is aligned to one right after ``other``."""
    after = [i for i, w in enumerate(covered.rows) if w.start >= place[1]]
    if not after or not covered.columns:
        return False
    support = covered.table[after[0]]
    aligned = covered.columns[int(support.argmax())]
    close = covered.rows[after[0]].start - place[1] < _NEAR
    return close and float(support.max()) >= _SURE and 0 <= aligned.start - other[1] < _NEAR
