"""Core types. Imports nothing else of this package.

Positions are code points in the text of a document, half open, so that
``document.text[span.start:span.end]`` is always exactly what a span names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Severity(StrEnum):
    """How loudly a finding speaks.

    ``ERROR`` only where a careful editor would stop publication, ``WARNING`` where a
    look is worth it, ``NOTE`` for everything else (hidden unless asked for).
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the loudest, so that sorting puts errors first."""
        return _LOUDEST_FIRST.index(self)

    def at_least(self, other: Severity) -> bool:
        """True when this severity is as loud as ``other`` or louder."""
        return self.rank <= other.rank


_LOUDEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class LinkKind(StrEnum):
    """What became of the sentences of a link."""

    LINK = "link"
    OMISSION = "omission"
    ADDITION = "addition"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        """The same range, ``by`` code points further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """A span together with exactly the text it cuts out. Empty where text is absent."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class BlockKind(StrEnum):
    """What a block of a document is; sentences never cross blocks."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CELL = "table cell"
    CAPTION = "caption"
    NOTE = "footnote"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, cell or unit.

    ``place`` is what people call it ("line 12", "cell B2", "unit 4"); empty when
    only its number is known.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One language version as it was read.

    ``language`` is a code such as ``fr`` or ``de-CH``, empty while unknown.
    ``remarks`` are things a reader wants said (the charset it took, what it left out).
    ``codes`` are the inline tags and placeholders in the text of a bilingual file.
    """

    path: str
    language: str
    text: str
    blocks: tuple[Block, ...]
    format: str = "text"
    remarks: tuple[str, ...] = ()
    codes: tuple[Span, ...] = ()

    def passage(self, span: Span) -> Passage:
        """The passage that ``span`` cuts out of this document."""
        return Passage(span.start, span.end, self.text[span.start : span.end])

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Line and column of a position, both counted from 1."""
        line = self.text.count("\n", 0, position) + 1
        return line, position - (self.text.rfind("\n", 0, position) + 1) + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article: ``text`` is the document's slice at ``span``."""

    index: int
    text: str
    span: Span
    block: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Article:
    """A document cut into sentences."""

    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def language(self) -> str:
        return self.document.language

    def span_of(self, indices: range) -> Span:
        """From the first to the last sentence of ``indices``; where they would stand if empty."""
        if indices:
            return Span(self.sentences[indices[0]].span.start, self.sentences[indices[-1]].span.end)
        return self.gap(indices.start)

    def text_of(self, indices: range) -> str:
        """The document's text from the first to the last sentence of ``indices``."""
        span = self.span_of(indices)
        return self.document.text[span.start : span.end]

    def gap(self, index: int) -> Span:
        """The empty span where a sentence before sentence ``index`` would stand."""
        if not self.sentences:
            return Span(0, 0)
        if index <= 0:
            start = self.sentences[0].span.start
            return Span(start, start)
        end = self.sentences[min(index, len(self.sentences)) - 1].span.end
        return Span(end, end)


@dataclass(frozen=True, slots=True)
class Link:
    """A bead: sentences of the source and the sentences of the target that say the same.

    One side is empty for an omission or an addition. The empty range still says where
    the sentences would stand. ``confidence`` is the probability that the bead is right.
    """

    source: range
    target: range
    confidence: float
    kind: LinkKind = LinkKind.LINK

    @property
    def paired(self) -> bool:
        """True when both sides have sentences."""
        return bool(self.source) and bool(self.target)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The links of two articles; every sentence of either side is in exactly one."""

    source: Article
    target: Article
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, located on both sides and explained in plain words.

    ``id`` is given by the pipeline: it depends on what is found and on the sentences
    around it, not on positions, so it survives edits elsewhere.
    """

    check: str
    rule: str
    severity: Severity
    confidence: float
    message: str
    source: Passage | None
    target: Passage | None
    suggestion: str | None = None
    related: tuple[Passage, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be checked, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one comparison; ``target`` is None when one document was linted alone.

    ``coverage`` is the share of both texts that could be aligned, 1 for a lint.
    """

    source: Article
    target: Article | None
    findings: tuple[Finding, ...]
    links: tuple[Link, ...]
    skipped: tuple[Skipped, ...]
    signature: str
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one pair of an audit: a report, or the reason why there is none."""

    pair: str
    report: Report | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a gate; ``passed`` is None when it could not be checked."""

    passed: bool | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """What is known about one language: a code, a name, and one table per subject.

    The tables come from the language's own file; each module that needs one reads its
    own section and nobody else's.
    """

    code: str
    name: str
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))

    def section(self, name: str) -> Mapping[str, Any]:
        """The table called ``name``, empty when this language has none."""
        return self.sections.get(name, MappingProxyType({}))
