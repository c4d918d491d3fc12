"""Amounts that the unit cuts in two: 1 m 85, 3 francs 50, 3 kg 200."""

from __future__ import annotations

from fractions import Fraction

from checker.quantities.facts import is_money
from checker.quantities.lexicon import Lexicon
from checker.quantities.tokens import SPACED, Tokens
from checker.quantities.units import unit_after

_SMALL = 100
_DIGITS = {"m": 2, "kg": 3}


def rest(
    tokens: Tokens, end: int, unit: str, value: Fraction, lex: Lexicon
) -> tuple[Fraction, int]:
    """The part after the unit at token ``end``, and the last token; (0, end) without one.

    Two digits behind metres or money, three behind kilograms, that carry no unit and count
    nothing themselves.
    """
    nothing = Fraction(0), end
    length = 2 if is_money(unit) and "/" not in unit else _DIGITS.get(unit, 0)
    if not length or value.denominator != 1 or not 0 < value < _SMALL:
        return nothing
    j = _digits_after(tokens, end, lex)
    if j < 0 or len(tokens.raw[j]) != length or not _alone(tokens, j, lex):
        return nothing
    return Fraction(int(tokens.raw[j]), 10**length), j


def _digits_after(tokens: Tokens, end: int, lex: Lexicon) -> int:
    """The token of the digits, over the dot of "fr." and a joining word; -1 for none."""
    j = end + 1
    if tokens.raw[j] == "." and tokens.gap(end) != SPACED and len(tokens.raw[end]) < 4:
        j += 1
    if tokens.gap(j - 1) != SPACED:
        return -1
    if tokens.low[j] in lex.listed("numbers", "split_by") and tokens.gap(j) == SPACED:
        j += 1
    return j if tokens.digits(j) else -1


def _alone(tokens: Tokens, j: int, lex: Lexicon) -> bool:
    """True when the digits are no number of their own: no unit, no noun, no more digits."""
    if unit_after(tokens, j, lex):
        return False
    if not tokens.near(j):
        return True
    following = tokens.raw[j + 1]
    if following[:1].isdecimal() or (following in "-–/:%" and following):
        return False
    if following in (",", ".") and tokens.digits(j + 2) and tokens.gap(j + 1) != SPACED:
        return False
    if not following[:1].isalpha():
        return True
    if lex.numbers.get("nouns_capital"):
        return not tokens.capital(j + 1)
    return tokens.low[j + 1] in lex.listed("numbers", "stop") or not tokens.low[j + 1].endswith("s")
