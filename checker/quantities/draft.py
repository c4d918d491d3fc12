"""Puts together a number with its scale, unit, ending, sign and the word it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from checker.model import Span
from checker.quantities.calendar import half_of_day
from checker.quantities.lexicon import Lexicon, fold
from checker.quantities.model import Bound, Kind, Quantity
from checker.quantities.split import rest
from checker.quantities.things import counted
from checker.quantities.tokens import APART, GLUED, HYPHENS, SPACED, Tokens
from checker.quantities.told import minutes_behind
from checker.quantities.units import Unit, per_after, unit_after, unit_before
from checker.quantities.words import Role, Spelled, number_word

_MINUS = frozenset("-−–")
_TRUE_MINUS = "−"
_DASH = ("–", "-")
"""With a space behind it a sign or a dash: both readings hold."""
TIMES = "×"
"""How the language files mark an ending that multiplies."""
_MOST_WITH_ADJECTIVE = 1000
"""More may be a year: 2003 kamen Tonnen von Post."""
_DEGREES = frozenset(["degC", "degF", "deg"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity and the tokens it was made of, its unit included."""

    quantity: Quantity
    first: int
    last: int


@dataclass(slots=True)
class Assembly:
    """A number while what belongs to it is collected."""

    tokens: Tokens
    lex: Lexicon
    first: int
    last: int
    readings: tuple[Fraction, ...]
    step: Fraction = Fraction(1)
    digits: bool = False
    kind: Kind = Kind.CARDINAL
    scale: int = 1
    units: tuple[str, ...] = ()
    unit_span: Span | None = None
    end: int = -1
    begin: int = -1
    firm: bool = True

    @property
    def draft(self) -> Draft:
        """The finished quantity."""
        tokens = self.tokens
        span = Span(tokens.starts[self.first], tokens.ends[self.last])
        begin = self.begin if self.begin >= 0 else self.first
        end = max(self.end, self.last)
        quantity = Quantity(
            span,
            tokens.text[span.start : span.end],
            self.kind,
            self.readings,
            self.units,
            self.unit_span,
            self.scale,
            self.step,
            _bound(tokens, begin, self.lex),
            self.digits,
            self.firm,
            counted=None if self.unit_span else counted(tokens, end, self.lex),
        )
        return Draft(quantity, begin, end)

    def value(self) -> Fraction:
        """The likeliest value so far."""
        return self.readings[0]

    @property
    def unit(self) -> str:
        """The likeliest unit so far."""
        return self.units[0] if self.units else ""

    def times(self, factor: Fraction | int) -> None:
        """Multiply every reading."""
        self.readings = tuple(value * factor for value in self.readings)
        self.step *= factor


def draft_number(
    tokens: Tokens,
    first: int,
    last: int,
    lex: Lexicon,
    readings: tuple[Fraction, ...] = (Fraction(0),),
    step: Fraction = Fraction(1),
    digits: bool = False,
    words: Spelled | None = None,
) -> Assembly:
    """Everything that belongs to the number at tokens ``first`` to ``last``."""
    made = Assembly(tokens, lex, first, last, readings, step, digits)
    if words:
        _from_words(made, words)
    else:
        _endings(made)
    if not made.units and made.kind is not Kind.DECADE:
        _scales(made)
        _slipped_scale(made)
        _half(made)
        _fraction(made, bool(words and words.article))
        _unit(made)
        _half(made)
        _rest(made)
        _time_of_day(made)
        _compounded(made, words)
    _decade(made)
    _sign(made)
    return made


def _from_words(made: Assembly, words: Spelled) -> None:
    made.kind = Kind.ORDINAL if words.ordinal else Kind.CARDINAL
    made.scale = words.scale
    made.step = words.step
    if words.scale > 100 and words.step == 1:
        made.step = Fraction(words.scale)
    _attached(made, words.unit)
    made.firm = not words.article and words.value not in (0, 1)
    bottom = made.lex.denominators.get(fold(made.tokens.low[made.first]))
    if words.ordinal and words.last == made.first and bottom:
        made.readings = (*made.readings, 1 / bottom)
    if words.last == made.first and _doubtful(made):
        made.firm = False


