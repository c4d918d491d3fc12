"""Words with several senses, rendered in one that does not fit what is spoken of.

A table of general knowledge (``checker/data/homonyms.tsv``) lists the renderings of each
sense and words that stand around it. Which sense is meant is read off the sentences around the
word, by word vectors (in the manner of Lesk 1986); the rendering tells which one was taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from checker.checks import Comparison, Side
from checker.errors import worded
from checker.model import Finding, Severity
from checker.terms.language import Grammar
from checker.terms.words import Word, passage, words_of

RULE = "wrong-sense"
_TABLE = "homonyms.tsv"
_AROUND = 2
_CUES = 3
_SHORTEST_TAIL = 4
# By how much the other sense must fit better than the one taken.
_CLEAR, _FITTING = 0.12, 0.63


@dataclass(frozen=True, slots=True)
class Sense:
    """The renderings of one sense, and words of the first language that stand around it."""

    renderings: tuple[str, ...]
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Homonym:
    """A word of one language with the senses that the other language keeps apart."""

    word: str
    senses: tuple[Sense, ...]


def wrong_senses(comparison: Comparison) -> Iterator[Finding]:
    """Renderings of a sense that fits the sentences around the word clearly less than another."""
    for own, other, on_source in (
        (comparison.source, comparison.target, True),
        (comparison.target, comparison.source, False),
    ):
        words, opposite = own.once(words_of), other.once(words_of)
        present = {w.key for w in words.all}
        for homonym in _known(own.language.code, other.language.code):
            if words.grammar.key(homonym.word) in present:
                for link in comparison.links:
                    here, there = link.source, link.target
                    if not on_source:
                        here, there = there, here
                    word = _find(words.of(here), homonym.word, words.grammar)
                    if word:
                        taken = _taken(opposite.of(there), homonym, opposite.grammar)
                        if taken:
                            yield from _judged(comparison, own, other, word, homonym, *taken)


def _find(words: list[Word], base: str, rules: Grammar) -> Word | None:
    key = rules.key(base)
    return next(
        (w for w in words if w.key == key and w.noun and rules.inflects(w.text, base)), None
    )


def _taken(words: list[Word], homonym: Homonym, rules: Grammar) -> tuple[int, Word] | None:
    """The number of the one sense whose rendering stands there, None if there are several.

    Compounds that end in a rendering may say more than it does: they count as another sense
    being there, not as the one taken.
    """
    found: dict[int, Word | None] = {}
    for number, sense in enumerate(homonym.senses):
        for rendering in sense.renderings:
            for word in words:
                if word.noun and _renders(word, rules.key(rendering), rules):
                    exact = word.key == rules.key(rendering)
                    found[number] = word if exact else found.get(number)
    number, rendering_word = next(iter(found.items()), (0, None))
    return (number, rendering_word) if len(found) == 1 and rendering_word else None


def _renders(word: Word, key: str, rules: Grammar) -> bool:
    """Whether a word is the rendering, or a compound that ends in it."""
    if word.key == key:
        return True
    return rules.compounds and len(key) >= _SHORTEST_TAIL and word.key.endswith(key)


def _judged(
    comparison: Comparison,
    own: Side,
    other: Side,
    word: Word,
    homonym: Homonym,
    number: int,
    rendering: Word,
) -> Iterator[Finding]:
    fits = [_fit(comparison, own, word, sense) for sense in homonym.senses]
    best = int(np.argmax(fits))
    if fits[best] - fits[number] < _CLEAR or fits[best] < _FITTING:
        return
    meant, taken = homonym.senses[best].renderings[0], homonym.senses[number].renderings[0]
    here, there = passage(own, word), passage(other, rendering)
    on_source = own is comparison.source
    singular = _is_base(own, word, homonym.word) and any(
        _is_base(other, rendering, base) for base in homonym.senses[number].renderings
    )
    yield Finding(
        check="terms",
        rule=RULE,
        severity=Severity.WARNING,
        confidence=round(min(0.85, 0.4 + 1.5 * (fits[best] - fits[number])), 2),
        message=worded(
            '"{word}" seems to mean "{meant}" here, not "{taken}": "{rendering}" does not fit '
            "the sentences around it.",
            word=here.text,
            meant=meant,
            taken=taken,
            rendering=there.text,
        ),
        source=here if on_source else there,
        target=there if on_source else here,
        suggestion=meant if singular else None,
    )


def _is_base(side: Side, word: Word, base: str) -> bool:
    """False for a word with a plural ending that its base form lacks: the table has singulars."""
    if word.text.lower() == base.lower():
        return True
    return side.once(words_of).grammar.is_plural(word.text) is not True


def _fit(comparison: Comparison, own: Side, word: Word, sense: Sense) -> float:
    """How close the sense's cues are to the words around: mean of the three closest cues."""
    near = range(word.sentence - _AROUND, word.sentence + _AROUND + 1)
    around = [w.text for w in own.once(words_of).of(near) if w.key != word.key]
    if not around:
        return 0.0
    cosines = comparison.words(list(sense.cues)) @ comparison.words(around).T
    return float(np.sort(cosines.max(axis=1))[-_CUES:].mean())


def _known(own: str, other: str) -> tuple[Homonym, ...]:
    return _table().get((own, other), ())


@cache
def _table() -> dict[tuple[str, str], tuple[Homonym, ...]]:
    text = (resources.files("checker") / "data" / _TABLE).read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[Homonym, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            languages, word, *columns = line.split("\t")
            own, other = languages.split("-")
            senses = tuple(_sense(column) for column in columns)
            found[own, other] = (*found.get((own, other), ()), Homonym(word, senses))
    return found


def _sense(column: str) -> Sense:
    renderings, cues = column.split(":")
    return Sense(tuple(renderings.split("|")), tuple(cues.split()))
