"""What a language knows about the ends of its sentences: section ``[segment]`` of its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.languages import load


@dataclass(frozen=True, slots=True)
class Rules:
    """Word lists and habits of one language, without their full stop.

    An abbreviation in lower case stands for the word however it is written, one with a
    capital for exactly that spelling ("M" is monsieur, "m" the metre).

    ``abbreviations`` never end a sentence. ``closing`` ones end it only before a word
    that can hardly be anything but a beginning (``starters``), ``final`` ones before any
    capital. ``numbering`` ones do not end it before a number. ``endings`` make an
    abbreviation of any word ("Hauptstr.").
    ``particles`` are starters that names also begin with ("A. Le Goff"), ``lettered``
    are words a letter belongs to ("vitamine C"). With ``ordinal_dot`` a number and a full
    stop may be an ordinal; ``ordinal_cues`` and ``ordinal_cue_endings`` are words before
    it that say so, ``months`` words after it. ``capital_nouns``: a capital in the middle
    of a sentence says little.
    """

    abbreviations: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    final: frozenset[str] = frozenset()
    numbering: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    starters: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    lettered: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    ordinal_cues: frozenset[str] = frozenset()
    ordinal_cue_endings: tuple[str, ...] = ()
    ordinal_dot: bool = False
    capital_nouns: bool = False

    def starts(self, word: str, after: str) -> bool:
        """True for a capitalised word that hardly stands inside a sentence.

        ``after`` is the character behind it: the apostrophe of "L'État" counts.
        """
        if not word[:1].isupper():
            return False
        return (word.lower() + ("'" if after in "'’" and after else "")) in self.starters


@cache
def rules_of(code: str) -> Rules:
    """The rules of the language with this code; empty where its file has none."""
    table: dict[str, Any] = dict(load(code).section("segment"))
    for key, value in table.items():
        if isinstance(value, list):
            table[key] = tuple(value) if key.endswith("endings") else frozenset(value)
    return Rules(**table)