def _doubtful(made: Assembly) -> bool:
    """True for a word that is a number only in company: neuf, acht, sieben."""
    tokens, i, lex = made.tokens, made.first, made.lex
    lower = tokens.raw[i] in lex.listed("numbers", "ambiguous_lower")
    if not lower and tokens.low[i] not in lex.listed("numbers", "ambiguous"):
        return False
    if tokens.low[i - 1] in lex.listed("numbers", "ambiguous_after"):
        return True
    j = tokens.after(i)
    if tokens.raw[j] in lex.listed("numbers", "pronouns"):
        return True
    if unit_after(tokens, i, lex) or number_word(lex.code, tokens.low[j]):
        return False
    if lex.numbers.get("nouns_capital"):
        if tokens.word(j) and tokens.low[j].endswith(("e", "en", "er")) and tokens.near(j):
            j += not tokens.capital(j)
        return not tokens.capital(j) or (tokens.capital(i) and not tokens.opens(i))
    return not tokens.low[j].endswith(lex.listed("numbers", "plural_endings") or ("s",))


def _endings(made: Assembly) -> None:
    """What is glued or hyphened to digits: 12e, 12., 60er, 15-jährige, 3-mal."""
    tokens, lex, j = made.tokens, made.lex, made.last + 1
    glued = tokens.gap(made.last) == GLUED
    if glued and tokens.low[j] in lex.listed("numbers", "decade_suffixes"):
        made.kind, made.last = Kind.DECADE, j
    elif glued and _ordinal_mark(made, j):
        made.kind, made.last = Kind.ORDINAL, j
    k = j + 1 if glued and tokens.raw[j] in HYPHENS else j
    named = k > j and unit_after(tokens, made.last, lex) is not None
    if glued and k != made.last and tokens.gap(k - 1) == GLUED and not named:
        unit = lex.attached.get(fold(tokens.low[k]))
        if unit is not None and tokens.word(k):
            made.last = k
            _attached(made, unit)


def _attached(made: Assembly, unit: str) -> None:
    """The unit an ending names (jährig), or that it makes a multiple (fach, mal)."""
    if unit == TIMES:
        made.kind = Kind.MULTIPLE
    elif unit:
        made.units = (unit,)


def _ordinal_mark(made: Assembly, j: int) -> bool:
    """12e, or 12. Kongress: a dot after one or two digits that a word follows."""
    tokens = made.tokens
    if tokens.low[j] in made.lex.listed("numbers", "ordinal_marks"):
        return True
    if tokens.raw[j] != "." or not made.lex.numbers.get("ordinal_dot"):
        return False
    if tokens.raw[j + 1] == "," and tokens.gap(j) == GLUED:
        return len(tokens.raw[made.last]) < 3
    return tokens.near(j) and tokens.word(j + 1) and len(tokens.raw[made.last]) < 3


def _scales(made: Assembly) -> None:
    """Thousand, million and the like behind the number; twice for "2 mille milliards"."""
    tokens, lex = made.tokens, made.lex
    if made.kind is Kind.ORDINAL:
        return
    _money_scale(made)
    for _ in range(2):
        j = _scale_word(made)
        low = fold(tokens.low[j])
        factor = Fraction(lex.scales.get(low, 0)) or lex.collectives.get(low)
        if not factor or not tokens.raw[j] or _one_of_a_unit(made, low):
            break
        made.times(factor)
        made.scale *= int(factor)
        made.firm = True
        made.last = j
        short = len(low) < 5 and tokens.raw[j + 1] == "." and tokens.gap(j) == GLUED
        if short and tokens.gap(j + 1) != APART:
            made.last = j + 1
    while made.digits and made.scale >= 1000 and _more_digits(made):
        pass


