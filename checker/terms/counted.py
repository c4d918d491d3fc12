"""What is counted by which number: "160 013 modèles", "onze bateaux".

The same number on both sides of a link is the surest anchor there is: the nouns that follow
it stand for each other, whatever the rest of the sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from checker.checks import Side
from checker.checks._quantities import quantities
from checker.model import Sentence
from checker.quantities import Kind, Quantity
from checker.terms.language import Grammar
from checker.terms.words import Word, Words, words_of

_NOT_A_COUNT = re.compile(r"[-/\u2013%\u20ac$\u00a3\u00b0]|\s[%\u20ac$\u00a3\u00b0]")
_REACH = 60
_BREAK = re.compile(r"[,;:()?!%/\"\u00ab\u00bb\u201c\u201d\u201e\n.\u2013\u2014]")
_FEW_WORDS = 3
# One and two are said for other reasons than counting.
_LEAST = 3
_LONG, _SIGNIFICANT = 4, 3
_YEARS = range(1500, 2100)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2011][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number, in digits or words, and the noun it counts.

    ``general`` nouns (people, cases, units) may stand for nearly any other noun.
    """

    value: Fraction
    written: str
    word: Word
    general: bool

    @property
    def year(self) -> bool:
        """Whether the number may as well be a year: "since 2019 varieties from Sicily"."""
        return self.written.isdecimal() and self.value in _YEARS

    @property
    def precise(self) -> bool:
        """Whether two counts of this number are hardly a coincidence: 3 340, not 500."""
        digits = str(self.value)
        return len(digits) >= _LONG and len(digits.rstrip("0")) >= _SIGNIFICANT


def counted_of(side: Side) -> tuple[Counted, ...]:
    """Everything that is counted in an article, in order."""
    words = side.once(words_of)
    found = side.once(quantities).sentences
    return tuple(
        counted
        for sentence, here in zip(side.article.sentences, found, strict=True)
        for counted in _in_sentence(sentence, here, words)
    )


def _in_sentence(
    sentence: Sentence, numbers: Iterable[Quantity], words: Words
) -> Iterator[Counted]:
    here = {word.start: word for word in words.by_sentence.get(sentence.index, ())}
    for number in numbers:
        if _counts(number):
            end = number.span.end - sentence.span.start
            noun = _noun_after(sentence.text, end, here, words.grammar)
            if noun is not None:
                general = noun.key in words.grammar.general_nouns
                yield Counted(number.value, number.text, noun, general)


def _counts(number: Quantity) -> bool:
    """Whether a quantity is a plain whole number, no measure and no part of a date."""
    return (
        number.kind is Kind.CARDINAL
        and number.firm
        and not number.units
        and number.group is None
        and number.value >= _LEAST
        and number.value.denominator == 1
    )


def _noun_after(text: str, end: int, here: dict[int, Word], rules: Grammar) -> Word | None:
    """The noun that the number before ``end`` counts, if it follows closely."""
    if _NOT_A_COUNT.match(text, end):
        return None
    stop = _BREAK.search(text, end, end + _REACH)
    limit = stop.start() if stop else min(len(text), end + _REACH)
    for match in _candidates(text, end, limit):
        written = match.group().lower()
        if written in rules.particles or written in rules.before_nouns:
            continue
        word = here.get(match.start())
        if word is None or written in rules.multipliers:
            return None
        if word.noun and (rules.nouns_capitalised or not word.text[0].isupper()):
            return word
        if not rules.nouns_capitalised:
            return None
    return None


def _candidates(text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    return islice(_WORD.finditer(text, start, end), _FEW_WORDS)
