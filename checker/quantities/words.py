"""Numbers written in words: one word (zweihundertfünf), or several (quatre-vingt-dix-sept)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from checker.quantities.lexicon import Lexicon, fold, lexicon
from checker.quantities.tokens import SPACED, Tokens

_LONGEST = 60
_MOST_DECIMALS = 6


class Role(Enum):
    """How a word joins a number: added, multiplying by a hundred or a scale, or ending it."""

    ADD = 1
    HUNDRED = 2
    SCALE = 3
    ORDINAL = 4
    WHOLE = 5


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word that is a number or part of one. ``unit`` is one named by its ending (jährig)."""

    role: Role
    value: Fraction
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words: its value, the last token, and the scale word it ended with."""

    value: Fraction
    last: int
    ordinal: bool = False
    scale: int = 1
    unit: str = ""
    article: bool = False
    step: Fraction = Fraction(1)


@lru_cache(maxsize=1 << 13)
def number_word(code: str, low: str) -> NumberWord | None:
    """What the lower-case word ``low`` is as a number in the language ``code``, if anything."""
    if len(low) > _LONGEST:
        return None
    lex = lexicon(code)
    word = fold(low)
    if word in lex.hundreds:
        return NumberWord(Role.HUNDRED, lex.hundreds[word])
    if word in lex.scales:
        return NumberWord(Role.SCALE, Fraction(lex.scales[word]))
    if word in lex.words:
        return NumberWord(Role.ADD, lex.words[word])
    if word in lex.ordinals:
        return NumberWord(Role.ORDINAL, lex.ordinals[word])
    return _made(lex, word)


def _made(lex: Lexicon, word: str) -> NumberWord | None:
    """A word made of numbers, or of a number and an ending."""
    value = compound(lex, word)
    if value is not None:
        return NumberWord(Role.ADD, value)
    value = _with_part(lex, word)
    if value is not None:
        return NumberWord(Role.ADD, value)
    value = _ordinal(lex, word)
    if value is not None:
        return NumberWord(Role.ORDINAL, value)
    return _with_ending(lex, word)


def compound(lex: Lexicon, word: str) -> Fraction | None:
    """The value of a number written as one word, such as zweihundertfünf or tremila."""
    if word in lex.inner:
        return lex.inner[word]
    for name, power, most in (("thousand_word", 1000, 1000), ("hundred_word", 100, 100)):
        for middle in lex.listed("numbers", name):
            if middle in word:
                value = _around(lex, word, middle, power, most)
                if value is not None:
                    return value
    return None


def _around(lex: Lexicon, word: str, middle: str, power: int, most: int) -> Fraction | None:
    left, _, right = word.partition(middle)
    times = (compound(lex, left) or _with_part(lex, left)) if left else Fraction(1)
    rest = Fraction(0)
    if right:
        for joiner in ("", *lex.listed("numbers", "joiners")):
            last = right.removeprefix(joiner)
            value = Fraction(1) if last in _articles(lex) else compound(lex, last)
            if value is not None and value < power:
                rest = value
                break
        else:
            return None
    if times is None or not 0 < times < most:
        return None
    return times * power + rest


def _with_part(lex: Lexicon, word: str) -> Fraction | None:
    """zweieinhalb, fünfeinviertel."""
    for suffix, part in lex.part_suffixes.items():
        if word.endswith(suffix):
            value = compound(lex, word.removesuffix(suffix))
            if value is not None:
                return value + part
    return None


def _ordinal(lex: Lexicon, word: str) -> Fraction | None:
    """zwanzigste, hundertzweite, duecentesimo."""
    for suffix in lex.listed("numbers", "ordinal_suffixes"):
        if not word.endswith(suffix):
            continue
        stem = word.removesuffix(suffix)
        for vowel in ("", *lex.listed("numbers", "ordinal_restore")):
            value = compound(lex, stem + vowel)
            if value is not None and value > 1 and value != 8:
                return value
    for joiner in lex.listed("numbers", "hundred_word") + lex.listed("numbers", "joiners"):
        left, found, right = word.rpartition(joiner)
        if found and right in lex.ordinals:
            value = compound(lex, left + joiner) if joiner not in ("und", "en") else None
            return value + lex.ordinals[right] if value is not None else None
    return None


def _with_ending(lex: Lexicon, word: str) -> NumberWord | None:
    """fünfjährige, dreifach, zweimal: the longest ending that leaves a number."""
    for cut in range(3, len(word) - 1):
        unit = lex.attached.get(word[cut:])
        if unit is not None:
            value = compound(lex, word[:cut])
            if value is None:
                value = _with_part(lex, word[:cut])
            if value is not None:
                return NumberWord(Role.WHOLE, value, unit)
    return None


def spelled(tokens: Tokens, i: int, lex: Lexicon) -> Spelled | None:
    """The longest number in words that begins at token ``i``, its decimals included."""
    whole = _spelled(tokens, i, lex)
    return whole and (_with_decimals(tokens, i, whole, lex) or whole)


def _with_decimals(tokens: Tokens, i: int, whole: Spelled, lex: Lexicon) -> Spelled | None:
    """null Komma fünf, trois virgule deux millions, drei Komma eins vier."""
    mark = whole.last + 1
    if tokens.low[mark] not in lex.listed("numbers", "decimal_words") or not tokens.near(mark - 1):
        return None
    if whole.ordinal or tokens.low[i - 1] in lex.listed("numbers", "no_decimals_after"):
        return None
    digits, last, scale = "", mark, 1
    while scale == 1 and tokens.near(last) and len(digits) < _MOST_DECIMALS:
        found = _spelled(tokens, last + 1, lex)
        if found is None or found.ordinal or found.unit:
            break
        scale = found.scale if found.scale >= 1000 else 1
        digits, last = digits + str(int(found.value / scale)), found.last
    if not digits:
        return None
    step = Fraction(scale, 10 ** len(digits))
    value = whole.value * scale + int(digits) * step
    return Spelled(value, last, scale=scale, step=step)


def _spelled(tokens: Tokens, i: int, lex: Lexicon) -> Spelled | None:
    """The longest whole number in words that begins at token ``i``."""
    low = tokens.low[i]
    first = number_word(lex.code, low)
    article = low in lex.listed("numbers", "articles")
    known = first is not None or article or low in lex.listed("numbers", "old_thousand")
    if not known and (low, tokens.low[tokens.after(i)]) not in lex.phrases:
        return None
    if first is not None and first.role is Role.WHOLE:
        return Spelled(first.value, i, unit=first.unit)
    total = _Sum(lex)
    j = i
    last = -1
    while tokens.raw[j]:
        length = total.take(tokens, j)
        if not length:
            break
        last = j if length == 1 else tokens.after(j)
        if total.ordinal:
            break
        j = _linked(tokens, last, lex, total)
    if last < 0 or not total.worth():
        return None
    alone = article and last == i
    return Spelled(total.value(), last, total.ordinal, total.scale, article=alone)


def _linked(tokens: Tokens, last: int, lex: Lexicon, total: _Sum) -> int:
    """The token that may go on with the number after ``last``, over "et" where that is right."""
    j = tokens.after(last)
    if total.value() == 1 and tokens.low[j] in lex.listed("numbers", "without_article"):
        return tokens.count
    if tokens.low[j] not in lex.listed("numbers", "links"):
        return j
    following = tokens.after(j)
    word = number_word(lex.code, tokens.low[following])
    value = word.value if word else Fraction(tokens.low[following] in _articles(lex))
    if not _links(lex, total, value):
        return tokens.count
    beyond = number_word(lex.code, tokens.low[tokens.after(following)])
    if beyond and beyond.role in (Role.HUNDRED, Role.SCALE) and total.value() >= 100:
        return tokens.count
    return following


def _articles(lex: Lexicon) -> tuple[str, ...]:
    return lex.listed("numbers", "articles")


def _links(lex: Lexicon, total: _Sum, value: Fraction) -> bool:
    """True when ``value`` may follow ``current`` over a link: vingt et un, mille et un,
    two hundred and five."""
    allowed = lex.numbers.get("link_before", ())
    if lex.numbers.get("link_after") == "tens":
        tens = total.current % 100 in range(20, 100, 10)
        exactly = value == 1 and total.value() == 1000
        return exactly or bool(tens and (not allowed or value in allowed) and 0 < value < 20)
    large = total.current >= 100 or (not total.current and total.total >= 1000)
    return bool(lex.numbers.get("link_after")) and large and 0 < value < 100


def _is_unit(tokens: Tokens, j: int, lex: Lexicon) -> bool:
    """True where an ordinal behind a space is a unit: twenty seconds, vingt secondes."""
    return tokens.gap(j - 1) == SPACED and tokens.low[j] in lex.units


class _Sum:
    """A number as it grows word by word."""

    def __init__(self, lex: Lexicon) -> None:
        self.lex = lex
        self.total = Fraction(0)
        self.current = Fraction(0)
        self.scale = 1
        self.ordinal = False
        self.seen = False

    def value(self) -> Fraction:
        """The sum so far."""
        return self.total + self.current

    def worth(self) -> bool:
        """False for a scale word alone (millions), which says no number."""
        return self.seen

    def take(self, tokens: Tokens, j: int) -> int:
        """How many words at ``j`` join the number: 0 when none does."""
        low = tokens.low[j]
        pair = (low, tokens.low[tokens.after(j)])
        if pair in self.lex.phrases:
            return 2 if self._add(self.lex.phrases[pair]) else 0
        word = number_word(self.lex.code, low)
        if word is None and not self.seen and low in self.lex.listed("numbers", "old_thousand"):
            following = number_word(self.lex.code, pair[1])
            return int(following is not None and self._scaled(1000))
        if word is None:
            return int(low in _articles(self.lex) and self._article(tokens, j))
        alone = low in self.lex.listed("numbers", "lone_ordinals")
        if self.seen and word.role is Role.ORDINAL and (alone or _is_unit(tokens, j, self.lex)):
            return 0
        return int(self._join(word))

    def _article(self, tokens: Tokens, j: int) -> bool:
        """ "vingt et un", "un million", "un" alone."""
        following = number_word(self.lex.code, tokens.low[tokens.after(j)])
        scaled = following is not None and following.role in (Role.SCALE, Role.HUNDRED)
        joins = not self.seen or self.current >= 20 or self.value() == 1000 or scaled
        return joins and self._add(Fraction(1))

    def _join(self, word: NumberWord) -> bool:
        match word.role:
            case Role.ADD:
                return self._add(word.value)
            case Role.HUNDRED:
                return self._hundred(word.value)
            case Role.SCALE:
                return self._scaled(int(word.value))
            case Role.ORDINAL:
                self.ordinal = self._add(word.value)
                return self.ordinal
            case Role.WHOLE:
                return False

    def _add(self, value: Fraction) -> bool:
        if self.seen and not self._fits(value):
            return False
        self.current += value
        self.seen = True
        self.scale = 1
        return True

    def _fits(self, value: Fraction) -> bool:
        """True when ``value`` may follow what is there: vingt deux, cent vingt, not deux trois."""
        if value == 0 or value.denominator != 1:
            return False
        if self.current == 0:
            return self.total % 1000 == 0 and value < (self.total or 1)
        rest = int(self.current) % 100
        if self.current % 1000 == 0:
            return value < 1000
        if rest == 0:
            return value < 100
        if rest == 10:
            return int(value) in self.lex.numbers.get("ten_plus", ())
        if rest in self.lex.numbers.get("vigesimal", ()) and 10 <= value < 20:
            return True
        return rest % 10 == 0 and value < 10

    def _hundred(self, value: Fraction) -> bool:
        if self.current >= 100 or self.current.denominator != 1:
            return False
        if self.seen and not self.current and not self.total:
            return False
        if self.current and self.current % 10 == 0:
            return False
        self.current = (self.current or Fraction(1)) * value
        self.scale = int(value)
        self.seen = True
        return True

    def _scaled(self, scale: int) -> bool:
        if scale > 1000 and not self.current and not self.total:
            return False
        if self.seen and not self.current and not (self.total and scale >= 1000000):
            return False
        if self.current >= 1000 and scale == 1000:
            return False
        if self.current:
            self.total += self.current * scale
        else:
            self.total = (self.total or Fraction(1)) * scale
        self.current = Fraction(0)
        self.scale = scale
        self.seen = True
        return True
