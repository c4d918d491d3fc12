"""Judges quantities that do not agree, and says in plain words what slipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.checks import Comparison, Side
from checker.errors import to_say, worded
from checker.model import Finding, Severity, Span
from checker.quantities import Bound, Kind, Quantity, agree
from checker.quantities.facts import converted, is_money, symbol
from checker.quantities.match import (
    bare_digits,
    by_power,
    digits_exchanged,
    one_digit_apart,
    other_name,
    rivalry,
    rounded,
    same_dimension,
    sameness,
)

_SURE = 2.0
_ROUND_CONVERSION = Fraction(105, 1000)
_MEASURED = frozenset(["length", "mass", "speed", "temperature", "area", "volume", "length/time"])
_EXACT_DIGITS = 4
_DATE_KINDS = frozenset([Kind.DAY, Kind.YEAR, Kind.CLOCK, Kind.DECADE])
_EVERYBODY = 12
_IMPLIED = 4
_CALENDAR_DAYS = 32
_BETWEEN_SETS = 7
_NO_SCORE = 1000
_SCALES = {
    10**3: to_say("thousand"),
    10**6: to_say("million"),
    10**9: to_say("milliard"),
    10**12: to_say("billion (10^12)"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding before it is put into words; one side is an empty place for a loner."""

    check: str
    rule: str
    severity: Severity
    confidence: float
    source: Quantity | Span
    target: Quantity | Span
    remark: str = ""
    others: tuple[Quantity, ...] = ()
    said: str = ""

    @classmethod
    def conversion(cls, one: Quantity, other: Quantity, value: Fraction | None) -> Difference:
        """The same quantity in another unit, with the arithmetic."""
        sides = ((one.value, one.unit), (value or other.value, other.unit))
        shown = " = ".join(f"{plain(amount)} {symbol(unit)}" for amount, unit in sides)
        return cls("units", "unit-converted", Severity.NOTE, 0.9, one, other, shown)

    @classmethod
    def other_score(cls, one: Quantity, other: Quantity) -> Difference:
        """A score of which one number fits and the other does not."""
        return cls("numbers", "score-mismatch", Severity.ERROR, 0.85, one, other, "another score")

    @classmethod
    def rounding(cls, one: Quantity, other: Quantity) -> Difference:
        """One value rounded to the precision the other states."""
        remark = worded("the same to the precision stated")
        return cls("numbers", "number-rounded", Severity.NOTE, 0.5, one, other, remark)

    def finding(self, comparison: Comparison) -> Finding:
        """The finding, with both texts quoted."""
        return Finding(
            self.check,
            self.rule,
            self.severity,
            self.confidence,
            self._message(comparison),
            comparison.source.passage(_shown(self.source, self.rule)),
            comparison.target.passage(_shown(self.target, self.rule)),
            related=tuple(self._side(comparison).passage(q.whole) for q in self.others),
        )

    def _side(self, comparison: Comparison) -> Side:
        return comparison.target if isinstance(self.source, Span) else comparison.source

    def _message(self, comparison: Comparison) -> str:
        said = self.said or self._quoted(comparison)
        if not self.remark:
            return worded("{said}.", said=said)
        return worded("{said}: {remark}.", said=said, remark=self.remark)

    def _quoted(self, comparison: Comparison) -> str:
        sides = [(comparison.source, self.source), (comparison.target, self.target)]
        if isinstance(self.source, Span):
            sides.reverse()
        (side, first), (other_side, second) = sides
        group = first.group if isinstance(first, Quantity) else None
        others = [q.text for q in self.others if not group or q.group != group]
        return worded(
            "{one}, {other}", one=_told(side, first, others), other=_told(other_side, second)
        )


def _told(side: Side, part: Quantity | Span, more: Sequence[str] = ()) -> str:
    """What one side says: "12 francs (and 3) in the French"."""
    language = worded(side.language.name)
    if isinstance(part, Span):
        return worded("nothing like it in the {language}", language=language)
    text = side.article.document.text[_slice(part.group or part.whole)]
    if not more:
        return worded("{text} in the {language}", text=text, language=language)
    listed = all_of(more)
    return worded(
        "{text} (and {more}) in the {language}", text=text, more=listed, language=language
    )


