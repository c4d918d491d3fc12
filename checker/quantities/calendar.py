"""Dates and times of day that begin with a digit or with the name of a month."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from fractions import Fraction

from checker.quantities.lexicon import Lexicon, phrase
from checker.quantities.model import Date
from checker.quantities.tokens import APART, APOSTROPHES, GLUED, HYPHENS, Tokens
from checker.quantities.words import Role, number_word, spelled

_GREGORIAN = 1583
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DATE_MARKS = frozenset("./-")


@dataclass(frozen=True, slots=True)
class Part:
    """A day, month or year: its possible values and its tokens."""

    values: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DateFound:
    """The parts of a date; any may be missing."""

    day: Part | None
    month: Part | None
    year: Part | None

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for part in (self.day, self.month, self.year) if part)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in hours, with other readings (the same on the other half of the day)."""

    readings: tuple[Fraction, ...]
    last: int


def numeric_date(tokens: Tokens, i: int, lex: Lexicon) -> DateFound | None:
    """2.2.2018, 02/02/18, 2018-02-02, and 3.4. after a word that announces a date."""
    mark = tokens.raw[i + 1]
    if mark not in _DATE_MARKS or tokens.gap(i) != GLUED or not tokens.digits(i + 2):
        return None
    if mark == "/" and len(tokens.raw[i]) == 2 and len(tokens.raw[i + 2]) == 4:
        return _month_and_year(tokens, i)
    if tokens.raw[i + 3] != mark or tokens.gap(i + 2) != GLUED:
        return None
    if not tokens.digits(i + 4) or tokens.gap(i + 3) == APART:
        return _without_year(tokens, i, lex) if mark == "." else None
    if tokens.gap(i + 4) == GLUED and tokens.raw[i + 5] == mark and tokens.digits(i + 6):
        return None
    return _three(tokens, i, lex)


def _month_and_year(tokens: Tokens, i: int) -> DateFound | None:
    """03/2018; a number 12/2019 that a sign goes on from is none."""
    month, year = int(tokens.raw[i]), int(tokens.raw[i + 2])
    goes_on = tokens.gap(i + 2) == GLUED == tokens.gap(i + 3) and tokens.raw[i + 3] in _DATE_MARKS
    if goes_on or not 1 <= month <= 12 or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return DateFound(None, Part((month,), i, i), Part((year,), i + 2, i + 2))


def _three(tokens: Tokens, i: int, lex: Lexicon) -> DateFound | None:
    lengths = [len(tokens.raw[k]) for k in (i, i + 2, i + 4)]
    if max(lengths) > 4:
        return None
    a, b, c = (int(tokens.raw[k]) for k in (i, i + 2, i + 4))
    if lengths[0] == 4 and lengths[2] <= 2 and tokens.raw[i + 1] == "-":
        return _checked(Part((c,), i + 4, i + 4), Part((b,), i + 2, i + 2), Part((a,), i, i))
    if lengths[0] > 2 or lengths[1] > 2 or lengths[2] not in (2, 4):
        return None
    year = Part(_years(c, lengths[2]), i + 4, i + 4)
    swapped = tokens.raw[i + 1] == "/" and (b > 12 or lex.dates.get("month_first")) and a <= 12
    day, month = Part((a,), i, i), Part((b,), i + 2, i + 2)
    if swapped:
        day, month = Part((b,), i + 2, i + 2), Part((a,), i, i)
    return _checked(day, month, year)


def _checked(day: Part, month: Part, year: Part) -> DateFound | None:
    """None for what is no date at all, such as a version 1.25.40."""
    if not 1 <= month.values[0] <= 12 or not 1 <= day.values[0] <= 39:
        return None
    return DateFound(day, month, year)


def _without_year(tokens: Tokens, i: int, lex: Lexicon) -> DateFound | None:
    """ "am 3.4." """
    if tokens.low[i - 1] not in lex.listed("dates", "dotted"):
        return None
    if len(tokens.raw[i]) > 2 or len(tokens.raw[i + 2]) > 2:
        return None
    day, month = int(tokens.raw[i]), int(tokens.raw[i + 2])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return DateFound(Part((day,), i, i), Part((month,), i + 2, i + 2), None)


