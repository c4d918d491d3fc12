"""Articles without their inline codes, and the way back.

Sentences are cut and checked as people read them; a finding then leads back to the text
with its codes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.model import Article, Block, Document, Finding, Passage, Span

_LETTER = re.compile(r"\w")
_SPACE = re.compile(r"\s")
_BREAK = re.compile(r"</?(?:br|p|div|li|tr|td|h[1-6])\b", re.IGNORECASE)
_NOTHING_ELSE = "–"
_STOPS = " \u00a0\u202f\n\t.,;:!?)»”“"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where each code point of a text without codes stands in the full text."""

    places: tuple[int, ...]

    def bare(self, span: Span) -> Span:
        """A span of the full text as one of the bare text."""
        return Span(bisect_left(self.places, span.start), bisect_left(self.places, span.end))

    def full(self, span: Span) -> Span:
        """A span of the bare text as one of the full text, without the codes around it."""
        if span:
            return Span(self.places[span.start], self.places[span.end - 1] + 1)
        at = self.places[span.start - 1] + 1 if span.start else 0
        return Span(at, at)


def bare_document(document: Document) -> tuple[Document, Origin]:
    """The document without its codes. A block that is nothing but codes becomes a dash."""
    pieces: list[str] = []
    places: list[int] = []
    blocks: list[Block] = []
    done = 0
    for block, spans in zip(document.blocks, _by_block(document), strict=True):
        for piece, start in _kept(document.text, Span(done, block.span.start), ()):
            pieces.append(piece)
            places.extend(range(start, start + len(piece)))
        begin = len(places)
        kept = list(_kept(document.text, block.span, spans))
        if spans and not any(_LETTER.search(piece) for piece, _ in kept):
            kept = [(_NOTHING_ELSE, block.span.start)]
        for piece, start in kept:
            pieces.append(piece)
            places.extend(range(start, start + len(piece)))
        blocks.append(replace(block, span=Span(begin, len(places))))
        done = block.span.end
    text = "".join(pieces)
    return replace(document, text=text, blocks=tuple(blocks), codes=()), Origin(tuple(places))


def _by_block(document: Document) -> list[list[Span]]:
    """The codes of each block."""
    starts = [block.span.start for block in document.blocks]
    found: list[list[Span]] = [[] for _ in starts]
    for span in document.codes:
        found[bisect_right(starts, span.start) - 1].append(span)
    return found


def _kept(text: str, within: Span, gone: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """What is left of a block with its place, one space less where a code stood between two."""
    at, last = within.start, " "
    for span in _runs(gone):
        before, after = text[at : span.start], text[span.end : min(span.end + 1, within.end)]
        last = before[-1:] or last
        spaced = last.isspace()
        follows = span.end
        if spaced and after.isspace():
            follows += 1
        elif before and spaced and (not after or after in _STOPS):
            before = before[:-1]
        if before:
            yield before, at
        if not spaced and _BREAK.match(text, span.start) and after and not after.isspace():
            yield " ", span.start
        at = follows
    if at < within.end:
        yield text[at : within.end], at


def _runs(spans: Sequence[Span]) -> Iterator[Span]:
    """Codes that touch each other as one."""
    held: Span | None = None
    for span in spans:
        if held is not None and held.end == span.start:
            held = Span(held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def bare_article(article: Article) -> tuple[Article, Origin | None]:
    """The article as checks of prose should read it, and the way back; None without codes."""
    if not article.document.codes:
        return article, None
    document, origin = bare_document(article.document)
    sentences = []
    for sentence in article.sentences:
        span = origin.bare(sentence.span)
        text = document.text[span.start : span.end]
        span = Span(span.start + len(text) - len(text.lstrip()), span.end)
        span = Span(span.start, span.start + len(text.strip()))
        text = document.text[span.start : span.end]
        sentences.append(replace(sentence, text=text, span=span))
    return Article(document, tuple(sentences)), origin


def with_codes(article: Article, document: Document, origin: Origin) -> Article:
    """The sentences of a bare article in the full ``document``: no code is left between them.

    A code that touches the end of a sentence belongs to it, one behind a space to the next.
    """
    spans = [origin.full(sentence.span) for sentence in article.sentences]
    blocks = [document.blocks[sentence.block].span for sentence in article.sentences]
    ends = [
        block.end if following != block else _gap(document.text, span.end, next_span.start)
        for span, next_span, block, following in zip(
            spans, [*spans[1:], Span(0, 0)], blocks, [*blocks[1:], None], strict=True
        )
    ]
    sentences = []
    for number, sentence in enumerate(article.sentences):
        first = not number or blocks[number - 1] != blocks[number]
        start = blocks[number].start if first else ends[number - 1]
        piece = document.text[start : ends[number]]
        start += len(piece) - len(piece.lstrip())
        span = Span(start, start + len(piece.strip()))
        text = document.text[span.start : span.end]
        sentences.append(replace(sentence, text=text, span=span))
    return Article(document, tuple(sentences))


def _gap(text: str, end: int, start: int) -> int:
    """Where a sentence ends that is followed by codes up to the next one at ``start``."""
    space = _SPACE.search(text, end, start)
    return space.start() if space else start


def in_full(finding: Finding, source: Way, target: Way) -> Finding:
    """A finding about two bare articles as one about the full ones."""
    if source.origin is None and target.origin is None:
        return finding
    ways = [source if source.holds(passage) else target for passage in finding.related]
    return replace(
        finding,
        source=finding.source and source.passage(finding.source),
        target=finding.target and target.passage(finding.target),
        related=tuple(w.passage(p) for w, p in zip(ways, finding.related, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """From a bare article back to the full one; ``origin`` is None where they are the same."""

    bare: Article
    full: Article
    origin: Origin | None

    @classmethod
    def of(cls, article: Article) -> Way:
        plain, origin = bare_article(article)
        return cls(plain, article, origin)

    def holds(self, passage: Passage) -> bool:
        """True when a passage can have been cut out of the bare article."""
        return self.bare.document.passage(passage.span) == passage

    def passage(self, passage: Passage) -> Passage:
        """The same passage, cut out of the full article."""
        if self.origin is None:
            return passage
        return self.full.document.passage(self.origin.full(passage.span))
