"""What one pair teaches about the whole archive: renderings, spellings, sentences.

Facts are small and say where they stand, so that the archive can be judged from the store
alone, without reading or aligning a document again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.audit.likeness import sketch
from checker.checks import Comparison, Side, selected
from checker.content.text import words
from checker.model import Article, Passage, Span
from checker.names.document import names_of
from checker.names.tokens import Token
from checker.terms.pairings import pairings_of
from checker.terms.titles import facing_titles
from checker.terms.words import passage

TERM, TITLE, NAME, FULL_NAME, SENTENCE = "term", "title", "name", "full name", "sentence"

_SURE = 0.7  # above the pairings' own threshold: an archive multiplies whatever is wrong
_SHORTEST = 4
_SENTENCE_WORDS = 5
_EXCERPT = 60


class Fact(NamedTuple):
    """``key`` is rendered or written as ``value``, so many times; where it is first so.

    Starts are positions in the document; a side without the fact has start -1. ``name`` and
    ``full name`` are facts of one side, with its language before the key.
    """

    kind: str
    key: str
    value: str
    times: int
    source_start: int
    source_text: str
    target_start: int
    target_text: str


class Seen(NamedTuple):
    """What is kept of one comparison: its facts, and of each side language and sketch."""

    facts: tuple[Fact, ...] = ()
    sketches: tuple[tuple[str, bytes], ...] = ()


NOTHING = Seen()


def observed(comparison: Comparison) -> Seen:
    """Every fact of one comparison, each once, in a fixed order.

    Only what the checks at work are about: an audit of numbers alone learns no terms.
    """
    sides = comparison.source, comparison.target
    at_work = {check.name for check in selected(comparison.settings)}
    at_work -= {n for n in _NEEDS if not all(s.language.section(n) for s in sides)}
    facts: list[Fact] = []
    for name, learn in _LESSONS:
        facts += learn(comparison) if name in at_work else ()
    return Seen(tuple(_merged(facts)), tuple(sketched(s.article) for s in sides))


def sketched(article: Article) -> tuple[str, bytes]:
    """Language of an article, and the sketch of its text."""
    return article.language.split("-")[0], sketch(article.document.text)


def _merged(facts: list[Fact]) -> Iterator[Fact]:
    """Facts that say the same counted as one, at the first place."""
    times: dict[tuple[str, str, str], int] = defaultdict(int)
    first: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        times[fact[:3]] += fact.times
        first.setdefault(fact[:3], fact)
    return (fact._replace(times=times[key]) for key, fact in first.items())


def _fact(kind: str, key: str, value: str, source: Passage | None, target: Passage | None) -> Fact:
    here, there = (
        (p.start, p.text.encode("utf-8", "replace").decode()) if p else (-1, "")
        for p in (source, target)
    )
    return Fact(kind, key, value, 1, *here, *there)


def _renderings(comparison: Comparison) -> Iterator[Fact]:
    """Words and the nouns that face them, where the two are surely a pair."""
    source, target = comparison.source, comparison.target
    for link in comparison.once(pairings_of).by_link:
        for pair in link:
            one, other = pair.source, pair.target
            if pair.similarity < _SURE or not (one.noun and other.noun):
                continue
            if min(len(one.text), len(other.text)) >= _SHORTEST:
                places = passage(source, one), passage(target, other)
                yield _fact(TERM, one.key, other.key, *places)


def _titles(comparison: Comparison) -> Iterator[Fact]:
    """Names in quotation marks that face each other."""
    for one, other in facing_titles(comparison):
        keys = " ".join(one.key), " ".join(other.key)
        yield _fact(TITLE, *keys, one.passage, other.passage)


def _sentences(comparison: Comparison) -> Iterator[Fact]:
    """Sentences and what they are rendered by, as digests with the first words of each."""
    source, target = comparison.source.article, comparison.target.article
    for link in comparison.links:
        if link.paired and len(link.source) == len(link.target) == 1:
            here, there = source.text_of(link.source), target.text_of(link.target)
            plain = _plain(here)
            if plain.count(" ") + 1 >= _SENTENCE_WORDS:
                spans = source.span_of(link.source), target.span_of(link.target)
                shown = _beginning(source, spans[0]), _beginning(target, spans[1])
                yield _fact(SENTENCE, _digest(plain), _digest(_plain(there)), *shown)


def _plain(text: str) -> str:
    return " ".join(word.lower for word in words(text))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _beginning(article: Article, span: Span) -> Passage:
    """The first words of a sentence."""
    text = article.document.text[span.start : span.end]
    cut = len(text) if len(text) <= _EXCERPT else text.rfind(" ", 1, _EXCERPT)
    return article.document.passage(Span(span.start, span.start + (cut if cut > 0 else _EXCERPT)))


def _names(comparison: Comparison) -> Iterator[Fact]:
    """Words that only a name explains, and full names of two words, of both sides."""
    yield from _names_of(comparison.source, of_source=True)
    yield from _names_of(comparison.target, of_source=False)


def _names_of(side: Side, of_source: bool) -> Iterator[Fact]:
    code = side.language.code
    for row in side.once(names_of).rows:
        strong = [t for t in row if t.strong and not t.acronym and len(t.text) >= _SHORTEST]
        for token in strong:
            key = f"{code} {token.folded.replace('-', '')}"
            yield _one_sided(side, of_source, NAME, key, token, token)
        for one, other in pairwise(t for t in row if t.capital and t.run):
            if one.index + 1 == other.index and (one.strong or other.strong):
                key = f"{code} {one.folded} {other.folded}"
                yield _one_sided(side, of_source, FULL_NAME, key, one, other)


def _one_sided(side: Side, of_source: bool, kind: str, key: str, one: Token, last: Token) -> Fact:
    where = side.passage(Span(one.start, last.end))
    return _fact(kind, key, where.text, where if of_source else None, None if of_source else where)


_NEEDS = ("terms", "names")  # checks that need the section of their name in a language's file
_LESSONS: tuple[tuple[str, Callable[[Comparison], Iterator[Fact]]], ...] = (
    ("terms", _renderings),
    ("terms", _titles),
    ("names", _names),
    ("consistency", _sentences),
)
