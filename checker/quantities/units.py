"""Units and currencies beside a number."""

from __future__ import annotations

from dataclasses import dataclass

from checker.quantities.facts import dimension, is_money
from checker.quantities.lexicon import Lexicon, UnitForm
from checker.quantities.tokens import APART, APOSTROPHES, DASHES, GLUED, HYPHENS, Tokens


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as found: what it may be, its first and last token, a power it holds (M€)."""

    units: tuple[str, ...]
    first: int
    last: int
    scale: int = 1


def unit_after(tokens: Tokens, last: int, lex: Lexicon, scaled: bool = False) -> Unit | None:
    """The unit after token ``last``, behind a hyphen or (``scaled``) "de" where that is due."""
    first = last + 1 if tokens.near(last) else tokens.count
    if tokens.raw[last + 1] == "." and tokens.gap(last) == GLUED and tokens.raw[last + 2] in DASHES:
        first = last + 3 if tokens.near(last + 2) and tokens.gap(last + 1) == GLUED else first
    if tokens.raw[first] in HYPHENS and tokens.gap(last) == GLUED == tokens.gap(first):
        first += 1
    if scaled:
        first = _behind_of(tokens, first, lex)
    found = _form_at(tokens, first, lex)
    if found is None:
        return None
    end = first + len(found.tokens) - 1
    era = _era(tokens, end, lex) if found.units == ("y",) else None
    if era:
        return Unit(era.units, first, end + len(era.tokens))
    per = per_after(tokens, end, lex)
    if per and not any("/" in u for u in found.units) and not _part_of(tokens, end, found):
        units = tuple(f"{u}/{p}" for u in found.units for p in per.units[:1])
        return Unit(units, first, per.last, found.scale)
    return Unit(found.units, first, end, found.scale)


def _part_of(tokens: Tokens, end: int, found: UnitForm) -> bool:
    """True for three months of the year, which are no rate: trois mois de l'année."""
    return tokens.low[end + 1] == "de" and dimension(found.units[0]) == "time"


def _era(tokens: Tokens, end: int, lex: Lexicon) -> UnitForm | None:
    """ "av. J.-C." behind years: 5 000 ans av. J.-C. is a date."""
    found = _form_at(tokens, end + 1, lex) if tokens.near(end) else None
    return found if found and found.units in (("BC",), ("AD",)) else None


def unit_before(tokens: Tokens, i: int, lex: Lexicon) -> Unit | None:
    """The currency before token ``i``: $ 5, CHF 300, Fr. 20."""
    for length in (4, 3, 2, 1):
        first = i - length
        if first < 0:
            continue
        found = _form_at(tokens, first, lex, exactly=length)
        if found and found.exact_case and tokens.near(i - 1):
            money = tuple(unit for unit in found.units if is_money(unit))
            if money and not (first and tokens.word(first) and _letters_before(tokens, first)):
                return Unit(money, first, i - 1)
    return None


def _letters_before(tokens: Tokens, first: int) -> bool:
    return tokens.gap(first - 1) == GLUED and tokens.word(first - 1)


def _behind_of(tokens: Tokens, first: int, lex: Lexicon) -> int:
    if tokens.low[first] not in lex.listed("numbers", "of") or not tokens.near(first):
        return first
    if tokens.raw[first + 1] in APOSTROPHES:
        return first + 2 if tokens.near(first + 1) else first
    return first + 1


def _form_at(tokens: Tokens, i: int, lex: Lexicon, exactly: int = 0) -> UnitForm | None:
    """The longest unit written at token ``i``; both spellings of a tie count together."""
    for form in lex.units.get(tokens.low[i], ()):
        length = len(form.tokens)
        if exactly and length != exactly:
            continue
        written = tokens.raw if form.exact_case else tokens.low
        if tuple(written[i : i + length]) == form.tokens and _whole(tokens, i, length):
            return form
    return None


def _whole(tokens: Tokens, i: int, length: int) -> bool:
    """True when the tokens are linked and no letters are glued on."""
    for k in range(i, i + length - 1):
        gap = tokens.gap(k)
        if gap == APART or (tokens.digits(k + 1) and gap != GLUED):
            return False
    end = i + length - 1
    following = tokens.raw[end + 1]
    bound = following[:1].isalnum() or following in APOSTROPHES
    return not (following and bound and tokens.gap(end) == GLUED and tokens.word(end))


def per_after(tokens: Tokens, end: int, lex: Lexicon) -> Unit | None:
    """The unit after "par", "pro" or a slash, or in an adjective: 30 000 euros annuels."""
    rate = lex.rates.get(tokens.low[end + 1]) if tokens.near(end) else None
    if rate:
        return Unit((rate,), end + 1, end + 1)
    for words in lex.per:
        first = end + 1
        if not tokens.near(end) or tuple(tokens.low[first : first + len(words)]) != words:
            continue
        place = first + len(words)
        if tokens.raw[place] in APOSTROPHES:
            place += 1
        if tokens.low[place] in lex.listed("dates", "clock_words") and tokens.near(place - 1):
            return Unit(("h",), first, place)
        form = _form_at(tokens, place, lex)
        if form and tokens.near(first + len(words) - 1):
            return Unit(form.units, first, place + len(form.tokens) - 1)
    return None