def _scale_word(made: Assembly) -> int:
    """The token where a scale may stand: glued on, behind an adjective or "de"."""
    tokens, lex = made.tokens, made.lex
    j = tokens.after(made.last)
    if tokens.low[j] in lex.listed("numbers", "before_scale"):
        behind = fold(tokens.low[j + 1])
        j = j + 1 if behind in lex.scales or behind in lex.collectives else j
    if tokens.gap(made.last) == GLUED and tokens.word(made.last + 1):
        j = made.last + 1
    of = made.scale >= 10 and tokens.low[j] in lex.listed("numbers", "of")
    return j + 1 if of and fold(tokens.low[j + 1]) in lex.listed("numbers", "of_them") else j


def _one_of_a_unit(made: Assembly, low: str) -> bool:
    """True for un mille, a mile, where "mille" alone is the thousand."""
    articles = made.lex.listed("numbers", "articles")
    alone = made.first == made.last and made.tokens.low[made.first] in articles
    return alone and low in made.lex.listed("numbers", "without_article")


def _slipped_scale(made: Assembly) -> None:
    """7 milles exposants: the scale, though the word as it is spelled is a unit."""
    tokens, lex = made.tokens, made.lex
    j = tokens.after(made.last)
    if tokens.gap(made.last) == GLUED and tokens.word(made.last + 1):
        j = made.last + 1
    factor = lex.numbers.get("slips", {}).get(tokens.low[j])
    if not factor or not tokens.near(j) or not tokens.word(j + 1):
        return
    longer = tokens.low[j + 1] in lex.listed("numbers", "stop")
    unit = unit_after(tokens, j - 1, lex)
    if not longer and (unit is None or unit.last == j):
        made.readings = (*(value * factor for value in made.readings), made.value())
        made.scale, made.last = factor, j


def _more_digits(made: Assembly) -> bool:
    """9 mille 200, 3 millions 600 mille: digits behind the scale go on with the number."""
    tokens, j = made.tokens, made.last + 1
    if tokens.gap(made.last) != SPACED or not tokens.digits(j) or len(tokens.raw[j]) > 3:
        return False
    scales = {**made.lex.numbers.get("slips", {}), **made.lex.scales}
    scale = scales.get(tokens.low[j + 1], 1) if tokens.near(j) else 1
    more = int(tokens.raw[j]) * (scale if scale > 1 else 1)
    grouped = tokens.digits(j + 1) or tokens.raw[j + 1] in (",", ".", "-", "–", "/", "%")
    if (grouped and scale == 1 and tokens.near(j) and tokens.raw[j + 1] not in (",", ".")) or (
        tokens.raw[j + 1] in (",", ".") and tokens.digits(j + 2) and tokens.gap(j + 1) == GLUED
    ):
        return False
    if more >= made.scale or more >= made.step or made.value().denominator != 1:
        return False
    made.readings = (made.value() + more,)
    made.step, made.last = Fraction(scale), j + (scale > 1)
    return scale > 1


def _money_scale(made: Assembly) -> None:
    """$2.5m: a letter that is a scale behind an amount with its currency before."""
    tokens, j = made.tokens, made.last + 1
    factor = made.lex.numbers.get("money_scales", {}).get(tokens.raw[j], 0)
    goes_on = tokens.gap(j) == GLUED and tokens.raw[j + 1][:1].isalnum()
    if factor and tokens.gap(made.last) == GLUED and not goes_on and _prefixed(made):
        made.times(factor)
        made.scale, made.last = factor, j


def _half(made: Assembly) -> None:
    """ "et demi", "et quart" behind the number or its unit add a part of what was named.
    An hour and a quarter may be told the other way round: a quarter past the hour."""
    tokens = made.tokens
    end = max(made.end, made.last)
    for words, share in made.lex.halves.items() if made.kind is Kind.CARDINAL else ():
        found = tuple(tokens.low[end + 1 : end + 1 + len(words)])
        if found == words and tokens.near(end):
            part = made.scale * share
            whole = made.readings if made.unit == "h" and share == Fraction(1, 4) else ()
            made.readings = (*(value + part for value in made.readings), *whole)
            made.step = min(made.step, abs(part))
            made.end = end + len(words)
            made.last = made.last if made.unit_span else made.end
            made.firm = True
            return