def day_then_month(tokens: Tokens, i: int, last: int, day: int, lex: Lexicon) -> DateFound | None:
    """2 février 2018, 2. Februar, 1er mai, 3rd of May, ersten Mai.

    ``i`` to ``last`` are the tokens of the day.
    """
    if not 1 <= day <= 39:
        return None
    j = _behind_mark(tokens, last, lex)
    month = month_at(tokens, j, lex, beside_day=True)
    if month is None:
        return None
    marked = tokens.gap(last) == GLUED and tokens.word(last + 1)
    return DateFound(Part((day,), i, last + marked), month, _year_after(tokens, month.last, lex))


def _behind_mark(tokens: Tokens, last: int, lex: Lexicon) -> int:
    """The token after the day's dot or ending and a joining word (de, of)."""
    j = last + 1
    ordinal = tokens.low[j] in lex.listed("numbers", "ordinal_marks") or tokens.raw[j] in ".°"
    if tokens.gap(last) == GLUED and tokens.raw[j] and ordinal:
        j += 1
    if tokens.near(j - 1) and tokens.low[j] in lex.listed("dates", "joins"):
        j += 1
    if tokens.raw[j] in HYPHENS and tokens.raw[j] and tokens.gap(j - 1) == GLUED == tokens.gap(j):
        j += 1
    return j if tokens.near(j - 1) else tokens.count


def month_then(tokens: Tokens, i: int, lex: Lexicon) -> DateFound | None:
    """A month with what follows it: Mai 2018, March 3, 2018, or the month alone."""
    month = month_at(tokens, i, lex)
    if month is None:
        return None
    year = _year_after(tokens, month.last, lex)
    if year or not lex.dates.get("day_after_month"):
        return DateFound(None, month, year)
    j = month.last + 1
    if tokens.near(month.last) and tokens.digits(j) and len(tokens.raw[j]) <= 2:
        day = Part((int(tokens.raw[j]),), j, j)
        last = _behind_mark(tokens, j, lex) - 1 if tokens.near(j) else j
        comma = tokens.raw[last + 1] == "," and tokens.near(last)
        return DateFound(day, month, _year_after(tokens, last + 1 if comma else max(last, j), lex))
    return DateFound(None, month, None)


def month_at(tokens: Tokens, i: int, lex: Lexicon, beside_day: bool = False) -> Part | None:
    """The month named at token ``i``; a short form or a doubtful one only beside a number."""
    low = tokens.low[i]
    number = lex.months.get(low)
    day_behind = bool(lex.dates.get("day_after_month")) and tokens.digits(i + 1)
    beside = beside_day or _four_digits(tokens, i + 1) or (day_behind and tokens.near(i))
    if number and (beside or _month_by_letter(tokens, i, lex)):
        return Part((number,), i, i)
    return _short_month(tokens, i, lex, beside_day)


def _short_month(tokens: Tokens, i: int, lex: Lexicon, beside_day: bool) -> Part | None:
    """A month cut short: with its dot before a year, or beside a day (3 Feb, 3 sept.)."""
    low = tokens.low[i]
    number = lex.short_months.get(low)
    if not number or tokens.capital(i) != bool(lex.dates.get("capital_letters")):
        return None
    dotted = tokens.raw[i + 1] == "." and tokens.gap(i) == GLUED
    with_day = beside_day and (dotted or low not in lex.words)
    if with_day or (dotted and _four_digits(tokens, i + 2)):
        return Part((number,), i, i + dotted)
    return None


def month_inside(lex: Lexicon, raw: str, low: str) -> int:
    """The month a compound begins with: Oktoberanfang. 0 for none; short names are no help."""
    if not lex.dates.get("month_compounds") or not raw[:1].isupper():
        return 0
    names = lex.listed("dates", "months")
    return next((n for n, m in enumerate(names, 1) if len(m) > 4 and low.startswith(m)), 0)


def _four_digits(tokens: Tokens, i: int) -> bool:
    return tokens.digits(i) and len(tokens.raw[i]) == 4 and tokens.near(i - 1)


