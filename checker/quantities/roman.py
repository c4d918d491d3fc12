"""Roman numerals where they are numbers: XIXe siècle, Louis XIV, V. Republik."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.quantities.lexicon import Lexicon
from checker.quantities.tokens import GLUED, SPACED, Tokens

_ROMAN = re.compile(r"(?=[IVX]|L[IVX])(L?X{0,3}|XL)(IX|IV|V?I{0,3})(e|er|ère|ème|ᵉ|es)?")
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Roman:
    """A Roman ordinal: its value, its last token, whether it names a century."""

    value: int
    last: int
    century: bool
    firm: bool


def looks(word: str) -> bool:
    """True for a word that may be a Roman numeral, with or without an ending."""
    return bool(_ROMAN.fullmatch(word))


def roman(tokens: Tokens, i: int, lex: Lexicon) -> Roman | None:
    """The Roman numeral at token ``i``; firm only where it can hardly be letters."""
    match = _ROMAN.fullmatch(tokens.raw[i])
    if not match:
        return None
    value = _value(match[1] + match[2])
    if match[3] in ("er", "ère") and value > 1:
        return None
    dot = tokens.raw[i + 1] == "." and tokens.gap(i) == GLUED
    dotted = dot and bool(lex.numbers.get("ordinal_dot"))
    last = i + dotted
    ahead = last + 1 if tokens.near(last) else tokens.count
    if _century(tokens, ahead, lex) and looks(tokens.raw[ahead + 1]):
        return None
    behind = i - 1 if tokens.near(i - 1) else tokens.count
    century = _century(tokens, ahead, lex) or _century(tokens, behind, lex)
    long = len(match[1] + match[2]) > 1
    if not (long or match[3] or dot or century):
        return None
    firm = century or bool(match[3]) or _named(tokens, i, long)
    return Roman(value, last, century, firm or (dotted and _ranked(tokens, i, long, lex)))


def _century(tokens: Tokens, j: int, lex: Lexicon) -> bool:
    """True when token ``j`` is the word for century."""
    return any(
        form.units == ("cty",) and tuple(tokens.low[j : j + len(form.tokens)]) == form.tokens
        for form in lex.units.get(tokens.low[j], ())
    )


def _named(tokens: Tokens, i: int, long: bool) -> bool:
    """True for Louis XIV."""
    return long and tokens.capital(i - 1) and tokens.gap(i - 1) == SPACED


def _ranked(tokens: Tokens, i: int, long: bool, lex: Lexicon) -> bool:
    """True for II. Weltkrieg and die V. Republik, not for Peter V. or V. Müller."""
    noun = tokens.gap(i + 1) == SPACED and tokens.capital(i + 2)
    article = tokens.low[i - 1] in lex.listed("numbers", "stop") and tokens.near(i - 1)
    return noun and (long or article)


def _value(letters: str) -> int:
    values = [_DIGITS[c] for c in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-v if v < following else v for v, following in pairs)
