"""Times as they are told: zwanzig vor vier, Viertel nach drei, fünf nach halb sieben, quarter
past three, midi et demi, trois heures moins vingt, trois heures vingt."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checker.quantities.calendar import Clock, half_hour, has_minutes
from checker.quantities.lexicon import Lexicon
from checker.quantities.tokens import GLUED, Tokens
from checker.quantities.words import NumberWord, Role, number_word

_HOUR = 60
_GOES_ON = frozenset(",.:/-–%")


def told(tokens: Tokens, i: int, lex: Lexicon) -> Clock | None:
    """The time told at token ``i`` by minutes before or after the hour, or by noon and a part."""
    return _minutes_first(tokens, i, lex) or _noon_and_more(tokens, i, lex)


def _minutes_first(tokens: Tokens, i: int, lex: Lexicon) -> Clock | None:
    minutes = _minutes(tokens, i, lex)
    j = i + 1
    if tokens.low[i] in lex.dates.get("quarters", {}) and lex.dates.get("quarters_of"):
        part = _quarter_of(tokens, i, lex)
        if part:
            return part
    if minutes is None or not tokens.near(i) or not tokens.near(j):
        return None
    sign = lex.dates.get("past_or_to", {}).get(tokens.low[j], 0)
    if not sign:
        return None
    hour, last = _hour(tokens, j + 1, lex)
    if hour is None or _counts(tokens, last, lex):
        return None
    value = (hour + Fraction(sign * minutes, _HOUR)) % 24
    return Clock((value, (value + 12) % 24), last)


def _quarter_of(tokens: Tokens, i: int, lex: Lexicon) -> Clock | None:
    """viertel acht, dreiviertel acht: a quarter, three quarters of the hour that ends at eight."""
    word = _plain(tokens, i + 1, lex) if tokens.near(i) and not tokens.capital(i + 1) else None
    at = tokens.low[i - 1] in lex.listed("dates", "told_at")
    if word is None or not 1 <= word.value <= 12 or (_counts(tokens, i + 1, lex) and not at):
        return None
    value = word.value - 1 + Fraction(lex.dates["quarters"][tokens.low[i]], _HOUR)
    return Clock((value, (value + 12) % 24), i + 1)


def _minutes(tokens: Tokens, i: int, lex: Lexicon) -> int | None:
    named: Mapping[str, int] = lex.dates.get("quarters", {})
    if tokens.low[i] in named:
        return named[tokens.low[i]]
    word = _plain(tokens, i, lex) if lex.dates.get("minutes_told") else None
    small = word is not None and 1 <= word.value < 30 and word.value.denominator == 1
    return int(word.value) if word and small else None


def _hour(tokens: Tokens, j: int, lex: Lexicon) -> tuple[Fraction | None, int]:
    half = half_hour(tokens, j, lex)
    if half:
        return half.readings[0], half.last
    word = _plain(tokens, j, lex)
    if word is None or not 1 <= word.value <= 12:
        return None, j
    return word.value, j


def _plain(tokens: Tokens, i: int, lex: Lexicon) -> NumberWord | None:
    word = number_word(lex.code, tokens.low[i])
    return word if word and word.role is Role.ADD else None


def _counts(tokens: Tokens, last: int, lex: Lexicon) -> bool:
    """True when the number after "vor" counts something itself: fünf vor drei Wochen."""
    j = last + 1
    if not tokens.near(last) or not tokens.word(j):
        return False
    if lex.numbers.get("nouns_capital"):
        return tokens.capital(j)
    return tokens.low[j] in lex.units or number_word(lex.code, tokens.low[j]) is not None


def _noon_and_more(tokens: Tokens, i: int, lex: Lexicon) -> Clock | None:
    hour = lex.dates.get("noons", {}).get(tokens.low[i])
    if hour is None or not tokens.near(i):
        return None
    for words, share in lex.halves.items():
        if tuple(tokens.low[i + 1 : i + 1 + len(words)]) == words:
            return Clock(((hour + share) % 24,), i + len(words))
    return None


def minutes_behind(tokens: Tokens, end: int, lex: Lexicon) -> tuple[Fraction, int] | None:
    """The part of an hour told behind "heures" at token ``end``: "moins vingt", "trente".

    Returns hours, negative before the full hour, and the last token.
    """
    j = end + 1
    less = tokens.low[j] in lex.listed("dates", "minutes_less")
    last = j + less
    minutes = _number(tokens, last, lex) if tokens.near(end) and tokens.near(last - 1) else None
    if minutes is None or not (less or lex.dates.get("minutes_behind")):
        return None
    if not 1 <= minutes < _HOUR or minutes.denominator != 1 or not _ends(tokens, last, lex):
        return None
    if tokens.digits(last) and has_minutes(tokens, last, lex):
        return None
    part = minutes / _HOUR
    return (-part if less else part), last


def _number(tokens: Tokens, i: int, lex: Lexicon) -> Fraction | None:
    """The value of a plain number word, or of two digits, at token ``i``."""
    if tokens.digits(i):
        return Fraction(int(tokens.raw[i])) if len(tokens.raw[i]) == 2 else None
    word = _plain(tokens, i, lex)
    return word.value if word else None


def _ends(tokens: Tokens, last: int, lex: Lexicon) -> bool:
    """True when no thing follows that the minutes might count."""
    j = last + 1
    follows = tokens.near(last) and tokens.word(j)
    if not follows:
        glued = tokens.gap(last) == GLUED and tokens.raw[j] in _GOES_ON and tokens.gap(j) == GLUED
        return not glued and not tokens.digits(j)
    if lex.numbers.get("nouns_capital"):
        return not tokens.capital(j) and not number_word(lex.code, tokens.low[j])
    plural = tokens.low[j].endswith(lex.listed("numbers", "plural_endings") or ("s",))
    stop = tokens.low[j] in lex.listed("numbers", "stop")
    link = tokens.low[j] in lex.listed("numbers", "links")
    return (stop or not plural) and not link and not number_word(lex.code, tokens.low[j])