def all_of(texts: Sequence[str]) -> str:
    """ "one and two and three"."""
    said, *others = texts
    for other in others:
        said = worded("{one} and {other}", one=said, other=other)
    return said


def _slice(span: Span) -> slice:
    return slice(span.start, span.end)


def _shown(part: Quantity | Span, rule: str) -> Span:
    if isinstance(part, Span):
        return part
    return part.unit_span if rule in _UNIT_RULES and part.unit_span else part.whole


_LOOSELY_SAID = ({"m", "m2"}, {"m", "m3"})
"""Pairs where speech drops the power: a flat of fifty metres."""

_UNIT_RULES = frozenset(["unit-mismatch", "currency-mismatch", "percentage-points"])


def judge_pair(one: Quantity, other: Quantity) -> Iterator[Difference]:
    """A pair with the same value: the units may still differ."""
    if not (one.units and other.units) or not (one.firm and other.firm):
        return
    if _sign_lost(one, other) and same_dimension(one, other) == "temperature":
        remark = worded("the minus sign is on one side only")
        positive = one if one.value > 0 else other
        severity, sure = Severity.ERROR, 0.9
        if positive.bound is Bound.CHANGE:
            severity, sure = Severity.WARNING, 0.6
        yield Difference("numbers", "number-mismatch", severity, sure, one, other, remark)
    if agree(one.units, other.units):
        return
    bases = {q.unit.partition("/")[0] for q in (one, other)}
    money = all(any(map(is_money, q.units)) for q in (one, other)) and len(bases) > 1
    rule = "currency-mismatch" if money else "unit-mismatch"
    remark = worded("another currency" if money else "another unit")
    severity, confidence = Severity.ERROR, 0.9
    if {one.unit, other.unit} in _LOOSELY_SAID:
        severity, confidence = Severity.WARNING, 0.4
    if {one.unit, other.unit} == {"pct", "pp"}:
        rule, severity, confidence = "percentage-points", Severity.WARNING, 0.6
        remark = worded("per cent is not percentage points")
    yield Difference("units", rule, severity, confidence, one, other, remark)


def _sign_lost(one: Quantity, other: Quantity) -> bool:
    """True for -12 and 12, where the 12 is no second half of "minus 5 to 12"."""
    low, high = sorted((one, other), key=lambda q: q.value)
    return bool(low.value) and low.value == -high.value and low.value not in high.readings


def judge_sets(pairs: Sequence[tuple[Quantity, Quantity]]) -> Iterator[Difference]:
    """Sets of one match in the same order on both sides, of which one is turned round."""
    straight = [p for p in pairs if p[0].parts == p[1].parts != p[0].parts[::-1]]
    remark = worded("the other player won this set")
    for pair in pairs:
        turned = pair[0].parts != pair[1].parts
        if turned and any(_beside(pair, other) for other in straight):
            yield Difference(
                "numbers", "score-mismatch", Severity.ERROR, 0.85, *pair, remark=remark
            )


def _beside(one: tuple[Quantity, Quantity], other: tuple[Quantity, Quantity]) -> bool:
    """True when the scores of two pairs stand next to each other on both sides."""
    return all(
        max(a.span.start, b.span.start) - min(a.span.end, b.span.end) <= _BETWEEN_SETS
        for a, b in zip(one, other, strict=True)
    )


