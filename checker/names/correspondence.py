"""Whether a word of one language and a word of another are the same name, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from checker.names.facts import groups_of, stems_of
from checker.names.language import name_words
from checker.names.spelling import fold, fold_umlauts, likeness, sound
from checker.names.tokens import Token
from checker.names.words import is_given_name

_SHORTEST_REST = 3
_SHORTEST_PART = 4
_PART_REST = 3
_NEARLY_EQUAL = 0.8
_TOWN_ENDINGS = (
    ("ner", "en"),
    ("ler", "el"),
    ("er", "en"),
    ("er", "e"),
    ("see", ""),
    ("ersee", ""),
)


class How(StrEnum):
    """Why two words count as the same name, strongest first."""

    SPELLING = "spelling"
    FACT = "fact"
    PART = "part of a compound"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Forms:
    """What one word can be compared by: spellings, numbers of groups and of stem rows."""

    folded: str
    spellings: frozenset[str]
    groups: frozenset[int]
    stems: frozenset[int]


def corresponds(one: Token, first: str, other: Token, second: str) -> How | None:
    """How ``one`` (in language ``first``) and ``other`` (in ``second``) are one name."""
    if one.groups & other.groups:
        return How.FACT
    return same_name(one.text, first, other.text, second)


@lru_cache(maxsize=1 << 14)
def same_name(one: str, first: str, other: str, second: str) -> How | None:
    """How two words in two languages are one name; None where nothing says so."""
    a, b = forms_of(one, first), forms_of(other, second)
    if a.spellings & b.spellings or _quoted_alike(one, first, other, second):
        return How.SPELLING
    if a.groups & b.groups or a.stems & b.stems:
        return How.FACT
    if _is_part(a, b, second) or _is_part(b, a, first):
        return How.PART
    both_known = (a.groups or a.stems) and (b.groups or b.stems)
    return How.SOUND if not both_known and _sound_alike(one, first, other, second) else None


@lru_cache(maxsize=1 << 13)
def forms_of(word: str, language: str) -> Forms:
    """What ``word`` can be compared by, inflection and umlauts allowed for."""
    folded = fold(word)
    endings = name_words(language).endings
    spellings = {
        rest for form in (folded, fold_umlauts(word)) for rest in (form, *_without(form, endings))
    }
    towns = _towns_of(folded) if name_words(language).compounds else ()
    groups = groups_of(word).union(*(groups_of(form) for form in (*spellings, *towns)))
    return Forms(folded, frozenset(spellings), groups, stems_of(word, language))


def _without(form: str, endings: tuple[str, ...]) -> list[str]:
    return [
        form[: -len(e)]
        for e in endings
        if form.endswith(e) and len(form) - len(e) >= _SHORTEST_REST
    ]


def _towns_of(adjective: str) -> tuple[str, ...]:
    """The towns that a German adjective or lake may come from: Pilsner, Basler, Murtensee."""
    return tuple(
        adjective[: -len(ending)] + town
        for ending, town in _TOWN_ENDINGS
        if adjective.endswith(ending)
    )


def _quoted_alike(one: str, first: str, other: str, second: str) -> bool:
    """True when one version keeps the other's word, with its inflection."""
    return bool(
        forms_of(one, second).spellings & forms_of(other, second).spellings
        or forms_of(one, first).spellings & forms_of(other, first).spellings
    )


def _is_part(part: Forms, whole: Forms, language: str) -> bool:
    """True when ``whole`` is a compound that begins or ends with ``part``."""
    if not name_words(language).compounds or len(part.folded) < _SHORTEST_PART:
        return False
    fits = whole.folded.startswith(part.folded) or whole.folded.endswith(part.folded)
    return fits and len(whole.folded) >= len(part.folded) + _PART_REST


def _sound_alike(one: str, first: str, other: str, second: str) -> bool:
    """True when both write the same foreign name by ear.

    Nearly equal spellings must sound exactly alike: Leslie and Lesle differ in a letter
    that levelled endings would swallow.
    """
    if min(len(one), len(other)) < _SHORTEST_PART:
        return False
    heard = sound(one, first, loose=True)
    if len(heard) < _SHORTEST_REST or heard != sound(other, second, loose=True):
        return False
    if likeness(one, other) < _NEARLY_EQUAL:
        return True
    return _heard(one, first) == _heard(other, second)


def _heard(word: str, language: str) -> str:
    """How a word sounds; the e that lets French say the n of Russian surnames is mute (Gagarine).

    Martine and Martin are two given names.
    """
    heard = sound(word, language, loose=False)
    mute = language == "fr" and heard.endswith("ine") and not is_given_name(word)
    return heard[:-1] if mute else heard
