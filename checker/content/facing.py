"""What several checks need of each bead: its two texts and how their words agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.checks import Comparison, Side
from checker.content.coverage import Coverage, coverage, tokens
from checker.model import Link, LinkKind, Passage, Span

_LONGEST = 4  # sentences of one side from which a bead is too coarse to judge its words


@dataclass(frozen=True, slots=True)
class Bead:
    """A linked pair of passages with the agreement of their words, source words as rows."""

    link: Link
    source: Passage
    target: Passage
    covered: Coverage


def beads(comparison: Comparison) -> tuple[Bead, ...]:
    """The paired links that are fine enough to look into."""
    fine = [
        link
        for link in comparison.links
        if link.paired
        and link.kind is LinkKind.LINK
        and max(len(link.source), len(link.target)) < _LONGEST
    ]
    _encode_words(comparison, fine)
    return tuple(_bead(comparison, link) for link in fine)


def within(side: Side, passage: Passage, start: int, end: int) -> Passage:
    """The passage at offsets ``start`` to ``end`` of ``passage``."""
    return side.passage(Span(start, end).shifted(passage.start))


def _encode_words(comparison: Comparison, links: Sequence[Link]) -> None:
    """Has all words of the links encoded in one go, which is faster than link by link."""
    words: dict[str, None] = {}
    for side, ranges in (
        (comparison.source, [link.source for link in links]),
        (comparison.target, [link.target for link in links]),
    ):
        for indices in ranges:
            found = tokens(side.article.text_of(indices), side.language.code)
            words.update(dict.fromkeys(word.text for word in found))
    comparison.words(list(words))


def _bead(comparison: Comparison, link: Link) -> Bead:
    source, target = comparison.source, comparison.target
    first = source.passage(source.article.span_of(link.source))
    second = target.passage(target.article.span_of(link.target))
    languages = source.language.code, target.language.code
    return Bead(link, first, second, coverage(first.text, second.text, languages, comparison.words))
