"""Numbers that are names: COVID-19, n° 124-QD/TW, A380, telephone numbers, long codes."""

from __future__ import annotations

from dataclasses import dataclass

from checker.quantities.lexicon import Lexicon
from checker.quantities.tokens import APART, GLUED, HYPHENS, SPACED, Tokens

_CHAIN = frozenset("-/._\u2010\u2011")
_MOST = 40
_LONGEST_PART = 3
_COUNTRY = range(1, 4)
"""Digits of the code of a country."""
_ACCOUNT = 11
"""Fewest digits behind the check digits of an account."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Tokens ``first`` to ``last``; ``key`` is the text as it is compared."""

    first: int
    last: int
    key: str


def telephone(tokens: Tokens, i: int) -> Identifier | None:
    """+41 22 123 45 67, 022/123 45 67: groups of digits that begin with + or 0."""
    plus = tokens.raw[i - 1] == "+" and tokens.gap(i - 1) == GLUED
    if not plus and not tokens.raw[i].startswith("0"):
        return None
    last, digits, groups = i, tokens.raw[i], 1
    while len(digits) < 18:
        j = _next_group(tokens, last)
        if j < 0:
            break
        digits, last, groups = digits + tokens.raw[j], j, groups + 1
    if groups < 3 or not 8 <= len(digits) <= 15:
        return None
    return Identifier(i - plus, last, digits)


def same_line(one: str, other: str) -> bool:
    """True for +41 22 123 45 67, also as +41 (0)22 ..., and 022 123 45 67, as written."""
    for abroad, home in ((one, other), (other, one)):
        digits = "".join(filter(str.isdecimal, abroad.replace("(0)", "")))
        prefixed = abroad.startswith("+") or digits.startswith("00")
        at_home = "".join(filter(str.isdecimal, home))
        if not prefixed or at_home[:1] != "0" or at_home[:2] == "00":
            continue
        country = digits.removeprefix("00").removesuffix(at_home[1:])
        if digits.endswith(at_home[1:]) and len(country) in _COUNTRY:
            return True
    return False


def account(tokens: Tokens, i: int) -> Identifier | None:
    """CH93 0076 2011 6238 5295 7: two capitals, two digits, groups of four and a rest."""
    if tokens.gap(i - 1) != GLUED or len(tokens.raw[i]) != 2 or len(tokens.raw[i - 1]) != 2:
        return None
    if not tokens.raw[i - 1].isupper() or tokens.gap(i - 2) == GLUED:
        return None
    last, digits = i, 0
    while tokens.gap(last) == SPACED and tokens.digits(last + 1) and digits < _MOST:
        if len(tokens.raw[last + 1]) > 4:
            return None
        last, digits = last + 1, digits + len(tokens.raw[last + 1])
        if len(tokens.raw[last]) < 4:
            break
    if digits < _ACCOUNT:
        return None
    return Identifier(i - 1, last, _key(tokens, i - 1, last))


def dotted(tokens: Tokens, i: int) -> Identifier | None:
    """756.1234.5678.97, 978-2-07-036024-5: four groups of digits and more, not all of three."""
    mark = tokens.raw[i + 1]
    if not mark or mark not in ".-" or tokens.gap(i - 1) == GLUED:
        return None
    last, groups = i, [tokens.raw[i]]
    while len(groups) < _MOST and tokens.raw[last + 1] == mark:
        if tokens.gap(last) != GLUED or tokens.gap(last + 1) != GLUED:
            break
        if not tokens.digits(last + 2):
            break
        last, groups = last + 2, [*groups, tokens.raw[last + 2]]
    if len(groups) < 4 or all(len(group) == 3 for group in groups[1:]):
        return None
    return Identifier(i, last, _key(tokens, i, last))


def _next_group(tokens: Tokens, last: int) -> int:
    gap = tokens.gap(last)
    if gap == SPACED and tokens.digits(last + 1) and len(tokens.raw[last + 1]) <= 4:
        return last + 1
    mark = tokens.raw[last + 1]
    if mark and mark in "/.-()" and gap != APART and tokens.near(last + 1):
        return last + 2 if tokens.digits(last + 2) and len(tokens.raw[last + 2]) <= 7 else -1
    return -1


