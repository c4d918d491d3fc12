"""Places on the globe, one value in degrees: 46° 57′ N, 7°26'52'' E."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.quantities.tokens import APOSTROPHES, GLUED, Tokens

_MOST_DEGREES = 180
_SIXTIETH = 60
_UNWRITTEN = 100
"""Minutes of two digits, also those that are a slip."""
_MINUTE = APOSTROPHES | {"′"}
_MARKS = (frozenset("°º"), _MINUTE, frozenset('"″”“'))


@dataclass(frozen=True, slots=True)
class Position:
    """A latitude or longitude: degrees, the precision stated, the last token."""

    degrees: Fraction
    step: Fraction
    last: int


def position(tokens: Tokens, i: int) -> Position | None:
    """Degrees with minutes, and seconds where there are some, that begin at token ``i``."""
    total, step, j = Fraction(0), Fraction(_SIXTIETH), i
    for level in range(len(_MARKS)):
        end = _marked(tokens, j, level)
        if end < 0 or (level and not tokens.near(j - 1)):
            break
        step /= _SIXTIETH
        total += int(tokens.raw[j]) * step
        j = end + 1
    return Position(total, step, j - 1) if step < 1 else None


def _marked(tokens: Tokens, j: int, level: int) -> int:
    """The last token of the mark behind the number at ``j``; -1 where there is none."""
    limit = _UNWRITTEN if level else _MOST_DEGREES + 1
    if not tokens.digits(j) or len(tokens.raw[j]) > 3 or int(tokens.raw[j]) >= limit:
        return -1
    mark, following = tokens.raw[j + 1 : j + 3]
    if not mark or tokens.gap(j) != GLUED:
        return -1
    if level == 2 and mark in _MINUTE and following == mark and tokens.gap(j + 1) == GLUED:
        return j + 2
    return j + 1 if mark in _MARKS[level] else -1