def _fraction(made: Assembly, article: bool) -> None:
    """trois quarts, zwei Drittel, eine halbe Million; "un sixième" may be a sixth one."""
    tokens, lex = made.tokens, made.lex
    j = tokens.after(made.last)
    low = fold(tokens.low[j])
    bottom = lex.denominators.get(low)
    if bottom is None or made.kind is not Kind.CARDINAL or made.value() > 99:
        return
    made.kind = Kind.FRACTION
    whole = made.value()
    made.times(1 / bottom)
    if article or whole == 1:
        made.firm = False
        word = number_word(lex.code, low)
        if word and word.role is Role.ORDINAL:
            made.readings = (*made.readings, bottom)
    made.last = j
    before = made.last
    _scales(made)
    if made.last != before:
        made.readings = made.readings[:1]


def _unit(made: Assembly) -> None:
    tokens, lex = made.tokens, made.lex
    end = max(made.end, made.last)
    loose = made.scale >= 10 or made.kind is Kind.FRACTION
    found = unit_after(tokens, end, lex, scaled=loose) or _prefixed(made) or _behind_adjective(made)
    if found is None:
        _times(made)
        return
    if found.scale > 1:
        made.times(found.scale)
        made.scale *= found.scale
    made.units = found.units
    made.unit_span = Span(tokens.starts[found.first], tokens.ends[found.last])
    if found.first > made.last:
        made.end = found.last


def _behind_adjective(made: Assembly) -> Unit | None:
    """The unit in 25 derniers kilomètres, zwei lange Stunden."""
    tokens, lex, end = made.tokens, made.lex, max(made.end, made.last)
    j = end + 1
    if made.kind is not Kind.CARDINAL or made.value() > _MOST_WITH_ADJECTIVE:
        return None
    linked = tokens.gap(end) == tokens.gap(j) == SPACED and tokens.word(j)
    return unit_after(tokens, j, lex) if linked and _adjective(made, j) else None


def _adjective(made: Assembly, j: int) -> bool:
    """True for a listed adjective, or one by its ending where nouns have a capital."""
    lex, low = made.lex, made.tokens.low[j]
    if not lex.numbers.get("nouns_capital"):
        return low in lex.listed("numbers", "before_noun")
    free = low not in lex.listed("numbers", "stop") + lex.listed("numbers", "halts")
    return free and not made.tokens.capital(j) and len(low) > 4 and low.endswith(("e", "en", "er"))


def _rest(made: Assembly) -> None:
    """What stands behind the unit: 1 m 85, three hours less twenty."""
    if made.kind is not Kind.CARDINAL or made.unit_span is None or made.end < 0:
        return
    if made.unit == "h":
        told = minutes_behind(made.tokens, made.end, made.lex)
        if told:
            made.readings = tuple(value + told[0] for value in made.readings)
            made.step, made.end, made.firm = Fraction(1, 60), told[1], True
    elif made.digits and made.scale == 1:
        part, last = rest(made.tokens, made.end, made.unit, made.value(), made.lex)
        if part:
            made.readings = (made.value() + part,)
            made.step, made.last, made.end = Fraction(1, 100), last, last


def _time_of_day(made: Assembly) -> None:
    """à dix-neuf heures; à deux heures de route is none."""
    tokens, lex, end = made.tokens, made.lex, made.end
    announced = tokens.low[made.first - 1] in lex.listed("dates", "at")
    if not announced or made.kind is not Kind.CARDINAL or made.units != ("h",):
        return
    if end < 0 or not 0 <= made.value() <= 24:
        return
    clock = half_of_day(tokens, made.value(), end, lex)
    behind = tokens.low[end + 1] in lex.listed("numbers", "of") and tokens.near(end)
    if clock.last > end or not behind:
        made.kind, made.readings, made.end = Kind.CLOCK, clock.readings, clock.last


def _prefixed(made: Assembly) -> Unit | None:
    found = unit_before(made.tokens, made.first, made.lex) if made.digits else None
    if not found:
        return None
    made.begin = found.first
    rate = per_after(made.tokens, made.last, made.lex)
    if not rate:
        return found
    return replace(found, units=tuple(f"{unit}/{rate.units[0]}" for unit in found.units))


