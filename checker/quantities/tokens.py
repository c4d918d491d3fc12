"""Cuts a text into words, runs of digits and single marks, in one linear pass."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|\S")
SPACES = frozenset(" \u00a0\u202f\u2009\u2007")
HYPHENS = frozenset("-\u2010\u2011")
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014")
APOSTROPHES = frozenset("'\u2019\u02bc")
_PADDING = 12

GLUED, SPACED, APART = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text as parallel columns.

    Empty tokens at the end stand for everything beyond, and index -1 is one of them, so
    that a look back or ahead needs no bounds.
    """

    text: str
    raw: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    count: int

    def gap(self, i: int) -> int:
        """What lies between token ``i`` and the next: GLUED, SPACED (one space) or APART."""
        if i < 0:
            return APART
        end, start = self.ends[i], self.starts[i + 1]
        if end == start:
            return GLUED
        return SPACED if start - end == 1 and self.text[end] in SPACES else APART

    def near(self, i: int) -> bool:
        """True when token ``i`` and the next are at most one space apart."""
        return self.gap(i) != APART

    def digits(self, i: int) -> bool:
        """True when token ``i`` is a run of digits."""
        return self.raw[i][:1].isdecimal()

    def word(self, i: int) -> bool:
        """True when token ``i`` is made of letters."""
        return self.raw[i][:1].isalpha()

    def capital(self, i: int) -> bool:
        """True when token ``i`` begins with a capital letter."""
        return self.raw[i][:1].isupper()

    def opens(self, i: int) -> bool:
        """True when token ``i`` begins a sentence or a quotation, where capitals say nothing."""
        return self.raw[i - 1] in _OPENERS or i == 0 or "\n" in self.between(i - 1)

    def between(self, i: int) -> str:
        """The white space between token ``i`` and the next."""
        return self.text[self.ends[i] : self.starts[i + 1]]

    def after(self, i: int) -> int:
        """The token linked to ``i`` by one space or a hyphen; empty padding if none is."""
        gap = self.gap(i)
        if gap == SPACED:
            return i + 1
        if gap == GLUED and self.raw[i + 1] in HYPHENS and self.gap(i + 1) == GLUED:
            return i + 2
        return self.count


_OPENERS = frozenset(["", ".", "!", "?", "…", ":", "«", "»", "„", "“", "”", '"', "(", "–", "—"])


def tokenize(text: str) -> Tokens:
    """The tokens of ``text``, padded at the end."""
    raw: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        raw.append(match[0])
        starts.append(match.start())
        ends.append(match.end())
    count = len(raw)
    beyond = len(text) + 2
    for n in range(_PADDING):
        raw.append("")
        starts.append(beyond + 2 * n)
        ends.append(beyond + 2 * n)
    return Tokens(text, raw, [word.lower() for word in raw], starts, ends, count)
