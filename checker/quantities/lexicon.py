"""What a language's file says about numbers, dates and units, in lookup form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from checker.languages import load
from checker.model import Language
from checker.quantities.facts import symbols
from checker.quantities.model import Bound
from checker.quantities.tokens import tokenize

Phrase = tuple[str, ...]
Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class UnitForm:
    """One way to write a unit: its tokens, the units it may be, a power it holds (M€)."""

    tokens: Phrase
    units: tuple[str, ...]
    exact_case: bool = False
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Hints:
    """Words that stand for a number without naming it, exact or by beginning or ending."""

    exact: Mapping[str, tuple[Fraction, ...]]
    prefixes: tuple[tuple[str, tuple[Fraction, ...]], ...]
    suffixes: tuple[tuple[str, tuple[Fraction, ...]], ...]

    def find(self, raw: str, low: str) -> tuple[Fraction, ...]:
        """Values a word may stand for; the longest pattern decides."""
        values = self.exact.get(low) or self.exact.get(raw)
        if values:
            return values
        hits = [(len(p), v) for p, v in self.prefixes if low.startswith(p)]
        hits += [(len(s), v) for s, v in self.suffixes if low.endswith(s)]
        return max(hits, key=lambda hit: hit[0])[1] if hits else ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language. ``words`` are the values below 100 that stand alone,
    ``inner`` those plus the forms found only inside compounds."""

    code: str
    words: Numbers
    inner: Numbers
    phrases: Mapping[Phrase, Fraction]
    hundreds: Numbers
    scales: Mapping[str, int]
    collectives: Numbers
    ordinals: Numbers
    denominators: Numbers
    attached: Mapping[str, str]
    hints: Hints
    multiples: Hints
    bounds: Mapping[Phrase, Bound]
    halves: Mapping[Phrase, Fraction]
    part_suffixes: Numbers
    centuries: Numbers
    below_zero: tuple[Phrase, ...]
    sayings: Mapping[str, tuple[Phrase, ...]]
    turns: Mapping[str, tuple[tuple[Phrase, Fraction], ...]]
    nights: Mapping[str, tuple[Phrase, ...]]
    months: Mapping[str, int]
    short_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, tuple[UnitForm, ...]]
    ranges: frozenset[Phrase]
    dimensions: frozenset[Phrase]
    idioms: Mapping[tuple[Fraction, str], tuple[Fraction, str]]
    numbers: Mapping[str, Any]
    dates: Mapping[str, Any]
    per: tuple[Phrase, ...]
    rates: Mapping[str, str]

    def listed(self, section: str, key: str) -> tuple[str, ...]:
        """A list of words of the [numbers] or [dates] section; empty when there is none."""
        table = self.numbers if section == "numbers" else self.dates
        words: tuple[str, ...] = table.get(key, ())
        return words


@cache
def lexicon(code: str) -> Lexicon:
    """The tables of the language ``code`` ("de-CH" reads those of "de").

    Raises LanguageError for a language without a file.
    """
    return _build(load(code))


@cache
def units_of(code: str) -> frozenset[str]:
    """The words for units and currencies, which translations exchange freely: Jahr, an, année."""
    return frozenset(first for first in lexicon(code).units if first.isalpha())


@cache
def phrase(text: str) -> Phrase:
    """The lower-case tokens of a few words."""
    tokens = tokenize(text)
    return tuple(tokens.low[: tokens.count])


