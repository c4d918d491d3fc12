"""Words of a text with their places, and which of them carry content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from checker.wordset import function_words

_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands in the text it was taken from."""

    text: str
    start: int
    end: int
    lower: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower())


@lru_cache(maxsize=1 << 11)
def words(text: str) -> tuple[Word, ...]:
    """The words of ``text``: letters, joined by hyphens; an elided l' or d' is its own word.

    Many checks ask for the words of one sentence, one after the other.
    """
    return tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text))


def content_words(text: str, language: str) -> tuple[Word, ...]:
    """The words of ``text`` that are no function words of ``language`` and not very short."""
    function = function_words().get(language.split("-")[0], frozenset())
    return tuple(w for w in words(text) if len(w.text) >= _SHORTEST and w.lower not in function)


def shortened(text: str, length: int = 90) -> str:
    """``text`` on one line, cut at a word where it is longer than ``length``."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0] + " …"
