"""PDF: the text of the pages; lines joined to paragraphs, running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.errors import ReadError
from checker.model import BlockKind, Document
from checker.read import Reader
from checker.read._build import Builder

_MOST_PAGES = 2000
_HYPHENS = ("\u00ad", "\x02", "\ufffe", "-")
_END = re.compile(r"[.!?…:»”“\"')\]]\s*\Z")
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"[•▪◦‣·\ue000-\uf8ff][ \t]+")
_RUNNING_PAGES = 3


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The text of a PDF.

    Paragraphs are guessed from line lengths and stops; a line that stands first or last
    on three pages or more, page numbers aside, is a running head. Raises ReadError when
    the file is broken, locked, only pictures, or pypdfium2 is not installed.
    """
    pages = _pages(data, path)
    running = _running(pages)
    builder = Builder()
    for number, lines in enumerate(pages, 1):
        kept = [
            line
            for i, line in enumerate(lines)
            if not (_is_edge(i, lines) and _shape(line) in running)
        ]
        for count, paragraph in enumerate(_paragraphs(kept), 1):
            bullet = _BULLET.match(paragraph)
            kind = BlockKind.LIST_ITEM if bullet else BlockKind.PARAGRAPH
            text = paragraph[bullet.end() :] if bullet else paragraph
            builder.add(text, kind, f"page {number}, paragraph {count}")
    if not len(builder) and pages:
        raise ReadError(
            f"{path} holds pictures of pages, no text: run character recognition first."
        )
    return builder.document(path, "pdf", "", ("paragraphs guessed from the lines of the PDF",))


def _pages(data: bytes, path: str) -> list[list[str]]:
    try:
        import pypdfium2
    except ImportError:
        raise ReadError(
            f'{path} is a PDF: type pip install "translation-consistency-checker[documents]" '
            "to read it."
        ) from None
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise ReadError(f"{path} has {len(document)} pages: no article has as many.")
            return [_lines(page.get_textpage().get_text_bounded()) for page in document]
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{path} is a PDF that cannot be opened ({error}).") from None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Shapes of the lines that return at the edges of pages."""
    shapes = Counter(
        shape
        for lines in pages
        for shape in {_shape(line) for i, line in enumerate(lines) if _is_edge(i, lines)}
    )
    return frozenset(s for s, count in shapes.items() if count >= _RUNNING_PAGES) | {"#"}


def _is_edge(index: int, lines: Sequence[str]) -> bool:
    return index < 2 or index >= len(lines) - 2


def _shape(line: str) -> str:
    """The line with its numbers made equal: page numbers change from page to page."""
    return _DIGITS.sub("#", line)


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines joined; a paragraph ends with a line that is short, or short and without a stop."""
    width = max(map(len, lines), default=0)
    text = ""
    for line in lines:
        if text and _BULLET.match(line):
            yield text
            text = ""
        text = _joined(text, line)
        if len(line) < 0.6 * width or (len(line) < 0.9 * width and _END.search(line)):
            yield text
            text = ""
    if text:
        yield text


def _joined(text: str, line: str) -> str:
    if not text:
        return line
    if text.endswith(_HYPHENS) and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}"


def recognises(data: bytes) -> bool:
    """True for the mark of a PDF within the first kilobyte."""
    return b"%PDF-" in data[:1024]


READER = Reader("pdf", "PDF with text", (".pdf",), recognises, parse)