def judge_rivals(
    one: Quantity,
    other: Quantity,
    own: Sequence[Quantity] = (),
) -> Iterator[Difference]:
    """Two quantities without a partner that stand for each other; ``own`` is all in the link."""
    sure = rivalry(one, other)
    check, rule = _rule(one, other)
    if rule == "number-mismatch" and rounded(one, other):
        yield Difference.rounding(one, other)
        return
    if rule == "number-mismatch" and _round_conversion(one, other):
        remark = worded("close round figures of a measure, perhaps converted from a third unit")
        yield Difference("numbers", "number-rounded", Severity.NOTE, 0.4, one, other, remark)
        return
    if rule == "scale-mismatch" and said_short(one, other, own):
        remark = worded("the scale is said once for both figures")
        yield Difference(check, rule, Severity.NOTE, 0.3, one, other, remark)
        return
    severity = Severity.ERROR if sure >= _SURE or check == "units" else Severity.WARNING
    confidence = 0.95 if severity is Severity.ERROR else 0.6
    yield Difference(check, rule, severity, confidence, one, other, slip(one, other))


_BY_KIND = {
    Kind.MONTH: ("dates", "month-mismatch"),
    Kind.WEEKDAY: ("dates", "weekday-mismatch"),
    Kind.SCORE: ("numbers", "score-mismatch"),
    Kind.SCALE: ("numbers", "scale-mismatch"),
}


def _rule(one: Quantity, other: Quantity) -> tuple[str, str]:
    """Check and rule of two rivals."""
    if other_name(one, other):
        return "numbers", "identifier-mismatch"
    if one.kind in _BY_KIND:
        return _BY_KIND[one.kind]
    if by_power(one, other):
        return "numbers", "scale-mismatch"
    if not one.readings:
        return "numbers", "identifier-mismatch"
    if Kind.CLOCK in (one.kind, other.kind):
        return "dates", "time-mismatch"
    if one.kind in _DATE_KINDS and other.kind in _DATE_KINDS:
        return "dates", "date-mismatch"
    if _other_unit(one, other):
        return "units", "unit-mismatch"
    return "numbers", "number-mismatch"


def said_short(one: Quantity, other: Quantity, own: Sequence[Quantity]) -> bool:
    """True for "9 millions, face aux 5,2": a bare figure beside another with the scale."""
    bare, full = (one, other) if one.scale == 1 else (other, one)
    power = by_power(one, other)
    if bare.scale != 1 or bare.units or full.scale < power or bare.value * power != full.value:
        return False
    return any(q.scale == full.scale and q is not full and q.digits == bare.digits for q in own)


def _other_unit(one: Quantity, other: Quantity) -> bool:
    """Nearly the same value in another unit of the same dimension: 10 Meilen, 10,5 km."""
    if agree(one.units, other.units) or not same_dimension(one, other):
        return False
    return _near(one.value, other.value)


def _near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= _ROUND_CONVERSION * max(abs(one), abs(other))


def _round_conversion(one: Quantity, other: Quantity) -> bool:
    """Two round figures of a measure that both may come from a third unit (miles, Fahrenheit)."""
    if same_dimension(one, other) not in _MEASURED or not _near(one.value, other.value):
        return False
    if digits_exchanged(one, other) and agree(one.units, other.units):
        return False
    return min(_significant(one), _significant(other)) < _EXACT_DIGITS


def _significant(quantity: Quantity) -> int:
    return len(bare_digits(quantity).strip("0"))


def judge_loners(
    left: Sequence[Quantity],
    own: Sequence[Quantity],
    near: Sequence[Quantity],
    known: frozenset[object],
    weekday_opposite: bool,
    place: Span,
    source_side: bool,
) -> Iterator[Difference]:
    """Quantities that only one side has, put together into one warning a link and side."""
    lost = [q for q in left if not _implied(q, own, near, known)]
    if weekday_opposite and any(q.kind is Kind.MONTH for q in lost):
        lost = [q for q in lost if q.kind is not Kind.MONTH and q.value >= _CALENDAR_DAYS]
    if not lost:
        return
    first, *others = lost
    if any(q.group == first.group and q not in lost for q in own):
        first = replace(first, group=None)
    calendar = first.kind in _DATE_KINDS or first.kind.calendar
    check, rule = ("dates", "date-missing") if calendar else ("numbers", "number-missing")
    both: tuple[Quantity | Span, Quantity | Span] = (first, place)
    source, target = both if source_side else both[::-1]
    yield Difference(check, rule, Severity.WARNING, 0.5, source, target, "", tuple(others))


