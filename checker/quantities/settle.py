"""What only neighbours can tell: ranges share a unit, a weekday joins its date, ages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from checker.model import Span
from checker.quantities.calendar import DateFound
from checker.quantities.draft import Draft
from checker.quantities.facts import dimension
from checker.quantities.lexicon import Lexicon
from checker.quantities.model import Date, Kind, Quantity, Recognised
from checker.quantities.tokens import HYPHENS, Tokens

_LONGEST_RANGE_WORD = 2
_LONGEST_WEEKDAY_GAP = 3
_DIMENSIONS = frozenset(["x", "×"])
_AGE_ENDS = {"(": (")", ","), ",": (",", ")", ".", "")}
_YOUNGEST, _OLDEST = 11, 110
_COUNTABLE = frozenset([Kind.CARDINAL, Kind.FRACTION, Kind.ORDINAL])
_SURE_RANGE = 2


def settle(tokens: Tokens, lex: Lexicon, found: list[Draft], dates: list[DateFound]) -> Recognised:
    """The quantities with what their neighbours add, and the dates they make."""
    quantities = [_age(tokens, draft) for draft in found]
    for n in range(len(found) - 2, -1, -1):
        quantities[n : n + 2] = _range(tokens, lex, found[n], found[n + 1], quantities[n : n + 2])
    return Recognised(tuple(quantities), tuple(_dates(tokens, lex, found, dates)))


def _age(tokens: Tokens, draft: Draft) -> Quantity:
    """ ", 62," and "(62)" behind a name say how old somebody is."""
    quantity, i, j = draft.quantity, draft.first, draft.last
    plain = quantity.kind is Kind.CARDINAL and quantity.digits and not quantity.units
    if not plain or not _YOUNGEST <= quantity.value <= _OLDEST or quantity.value.denominator != 1:
        return quantity
    named = tokens.raw[i - 1] in _AGE_ENDS and tokens.word(i - 2)
    closed = named and tokens.raw[j + 1] in _AGE_ENDS[tokens.raw[i - 1]]
    return replace(quantity, units=("y",)) if closed else quantity


def _range(
    tokens: Tokens, lex: Lexicon, low: Draft, high: Draft, pair: list[Quantity]
) -> list[Quantity]:
    """Two numbers joined by "à", "bis" or a dash: the first takes the unit of the second."""
    one, two = pair
    between = tuple(tokens.low[low.last + 1 : high.first])
    hanging = len(between) == _LONGEST_RANGE_WORD and between[0] in HYPHENS
    between = between[1:] if hanging else between
    if not 0 < len(between) <= _LONGEST_RANGE_WORD:
        return pair
    if not _joined(lex, between):
        return _dimensions(lex, between, one, two)
    if one.kind not in _COUNTABLE or two.kind not in _COUNTABLE:
        return _of_time(one, two)
    if one.kind is two.kind is Kind.ORDINAL:
        two = _century(one, two)
    one = _whole(lex, one, two) if hanging else one
    one, two = _below_zero(tokens, lex, low, one, two)
    if not one.units and two.units:
        one = replace(one, units=two.units)
    if _thousands_said_once(lex, one, two, between):
        one = replace(one, readings=(*(v * 1000 for v in one.readings), *one.readings))
    if two.scale > 1 and one.scale == 1 and between[0] not in _DIMENSIONS:
        one = _scaled(tokens, lex, one, two, low, between)
    return [one, two]


def _thousands_said_once(
    lex: Lexicon, one: Quantity, two: Quantity, between: tuple[str, ...]
) -> bool:
    """True for 5 à 10 000, whose 5 is five thousand."""
    plain = one.digits and two.digits and one.scale == two.scale == 1 and one.step == 1
    loose = between[0] in lex.listed("numbers", "loose_ranges") or between[0] in _DIMENSIONS
    round_number = two.value % 1000 == 0 and 0 < one.value * 1000 < two.value
    return plain and not loose and round_number


def _dimensions(
    lex: Lexicon, between: tuple[str, ...], one: Quantity, two: Quantity
) -> list[Quantity]:
    """12 mètres sur 8: the second is a length too."""
    shared = between in lex.dimensions and dimension(one.unit) == "length" and not two.units
    return [one, replace(two, units=one.units) if shared else two]


def _century(one: Quantity, two: Quantity) -> Quantity:
    """siglos XIX y XX: the second is a century too."""
    shared = one.unit == "cty" and not two.units
    return replace(two, units=one.units, firm=True) if shared else two


def _of_time(one: Quantity, two: Quantity) -> list[Quantity]:
    if two.kind is Kind.CLOCK:
        return _hours(one, two)
    return _decades(one, two) if one.kind is Kind.DECADE else [one, two]


def _hours(one: Quantity, two: Quantity) -> list[Quantity]:
    """von 8 bis 18.30 Uhr: the first is a time too."""
    plain = one.kind is Kind.CARDINAL and not one.units and one.value.denominator == 1
    if not plain or not 0 <= one.value <= 24:
        return [one, two]
    return [replace(one, units=("h",), readings=(one.value, (one.value + 12) % 24)), two]


def _decades(one: Quantity, two: Quantity) -> list[Quantity]:
    """les années 1960 et 1970: the second is a decade too."""
    plain = two.kind is Kind.CARDINAL and not two.units and two.value % 10 == 0
    if not plain or len(two.text) != len(one.text):
        return [one, two]
    return [one, replace(two, kind=Kind.DECADE, step=one.step)]


def _whole(lex: Lexicon, one: Quantity, two: Quantity) -> Quantity:
    """Drei- bis vierhundert, zwei- bis dreimal: what ends the second word ends the first."""
    for name, power in (("hundred_word", 100), ("thousand_word", 1000)):
        for word in lex.listed("numbers", name):
            if two.text.lower().endswith(word) and one.value < 100 <= two.value:
                values = tuple(value * power for value in one.readings)
                return replace(one, readings=values, step=Fraction(power), firm=True)
    return replace(one, firm=True)


def _below_zero(
    tokens: Tokens, lex: Lexicon, low: Draft, one: Quantity, two: Quantity
) -> tuple[Quantity, Quantity]:
    """minus 5 bis 10 Grad: the word holds for both ends, and the unit stands at the second."""
    word = tokens.low[low.first - 1] in lex.listed("numbers", "negative")
    if word and one.value > 0 and dimension(two.unit) == "temperature":
        one = replace(one, readings=(-one.value, one.value))
    if one.value < 0 < two.value and -two.value not in two.readings:
        two = replace(two, readings=(*two.readings, -two.value))
    return one, two


def _joined(lex: Lexicon, between: tuple[str, ...]) -> bool:
    return between in lex.ranges or between[0] in _DIMENSIONS


def _scaled(
    tokens: Tokens, lex: Lexicon, one: Quantity, two: Quantity, low: Draft, between: tuple[str, ...]
) -> Quantity:
    """trois à quatre cents, 10 à 20 millions: the scale holds for both."""
    values = tuple(value * two.scale for value in one.readings)
    if one.value >= two.value / two.scale * 10 or one.value >= 1000:
        return one
    paired = tokens.low[low.first - 1] in lex.listed("numbers", "paired")
    loose = between[0] in lex.listed("numbers", "loose_ranges") and not paired
    readings = one.readings + values if loose else values + one.readings
    return replace(one, readings=readings, scale=1 if loose else two.scale, step=two.step)


def _dates(
    tokens: Tokens, lex: Lexicon, found: list[Draft], dates: list[DateFound]
) -> Iterator[Date]:
    """The dates, each with the weekday that stands directly before it."""
    weekdays = {d.last: d for d in found if d.quantity.kind is Kind.WEEKDAY}
    eras = {d.first: d.quantity.unit for d in found if d.quantity.unit in ("BC", "AD")}
    for parts in dates:
        if parts.day is None or parts.month is None:
            continue
        first = min(part.first for part in parts.parts)
        last = max(part.last for part in parts.parts)
        weekday = _weekday_before(tokens, lex, weekdays, first)
        begin = weekday.first if weekday else first
        yield Date(
            Span(tokens.starts[begin], tokens.ends[last]),
            parts.day.values[0],
            parts.month.values[0],
            parts.year.values[0] if parts.year else None,
            int(weekday.quantity.value) if weekday else None,
            eras.get(last + 1) == "BC" or _before_christ(tokens, lex, last),
        )


def _weekday_before(
    tokens: Tokens, lex: Lexicon, weekdays: dict[int, Draft], first: int
) -> Draft | None:
    for i in range(first - 1, max(first - 2 - _LONGEST_WEEKDAY_GAP, -1), -1):
        if i in weekdays:
            return weekdays[i]
        if tokens.raw[i] not in (",", "(") and tokens.low[i] not in lex.listed("dates", "between"):
            return None
    return None


def _before_christ(tokens: Tokens, lex: Lexicon, last: int) -> bool:
    forms = lex.units.get(tokens.low[last + 1], ())
    return any(
        form.units == ("BC",)
        and tuple(tokens.low[last + 1 : last + 1 + len(form.tokens)]) == form.tokens
        for form in forms
    )
