"""Numbers written in digits, with the separators of every convention."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from checker.quantities.lexicon import Lexicon
from checker.quantities.tokens import APOSTROPHES, GLUED, SPACED, Tokens

MOST_DIGITS = 24
"""Longer runs of digits are identifiers, whose value nobody means."""


_MOST_GROUPS = 6
_COOKED = frozenset("23458")
_FEW = 20
"""Whole numbers before a fraction (1 1/2) are small; 220 2/3 are two figures."""
"""A longer row of groups of three digits is a row of numbers, not one."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """Digits as written: possible values, likeliest first, last token, precision."""

    readings: tuple[Fraction, ...]
    last: int
    step: Fraction = Fraction(1)
    plain: bool = False


def numeral(tokens: Tokens, i: int, lex: Lexicon) -> Numeral | None:
    """The number in digits at token ``i``; None for a run too long to be a number."""
    groups, sign, last = _groups(tokens, i)
    digits = "".join(groups)
    if len(digits) > MOST_DIGITS:
        return None
    decimals, end = _decimals(tokens, last, sign if len(groups) > 1 else "")
    if decimals:
        if len(digits) + len(decimals) > MOST_DIGITS:
            return None
        step = Fraction(1, 10 ** len(decimals))
        value = Fraction(int(digits + decimals)) * step
        return Numeral((value, *_as_time(digits, decimals)), end, step)
    if len(groups) == 1:
        return _with_vulgar(tokens, last, Fraction(int(digits)))
    return Numeral(_readings(groups, sign, lex), last)


def _readings(groups: list[str], sign: str, lex: Lexicon) -> tuple[Fraction, ...]:
    """12.345 may be twelve thousand or twelve and a bit: the language says which is likelier."""
    grouped = Fraction(int("".join(groups)))
    if len(groups) > 2 or sign not in (".", ","):
        return (grouped,)
    decimal = Fraction(int("".join(groups)), 1000)
    if groups[0] == "0":
        return (decimal,)
    comma_groups = lex.numbers.get("comma") == "group"
    if (sign == ",") == comma_groups:
        return (grouped, decimal) if sign == "." else (grouped,)
    return (decimal, grouped)


def _groups(tokens: Tokens, i: int) -> tuple[list[str], str, int]:
    """Groups of three digits that belong together, their separator, the last token."""
    groups, sign, last = [tokens.raw[i]], "", i
    if len(groups[0]) > 3:
        return groups, sign, last
    while True:
        found, j = _separator(tokens, last)
        if not found or len(tokens.raw[j]) != 3 or (sign and found != sign):
            return groups, sign, last
        if found == " " and groups[0].startswith("0"):
            return groups, sign, last
        if len(groups) == 1 and found in ".," and _again(tokens, j, found):
            return groups, sign, last
        if len(groups) == _MOST_GROUPS:
            return groups[:1], "", i
        groups.append(tokens.raw[j])
        sign, last = found, j


def _again(tokens: Tokens, j: int, sign: str) -> bool:
    """True when the same mark follows with other than three digits, as in 1.234.5."""
    found, k = _separator(tokens, j)
    return found == sign and len(tokens.raw[k]) != 3


def _separator(tokens: Tokens, last: int) -> tuple[str, int]:
    """The separator after token ``last`` and the digits that follow it, or ("", 0)."""
    gap = tokens.gap(last)
    if gap == SPACED and tokens.digits(last + 1):
        return " ", last + 1
    mark = tokens.raw[last + 1]
    known = mark in (".", ",") or mark in APOSTROPHES
    if gap != GLUED or not known or tokens.gap(last + 1) != GLUED or not tokens.digits(last + 2):
        return "", 0
    return ("'" if mark in APOSTROPHES else mark), last + 2


def _decimals(tokens: Tokens, last: int, group_sign: str) -> tuple[str, int]:
    """Digits after a decimal mark that is not the mark of the groups."""
    mark, j = _separator(tokens, last)
    if mark not in (".", ",") or mark == group_sign:
        return "", last
    if _separator(tokens, j)[0] == mark:
        return "", last
    return tokens.raw[j], j


def _as_time(digits: str, decimals: str) -> tuple[Fraction, ...]:
    """8.05 may be five past eight."""
    if len(decimals) != 2 or int(decimals) >= 60 or int(digits) > 24:
        return ()
    return (int(digits) + Fraction(int(decimals), 60),)


def _with_vulgar(tokens: Tokens, last: int, value: Fraction) -> Numeral:
    """Whole digits with a fraction sign behind, 2½."""
    part, end = _part(tokens, last) if value <= _FEW else (Fraction(0), last)
    if part:
        return Numeral((value + part,), end, Fraction(1, 100))
    sign = vulgar(tokens.raw[last + 1])
    if sign is not None and tokens.near(last):
        return Numeral((value + sign,), last + 1, Fraction(1, 100))
    return Numeral((value,), last, plain=True)


def _part(tokens: Tokens, last: int) -> tuple[Fraction, int]:
    """The fraction of 1 1/2, with its last token; 0 where none follows."""
    top, slash, bottom = tokens.raw[last + 1 : last + 4]
    glued = tokens.gap(last + 1) == GLUED == tokens.gap(last + 2)
    if tokens.gap(last) != SPACED or slash != "/" or not glued:
        return Fraction(0), last
    known = tokens.digits(last + 3) and len(bottom) == 1 and len(top) == 1
    if not known or bottom not in _COOKED or not "0" < top < bottom:
        return Fraction(0), last
    return Fraction(int(top), int(bottom)), last + 3


def vulgar(word: str) -> Fraction | None:
    """The value of a fraction sign such as ½ or ⅔; None for anything else."""
    if len(word) != 1 or unicodedata.category(word) != "No":
        return None
    written = unicodedata.normalize("NFKC", word).replace("\u2044", "/")
    top, slash, bottom = written.partition("/")
    return Fraction(int(top), int(bottom)) if slash and top and bottom else None