def _build(language: Language) -> Lexicon:
    numbers, dates = language.section("numbers"), language.section("dates")
    units = language.section("units")
    words = {fold(w): Fraction(v) for w, v in numbers.get("words", {}).items()}
    words |= _umlauts_spelled_out(words) if language.code == "de" else {}
    inner = words | {w: Fraction(v) for w, v in numbers.get("inner", {}).items()}
    joined = _tens_with_units(inner, numbers)
    return Lexicon(
        code=language.code,
        words=MappingProxyType(joined | words),
        inner=MappingProxyType(joined | inner),
        phrases={phrase(p): Fraction(v) for p, v in numbers.get("phrases", {}).items()},
        hundreds=_fractions(numbers.get("hundreds", {})),
        scales={fold(w): int(v) for w, v in numbers.get("scales", {}).items()},
        collectives=_fractions(numbers.get("collectives", {})),
        ordinals=_ordinals(numbers, joined | words),
        denominators=_fractions(numbers.get("denominators", {})),
        attached=_inflected(numbers),
        hints=_hints(numbers.get("hints", {})),
        multiples=_hints(numbers.get("multiples", {})),
        bounds=_bounds(numbers.get("bounds", {})),
        halves={phrase(p): Fraction(v) for p, v in numbers.get("halves", {}).items()},
        part_suffixes=_fractions(numbers.get("part_suffixes", {})),
        centuries=_fractions(numbers.get("centuries", {})),
        below_zero=tuple(phrase(p) for p in numbers.get("below_zero", ())),
        sayings=_sayings(numbers.get("sayings", ())),
        turns=_turns(numbers.get("turns", {})),
        nights=_phrases(dates.get("nights", {})),
        months=_months(dates),
        short_months=dict(dates.get("short_months", {})),
        weekdays=_weekdays(dates),
        units=_units(units),
        ranges=frozenset(phrase(p) for p in numbers.get("ranges", ())),
        dimensions=frozenset(phrase(p) for p in numbers.get("dimensions", ())),
        idioms=dict(_idioms(units.get("idioms", {}))),
        numbers=_frozen(numbers),
        dates=_frozen(dates),
        per=tuple(phrase(p) for p in units.get("per", ())),
        rates=dict(units.get("rates", {})),
    )


def _frozen(table: Mapping[str, Any]) -> Mapping[str, Any]:
    made = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
    return MappingProxyType(made)


def fold(word: str) -> str:
    """Lower case, with ß written ss."""
    return word.lower().replace("ß", "ss")


def _fractions(table: Mapping[str, Any]) -> dict[str, Fraction]:
    return {fold(word): Fraction(value) for word, value in table.items()}


def _umlauts_spelled_out(words: Numbers) -> dict[str, Fraction]:
    """zwölf also as zwoelf."""
    spelled = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
    return {word.translate(spelled): value for word, value in words.items()}


def _tens_with_units(words: Numbers, numbers: Mapping[str, Any]) -> dict[str, Fraction]:
    """einundzwanzig from ein and zwanzig, ventuno from venti and uno."""
    tens = {w: v for w, v in words.items() if v in range(20, 100, 10)}
    ones = {w: v for w, v in words.items() if v in range(1, 10)}
    made = {
        one + joiner + ten: v + w
        for joiner in numbers.get("joiners", ())
        for one, v in ones.items()
        for ten, w in tens.items()
    }
    for ten, v in tens.items() if numbers.get("tens_first") else ():
        for one, w in ones.items():
            stem = ten[:-1] if one[0] in "aeiouéó" else ten
            made[stem + one] = v + w
    return made


def _ordinals(numbers: Mapping[str, Any], words: Numbers) -> dict[str, Fraction]:
    """Listed ordinals, and stems with each ending the language has."""
    made = _fractions(numbers.get("ordinals", {}))
    for stem, value in numbers.get("ordinal_stems", {}).items():
        made |= {stem + e: Fraction(value) for e in numbers.get("endings", ())}
    for suffix in numbers.get("ordinal_suffixes", ()):
        for word, value in words.items() if numbers.get("ordinal_restore") else ():
            if value > 1:
                made.setdefault(word.rstrip("".join(numbers["ordinal_restore"])) + suffix, value)
    return made


