"""Cuts text into the pieces of a unigram vocabulary (Kudo 2018), with their places.

The vocabulary is that of multilingual-e5-small cut to the supported languages. White space
parts the text; each part gets the mark "▁" in front and is cut into the likeliest pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
_MARK = "▁"
_LONGEST = 16
_UNKNOWN_SCORE = -30.0
_REMEMBERED = 50_000
_PART = re.compile(r"\S{1,200}")

Piece = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces by their text: number and log-probability. Parts once cut are remembered."""

    table: Mapping[str, tuple[int, float]]
    _known: dict[str, tuple[Piece, ...]] = field(default_factory=dict)

    def cut(self, text: str) -> list[Piece]:
        """Number, start and end of every piece of ``text``; a lone mark is an empty span."""
        found: list[Piece] = []
        for match in _PART.finditer(text):
            shift = match.start()
            found += [(piece, a + shift, b + shift) for piece, a, b in self._pieces(match.group())]
        return found

    def _pieces(self, part: str) -> tuple[Piece, ...]:
        known = self._known.get(part)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[part] = tuple(self._cut(part))
        return known

    def _cut(self, part: str) -> list[Piece]:
        normal, origin = _normalised(part)
        marked = _MARK + normal
        best = [0.0] + [-1e9] * len(marked)
        back = [(0, UNKNOWN)] * (len(marked) + 1)
        for end in range(1, len(marked) + 1):
            for start in range(max(0, end - _LONGEST), end):
                entry = self.table.get(marked[start:end])
                if entry is None:
                    if end - start > 1:
                        continue
                    entry = (UNKNOWN, _UNKNOWN_SCORE)
                score = best[start] + entry[1]
                if score > best[end]:
                    best[end], back[end] = score, (start, entry[0])
        pieces: list[Piece] = []
        end = len(marked)
        while end > 0:
            start, piece = back[end]
            pieces.append((piece, origin[max(0, start - 1)], origin[end - 1]))
            end = start
        return pieces[::-1]


def _normalised(part: str) -> tuple[str, list[int]]:
    """NFKC character by character, and for each place in it the place in ``part``."""
    normal: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(part):
        for plain in unicodedata.normalize("NFKC", letter).replace(" ", ""):
            normal.append(plain)
            origin.append(place)
    return "".join(normal), [*origin, len(part)]
