"""Cuts a document into sentences with exact offsets."""

from __future__ import annotations

import re
from itertools import pairwise

from checker.languages import load
from checker.model import Article, Document, Language, Sentence, Span

_BOUNDARY = re.compile(r"(?<=[.!?…])[»”“\"')\]]*\s+(?=[«„“\"'(\[]?\s?[^\W\d_a-zà-ÿ])")


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
    cuts = [0, *(m.end() for m in _BOUNDARY.finditer(text)), len(text)]
    spans = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append(Span(start + lead, start + len(piece.rstrip())))
    return spans
