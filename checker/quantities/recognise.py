"""Walks the tokens of a text once and recognises every quantity on the way.

Each step consumes what it has looked at or looks ahead over a few tokens only, so the
work grows with the length of the text whatever is in it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from checker.model import Span
from checker.quantities import calendar, coordinates, figures, identifiers, laps, roman, told
from checker.quantities.draft import Draft, draft_number
from checker.quantities.lexicon import Lexicon, fold, lexicon
from checker.quantities.model import Kind, Quantity, Recognised
from checker.quantities.numerals import numeral, vulgar
from checker.quantities.openers import ADDRESSES, may_begin
from checker.quantities.settle import settle
from checker.quantities.tokens import GLUED, Tokens, tokenize
from checker.quantities.units import unit_before
from checker.quantities.words import Role, number_word, spelled


def recognise(text: str, language: str) -> Recognised:
    """Every quantity and date of ``text``, in reading order, with spans into ``text``.

    ``language`` is a code such as "fr" or "de-CH". Raises LanguageError when it has no file.
    """
    scan = _Scan(tokenize(text), lexicon(language))
    i = 0
    while i < scan.tokens.count:
        i = scan.step(i)
    return settle(scan.tokens, scan.lex, scan.found, scan.dates)


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
            return self._at_word(i) if may_begin(self.lex.code, raw) else i + 1
        return self._at_digits(i) if raw[0].isdecimal() else i + 1

    def _at_digits(self, i: int) -> int:
        for attempt in (
            self._address,
            self._numeric_date,
            self._telephone,
            self._named,
            self._day,
            self._position,
            self._lap,
            self._ratio,
            self._clock,
            self._season,
            self._figure,
        ):
            after = attempt(i)
            if after:
                return after
        return self._numeral(i)

    def _at_word(self, i: int) -> int:
        for attempt in (
            self._web_address,
            self._saying,
            self._turn,
            self._told,
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
        return self._over(i) if self.tokens.low[i] in ADDRESSES else 0

    def _over(self, i: int) -> int:
        while self.tokens.gap(i) == GLUED:
            i += 1
        return i + 1

    def _named(self, i: int) -> int:
        """Digits that are part of a name, or that a label announces."""
        tokens = self.tokens
        account = identifiers.account(tokens, i) or identifiers.dotted(tokens, i)
        if account:
            return self._put(
                account.first, account.last, Kind.IDENTIFIER, digits=True, key=account.key
            )
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
        if identifiers.goes_on(tokens, i) and self._is_name(i):
            found = identifiers.chain(tokens, i, i)
            return self._put(found.first, found.last, Kind.IDENTIFIER, digits=True, key=found.key)
        if identifiers.label(tokens, i, self.lex) and len(tokens.raw[i]) < 12:
            found = identifiers.chain(tokens, i, i)
            value = Fraction(int(tokens.raw[i]))
            values = (value,) if found.key == tokens.raw[i] else ()
            firm = tokens.low[i - 1] not in self.lex.listed("numbers", "names_before")
            return self._put(
                found.first,
                found.last,
                Kind.IDENTIFIER,
                *values,
                digits=True,
                key=found.key,
                firm=firm,
            )
        return 0

    def _is_name(self, i: int) -> bool:
        """True for digits whose letters are no unit: 124-QD/TW, and 15-CT/TU, no 15 cents."""
        measured = draft_number(self.tokens, i, i, self.lex).unit_span
        name = identifiers.chain(self.tokens, i, i)
        return not measured or identifiers.cut(self.tokens, name)

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

    def _saying(self, i: int) -> int:
        """A phrase whose number means none: faire les cent pas, Mardi gras."""
        for words in self.lex.sayings.get(self.tokens.low[i], ()):
            if tuple(self.tokens.low[i : i + len(words)]) == words:
                return i + len(words)
        return 0

    def _turn(self, i: int) -> int:
        """A phrase that stands for a number without naming it: rund um die Uhr."""
        for words, value in self.lex.turns.get(self.tokens.low[i], ()):
            if tuple(self.tokens.low[i : i + len(words)]) == words:
                return self._put(i, i + len(words) - 1, Kind.CARDINAL, value, firm=False)
        return 0

    def _told(self, i: int) -> int:
        found = told.told(self.tokens, i, self.lex)
        if not found:
            return 0
        return self._put(i, found.last, Kind.CLOCK, *found.readings, units=("h",))

    def _half_hour(self, i: int) -> int:
        found = calendar.half_hour(self.tokens, i, self.lex)
        if not found:
            return 0
        return self._put(i, found.last, Kind.CLOCK, *found.readings, units=("h",))

    def _ratio(self, i: int) -> int:
        return self._two(i, figures.ratio(self.tokens, i, self.lex))

    def _figure(self, i: int) -> int:
        return self._two(i, figures.figure(self.tokens, i, self.lex))

    def _two(self, i: int, found: figures.Figure | None) -> int:
        """Note two numbers that a sign makes one: 3:1, 1:25 000, 1/3, 4x4."""
        if not found:
            return 0
        return self._put(
            i,
            found.last,
            found.kind,
            *found.readings,
            digits=True,
            parts=found.parts,
            key=found.key,
            firm=found.firm,
        )

    def _season(self, i: int) -> int:
        """2017/18: two years."""
        year = figures.season(self.tokens, i)
        if not year:
            return 0
        self._put(i, i, Kind.CARDINAL, year - 1, digits=True)
        return self._put(i + 2, i + 2, Kind.CARDINAL, year, digits=True)

    def _lap(self, i: int) -> int:
        """1:12:43,8 and 1 h 12'43"8: hours, minutes, seconds of a race."""
        tall = laps.height(self.tokens, i)
        if tall:
            return self._put(i, tall.last, Kind.CARDINAL, tall.feet, units=("ft",), digits=True)
        run = laps.sprint(self.tokens, i)
        if run:
            more = {"units": ("s",), "step": run.step, "digits": True}
            return self._put(i, run.last, Kind.CARDINAL, run.seconds, **more)
        found = laps.lap(self.tokens, i, self.lex)
        if not found:
            return 0
        return self._put(i, found.last, Kind.CLOCK, found.hours, units=("h",), digits=True)

    def _position(self, i: int) -> int:
        found = coordinates.position(self.tokens, i)
        if not found:
            return 0
        units = ("angle",)
        return self._put(
            i, found.last, Kind.CARDINAL, found.degrees, units=units, step=found.step, digits=True
        )

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
        doubtful = self.lex.months.get(low) or calendar.month_inside(self.lex, raw, low)
        right_case = raw[:1].isupper() or not self.lex.dates.get("capital_letters")
        if doubtful and right_case and number_word(self.lex.code, low) is None:
            return self._put(i, i, Kind.MONTH, doubtful, firm=False)
        return 0

    def _roman(self, i: int) -> int:
        found = roman.roman(self.tokens, i, self.lex)
        if not found:
            return 0
        unit = ("cty",) if found.century else ()
        return self._put(i, found.last, Kind.ORDINAL, found.value, units=unit, firm=found.firm)

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
        years = self.tokens.near(i) and self.lex.units.get(self.tokens.low[i + 1])
        named = self.tokens.capital(i) or len(low) >= len(stem) + 4
        if not stem or not (named or years):
            return 0
        plain = f"{stem.removesuffix('ies')}y" if stem.endswith("ies") else stem.removesuffix("er")
        value = number_word(self.lex.code, plain)
        number = value.value if value else Fraction(0)
        values = number, number + 1900, number + 1800
        return self._put(i, i, Kind.DECADE, *values, firm=named)

    def _hint(self, i: int) -> int:
        """A word that stands for a number (Dutzend, moitié), or a scale alone (Millionen)."""
        tokens, low = self.tokens, fold(self.tokens.low[i])
        scale = self.lex.scales.get(low, 0)
        if scale >= 1_000_000 and len(low) > 4:
            return self._put(i, i, Kind.SCALE, scale, scale=scale, firm=False)
        part = self._part_of_scale(i)
        if part:
            return part
        times = self.lex.multiples.find(tokens.raw[i], low)
        values = times or self.lex.hints.find(tokens.raw[i], low)
        if not values:
            return i + 1
        noon = low in self.lex.dates.get("noons", {})
        kind = Kind.MULTIPLE if times else Kind.CLOCK if noon else Kind.CARDINAL
        return self._put(i, i, kind, *values, firm=False)

    def _part_of_scale(self, i: int) -> int:
        """half a million, mezzo milione: a share of the scale word that follows."""
        tokens, lex = self.tokens, self.lex
        share = Fraction(lex.numbers.get("shares", {}).get(tokens.low[i], 0))
        j = tokens.after(i) if share else tokens.count
        j = tokens.after(j) if tokens.low[j] in lex.listed("numbers", "articles") else j
        if not self._scale_word(j):
            return 0
        made = draft_number(tokens, i, j - 1, lex, readings=(share,))
        return self._keep(made.draft)
