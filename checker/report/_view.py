"""A report as a page needs it: rows of linked sentences cut at the marks, and cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.messages import ENGLISH, Catalogue
from checker.model import BlockKind, Finding, Link, LinkKind, Passage, Report, Span
from checker.report._excerpt import Elsewhere, Locations
from checker.report._words import next_step, shown
from checker.report._words import place as named

UNSURE = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that the same findings mark.

    ``findings`` are numbers of cards; ``anchors`` those of them that begin here, which is
    where a jump lands, and ``ends`` those that end here, which is where their number is
    written. A piece without text marks a place where something is missing. ``contexts`` are
    those that only show it for what they mark on the other side.
    """

    text: str
    findings: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    look: str = ""
    code: bool = False
    contexts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence in pieces; ``place`` is said where a new block begins."""

    pieces: tuple[Piece, ...]
    place: str
    heading: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row. ``missing`` marks what should stand in an empty cell."""

    sentences: tuple[SentenceView, ...]
    missing: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A bead. ``starts`` are where its sides begin, in ten-thousandths of each text."""

    kind: str
    confidence: float
    cells: tuple[Cell, ...]
    starts: tuple[int, ...]
    marked: bool

    @property
    def unsure(self) -> bool:
        """True for a link that is more likely wrong than a reader would expect."""
        return self.kind == LinkKind.LINK and self.confidence < UNSURE


@dataclass(frozen=True, slots=True)
class Quote:
    """What a finding marks on one side."""

    side: str
    language: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as the list shows it."""

    number: int
    finding: Finding
    quotes: tuple[Quote, ...]
    elsewhere: tuple[Elsewhere, ...]
    step: str


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    card: int
    look: str


class View:
    """The rows and cards of one report. ``side`` is "s" for the source, "t" for the target."""

    def __init__(self, report: Report, words: Catalogue = ENGLISH) -> None:
        self.report = report
        self._words = words
        self.locations = Locations(report)
        self.locators = self.locations.sides
        self.cards = tuple(self._card(n, f) for n, f in enumerate(self.locations.ordered(), 1))
        self._marks: dict[tuple[str, int], list[_Mark]] = {}
        self._absent: dict[tuple[str, int], list[_Mark]] = {}
        links = self._links()
        self._empty = {
            ("t" if link.source else "s", index): number
            for number, link in enumerate(links)
            if len(self.locators) == 2 and not link.paired
            for index in (link.source or link.target)
        }
        for card in self.cards:
            self._place(card)
        self.rows = tuple(self._row(number, link) for number, link in enumerate(links))

    def _links(self) -> Sequence[Link]:
        if self.report.target:
            return self.report.links
        count = len(self.report.source.sentences)
        return [Link(range(i, i + 1), range(0), 1.0) for i in range(count)]

    def _card(self, number: int, finding: Finding) -> Card:
        quotes = tuple(self._quote(side, p) for side, p in self.locations.passages(finding))
        elsewhere = self.locations.elsewhere(finding)
        return Card(number, finding, quotes, elsewhere, next_step(finding, self._words))

    def _quote(self, side: str, passage: Passage) -> Quote:
        where = self.locators[side]
        place = named(where.place(passage.start), self._words)
        return Quote(side, where.article.language, shown(place), shown(passage.text))

    def _place(self, card: Card) -> None:
        """Notes what a card marks, by sentence, or by row where a whole side is empty."""
        finding = card.finding
        for side, passage in self.locations.passages(finding):
            other = finding.target if side == "s" else finding.source
            context = self.locations.is_context(finding, passage)
            look = "context" if context else finding.severity.value
            mark = _Mark(passage.start, passage.end, card.number, look)
            row = None if passage.text else self._empty_row(side, other)
            if row is not None:
                self._absent.setdefault((side, row), []).append(mark)
                continue
            for index in self.locators[side].sentences(passage.span):
                self._marks.setdefault((side, index), []).append(mark)

    def _empty_row(self, side: str, other: Passage | None) -> int | None:
        """The row with nothing on ``side`` that holds the passage of the other side."""
        if other is None:
            return None
        opposite = "t" if side == "s" else "s"
        found = (self._empty.get((side, i)) for i in self.locators[opposite].sentences(other.span))
        return next((row for row in found if row is not None), None)

    def _row(self, number: int, link: Link) -> Row:
        cells = tuple(
            self._cell(side, indices, number)
            for side, indices in zip(self.locators, (link.source, link.target), strict=False)
        )
        marked = any(
            cell.missing or any(p.findings for s in cell.sentences for p in s.pieces)
            for cell in cells
        )
        starts = tuple(
            self._fraction(side, indices)
            for side, indices in zip(self.locators, (link.source, link.target), strict=False)
        )
        return Row(link.kind.value, link.confidence, cells, starts, marked)

    def _fraction(self, side: str, indices: range) -> int:
        article = self.locators[side].article
        return article.span_of(indices).start * 10_000 // max(1, len(article.document.text))

    def _cell(self, side: str, indices: range, row: int) -> Cell:
        missing = tuple(_missing(m) for m in self._absent.get((side, row), ()))
        return Cell(tuple(self._sentence(side, index) for index in indices), missing)

    def _sentence(self, side: str, index: int) -> SentenceView:
        article = self.locators[side].article
        sentence = article.sentences[index]
        opens = index == 0 or article.sentences[index - 1].block != sentence.block
        place = named(self.locators[side].place(sentence.span.start), self._words) if opens else ""
        marks = self._marks.get((side, index), [])
        codes = self.locators[side].codes(sentence.span)
        pieces = tuple(_cut(sentence.text, sentence.span, marks, codes))
        return SentenceView(pieces, shown(place), sentence.kind is BlockKind.HEADING)


def _cut(text: str, span: Span, marks: Iterable[_Mark], codes: Sequence[Span]) -> Iterator[Piece]:
    """``text`` cut wherever a mark or an inline code begins or ends; codes are in the text."""
    inside = [
        replace(
            m,
            start=min(max(m.start, span.start), span.end) - span.start,
            end=max(min(m.end, span.end), span.start) - span.start,
        )
        for m in marks
    ]
    begun = {m.card for m in marks if m.start < span.start}
    lasting = {m.card for m in marks if m.end > span.end}
    edges = {place for mark in inside for place in (mark.start, mark.end)}
    edges |= {place for code in codes for place in (code.start, code.end)}
    bounds = sorted({0, len(text), *edges})
    begins = {code.start for code in codes}
    for start, end in zip(bounds, [*bounds[1:], None], strict=True):
        yield from (_missing(m) for m in inside if m.start == m.end == start)
        if end is None:
            return
        over = sorted(
            (m for m in inside if m.start <= start and end <= m.end),
            key=lambda m: m.end - m.start,
        )
        anchors = tuple(m.card for m in over if m.card not in begun)
        begun.update(anchors)
        ends = tuple(m.card for m in over if m.end == end and m.card not in lasting)
        look = over[0].look if over else ""
        cards = tuple(m.card for m in over)
        contexts = tuple(m.card for m in over if m.look == "context")
        yield Piece(shown(text[start:end]), cards, anchors, ends, look, start in begins, contexts)


def _missing(mark: _Mark) -> Piece:
    return Piece("", (mark.card,), (mark.card,), (mark.card,), mark.look)
