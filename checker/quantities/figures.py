"""Two numbers in digits that a sign makes one figure: scores, ratios, fractions, seasons."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.quantities import identifiers
from checker.quantities.draft import draft_number
from checker.quantities.lexicon import Lexicon
from checker.quantities.model import Kind
from checker.quantities.numerals import numeral
from checker.quantities.tokens import DASHES, GLUED, Tokens

_LONGEST_SCORE = 3
_CLOSE_SCORE = Fraction(8, 5)
_NO_MONTH = 12
_BY = frozenset("x×")
_RATIO = frozenset(":/")
_SMALLEST_SCALE = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its last token: ``parts`` of a score or ratio, ``key`` of a name."""

    last: int
    kind: Kind
    readings: tuple[Fraction, ...] = ()
    parts: tuple[Fraction, ...] = ()
    key: str = ""
    firm: bool = True


def figure(tokens: Tokens, i: int, lex: Lexicon) -> Figure | None:
    """A score 3:1 or 3-1, a fraction 1/3, a name such as 4x4 or 747-400."""
    mark = tokens.raw[i + 1]
    if tokens.gap(i) != GLUED or tokens.gap(i + 1) != GLUED or not tokens.digits(i + 2):
        return None
    one, two = tokens.raw[i], tokens.raw[i + 2]
    if mark in _BY:
        named = one == two and len(one) == 1 and not unit_follows(tokens, i + 2, lex)
        return Figure(i + 2, Kind.IDENTIFIER, key=one + "X" + two, firm=False) if named else None
    if _longer(tokens, i) or max(len(one), len(two)) > _LONGEST_SCORE:
        return None
    a, b = Fraction(int(one)), Fraction(int(two))
    if mark == "/" and 0 < a < b <= 100:
        sure = b < 10 or (b > _NO_MONTH and not lex.dates.get("month_first"))
        return Figure(i + 2, Kind.FRACTION, (a / b,), firm=sure)
    if mark in DASHES and a > b * _CLOSE_SCORE and len(one) == _LONGEST_SCORE:
        found = identifiers.chain(tokens, i, i)
        return Figure(found.last, Kind.IDENTIFIER, key=found.key)
    if mark == ":" or (mark in DASHES and _is_score(tokens, i, a, b, lex)):
        return Figure(i + 2, Kind.SCORE, parts=(a, b))
    return None


def unit_follows(tokens: Tokens, last: int, lex: Lexicon) -> bool:
    """True when the number at token ``last`` has a unit."""
    return draft_number(tokens, last, last, lex).unit_span is not None


def _longer(tokens: Tokens, i: int) -> bool:
    more = tokens.gap(i + 2) == GLUED and tokens.raw[i + 3] in ("/", ":", "-", ",", ".")
    return more and tokens.gap(i + 3) == GLUED and tokens.digits(i + 4)


def ratio(tokens: Tokens, i: int, lex: Lexicon) -> Figure | None:
    """1:25 000 and 1/25 000, the scale of a map, or what a word such as Verhältnis announces."""
    mark = tokens.raw[i + 1]
    glued = mark in _RATIO and tokens.gap(i) == GLUED == tokens.gap(i + 1)
    if not glued or not tokens.digits(i + 2) or len(tokens.raw[i]) > _LONGEST_SCORE:
        return None
    found = numeral(tokens, i + 2, lex)
    if found is None or (mark == "/" and not _of_a_map(tokens.raw[i], found.readings[0])):
        return None
    grouped = found.last > i + 2 and found.step == 1
    announced = tokens.low[i - 1] in lex.listed("numbers", "ratio_before")
    if not (grouped or announced):
        return None
    return Figure(found.last, Kind.SCORE, parts=(Fraction(int(tokens.raw[i])), found.readings[0]))


def _of_a_map(one: str, other: Fraction) -> bool:
    return one == "1" and other >= _SMALLEST_SCALE


def _is_score(tokens: Tokens, i: int, a: Fraction, b: Fraction, lex: Lexicon) -> bool:
    """3-1 is a score; 10-20 with a unit or 10-15 alone is a range."""
    rest = draft_number(tokens, i + 2, i + 2, lex)
    hyphen = tokens.gap(i + 2) == GLUED and tokens.raw[i + 3] in DASHES
    return not rest.unit_span and rest.scale == 1 and not hyphen and (a >= b or b < 8)


def season(tokens: Tokens, i: int) -> int:
    """The second year of 2017/18; 0 where none is written."""
    first, mark, second = tokens.raw[i], tokens.raw[i + 1], tokens.raw[i + 2]
    glued = tokens.gap(i) == GLUED == tokens.gap(i + 1)
    if not glued or mark not in ("/", "-", "–") or len(first) != 4 or len(second) != 2:
        return 0
    if not tokens.digits(i + 2) or int(second) != (int(first) + 1) % 100:
        return 0
    beyond = tokens.gap(i + 2) == GLUED and tokens.raw[i + 3] in ("/", "-", "–")
    return 0 if beyond else int(first) + 1
