"""Which quantities of two texts are the same one: exact, converted, rounded, or rivals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from checker.quantities.facts import agree, converted, dimension, is_money
from checker.quantities.identifiers import same_line
from checker.quantities.model import Bound, Kind, Quantity

Idioms = Mapping[tuple[Fraction, str], tuple[Fraction, str]]

_MOST_PAIRS = 4096
_CLOSE_CONVERSION = Fraction(8, 100)
_CLOSE_FRACTION = Fraction(3, 100)
_MANY = 20
_HALF = (Fraction(1, 2), Fraction(50))
_POWERS = (10**3, 10**6, 10**9)
_THOUSANDFOLD = frozenset([Fraction(1000), Fraction(1, 1000)])
_LIKELIEST = 2.0
_AS_STATED = (Bound.EXACT, Bound.CHANGE)
_WITHIN_RATIO = 40
_CLOCK_UNITS = frozenset(["h", "min", "s", "ms"])
"""Units that a speaker converts exactly."""
_FAR = 10
_BODIES = {"CE": "EC", "EG": "EC", "UE": "EU", "CEE": "EEC", "EWG": "EEC", "EEG": "EEC"}
"""As acts are numbered: 2003/88/CE in French, 2003/88/EG in German."""
_DIGITS = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"\d+(?:[ .,'\u2019\u02bc\u00a0\u202f\u2009\u2007]\d+)*")
"""A number inside a ratio, whose groups the text may part: 1:25 000."""


def sameness(one: Quantity, other: Quantity) -> float:
    """How well two quantities agree in value, 0 when they do not. Units and form add to it."""
    if one.kind.calendar or other.kind.calendar:
        return _same_day(one, other) if one.kind is other.kind else 0.0
    if one.parts or other.parts:
        return _same_score(one, other)
    if _same_name(one, other):
        return 4.0
    if not one.readings or not other.readings or other_name(one, other):
        return 0.0
    best = max(
        (
            2 - 0.4 * (i > 0) - 0.4 * (j > 0)
            for i, x in enumerate(one.readings)
            for j, y in enumerate(other.readings)
            if x == y
        ),
        default=0.0,
    )
    if best < _LIKELIEST and _mark_slipped(one, other):
        return 0.0
    if not best and not _same_share(one, other):
        return 0.0
    return (best or 1.0) + _company(one, other)


def _same_name(one: Quantity, other: Quantity) -> bool:
    """True for equal names, two ways to dial one number, and a name that is a number there."""
    if one.key and _act(one.key) == _act(other.key):
        return True
    if not one.readings and not other.readings and same_line(one.text, other.text):
        return True
    return _written_alike(one, other) or _written_alike(other, one)


def _written_alike(name: Quantity, number: Quantity) -> bool:
    """True for "Section 2.4", a name, and 2.4 behind a word that the language does not know."""
    plain = not name.readings and bool(number.readings) and number.digits and not number.units
    return plain and name.key != "" and name.text == number.text


def said_again(one: Quantity, others: Sequence[Quantity]) -> bool:
    """True when a number left over only repeats one of the other side.

    A score repeats the same score only, a name with digits the same name, a time the same
    hour: a number that is its hour on the other half of the day says something else.
    """
    if one.parts:
        return any(one.parts == other.parts for other in others)
    if one.key and not one.firm:
        others = [other for other in others if other.key]
    if one.kind is Kind.CLOCK:
        others = [o for o in others if o.kind is Kind.CLOCK or o.value == one.value]
    return any(sameness(one, other) for other in others)


def _act(key: str) -> str:
    """The key with the name of the European bodies that passed the act in one language."""
    digits = key.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    body = key[len(digits) :]
    return digits + _BODIES.get(body, body) if digits else key


def _same_day(one: Quantity, other: Quantity) -> float:
    """Equal names, or two names for one night: Tuesday night, the night to Wednesday."""
    if one.value == other.value:
        return 3.0
    return 2.5 * bool(set(one.readings) & set(other.readings))


def _mark_slipped(one: Quantity, other: Quantity) -> bool:
    """True for 7.450 and 7,45: taking the dot for a decimal mark would hide a factor of 1000."""
    plain = one.digits and other.digits and one.kind is other.kind is Kind.CARDINAL
    factor = one.value and other.value and one.value / other.value in _THOUSANDFOLD
    return bool(plain and factor and bare_digits(one) != bare_digits(other))


def _company(one: Quantity, other: Quantity) -> float:
    """What unit, form and firmness add to an equal value."""
    unit = 0.0
    if one.units and other.units:
        unit = 0.5 if agree(one.units, other.units) else -0.3
    elif one.units or other.units:
        unit = -0.1
    firm = 0.3 * (one.firm + other.firm)
    return unit + 0.2 * (one.kind is other.kind) + firm


def _same_score(one: Quantity, other: Quantity) -> float:
    if one.parts == other.parts:
        return 4.0
    return 3.5 if one.parts == other.parts[::-1] else 0.0


def _same_share(one: Quantity, other: Quantity) -> bool:
    """A third and 33 %."""
    for part, whole in ((one, other), (other, one)):
        share = whole.unit == "pct" and not part.units and 0 < part.value < 1
        if share and abs(part.value * 100 - whole.value) <= _CLOSE_FRACTION * whole.value:
            return True
    return False


def exploded(quantity: Quantity) -> tuple[Quantity, ...]:
    """The two numbers of a score as quantities of their own, which need no partner."""
    if not quantity.parts:
        return (quantity,)
    places = list(_GROUPED.finditer(quantity.text))
    return tuple(
        replace(
            quantity,
            span=type(quantity.span)(m.start(), m.end()).shifted(quantity.span.start),
            text=m[0],
            kind=Kind.CARDINAL,
            readings=(part,),
            firm=False,
            parts=(),
            group=quantity.span,
        )
        for m, part in zip(places, quantity.parts, strict=True)
    )


def paired(
    ones: Sequence[Quantity],
    others: Sequence[Quantity],
    score: Callable[[Quantity, Quantity], float],
) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs by falling score, the nearest in order first."""
    if len(ones) * len(others) > _MOST_PAIRS:
        cut = int(_MOST_PAIRS**0.5)
        ones, others = ones[:cut], others[:cut]
    scored = (
        (score(a, b), -abs(i - j), -i, -j) for i, a in enumerate(ones) for j, b in enumerate(others)
    )
    return _greedy([hit for hit in scored if hit[0] > 0])