def _implied(
    q: Quantity, own: Sequence[Quantity], near: Sequence[Quantity], known: frozenset[object]
) -> bool:
    """True for what a translator may leave out: small numbers, what was just said."""
    if q.kind in (Kind.WEEKDAY, Kind.SCALE) or not q.readings or not q.firm:
        return True
    if q.kind is Kind.CLOCK and q.value * 60 % 1:
        return True
    kind = q.kind if q.kind.calendar else ""
    there = q.key in known or any((kind, value) in known for value in q.readings)
    if _small(q, there) or (there and q.value <= _EVERYBODY):
        return True
    if (q.unit == "pct" and q.value == 100) or _regnal(q):
        return True
    return any(sameness(q, o) for o in near) or _said_twice(q, own)


def _regnal(q: Quantity) -> bool:
    """True for the number of a pope or king, which goes with the name."""
    roman = q.kind is Kind.ORDINAL and not q.digits and not q.units
    return roman and q.text.rstrip(".").isupper()


def _small(q: Quantity, there: bool) -> bool:
    if q.kind.calendar or not q.readings or (q.digits and q.value > 1 and not there):
        return False
    return q.value < 2 or (q.value <= _IMPLIED and (not q.units or q.kind is Kind.ORDINAL))


def _said_twice(q: Quantity, own: Sequence[Quantity]) -> bool:
    """A second figure for what the same sentence gives in another unit: 209 km (130 miles)."""
    for other in own:
        if other is q or not (q.digits and other.digits) or not q.units or not other.units:
            continue
        both = (converted(a.value, a.unit, b.unit) for a, b in ((q, other), (other, q)))
        values = (other.value, q.value)
        for made, value in zip(both, values, strict=True):
            if made is not None and _near(made, value):
                return True
        money = is_money(q.unit) and is_money(other.unit) and q.unit != other.unit
        if money and abs(q.whole.start - other.whole.end) <= 3:
            return True
    return False


_OTHER = {
    Kind.MONTH: to_say("another month"),
    Kind.WEEKDAY: to_say("another weekday"),
    Kind.SCORE: to_say("another score"),
    Kind.CLOCK: to_say("another time"),
    Kind.DAY: to_say("another day"),
    Kind.DECADE: to_say("another decade"),
}


def slip(one: Quantity, other: Quantity) -> str:
    """The kind of slip, as far as the two values show it."""
    if one.kind is other.kind and one.kind in _OTHER:
        ratio = max(one.parts + other.parts, default=0) >= _NO_SCORE
        return worded("another ratio") if ratio else worded(_OTHER[one.kind])
    if one.unit == other.unit == "cty":
        return worded("another century")
    power = by_power(one, other)
    if power:
        factor = f"{power:,}".replace(",", " ")
        scales = _scales_named(one, other)
        return worded("a factor of {factor}{scales}", factor=factor, scales=scales)
    return _digit_slip(one, other)


def _scales_named(one: Quantity, other: Quantity) -> str:
    """ ", million against milliard" where both sides name a scale."""
    low, high = sorted((one.scale, other.scale))
    both = low in _SCALES and high in _SCALES and low != high
    if not both:
        return ""
    names = (worded(_SCALES[scale]) for scale in (low, high))
    return worded(", {low} against {high}", **dict(zip(("low", "high"), names, strict=True)))


def _digit_slip(one: Quantity, other: Quantity) -> str:
    a, b = bare_digits(one), bare_digits(other)
    if digits_exchanged(one, other):
        return worded("digits exchanged")
    if one.readings and other.readings and other.value and one.value:
        ratio = max(one.value / other.value, other.value / one.value)
        if ratio in (10, 100) and a == b:
            return worded("the decimal mark lost")
        if ratio in (10, 100):
            return worded("a zero too many or too few")
    if one_digit_apart(one, other):
        return worded("one digit differs")
    same = one.kind is other.kind is Kind.YEAR
    return worded("another year" if same else "another value")


def plain(value: Fraction) -> str:
    """A value with at most two decimals."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
