"""PDF: the text of the pages; lines joined to paragraphs, running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from checker.errors import ReadError
from checker.model import BlockKind, Document
from checker.read import Reader
from checker.read._build import Builder

_MOST_PAGES = 2000
_BROKEN_WORD = "\ufffe"  # PDFium's sign for a hyphen at the end of a line
_OFTEN = 0.05
_BULLET = re.compile(r"[•▪◦‣·\ue000-\uf8ff][ \t]+")
_FIRST_WORD = re.compile(r"[«„“]?\s?\S+(?:\s[;:!?»])?")  # French stops stay with their word
_END = re.compile(r"[.!?…:;][\s»”“\"')\]]{0,3}\Z")
_DIGITS = re.compile(r"\d+")
_LINE = re.compile(r"[^\r\n]+")
_RUNNING_PAGES = 3
_SAME_COLUMN = 20.0  # points between left edges
_SPACE = 0.25  # width of a space, in sizes of the letters
_ENOUGH_STEPS = 8  # lines of a page from which it has a usual distance of its own
_CUT_NAME = re.compile(r"[A-Z\d]-\Z")
_CUT_LINK = re.compile(r"(?:https?://|www\.)\S{20,}\Z")
_REST_OF_LINK = re.compile(r"[\w%&=?#]{0,80}[-./_]\S")


class _Line(NamedTuple):
    """A line of a page: its edges, baseline and letter size in points, upwards from the foot."""

    text: str
    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    size: float = 1.0
    first_word: float = 0.0
    """Width of the first word with a space before it."""


class _Paragraph(NamedTuple):
    """A paragraph of one page: its text, its first word's width, and the room left at its end."""

    text: str
    first_word: float
    room: float


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The text of a PDF.

    A paragraph ends where the next line's first word would still have fitted, where the
    gap grows or the size of the letters changes; a line that stands first or last on
    three pages or more, page numbers aside, is a running head. Raises ReadError when the
    file is broken, locked, only pictures, or pypdfium2 is not installed.
    """
    pages = _pages(data, path)
    running = _running(pages)
    hyphenated = _is_hyphenated(pages)
    builder = Builder()
    for place, paragraph in _across_pages(pages, running):
        _add(builder, paragraph, hyphenated, place)
    if not len(builder) and pages:
        raise ReadError(
            "{path} holds pictures of pages, no text: run character recognition first.", path=path
        )
    return builder.document(path, "pdf", "", ("paragraphs guessed from the lines of the PDF",))


def _across_pages(
    pages: Sequence[Sequence[_Line]], running: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Place and text of every paragraph; one that runs over the end of a page is whole."""
    held, held_place, room = "", "", 0.0
    usual = median([step for lines in pages for step in _steps(lines)] or [0.0])
    for number, lines in enumerate(pages, 1):
        kept = [
            line
            for i, line in enumerate(lines)
            if not (_is_edge(i, lines) and _shape(line) in running)
        ]
        for count, paragraph in enumerate(_paragraphs(kept, usual), 1):
            if held and count == 1 and _runs_over(held, room, paragraph):
                held = _joined(held, paragraph.text)
            else:
                if held:
                    yield held_place, held
                held, held_place = paragraph.text, f"page {number}, paragraph {count}"
            room = paragraph.room
    if held:
        yield held_place, held


def _runs_over(text: str, room: float, following: _Paragraph) -> bool:
    """True when a paragraph cannot have ended with the page that its text ends on."""
    full = not _END.search(text) and room < following.first_word
    return full or _goes_on(text, following.text)


def _goes_on(text: str, following: str) -> bool:
    """True when no paragraph can end between the two: no stop, and a small letter after."""
    return following[:1].islower() and not _END.search(text)


def _add(builder: Builder, paragraph: str, hyphenated: bool, place: str) -> None:
    bullet = _BULLET.match(paragraph)
    text = paragraph[bullet.end() :] if bullet else paragraph
    text = text.replace(_BROKEN_WORD, "" if hyphenated else "-")
    builder.add(text, BlockKind.LIST_ITEM if bullet else BlockKind.PARAGRAPH, place)


def _pages(data: bytes, path: str) -> list[list[_Line]]:
    try:
        import pypdfium2
    except ImportError:
        raise ReadError(
            "{path} is a PDF: type pip install "
            '"translation-consistency-checker[documents]" to read it.',
            path=path,
        ) from None
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise ReadError(
                    "{path} has {number} pages: no article has as many.",
                    path=path,
                    number=len(document),
                )
            return [_lines(page.get_textpage()) for page in document]
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            "{path} is a PDF that cannot be opened ({error}).", path=path, error=error
        ) from None