def paired_by_value(ones: Sequence[Quantity], others: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Pairs of equal quantities. Looks only at pairs that share a value, so that a table
    of thousands of numbers costs no square of them."""
    if len(ones) * len(others) <= _MOST_PAIRS:
        return paired(ones, others, sameness)
    places: dict[object, list[int]] = defaultdict(list)
    for j, other in enumerate(others):
        for handle in _handles(other):
            places[handle].append(j)
    hits = []
    for i, one in enumerate(ones):
        for j in {j for handle in _handles(one) for j in _nearest(places.get(handle, []), i)}:
            score = sameness(one, others[j])
            if score > 0:
                hits.append((score, -abs(i - j), -i, -j))
    return _greedy(hits)


def _handles(quantity: Quantity) -> tuple[object, ...]:
    kind = quantity.kind if quantity.kind.calendar else ""
    return (*((kind, value) for value in quantity.readings), quantity.key or quantity.parts)


def _nearest(places: list[int], i: int, most: int = 8) -> list[int]:
    return sorted(places, key=lambda j: abs(i - j))[:most] if len(places) > most else places


def _greedy(hits: list[tuple[float, int, int, int]]) -> list[tuple[int, int]]:
    taken: set[int] = set()
    given: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(hits, reverse=True):
        if -i not in taken and -j not in given:
            taken.add(-i)
            given.add(-j)
            pairs.append((-i, -j))
    return pairs


def conversion(one: Quantity, other: Quantity, idioms: Idioms) -> Fraction | None:
    """``one`` in the unit of ``other`` when that is about the value of ``other``, else None.

    Also a week that is called eight days, and half a year that is six months. Where both
    sides may mean either unit ("degrees"), only the rounded value itself is a conversion.
    """
    said = _idiom(one, other, idioms) or _idiom(other, one, idioms)
    if said or _in_cents(one, other) or _in_cents(other, one):
        return other.value
    return _by_unit(one, other)


def _by_unit(one: Quantity, other: Quantity) -> Fraction | None:
    """``one`` in a unit of ``other`` where the facts about units know both."""
    for unit in one.units:
        for to in other.units:
            for value in (converted(one.value, unit, to), _degrees_apart(one.value, unit, to)):
                if value is None:
                    continue
                close = _CLOSE_CONVERSION * abs(value)
                if unit in _CLOCK_UNITS and to in _CLOCK_UNITS:
                    close = _CLOSE_FRACTION * abs(value)
                if to in one.units and unit in other.units:
                    close = other.step / 2
                if abs(value - other.value) <= close:
                    return value
    return None


def _in_cents(amount: Quantity, cents: Quantity) -> bool:
    """True for 0,30 euro and 30 cents."""
    bases = [{unit.partition("/")[0] for unit in q.units} for q in (amount, cents)]
    if "cent" not in bases[1] or "cent" in bases[0] or not any(map(is_money, bases[0])):
        return False
    return amount.value * 100 == cents.value


def _degrees_apart(value: Fraction, unit: str, to: str) -> Fraction | None:
    """A difference of temperatures, which has no zero to shift."""
    if (unit, to) == ("degC", "degF"):
        return value * Fraction(9, 5)
    return value * Fraction(5, 9) if (unit, to) == ("degF", "degC") else None


def _idiom(said: Quantity, meant: Quantity, idioms: Idioms) -> bool:
    """True for huit jours and a week, and for quinze jours and vierzehn Tage."""
    found = idioms.get((said.value, said.unit))
    there = (meant.value, meant.unit)
    return found is not None and found in (there, idioms.get(there))


def rounded(one: Quantity, other: Quantity) -> bool:
    """True when one is the other rounded to the precision it states ("1,3" and "1")."""
    if not agree(one.units, other.units) or not (one.readings and other.readings):
        return False
    for rough, fine in ((one, other), (other, one)):
        step = _precision(rough) if fine.bound in _AS_STATED else rough.step
        if step > fine.step and 0 < abs(rough.value - fine.value) * 2 <= step:
            return rough.kind is not Kind.FRACTION and not a_half(rough)
    return False


def _precision(quantity: Quantity) -> Fraction:
    """What "rund 300" states: the zeros at the end are not meant."""
    if quantity.bound in _AS_STATED or quantity.step < 1 or not quantity.value:
        return quantity.step
    step = 1
    while quantity.value % (step * 10) == 0:
        step *= 10
    return max(quantity.step, Fraction(step))


def summed(one: Quantity, parts: Sequence[Quantity]) -> bool:
    """True when ``one`` is what several small numbers of the other side add up to: four
    young men are one of 17, two of 18 and one of 20."""
    small = [q for q in parts if part_of(one, q)]
    return len(small) > 1 and one.value == sum(q.value for q in small)


def ratio_of(whole: Quantity, some: Quantity, of: Quantity) -> bool:
    """True for 70 % and "seven people out of ten", whose two numbers stand close together."""
    if whole.unit != "pct" and whole.kind is not Kind.FRACTION:
        return False
    plain = all(q.kind is Kind.CARDINAL and not q.units and q.readings for q in (some, of))
    if not plain or not 0 < some.value < of.value:
        return False
    if not 0 <= of.span.start - some.span.end <= _WITHIN_RATIO:
        return False
    share = whole.value / 100 if whole.unit == "pct" else whole.value
    return abs(some.value / of.value - share) <= _CLOSE_FRACTION * share


def part_of(one: Quantity, part: Quantity) -> bool:
    """True for two plain small numbers of which the second may be part of the first."""
    plain = all(q.kind is Kind.CARDINAL and not q.units for q in (one, part))
    return plain and 0 < part.value < one.value <= _MANY


def comparable(one: Quantity, other: Quantity, factor: int = 2) -> bool:
    """True when two values are of the same size, within ``factor``."""
    low, high = sorted((abs(one.value), abs(other.value)))
    return high <= factor * low


def by_power(one: Quantity, other: Quantity) -> int:
    """1000, 10**6 or 10**9 when the values differ by just that factor, else 0."""
    if not one.value or not other.value:
        return 0
    ratio = one.value / other.value
    return next((p for p in _POWERS if ratio in (p, Fraction(1, p))), 0)


def rivalry(one: Quantity, other: Quantity) -> float:
    """How much two quantities without a partner look like one quantity with two values."""
    special = (Kind.MONTH, Kind.WEEKDAY, Kind.SCALE, Kind.SCORE)
    if one.kind in special or other.kind in special:
        return 5.0 if one.kind is other.kind else 0.0
    if other_name(one, other):
        return 4.0
    if _half_and_share(one, other) or _half_and_share(other, one):
        return 1.5
    if not (one.firm and other.firm):
        return _loose(one, other)
    if not one.readings or not other.readings:
        return _similar_keys(one, other)
    score = 1.0
    if one.units and other.units:
        score += 2.0 if agree(one.units, other.units) else -1.5
    score += 0.5 * (one.digits is other.digits) + 0.5 * (one.kind is other.kind)
    score += 2.0 * bool(by_power(one, other))
    slip = one_digit_apart(one, other) or digits_exchanged(one, other)
    score -= 0.5 * (not slip and _far_apart(one, other))
    if _year(one) is not _year(other) and not slip:
        score -= 1.5
    return max(score + slip, 0.0)


def _far_apart(one: Quantity, other: Quantity) -> bool:
    """Two values that no slip of a key and no common unit brings together."""
    near = comparable(one, other, _FAR) or by_power(one, other) or same_digits(one, other)
    return not near and not (one.units and other.units)


def _loose(one: Quantity, other: Quantity) -> float:
    """Two multiples, or noon and a time, of which a word alone says one: doppelt and triple."""
    times = one.kind is other.kind is Kind.MULTIPLE and min(one.value, other.value) >= 2
    noon = one.kind is other.kind is Kind.CLOCK and one.firm is not other.firm
    return 1.5 * (times or noon)


def _similar_keys(one: Quantity, other: Quantity) -> float:
    """Two codes without a partner whose letters or digits agree: 124-QD/TW and 142-QD/TW."""
    if one.readings or other.readings:
        return 0.0
    keys = [_act(q.key) for q in (one, other)]
    letters = [_DIGITS.sub("", key) for key in keys]
    digits = ["".join(_DIGITS.findall(key)) for key in keys]
    return 4.0 if letters[0] == letters[1] or digits[0] == digits[1] else 0.0


def other_name(one: Quantity, other: Quantity) -> bool:
    """True for two names of the same letters with other digits: SP95-E10 and SP95-E5."""
    if not one.key or not other.key or one.key == other.key:
        return False
    letters = [_DIGITS.sub("", q.key) for q in (one, other)]
    if _and_more(one, other) or _and_more(other, one):
        return False
    return letters[0] == letters[1] != "" and bool(one.readings and other.readings)


def _and_more(one: Quantity, other: Quantity) -> bool:
    """True for ext2 and ext2/3, which names the first and another."""
    return "/" in other.text and one.text == other.text.partition("/")[0]


def a_half(quantity: Quantity) -> bool:
    """True for a word that says a half and nothing else: moitié, Hälfte."""
    return quantity.readings == _HALF


def _half_and_share(half: Quantity, share: Quantity) -> bool:
    """True for the half against two thirds, which no rendering exchanges."""
    return a_half(half) and share.kind is Kind.FRACTION and share.firm and share.value < 1


def _year(quantity: Quantity) -> bool:
    plain = quantity.digits and not quantity.units and quantity.step == 1
    return plain and 1800 < quantity.value < 2100


def one_digit_apart(one: Quantity, other: Quantity) -> bool:
    """Two numbers in digits that differ in one place."""
    if not (one.digits and other.digits and one.kind is other.kind):
        return False
    a, b = bare_digits(one), bare_digits(other)
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def digits_exchanged(one: Quantity, other: Quantity) -> bool:
    """Two numbers of the same digits in another order."""
    a, b = bare_digits(one), bare_digits(other)
    return bool(a) and a != b and sorted(a) == sorted(b)


def same_digits(one: Quantity, other: Quantity) -> bool:
    """True where only zeros or the decimal mark differ: 450 and 4500."""
    return bool(bare_digits(one)) and bare_digits(one).strip("0") == bare_digits(other).strip("0")


def bare_digits(quantity: Quantity) -> str:
    """The digits of a number as written, without separators."""
    return "".join(_DIGITS.findall(quantity.text))


def same_dimension(one: Quantity, other: Quantity) -> str:
    """What both measure ("length"); empty when they measure different things or nothing."""
    found = dimension(one.unit)
    return found if found and found == dimension(other.unit) else ""
