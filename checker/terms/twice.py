"""One number with two nouns inside one document: 3 340 maquettes, 3 340 modèles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from checker.checks import Side
from checker.errors import worded
from checker.model import Finding, Severity
from checker.terms.counted import Counted, counted_of
from checker.terms.language import fold
from checker.terms.words import passage, words_of

RULE = "counted-twice"
_SAME_WORD = 0.85
_SHARED = 5


def counted_twice(side: Side) -> Iterator[Finding]:
    """Precise numbers that count two nouns which are not forms or parts of one word.

    The noun that the document uses more often is taken to be meant; each other noun is
    reported once, beside the place that contradicts it.
    """
    by_number: dict[Fraction, list[Counted]] = defaultdict(list)
    for counted in side.once(counted_of):
        if counted.precise and not (counted.general or counted.year):
            by_number[counted.value].append(counted)
    for group in by_number.values():
        if len({c.word.key for c in group}) > 1:
            yield from _contradictions(side, group)


def _contradictions(side: Side, group: list[Counted]) -> Iterator[Finding]:
    frequency = side.once(_frequency)
    meant = max(group, key=lambda c: frequency[c.word.key])
    reported = {meant.word.key}
    for counted in group:
        if counted.word.key not in reported and not _one_word(side, counted, meant):
            reported.add(counted.word.key)
            yield _finding(side, counted, meant)


def _frequency(side: Side) -> dict[str, int]:
    count: dict[str, int] = defaultdict(int)
    for word in side.once(words_of).all:
        count[word.key] += 1
    return count


def _one_word(side: Side, one: Counted, other: Counted) -> bool:
    """Forms of one word, a compound and its head, or words of one family."""
    first, second = fold(one.word.text), fold(other.word.text)
    if one.word.key in second or other.word.key in first or first[:_SHARED] == second[:_SHARED]:
        return True
    vectors = side.words([one.word.text, other.word.text])
    return float(vectors[0] @ vectors[1]) >= _SAME_WORD


def _finding(side: Side, counted: Counted, meant: Counted) -> Finding:
    where = passage(side, meant.word)
    return Finding(
        check="terms",
        rule=RULE,
        severity=Severity.WARNING,
        confidence=0.6,
        message=worded(
            '{number} "{word}" here, but {other} "{meant}" elsewhere in this text: one number '
            "with two things counted.",
            number=counted.written,
            word=counted.word.text,
            other=meant.written,
            meant=meant.word.text,
        ),
        source=passage(side, counted.word),
        target=None,
        suggestion=meant.word.text,
        related=(where,),
    )