def _month_by_letter(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True when case and neighbours allow the word to be a month: not Mars, not I may."""
    if lex.dates.get("capital_letters") and not tokens.capital(i):
        return False
    if lex.dates.get("small_letters") and tokens.capital(i) and not tokens.opens(i):
        return False
    small = bool(lex.dates.get("small_letters")) and not tokens.capital(i)
    if tokens.low[i] in lex.listed("dates", "doubtful_months") and not small:
        return tokens.low[i - 1] in lex.listed("dates", "month_context")
    return True


def _year_after(tokens: Tokens, last: int, lex: Lexicon) -> Part | None:
    """A year of four digits, or of two behind an apostrophe."""
    j = last + 1
    if not tokens.near(last):
        return None
    if tokens.low[j] in lex.listed("dates", "joins") and tokens.near(j):
        j += 1
    if tokens.raw[j] == "," and lex.dates.get("day_after_month") and tokens.near(j):
        j += 1
    if tokens.raw[j] in APOSTROPHES and len(tokens.raw[j + 1]) == 2 and tokens.digits(j + 1):
        return Part(_years(int(tokens.raw[j + 1]), 2), j, j + 1)
    if tokens.digits(j) and len(tokens.raw[j]) == 4:
        return Part((int(tokens.raw[j]),), j, j)
    two = tokens.digits(j) and len(tokens.raw[j]) == 2 and lex.dates.get("short_years")
    return Part(_years(int(tokens.raw[j]), 2), j, j) if two and int(tokens.raw[j]) > 31 else None


def _years(value: int, length: int) -> tuple[int, ...]:
    """What a year of two digits may stand for: 18 is 2018, or 1918."""
    if length == 4:
        return (value,)
    century = 2000 if value < 50 else 1900
    return (century + value, value, 3900 - century + value)


def clock(tokens: Tokens, i: int, lex: Lexicon) -> Clock | None:
    """14:30, 14.30 Uhr, 14h30, 14 h 30, 14 Uhr, 2:30 pm."""
    if len(tokens.raw[i]) > 2 or int(tokens.raw[i]) > 24:
        return None
    hour = int(tokens.raw[i])
    minute, last = _minutes(tokens, i, lex)
    if minute is None:
        return None
    return half_of_day(tokens, Fraction(hour) + Fraction(minute, 60), last, lex)


def _minutes(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int | None, int]:
    """Minutes behind the hour at ``i`` and the last token; None where no time is written."""
    mark = tokens.raw[i + 1]
    if mark in (":", ".") and tokens.gap(i) == GLUED == tokens.gap(i + 1):
        if not _sixty(tokens, i + 2):
            return None, i
        named = tokens.near(i + 2) and (
            tokens.low[i + 3] in lex.listed("dates", "hour_words")
            or _noon(tokens, i + 2, lex) is not None
        )
        more = tokens.gap(i + 2) == GLUED and tokens.raw[i + 3] in (":", ".", ",")
        more = more and tokens.gap(i + 3) == GLUED and tokens.digits(i + 4)
        if (mark == "." and not named) or more:
            return None, i
        is_word = named and tokens.low[i + 3] in lex.listed("dates", "hour_words")
        return int(tokens.raw[i + 2]), i + 2 + is_word
    return _minutes_by_word(tokens, i, lex)


def _minutes_by_word(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int | None, int]:
    if not tokens.near(i):
        return None, i
    low = tokens.low[i + 1]
    if low in lex.listed("dates", "hour_words"):
        more = tokens.near(i + 1) and _sixty(tokens, i + 2) and tokens.raw[i + 3] != "%"
        if more and not has_minutes(tokens, i + 2, lex):
            return int(tokens.raw[i + 2]), i + 2
        if low in lex.listed("dates", "clock_words") or _noon(tokens, i + 1, lex) is not None:
            return 0, i + 1
    if _noon(tokens, i, lex) is not None and int(tokens.raw[i]) <= 12:
        return 0, i
    return None, i


def has_minutes(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True where the word for minutes follows: 2 heures 40 minutes is no time of day."""
    forms = lex.units.get(tokens.low[i + 1], ()) if tokens.near(i) else ()
    return any(form.units == ("min",) for form in forms)


def _sixty(tokens: Tokens, i: int) -> bool:
    return tokens.digits(i) and len(tokens.raw[i]) == 2 and int(tokens.raw[i]) < 60


def _noon(tokens: Tokens, last: int, lex: Lexicon) -> tuple[bool, int] | None:
    """Whether "pm" or the like follows (True), or "am" (False), and its last token."""
    for afternoon, name in ((True, "after_noon"), (False, "before_noon")):
        for words in (phrase(w) for w in lex.listed("dates", name)):
            found = tuple(tokens.low[last + 1 : last + 1 + len(words)])
            if found == words and tokens.near(last):
                return afternoon, last + len(words)
    return None


def half_of_day(tokens: Tokens, hours: Fraction, last: int, lex: Lexicon) -> Clock:
    """The time of day that so many hours are, told apart by a word such as "pm" behind."""
    noon = _noon(tokens, last, lex)
    if noon is None:
        return Clock(_readings(hours), last)
    afternoon, end = noon
    shift = 12 if afternoon and hours < 12 else -12 if not afternoon and hours >= 12 else 0
    return Clock((hours + shift, hours), end)


def _readings(hours: Fraction) -> tuple[Fraction, ...]:
    return (hours, (hours + 12) % 24)


def weekday(lex: Lexicon, raw: str, low: str) -> int | None:
    """The weekday a word names: montags; Montag only with its capital where nouns have one."""
    day = lex.weekdays.get(low)
    if day is None or not lex.dates.get("capital_letters"):
        return day
    return day if raw[:1].isupper() or low.endswith("s") else None


def night(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """1 for Tuesday night, which Wednesday may name; -1 for the night to Wednesday.

    0 for a day without a night, and where both days of the night are named.
    """
    if any(weekday(lex, tokens.raw[k], tokens.low[k]) is not None for k in (i - 2, i + 2)):
        return 0
    for step, name in ((1, "begins"), (-1, "ends")):
        for words in lex.nights.get(name, ()):
            if tuple(tokens.low[max(0, i - len(words)) : i]) == words:
                return step
    behind = lex.nights.get("after", ())
    after = any(tuple(tokens.low[i + 1 : i + 1 + len(words)]) == words for words in behind)
    ends = lex.dates.get("nights", {}).get("compound", ())
    return int(after or tokens.low[i].endswith(tuple(ends)))


def half_hour(tokens: Tokens, i: int, lex: Lexicon) -> Clock | None:
    """halb drei: half an hour before three."""
    if tokens.low[i] not in lex.listed("dates", "half_hour"):
        return None
    j = tokens.after(i)
    word = number_word(lex.code, tokens.low[j])
    if word is None or word.role is not Role.ADD or not 1 <= word.value <= 12 or j != i + 1:
        return None
    named = tokens.near(j) and tokens.low[j + 1] in lex.listed("dates", "clock_words")
    noun = tokens.word(j + 1) and tokens.capital(j + 1) and tokens.near(j) and not named
    if tokens.capital(j) or noun:
        return None
    return Clock(_readings(word.value - Fraction(1, 2)), j + named)


def spelled_day(tokens: Tokens, i: int, lex: Lexicon) -> DateFound | None:
    """ersten Mai, premier mai, vingt et un janvier."""
    number = spelled(tokens, i, lex)
    if number is None or number.value.denominator != 1 or not 1 <= number.value <= 31:
        return None
    return day_then_month(tokens, i, number.last, int(number.value), lex)


def exists(date: Date) -> bool:
    """False for a day its month never has, or has not in that year."""
    if not 1 <= date.month <= 12:
        return False
    year = date.year if date.year and not date.before_christ else 2000
    return 1 <= date.day <= calendar.monthrange(year, date.month)[1] if year < 10000 else True


def true_weekday(date: Date) -> int | None:
    """The weekday of a full date in the Gregorian calendar, 0 for Monday; None if unknown."""
    if date.year is None or date.before_christ or not _GREGORIAN <= date.year < 10000:
        return None
    return datetime.date(date.year, date.month, date.day).weekday() if exists(date) else None