def _lines(page: Any) -> list[_Line]:
    """Lines of a page of PDFium; pieces that stand beside each other are one line."""
    text = page.get_text_range()
    exact = len(text) == page.count_chars()
    lines: list[_Line] = []
    for match in _LINE.finditer(text):
        bare = match.group().strip()
        if not bare:
            continue
        start = match.start() + match.group().index(bare)
        line = _measured(page, bare, start) if exact else _Line(bare)
        if lines and exact and _beside(lines[-1], line):
            lines[-1] = _merged(lines[-1], line)
        else:
            lines.append(line)
    return lines


def _measured(page: Any, text: str, start: int) -> _Line:
    """The line with its measures, from its first and last character."""
    from ctypes import c_double

    from pypdfium2 import raw

    last = start + len(text) - 1
    x, baseline = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(page, last, x, baseline)
    size = raw.FPDFText_GetFontSize(page, start) or 1.0
    left, right = page.get_charbox(start)[0], page.get_charbox(last)[2]
    word = _FIRST_WORD.match(text)
    end = start + len(word.group()) - 1 if word else last
    first_word = page.get_charbox(end)[2] - left + _SPACE * abs(size)
    return _Line(text, left, right, baseline.value, abs(size), first_word)


def _beside(line: _Line, following: _Line) -> bool:
    near = -1 < following.left - line.right < 2 * line.size
    return near and abs(line.baseline - following.baseline) < 0.5 * line.size


def _merged(line: _Line, following: _Line) -> _Line:
    apart = following.left - line.right > 0.15 * line.size
    space = " " if apart and following.text[0] not in ".,;:)" else ""
    text = line.text + space + following.text
    return line._replace(text=text, right=following.right)


def _running(pages: Sequence[Sequence[_Line]]) -> frozenset[str]:
    """Shapes of the lines that return at the edges of pages, and of bare page numbers."""
    shapes = Counter(
        shape
        for lines in pages
        for shape in {_shape(line) for i, line in enumerate(lines) if _is_edge(i, lines)}
    )
    return frozenset(s for s, count in shapes.items() if count >= _RUNNING_PAGES) | {"#"}


def _is_edge(index: int, lines: Sequence[_Line]) -> bool:
    return index < 2 or index >= len(lines) - 2


def _shape(line: _Line) -> str:
    """The line with its numbers made equal: page numbers change from page to page."""
    return _DIGITS.sub("#", line.text)


def _is_hyphenated(pages: Sequence[Sequence[_Line]]) -> bool:
    """True when words are divided at line ends, not only compounds at their own hyphens."""
    lines = [line for page in pages for line in page]
    return sum(_BROKEN_WORD in line.text for line in lines) > _OFTEN * len(lines)


def _paragraphs(lines: Sequence[_Line], usual: float) -> Iterator[_Paragraph]:
    """The paragraphs of one page; ``usual`` is the distance of a document's lines."""
    steps = _steps(lines)
    usual = median(steps) if len(steps) >= _ENOUGH_STEPS else usual
    text, first_word = "", 0.0
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        first_word = first_word if text else line.first_word
        text = _joined(text, line.text)
        end = _column_end(line, lines)
        if following is None or _parts(line, following, usual, end):
            yield _Paragraph(text, first_word, end - line.right)
            text = ""


def _steps(lines: Sequence[_Line]) -> list[float]:
    return [a.baseline - b.baseline for a, b in pairwise(lines)]


def _joined(text: str, line: str) -> str:
    """A line behind the text before it: codes may be cut at hyphens, links anywhere."""
    name = _CUT_NAME.search(text) and (line[0].isupper() or line[0].isdigit())
    link = _CUT_LINK.search(text[-300:]) and _REST_OF_LINK.match(line)
    return text + line if not text or name or link else f"{text} {line}"


def _parts(line: _Line, following: _Line, usual: float, end: float) -> bool:
    """True when a paragraph ends between two lines."""
    if _goes_on(line.text, following.text) and abs(line.size - following.size) < 0.5:
        return False
    return (
        bool(_BULLET.match(following.text))
        or line.baseline - following.baseline > usual + 0.5 * following.size
        or abs(line.size - following.size) > 0.1 * line.size
        or line.right + following.first_word < end - 0.3 * line.size
    )


def _column_end(line: _Line, lines: Sequence[_Line]) -> float:
    """How far to the right the lines of this line's column go."""
    return max(o.right for o in lines if abs(o.left - line.left) < _SAME_COLUMN)


def recognises(data: bytes) -> bool:
    """True for the mark of a PDF within the first kilobyte."""
    return b"%PDF-" in data[:1024]


READER = Reader("pdf", "PDF with text", (".pdf",), recognises, parse)
