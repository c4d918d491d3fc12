"""Walks the tokens of a text once and recognises every quantity on the way.

Each step consumes what it has looked at or looks ahead over a few tokens only, so the
work grows with the length of the text whatever is in it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

from checker.model import Span
from checker.quantities import calendar, identifiers, laps
from checker.quantities.draft import Draft, draft_number
from checker.quantities.lexicon import Lexicon, fold, lexicon
from checker.quantities.model import Kind, Quantity, Recognised
from checker.quantities.numerals import numeral, vulgar
from checker.quantities.settle import settle
from checker.quantities.tokens import DASHES, GLUED, SPACED, Tokens, tokenize
from checker.quantities.units import unit_before
from checker.quantities.words import Role, number_word, spelled

_ROMAN = re.compile(r"(?=[IVX]|L[IVX])(L?X{0,3}|XL)(IX|IV|V?I{0,3})(e|er|ère|ème|ᵉ|es)?")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_ADDRESSES = frozenset(["http", "https", "www", "ftp"])
_LONGEST_SCORE = 3


def recognise(text: str, language: str) -> Recognised:
    """Every quantity and date of ``text``, in reading order, with spans into ``text``.

    ``language`` is a code such as "fr" or "de-CH". Raises LanguageError when it has no file.
    """
    scan = _Scan(tokenize(text), lexicon(language))
    i = 0
    while i < scan.tokens.count:
        i = scan.step(i)
    return settle(scan.tokens, scan.lex, scan.found, scan.dates)


@lru_cache(maxsize=1 << 13)
def _speaks(code: str, raw: str) -> bool:
    """True when a word may begin a quantity, so that it is worth more than one look-up."""
    if len(raw) > 60:
        return False
    lex, low = lexicon(code), raw.lower()
    return bool(
        number_word(code, low)
        or low in lex.listed("numbers", "articles")
        or low in lex.months
        or low in lex.short_months
        or calendar.weekday(lex, raw, low) is not None
        or low in lex.listed("dates", "half_hour")
        or fold(low) in lex.denominators
        or low in lex.listed("numbers", "decade_words")
        or low in lex.centuries
        or lex.hints.find(raw, fold(low))
        or _ROMAN.fullmatch(raw)
        or vulgar(raw)
        or low in _ADDRESSES
        or any(low == first for first, *_ in lex.phrases)
        or _month_inside(lex, raw, low)
    )


def _month_inside(lex: Lexicon, raw: str, low: str) -> int:
    """The month a compound begins with: Oktoberanfang. 0 for none; short names are no help."""
    if not lex.dates.get("month_compounds") or not raw[:1].isupper():
        return 0
    names = lex.listed("dates", "months")
    return next((n for n, m in enumerate(names, 1) if len(m) > 4 and low.startswith(m)), 0)


class _Scan:
    """The walk over the tokens of one text."""

    def __init__(self, tokens: Tokens, lex: Lexicon) -> None:
        self.tokens = tokens
        self.lex = lex
        self.found: list[Draft] = []
        self.dates: list[calendar.DateFound] = []

    def step(self, i: int) -> int:
        """Recognise what begins at token ``i``; the token to go on with."""
        raw = self.tokens.raw[i]
        if raw[0].isalpha() or (raw[0].isnumeric() and not raw[0].isdecimal()):
            return self._at_word(i) if _speaks(self.lex.code, raw) else i + 1
        return self._at_digits(i) if raw[0].isdecimal() else i + 1

    def _at_digits(self, i: int) -> int:
        for attempt in (
            self._address,
            self._numeric_date,
            self._telephone,
            self._named,
            self._day,
            self._lap,
            self._clock,
            self._pair,
        ):
            after = attempt(i)
            if after:
                return after
        return self._numeral(i)

    def _at_word(self, i: int) -> int:
        for attempt in (
            self._web_address,
            self._weekday_word,
            self._month_word,
            self._half_hour,
            self._spelled_day,
            self._roman,
            self._named_century,
            self._spelled,
            self._decade_word,
        ):
            after = attempt(i)
            if after:
                return after
        return self._hint(i)

    def _put(self, first: int, last: int, kind: Kind, *values: Fraction | int, **more: Any) -> int:
        """Note a quantity without a unit; the token behind it."""
        span = Span(self.tokens.starts[first], self.tokens.ends[last])
        quantity = Quantity(
            span,
            self.tokens.text[span.start : span.end],
            kind,
            tuple(Fraction(v) for v in values),
            **more,
        )
        self.found.append(Draft(quantity, first, last))
        return last + 1

    def _keep(self, draft: Draft) -> int:
        """Note a finished number; the token behind it."""
        self.found.append(draft)
        return draft.last + 1

    def _address(self, i: int) -> int:
        """Digits inside a mail or web address say nothing."""
        inside = self.tokens.raw[i - 1] in ("@", "_", "=") and self.tokens.gap(i - 1) == GLUED
        return self._over(i) if inside else 0

    def _web_address(self, i: int) -> int:
        return self._over(i) if self.tokens.low[i] in _ADDRESSES else 0

    def _over(self, i: int) -> int:
        while self.tokens.gap(i) == GLUED:
            i += 1
        return i + 1

    def _named(self, i: int) -> int:
        """Digits that are part of a name, or that a label announces."""
        tokens = self.tokens
        first = identifiers.before(tokens, i, self.lex)
        if first < i:
            if unit_before(tokens, i, self.lex) or self._scale_word(first):
                return 0
            found = identifiers.chain(tokens, first, i)
            digits = Fraction(int(tokens.raw[i][:20]))
            return self._put(
                found.first,
                found.last,
                Kind.IDENTIFIER,
                digits,
                digits + 2000,
                firm=False,
                digits=True,
                key=found.key,
            )
        if identifiers.goes_on(tokens, i) and not draft_number(tokens, i, i, self.lex).unit_span:
            found = identifiers.chain(tokens, i, i)
            return self._put(found.first, found.last, Kind.IDENTIFIER, digits=True, key=found.key)
        if identifiers.label(tokens, i, self.lex) and len(tokens.raw[i]) < 12:
            found = identifiers.chain(tokens, i, i)
            value = Fraction(int(tokens.raw[i]))
            values = (value,) if found.key == tokens.raw[i] else ()
            return self._put(
                found.first, found.last, Kind.IDENTIFIER, *values, digits=True, key=found.key
            )
        return 0

    def _scale_word(self, i: int) -> bool:
        word = number_word(self.lex.code, self.tokens.low[i])
        return word is not None and word.role is Role.SCALE

    def _numeric_date(self, i: int) -> int:
        found = calendar.numeric_date(self.tokens, i, self.lex)
        return self._date(found) if found else 0

    def _day(self, i: int) -> int:
        if len(self.tokens.raw[i]) > 2:
            return 0
        day = int(self.tokens.raw[i])
        found = calendar.day_then_month(self.tokens, i, i, day, self.lex)
        return self._date(found) if found else 0

    def _spelled_day(self, i: int) -> int:
        found = calendar.spelled_day(self.tokens, i, self.lex)
        return self._date(found) if found else 0

    def _date(self, found: calendar.DateFound) -> int:
        """Note the parts of a date; the token behind it."""
        first = min(part.first for part in found.parts)
        last = max(part.last for part in found.parts)
        group = Span(self.tokens.starts[first], self.tokens.ends[last])
        parts = ((found.day, Kind.DAY), (found.month, Kind.MONTH), (found.year, Kind.YEAR))
        for part, kind in sorted(((p, k) for p, k in parts if p), key=lambda pair: pair[0].first):
            digits = self.tokens.raw[part.last][:1].isdecimal()
            self._put(part.first, part.last, kind, *part.values, digits=digits, group=group)
        if found.day and found.month:
            self.dates.append(found)
        return last + 1

    def _telephone(self, i: int) -> int:
        found = identifiers.telephone(self.tokens, i)
        if not found:
            return 0
        return self._put(found.first, found.last, Kind.IDENTIFIER, digits=True, key=found.key)

    def _clock(self, i: int) -> int:
        found = calendar.clock(self.tokens, i, self.lex)
        if not found:
            return 0
        return self._put(i, found.last, Kind.CLOCK, *found.readings, units=("h",), digits=True)

    def _half_hour(self, i: int) -> int:
        found = calendar.half_hour(self.tokens, i, self.lex)
        if not found:
            return 0
        return self._put(i, found.last, Kind.CLOCK, *found.readings, units=("h",))

    def _pair(self, i: int) -> int:
        """A score 3:1 or 3-1, a fraction 1/3."""
        tokens = self.tokens
        mark = tokens.raw[i + 1]
        if tokens.gap(i) != GLUED or tokens.gap(i + 1) != GLUED or not tokens.digits(i + 2):
            return 0
        one, two = tokens.raw[i], tokens.raw[i + 2]
        longer = tokens.gap(i + 2) == GLUED and tokens.raw[i + 3] in ("/", ":", "-", ",", ".")
        longer = longer and tokens.gap(i + 3) == GLUED and tokens.digits(i + 4)
        if longer or max(len(one), len(two)) > _LONGEST_SCORE:
            return 0
        a, b = Fraction(int(one)), Fraction(int(two))
        if mark == "/" and 0 < a < b <= 100:
            return self._put(i, i + 2, Kind.FRACTION, a / b, digits=True, firm=b < 10)
        if mark in DASHES and a > b and len(one) == _LONGEST_SCORE:
            found = identifiers.chain(tokens, i, i)
            return self._put(i, found.last, Kind.IDENTIFIER, digits=True, key=found.key)
        if mark == ":" or (mark in DASHES and self._is_score(i, a, b)):
            return self._put(i, i + 2, Kind.SCORE, digits=True, parts=(a, b))
        return 0

    def _lap(self, i: int) -> int:
        """1:12:43,8 and 1 h 12'43"8: hours, minutes, seconds of a race."""
        found = laps.lap(self.tokens, i, self.lex)
        if not found:
            return 0
        return self._put(i, found.last, Kind.CLOCK, found.hours, units=("h",), digits=True)

    def _is_score(self, i: int, a: Fraction, b: Fraction) -> bool:
        """3-1 is a score; 10-20 with a unit or 10-15 alone is a range."""
        rest = draft_number(self.tokens, i + 2, i + 2, self.lex)
        hyphen = self.tokens.gap(i + 2) == GLUED and self.tokens.raw[i + 3] in DASHES
        return not rest.unit_span and rest.scale == 1 and not hyphen and (a >= b or b < 8)

    def _numeral(self, i: int) -> int:
        """A plain number in digits with all that belongs to it."""
        found = numeral(self.tokens, i, self.lex)
        if found is None:
            return self._put(i, i, Kind.IDENTIFIER, digits=True, key=self.tokens.raw[i], firm=False)
        quantity = draft_number(
            self.tokens,
            i,
            found.last,
            self.lex,
            readings=found.readings,
            step=found.step,
            digits=True,
        )
        return self._keep(quantity.draft)

    def _weekday_word(self, i: int) -> int:
        day = calendar.weekday(self.lex, self.tokens.raw[i], self.tokens.low[i])
        if day is None:
            return 0
        other = calendar.night(self.tokens, i, self.lex)
        return self._put(i, i, Kind.WEEKDAY, *{day: 0, (day + other) % 7: 0})

    def _named_century(self, i: int) -> int:
        """il Seicento: the century, which differs from the number by its capital."""
        century = self.lex.centuries.get(self.tokens.low[i])
        if century is None or not self.tokens.capital(i) or self.tokens.opens(i):
            return 0
        return self._put(i, i, Kind.ORDINAL, century, units=("cty",))

    def _month_word(self, i: int) -> int:
        found = calendar.month_then(self.tokens, i, self.lex)
        if found:
            return self._date(found)
        raw, low = self.tokens.raw[i], self.tokens.low[i]
        doubtful = self.lex.months.get(low) or _month_inside(self.lex, raw, low)
        right_case = raw[:1].isupper() or not self.lex.dates.get("capital_letters")
        if doubtful and right_case and number_word(self.lex.code, low) is None:
            return self._put(i, i, Kind.MONTH, doubtful, firm=False)
        return 0

    def _roman(self, i: int) -> int:
        """XIXe siècle, Louis XIV, V. Republik."""
        tokens = self.tokens
        match = _ROMAN.fullmatch(tokens.raw[i])
        if not match:
            return 0
        value = _roman_value(match[1] + match[2])
        dotted = tokens.raw[i + 1] == "." and tokens.gap(i) == GLUED
        last = i + dotted
        before = i - 1 if tokens.near(i - 1) else tokens.count
        century = self._century(last + 1 if tokens.near(last) else tokens.count)
        century = century or self._century(before)
        long = len(match[1] + match[2]) > 1
        if not (long or match[3] or dotted or century):
            return 0
        named = long and tokens.capital(i - 1) and tokens.gap(i - 1) == SPACED and not dotted
        unit = ("cty",) if century else ()
        return self._put(i, last, Kind.ORDINAL, value, units=unit, firm=century or named)

    def _century(self, j: int) -> bool:
        """True when token ``j`` is the word for century."""
        forms = self.lex.units.get(self.tokens.low[j], ())
        return any(form.units == ("cty",) for form in forms)

    def _spelled(self, i: int) -> int:
        found = spelled(self.tokens, i, self.lex)
        if found is None:
            return self._sign(i)
        made = draft_number(
            self.tokens,
            i,
            found.last,
            self.lex,
            readings=(found.value,),
            words=found,
        )
        return self._keep(made.draft)

    def _sign(self, i: int) -> int:
        """A fraction sign alone, ½."""
        value = vulgar(self.tokens.raw[i])
        if value is None:
            return 0
        made = draft_number(self.tokens, i, i, self.lex, readings=(value,), digits=True)
        return self._keep(made.draft)

    def _decade_word(self, i: int) -> int:
        """die Sechziger, Sechzigerjahre."""
        words = self.lex.listed("numbers", "decade_words")
        low = fold(self.tokens.low[i])
        stem = next((w for w in words if low.startswith(w)), "")
        if not stem or (not self.tokens.capital(i) and len(low) < len(stem) + 4):
            return 0
        value = number_word(self.lex.code, stem.removesuffix("er"))
        number = value.value if value else Fraction(0)
        return self._put(i, i, Kind.DECADE, number, number + 1900, number + 1800)

    def _hint(self, i: int) -> int:
        """A word that stands for a number (Dutzend, moitié), or a scale alone (Millionen)."""
        tokens, low = self.tokens, fold(self.tokens.low[i])
        scale = self.lex.scales.get(low, 0)
        if scale >= 1_000_000 and len(low) > 4:
            return self._put(i, i, Kind.SCALE, scale, scale=scale, firm=False)
        values = self.lex.hints.find(tokens.raw[i], low)
        if not values:
            return i + 1
        return self._put(i, i, Kind.CARDINAL, *values, firm=False)


def _roman_value(letters: str) -> int:
    values = [_ROMAN_DIGITS[c] for c in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-v if v < following else v for v, following in pairs)
