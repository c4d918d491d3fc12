"""The word that names what a number counts: "ministres" in "trois anciens ministres"."""

from __future__ import annotations

from checker.model import Span
from checker.quantities.lexicon import Lexicon
from checker.quantities.tokens import HYPHENS, Tokens
from checker.quantities.words import number_word

_WITHIN = 3


def counted(tokens: Tokens, last: int, lex: Lexicon) -> Span | None:
    """The noun after token ``last``: the next capital where nouns have one, else the next
    word that is neither a function word nor an adjective that stands before its noun.

    None where another number, a mark or the end of the phrase comes first: "trois des
    cinq ministres" leaves the ministers to the five.
    """
    j = last
    for _ in range(_WITHIN):
        j = j + 1 if tokens.near(j) else tokens.count
        if tokens.raw[j] in HYPHENS and tokens.raw[j]:
            j += 1
        if not tokens.word(j) or number_word(lex.code, tokens.low[j]):
            return None
        if _noun(tokens, j, lex):
            return Span(tokens.starts[j], tokens.ends[j])
        if tokens.low[j] in lex.listed("numbers", "halts"):
            return None
    return None


def _noun(tokens: Tokens, j: int, lex: Lexicon) -> bool:
    if lex.numbers.get("nouns_capital"):
        return tokens.capital(j)
    if _idle(tokens, j, lex):
        return False
    before_noun = tokens.low[j] in lex.listed("numbers", "before_noun")
    return not (before_noun and tokens.near(j) and _goes_on(tokens, j + 1, lex))


def _idle(tokens: Tokens, j: int, lex: Lexicon) -> bool:
    return tokens.low[j] in lex.listed("numbers", "stop")


def _goes_on(tokens: Tokens, j: int, lex: Lexicon) -> bool:
    """True when the word after an adjective may be its noun."""
    return tokens.word(j) and len(tokens.raw[j]) > 2 and not _idle(tokens, j, lex)
