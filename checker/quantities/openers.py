"""Which words may begin a quantity: one quick look before the recogniser's many."""

from __future__ import annotations

from functools import lru_cache

from checker.quantities import calendar, roman
from checker.quantities.lexicon import fold, lexicon
from checker.quantities.numerals import vulgar
from checker.quantities.words import number_word

ADDRESSES = frozenset(["http", "https", "www", "ftp"])


@lru_cache(maxsize=1 << 13)
def may_begin(code: str, raw: str) -> bool:
    """True when a word may begin a quantity, so that it is worth more than one look-up."""
    if len(raw) > 60:
        return False
    lex, low = lexicon(code), raw.lower()
    return bool(
        number_word(code, low)
        or low in lex.listed("numbers", "articles")
        or low in lex.months
        or low in lex.short_months
        or calendar.weekday(lex, raw, low) is not None
        or low in lex.listed("dates", "half_hour")
        or low in lex.dates.get("noons", {})
        or low in lex.dates.get("quarters", {})
        or low in lex.sayings
        or low in lex.turns
        or low in lex.listed("numbers", "old_thousand")
        or fold(low) in lex.denominators
        or low in lex.listed("numbers", "decade_words")
        or low in lex.centuries
        or lex.hints.find(raw, fold(low))
        or lex.multiples.find(raw, fold(low))
        or roman.looks(raw)
        or vulgar(raw)
        or low in ADDRESSES
        or any(low == first for first, *_ in lex.phrases)
        or calendar.month_inside(lex, raw, low)
    )
