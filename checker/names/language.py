"""What a language file says about names: its section ``[names]``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from checker.languages import load
from checker.names.spelling import fold
from checker.wordset import function_words


@dataclass(frozen=True, slots=True)
class NameWords:
    """How names look in one language.

    ``titles`` stand before names and never belong to them; ``particles`` stand inside
    names in small letters, ``given_particles`` only behind a given name (Simone de
    Beauvoir); ``elisions`` are cut off before an apostrophe; ``endings`` are what inflection
    adds to a name. ``noun_endings`` betray an ordinary noun where all nouns have capitals;
    ``short_parts`` are words of two or three letters that compounds end with.
    ``articles`` stand before ordinary nouns where those have capitals, too (der Gast).
    ``office_links`` and ``office_adjectives`` may stand between an office and its holder.
    """

    code: str
    nouns_capitalised: bool = False
    compounds: bool = False
    titles: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    given_particles: frozenset[str] = frozenset()
    elisions: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ("s",)
    noun_endings: tuple[str, ...] = ()
    short_parts: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()
    office_links: frozenset[str] = frozenset()
    office_adjectives: frozenset[str] = frozenset()

    @property
    def leading(self) -> frozenset[str]:
        """Particles that a name alone can begin with (al-Assad): no small words of the language."""
        small = function_words().get(self.code, frozenset())
        return frozenset(p for p in self.particles if not small.issuperset(p.split()))


@cache
def name_words(code: str) -> NameWords:
    """The section ``[names]`` of a language's file, empty where it has none."""
    table = load(code).section("names")
    return NameWords(
        code,
        bool(table.get("nouns_capitalised", False)),
        bool(table.get("compounds", False)),
        frozenset(table.get("titles", ())),
        frozenset(table.get("particles", ())),
        frozenset(table.get("given_particles", ())),
        frozenset(table.get("elisions", ())),
        tuple(table.get("endings", ("s",))),
        tuple(table.get("noun_endings", ())),
        tuple(table.get("short_parts", ())),
        frozenset(table.get("articles", ())),
        frozenset(fold(word) for word in table.get("office_links", ())),
        frozenset(fold(word) for word in table.get("office_adjectives", ())),
    )
