"""What to write in place of a wrong noun: the rendering that fits the sentence best.

Candidates are what the document itself writes for the noun opposite and what the lexicon
gives; the contextual detector reads the sentence with each of them and the least strange is
taken, if it is not strange itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from checker.checks import Comparison, Side
from checker.detector.opinion import Opinions
from checker.model import Link, Passage
from checker.terms.lexicon import renderings
from checker.terms.pairings import lexicon_of
from checker.terms.words import Word, words_of

_MOST = 8
_FITTING = -2.0  # log-odds of being wrong below which a word is proposed


def rendering(
    comparison: Comparison,
    opinions: Opinions,
    link: Link,
    here: Passage,
    facing: Word,
    on_source: bool,
) -> str | None:
    """The noun that renders ``facing`` best in the place of ``here``; None where none fits.

    ``on_source`` says that ``here`` is in the source and ``facing`` in the target.
    """
    own, other = comparison.source, comparison.target
    if not on_source:
        own, other = other, own
    wrong = own.once(words_of).grammar.key(here.text)
    candidates = (
        word
        for word in dict.fromkeys(_candidates(comparison, own, other, facing, on_source))
        if own.once(words_of).grammar.key(word) != wrong
    )
    ranked = [
        (opinions.strangeness(link, on_source, here, word), number, word)
        for number, word in enumerate(islice(candidates, _MOST))
    ]
    best = min(ranked, default=None)
    return best[2] if best and best[0] < _FITTING else None


def _candidates(
    comparison: Comparison, own: Side, other: Side, facing: Word, on_source: bool
) -> Iterator[str]:
    """Words of the document that translate ``facing``, then nouns of the lexicon."""
    known = comparison.once(lexicon_of)
    for word in own.once(words_of).all:
        keys = (word.key, facing.key) if on_source else (facing.key, word.key)
        if word.noun and known.pairs(*keys):
            yield word.text
    yield from renderings(other.language.code, own.language.code, facing.key)