def _inflected(numbers: Mapping[str, Any]) -> dict[str, str]:
    """Endings made with a number (jährig), in every inflection."""
    return {
        suffix + ending: unit
        for suffix, unit in numbers.get("attached", {}).items()
        for ending in ("", *numbers.get("endings", ()))
    }


def _hints(table: Mapping[str, Any]) -> Hints:
    exact: dict[str, tuple[Fraction, ...]] = {}
    prefixes, suffixes = [], []
    for patterns, values in table.items():
        readings = tuple(Fraction(v) for v in values)
        for pattern in patterns.split("|"):
            bare = pattern.strip("*")
            if pattern.startswith("*"):
                suffixes.append((bare, readings))
            if pattern.endswith("*"):
                prefixes.append((bare, readings))
            if not pattern.startswith("*"):
                exact.setdefault(bare, readings)
    return Hints(MappingProxyType(exact), tuple(prefixes), tuple(suffixes))


def _bounds(table: Mapping[str, Any]) -> dict[Phrase, Bound]:
    return {phrase(p): Bound(name) for name, phrases in table.items() for p in phrases}


def _phrases(table: Mapping[str, Any]) -> dict[str, tuple[Phrase, ...]]:
    return {name: tuple(phrase(p) for p in listed) for name, listed in table.items()}


def _sayings(listed: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
    """Phrases by their first word."""
    made: dict[str, tuple[Phrase, ...]] = {}
    for words in map(phrase, listed):
        made[words[0]] = (*made.get(words[0], ()), words)
    return made


def _turns(table: Mapping[str, Any]) -> dict[str, tuple[tuple[Phrase, Fraction], ...]]:
    """Phrases with their values, by their first word."""
    made: dict[str, tuple[tuple[Phrase, Fraction], ...]] = {}
    for text, value in table.items():
        words = phrase(text)
        made[words[0]] = (*made.get(words[0], ()), (words, Fraction(value)))
    return made


def _months(dates: Mapping[str, Any]) -> dict[str, int]:
    named = {name: n for n, name in enumerate(dates.get("months", ()), 1)}
    named |= dates.get("other_months", {})
    endings = ("", *dates.get("month_endings", ()))
    return {name + ending: n for name, n in named.items() for ending in endings}


def _weekdays(dates: Mapping[str, Any]) -> dict[str, int]:
    named = {name: n for n, name in enumerate(dates.get("weekdays", ()))}
    named |= dates.get("other_weekdays", {})
    endings = ("", *dates.get("weekday_endings", ()))
    return {name + ending: n for name, n in named.items() for ending in endings}


def _units(section: Mapping[str, Any]) -> dict[str, tuple[UnitForm, ...]]:
    """Forms by their first token in lower case, the longest first."""
    units: dict[tuple[Phrase, bool], list[str]] = {}
    for code, forms in section.get("words", {}).items():
        for form in forms:
            units.setdefault((phrase(form), False), []).append(code)
    for written, codes in symbols().items():
        units.setdefault((tuple(written.split()), True), []).extend(codes)
    made = [UnitForm(t, tuple(dict.fromkeys(c)), exact) for (t, exact), c in units.items()]
    for written, (scale, code) in section.get("scaled", {}).items():
        made.append(UnitForm(tuple(written.split()), (code,), scale=scale))
    return _by_first(made)


def _by_first(forms: Iterable[UnitForm]) -> dict[str, tuple[UnitForm, ...]]:
    table: dict[str, list[UnitForm]] = {}
    for form in forms:
        table.setdefault(form.tokens[0].lower(), []).append(form)
    return {
        first: tuple(sorted(some, key=lambda f: (-len(f.tokens), not f.exact_case)))
        for first, some in table.items()
    }


def _idioms(
    table: Mapping[str, str],
) -> Iterable[tuple[tuple[Fraction, str], tuple[Fraction, str]]]:
    for said, meant in table.items():
        (a, unit), (b, other) = said.split(), meant.split()
        yield (Fraction(a), unit), (Fraction(b), other)
