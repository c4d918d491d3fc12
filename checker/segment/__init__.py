"""Cuts a document into sentences with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from checker.languages import load
from checker.model import Article, Document, Language, Sentence, Span
from checker.segment.boundaries import boundaries
from checker.segment.rules import rules_of

LONGEST = 4000
"""Longest sentence in code points; what runs on without a stop is cut at white space."""


def segment(document: Document) -> Article:
    """The sentences of every block of ``document``, in order.

    Raises LanguageError when the document's language has no file.
    """
    language = load(document.language)
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        for span in split(document.text[block.span.start : block.span.end], language):
            place = span.shifted(block.span.start)
            text = document.text[place.start : place.end]
            sentences.append(Sentence(len(sentences), text, place, number, block.kind))
    return Article(document, tuple(sentences))


def split(text: str, language: Language) -> list[Span]:
    """Spans of the sentences of one block, without the white space around them."""
    cuts = [0, *boundaries(text, rules_of(language.code)), len(text)]
    return [span for start, end in pairwise(cuts) for span in _parts(text, start, end)]


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """The piece without white space around it, in parts where it is longer than LONGEST."""
    while end - start > LONGEST:
        space = max(text.rfind(mark, start + 1, start + LONGEST) for mark in " \n\t")
        cut = space if space > start else start + LONGEST
        yield from _bare(text, start, cut)
        start = cut
    yield from _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        lead = start + len(piece) - len(piece.lstrip())
        yield Span(lead, lead + len(bare))
