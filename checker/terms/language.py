"""What the terms check knows of a language: its section ``[terms]`` in a frozen type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.model import Language

Ending = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small grammar that telling terms apart needs.

    ``endings`` are (ending, replacement, shortest rest), longest ending first;
    ``lower_endings`` come off words in lower case besides. ``suffixes`` are all letters that
    may differ between forms of a word. ``particles`` may stand between a number and what it
    counts, as may ``before_nouns`` (adjectives that stand before their noun: "trois grands
    ponts"); ``determiners`` stand before a noun, ``joining`` words inside a term ("mobilisation de
    masse"); ``general_nouns`` (keys) may stand for nearly anything that is counted; ``calendar``
    words are weekdays and months. ``linking``
    are the letters German puts between the parts of a compound; ``frozen`` (keys) only look
    like compounds. ``separable`` prefixes leave their verb: "führt das Gesetz ein".
    """

    nouns_capitalised: bool
    function_words: frozenset[str]
    endings: tuple[Ending, ...]
    lower_endings: tuple[Ending, ...]
    plural_endings: tuple[str, ...]
    particles: frozenset[str]
    before_nouns: frozenset[str]
    determiners: frozenset[str]
    joining: frozenset[str]
    multipliers: frozenset[str]
    general_nouns: frozenset[str]
    calendar: tuple[str, ...]
    compounds: bool
    linking: tuple[str, ...]
    separable: frozenset[str]
    frozen: frozenset[str]
    adjective_suffixes: tuple[str, ...]
    suffixes: frozenset[str]

    def key(self, word: str) -> str:
        """The same string for the inflected forms of one word."""
        lower = self.lower_endings and word[:1].islower()
        return stem(word, self.lower_endings + self.endings if lower else self.endings)

    def inflects(self, one: str, other: str) -> bool:
        """Whether two words of one key differ by nothing but endings: not Haus and Hausse."""
        first, second = fold(one), fold(other)
        shared = 0
        while shared < min(len(first), len(second)) and first[shared] == second[shared]:
            shared += 1
        return {first[shared:], second[shared:]} <= self.suffixes

    def is_plural(self, word: str) -> bool | None:
        """Whether a word has a plural ending; None where endings do not tell."""
        return word.lower().endswith(self.plural_endings) if self.plural_endings else None


def stem(word: str, endings: Sequence[Ending]) -> str:
    """A word without what inflection adds; ``endings`` as in ``Grammar``.

    A light stemmer in the manner of Savoy (2006): it leaves derivation alone, so that
    different words rarely meet. Endings come off until none is left, since a base form may
    end in one as well (Person, Personen). It needs no lexicon, which would take a second to load.
    """
    stemmed = fold(word)
    while True:
        shorter = _without_ending(stemmed, endings)
        if len(shorter) >= len(stemmed):
            return shorter
        stemmed = shorter


def _without_ending(word: str, endings: Sequence[Ending]) -> str:
    for ending, instead, shortest in endings:
        rest = len(word) - len(ending)
        if rest >= shortest and word.endswith(ending):
            return word[:rest] + instead
    return word


def fold(word: str) -> str:
    """Lower case without accents and ligatures; ß becomes ss."""
    if word.isascii():
        return word.lower()
    plain = word.casefold().replace("œ", "oe").replace("æ", "ae").replace("\u2011", "-")
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _endings(rows: Iterable[Ending]) -> tuple[Ending, ...]:
    return tuple((ending, instead, rest) for ending, instead, rest in rows)


def grammar(language: Language) -> Grammar:
    """The grammar of a language; a language that says nothing gets the plainest one."""
    table = language.section("terms")
    endings = _endings(table.get("endings", ()))
    lower = _endings(table.get("lower_endings", ()))
    letters = [part for ending, instead, _ in endings + lower for part in (ending, instead)]
    return Grammar(
        nouns_capitalised=bool(table.get("nouns_capitalised", False)),
        function_words=frozenset(table.get("function_words", "").split()),
        endings=endings,
        lower_endings=lower,
        plural_endings=tuple(table.get("plural_endings", ())),
        particles=frozenset(table.get("particles", ())),
        before_nouns=frozenset(table.get("before_nouns", ())),
        determiners=frozenset(table.get("determiners", ())),
        joining=frozenset(table.get("joining", ())),
        multipliers=frozenset(table.get("multipliers", ())),
        general_nouns=frozenset(stem(w, endings) for w in table.get("general_nouns", ())),
        calendar=tuple(fold(word) for word in table.get("calendar", ())),
        compounds=bool(table.get("compounds", False)),
        linking=("", *table.get("linking", ())),
        separable=frozenset(table.get("separable", ())),
        frozen=frozenset(stem(w, endings) for w in table.get("frozen", ())),
        adjective_suffixes=tuple(table.get("adjective_suffixes", ())),
        suffixes=frozenset(part[i:] for part in letters for i in range(len(part) + 1)),
    )
