"""What strokes and colons cut: times of a race (1:12:43,8, 1 h 12'43"8, 12'43"), feet (6'2")."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.quantities.lexicon import Lexicon
from checker.quantities.tokens import APOSTROPHES, GLUED, Tokens

_MINUTE = APOSTROPHES | {"′"}
_SECOND = frozenset('"″”“')
_TENTHS = frozenset(",.")


@dataclass(frozen=True, slots=True)
class Lap:
    """A time in hours and its last token, a unit written behind it included."""

    hours: Fraction
    last: int


@dataclass(frozen=True, slots=True)
class Seconds:
    """Seconds with a fraction, and the last token."""

    seconds: Fraction
    step: Fraction
    last: int


@dataclass(frozen=True, slots=True)
class Height:
    """Feet, as a fraction, and the last token."""

    feet: Fraction
    last: int


def lap(tokens: Tokens, i: int, lex: Lexicon) -> Lap | None:
    """The time of a race that begins at token ``i``; None where there are no seconds."""
    return _by_colons(tokens, i, lex) or _by_strokes(tokens, i, lex)


def height(tokens: Tokens, i: int) -> Height | None:
    """6'2": feet and inches, which no race has: the seconds of one are two digits."""
    foot, inches = tokens.raw[i + 1], tokens.raw[i + 2]
    glued = tokens.gap(i) == GLUED == tokens.gap(i + 1)
    if not foot or foot not in _MINUTE or not glued or not tokens.digits(i + 2):
        return None
    if len(inches) != 1 or len(tokens.raw[i]) != 1 or _second_mark(tokens, i + 2) == i + 2:
        return None
    feet = int(tokens.raw[i]) + Fraction(int(inches), 12)
    return Height(feet, _second_mark(tokens, i + 2))


def sprint(tokens: Tokens, i: int) -> Seconds | None:
    """42"05: seconds and hundredths."""
    mark = _second_mark(tokens, i)
    share = tokens.raw[mark + 1]
    glued = mark > i and tokens.gap(mark) == GLUED and tokens.digits(mark + 1)
    if not glued or len(share) > 2 or not _sixty(tokens, i):
        return None
    step = Fraction(1, 10 ** len(share))
    return Seconds(int(tokens.raw[i]) + _share(share), step, mark + 1)


def _by_colons(tokens: Tokens, i: int, lex: Lexicon) -> Lap | None:
    """Hours, minutes and seconds, or minutes and seconds with a fraction."""
    fields, last = [int(tokens.raw[i][:4])], i
    while len(fields) < 3 and tokens.raw[last + 1] == ":" and _colon(tokens, last):
        if not _sixty(tokens, last + 2):
            break
        fields, last = [*fields, int(tokens.raw[last + 2])], last + 2
    if _glued(tokens, last) and tokens.raw[last + 1] == ":":
        return None
    tenths, end = _tenths(tokens, last)
    if len(fields) < (2 if tenths else 3):
        return None
    hours, minutes, seconds = (0, *fields)[-3:]
    return _made(tokens, hours, minutes, seconds + tenths, end, lex)


def _by_strokes(tokens: Tokens, i: int, lex: Lexicon) -> Lap | None:
    """1 h 12'43"8 and 12'43": the strokes for minutes and seconds."""
    hours, first = _hours(tokens, i, lex)
    minute = tokens.raw[first + 1]
    if not minute or minute not in _MINUTE or not _glued(tokens, first):
        return None
    if not _sixty(tokens, first) or not _sixty(tokens, first + 2):
        return None
    seconds, last = int(tokens.raw[first + 2]), first + 2
    end = _second_mark(tokens, last)
    if end == last and first == i:
        return None
    if tokens.gap(end) == GLUED and tokens.digits(end + 1) and len(tokens.raw[end + 1]) < 4:
        tenths, end = _share(tokens.raw[end + 1]), end + 1
    else:
        tenths, end = _tenths(tokens, end)
    return _made(tokens, hours, int(tokens.raw[first]), seconds + tenths, end, lex)


def _hours(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, int]:
    """The hours before the minutes and the token of the minutes; 0 where none are written."""
    named = tokens.near(i) and tokens.low[i + 1] in lex.listed("dates", "hour_words")
    if named and tokens.near(i + 1) and tokens.digits(i + 2):
        return int(tokens.raw[i][:4]), i + 2
    return 0, i


def _second_mark(tokens: Tokens, last: int) -> int:
    """The last token of the mark for seconds, one or two strokes; ``last`` without one."""
    mark = tokens.raw[last + 1]
    if not mark or tokens.gap(last) != GLUED:
        return last
    if mark in _SECOND:
        return last + 1
    twice = mark in _MINUTE and tokens.gap(last + 1) == GLUED and tokens.raw[last + 2] == mark
    return last + 2 if twice else last


def _tenths(tokens: Tokens, last: int) -> tuple[Fraction, int]:
    mark = tokens.raw[last + 1]
    written = mark in _TENTHS and tokens.gap(last) == GLUED == tokens.gap(last + 1)
    if written and mark and tokens.digits(last + 2) and len(tokens.raw[last + 2]) < 4:
        return _share(tokens.raw[last + 2]), last + 2
    return Fraction(0), last


def _share(digits: str) -> Fraction:
    return Fraction(int(digits), 10 ** len(digits))


def _made(
    tokens: Tokens, hours: int, minutes: int, seconds: Fraction, last: int, lex: Lexicon
) -> Lap:
    forms = lex.units.get(tokens.low[last + 1], ()) if tokens.near(last) else ()
    named = any(len(f.tokens) == 1 and f.units[0] in ("h", "min", "s") for f in forms)
    return Lap(hours + Fraction(minutes, 60) + seconds / 3600, last + named)


def _glued(tokens: Tokens, last: int) -> bool:
    return tokens.gap(last) == GLUED == tokens.gap(last + 1)


def _colon(tokens: Tokens, last: int) -> bool:
    """True for 2:03 and, with the space of French before a colon, 2 :03."""
    return tokens.near(last) and tokens.gap(last + 1) == GLUED


def _sixty(tokens: Tokens, i: int) -> bool:
    return tokens.digits(i) and len(tokens.raw[i]) <= 2 and int(tokens.raw[i]) < 60
