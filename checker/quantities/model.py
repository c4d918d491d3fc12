"""Types of what is recognised: exact values, spans in code points of the text given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from checker.model import Span


class Kind(StrEnum):
    """What sort of quantity a mention is."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    MULTIPLE = "multiple"
    SCALE = "scale"
    CLOCK = "clock"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WEEKDAY = "weekday"
    DECADE = "decade"
    SCORE = "score"
    IDENTIFIER = "identifier"

    @property
    def calendar(self) -> bool:
        """True for names of days and months, which equal nothing but their own kind."""
        return self in (Kind.MONTH, Kind.WEEKDAY)


class Bound(StrEnum):
    """How a number is qualified by the words before it."""

    EXACT = ""
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One mention of a number, a date part, a time or an identifier.

    ``readings`` are the values it may stand for, the likeliest first (12.345 may be
    12345; "les années 60" may be 1960); months count from 1, weekdays from 0 for Monday,
    times are hours. It is empty for an identifier without a value, and for a score, whose
    numbers are in ``parts``. ``units`` are the units it may have, the likeliest first, as
    codes of data/units.tsv, "km/h" for a unit per another; empty when none is named.
    ``scale`` is the power named by a word such as million, ``step`` the distance to the
    next value that could have been written with this precision (1/10 for "2,5").
    ``firm`` is False for words that may explain a number of the other language and are
    never worth a finding themselves (un, beide, Jahrzehnt). ``group`` is the date, range
    or score it is part of; ``counted`` the word that names what is counted; ``key`` the
    normalised text of an identifier.
    """

    span: Span
    text: str
    kind: Kind
    readings: tuple[Fraction, ...]
    units: tuple[str, ...] = ()
    unit_span: Span | None = None
    scale: int = 1
    step: Fraction = Fraction(1)
    bound: Bound = Bound.EXACT
    digits: bool = False
    firm: bool = True
    parts: tuple[Fraction, ...] = ()
    group: Span | None = None
    counted: Span | None = None
    key: str = ""

    @property
    def value(self) -> Fraction:
        """The likeliest value; 0 for an identifier or score without one."""
        return self.readings[0] if self.readings else Fraction(0)

    @property
    def unit(self) -> str:
        """The likeliest unit, empty when none is named."""
        return self.units[0] if self.units else ""

    @property
    def whole(self) -> Span:
        """The number together with its unit."""
        if self.unit_span is None:
            return self.span
        return Span(
            min(self.span.start, self.unit_span.start), max(self.span.end, self.unit_span.end)
        )


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is written out: at least a day with a month.

    ``month`` from 1, ``weekday`` from 0 for Monday; None where the text has none.
    """

    span: Span
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    before_christ: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """Everything recognised in a text, in reading order."""

    quantities: tuple[Quantity, ...] = ()
    dates: tuple[Date, ...] = ()