def _compounded(made: Assembly, words: Spelled | None) -> None:
    """A number word that is only part of a noun: mille-feuille, Zwei-Klassen-Medizin."""
    tokens, end = made.tokens, made.last
    hyphen = tokens.gap(end) == GLUED and tokens.raw[end + 1] in HYPHENS
    if words and hyphen and not made.units and tokens.gap(end + 1) == GLUED:
        made.firm = False


def _times(made: Assembly) -> None:
    """trois fois, 3 Mal."""
    tokens, j = made.tokens, made.tokens.after(max(made.end, made.last))
    if tokens.low[j] in made.lex.listed("numbers", "times") and made.kind is Kind.CARDINAL:
        made.kind = Kind.MULTIPLE
    named = tokens.low[j] in made.lex.listed("dates", "clock_words")
    if named and 0 <= made.value() <= 24:
        told = minutes_behind(tokens, j, made.lex) if not made.digits else None
        part, end = told or (Fraction(0), j)
        clock = half_of_day(tokens, made.value() + part, end, made.lex)
        made.kind, made.units, made.end = Kind.CLOCK, ("h",), clock.last
        made.readings = (clock.readings[0], *made.readings[1:], *clock.readings[1:])
        made.unit_span = Span(tokens.starts[j], tokens.ends[clock.last])


def _decade(made: Assembly) -> None:
    """les années 60, die 1960er."""
    tokens, lex = made.tokens, made.lex
    if made.kind is Kind.DECADE and made.value() % 10:
        made.kind = Kind.CARDINAL
    announced = tokens.low[made.first - 1] in lex.listed("numbers", "decade_before")
    if announced and tokens.near(made.first - 1):
        made.kind = Kind.DECADE
    if made.kind is Kind.DECADE and len(made.readings) == 1:
        value = made.value()
        more = (value + 1900, value + 1800) if value < 100 else (value % 100,)
        made.readings = (value, *more)
        made.step = Fraction(10)


def _sign(made: Assembly) -> None:
    """A minus sign glued to the number, or the word for it beside a number with a unit."""
    tokens, i = made.tokens, made.begin if made.begin >= 0 else made.first
    dash = tokens.raw[i - 1] in _DASH and made.unit in _DEGREES and not tokens.digits(i - 2)
    if dash and tokens.gap(i - 1) == SPACED and made.digits:
        made.readings = (*made.readings, *(-value for value in made.readings))
        return
    near = tokens.gap(i - 1) == GLUED or (tokens.raw[i - 1] == _TRUE_MINUS and tokens.near(i - 1))
    glued = tokens.raw[i - 1] in _MINUS and tokens.raw[i - 1] and near
    free = glued and tokens.gap(i - 2) != GLUED
    word = tokens.low[i - 1] in made.lex.listed("numbers", "negative") and tokens.near(i - 1)
    always = tokens.low[i - 1] in made.lex.listed("numbers", "negative_always")
    always = always and made.digits and not tokens.digits(i - 2)
    word = word and (made.unit in ("pct", "degC", "degF", "deg", "K", "pml") or always)
    if (free and made.digits) or word:
        made.begin = i - 1
        made.first = i - 1 if made.begin == made.first - 1 else made.first
        made.readings = tuple(-value for value in made.readings) + made.readings[:1]
    elif made.unit in _DEGREES and made.value() > 0 and _below_zero(made):
        made.readings = tuple(-value for value in made.readings) + made.readings[:1]


def _below_zero(made: Assembly) -> bool:
    """True before "unter null", "sous zéro"; the words stay free, they name no number."""
    tokens, end = made.tokens, max(made.end, made.last)
    return tokens.near(end) and any(
        tuple(tokens.low[end + 1 : end + 1 + len(words)]) == words for words in made.lex.below_zero
    )


def _bound(tokens: Tokens, i: int, lex: Lexicon) -> Bound:
    """What the words before token ``i`` say of the number's exactness."""
    for length in (3, 2, 1):
        words = tuple(tokens.low[max(0, i - length) : i])
        if len(words) == length and words in lex.bounds:
            return lex.bounds[words]
    return Bound.EXACT