def before(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """First token of a name that the digits at ``i`` are glued to; ``i`` when there is none."""
    if tokens.gap(i - 1) != GLUED:
        return i
    if tokens.word(i - 1):
        return i if _forgotten_space(tokens, i - 1, lex) else i - 1
    if tokens.raw[i - 1] in HYPHENS and tokens.gap(i - 2) == GLUED and tokens.word(i - 2):
        return i if _measured(tokens, i - 2, lex) else i - 2
    return i


def _measured(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True for the unit of a number before: 10h-18h30."""
    known = tokens.low[i] in lex.units or tokens.low[i] in lex.listed("dates", "hour_words")
    return known and tokens.gap(i - 1) == GLUED and tokens.digits(i - 1)


def _forgotten_space(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True for a function word that the digits stick to by mistake: à7h30."""
    word = tokens.raw[i]
    known = word in lex.listed("numbers", "stop") and (len(word) > 1 or not word.isascii())
    return known and tokens.gap(i - 1) != GLUED


def chain(tokens: Tokens, first: int, i: int) -> Identifier:
    """The name from ``first`` on, with everything glued behind the digits at ``i``."""
    last = i
    while last - i < _MOST and tokens.gap(last) == GLUED:
        if tokens.raw[last + 1][:1].isalnum():
            last += 1
        elif (
            tokens.raw[last + 1] in _CHAIN
            and tokens.gap(last + 1) == GLUED
            and tokens.raw[last + 2][:1].isalnum()
            and not _is_word(tokens.raw[last + 2])
        ):
            last += 2
        else:
            break
    return Identifier(first, last, _key(tokens, first, last))


def cut(tokens: Tokens, name: Identifier) -> bool:
    """True for 15-CT/TU: a stroke after a hyphen and capitals, whatever unit they spell."""
    marks = [k for k in range(name.first, name.last) if tokens.raw[k] in _CHAIN]
    return len(marks) > 1 and tokens.raw[marks[0]] in HYPHENS and tokens.raw[marks[1]] == "/"


def _is_word(raw: str) -> bool:
    """True for the second half of a compound: 3D-Brille."""
    return len(raw) > _LONGEST_PART and raw.isalpha() and not raw.isupper()


def goes_on(tokens: Tokens, i: int) -> bool:
    """True when capitals are glued behind the digits at ``i``: 124-QD/TW, 15-NQ/TU, 4K."""
    if tokens.gap(i) != GLUED:
        return False
    j = i + 1
    if tokens.raw[j] == "H" and tokens.gap(j) == GLUED and len(tokens.raw[j + 1]) == 2:
        return not tokens.digits(j + 1)
    if tokens.raw[j] in _CHAIN and tokens.raw[j] != "." and tokens.gap(j) == GLUED:
        j += 1
    if tokens.digits(j) and tokens.raw[j + 1] == "/" and tokens.gap(j) == GLUED:
        j += 2 if tokens.gap(j + 1) == GLUED else 0
    word = tokens.raw[j]
    return word[:1].isalpha() and word.isupper() and word.isascii()


def label(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True when a word such as article, Nr. or ISO announces the digits at ``i``."""
    labels = lex.listed("numbers", "labels") + lex.listed("numbers", "names_before")
    if tokens.low[i - 1] in labels and tokens.near(i - 1):
        return tokens.low[i - 1] != "n"
    marked = tokens.raw[i - 1] and tokens.raw[i - 1] in ".°º"
    return bool(marked) and tokens.low[i - 2] in labels and tokens.near(i - 2)


def _key(tokens: Tokens, first: int, last: int) -> str:
    """Letters and digits only: Covid-19 is COVID19."""
    text = tokens.text[tokens.starts[first] : tokens.ends[last]]
    return "".join(c for c in text.upper() if c.isalnum())
