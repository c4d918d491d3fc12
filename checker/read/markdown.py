"""Markdown: offsets point into the file as it is, marks of headings and lists left out."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field

from checker.model import Block, BlockKind, Document, Span
from checker.read import Reader
from checker.read._charset import decode
from checker.read.text import lines

_FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.{0,65536}?)^(?P=fence)[ \t]*\r?$", re.S | re.M
)
_LANGUAGE = re.compile(
    r"^(?:lang|language|locale)\s*[:=]\s*[\"']?([A-Za-z]{2,3}(?:[-_]\w+)?)", re.M
)
_HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
_CLOSING_MARKS = re.compile(r"[ \t]+#+$")
_UNDERLINE = re.compile(r"(?:=+|-+)$")
_BREAK = re.compile(r"(?:[-*_][ \t]*){3,}$")
_FENCE = re.compile(r"`{3,}|~{3,}")
_ITEM = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_DEFINITION = re.compile(r"\[[^\]^\n][^\]\n]{0,200}\]:[ \t]*\S")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:[ \t]*")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]\n]{0,1000})\]\([^)\n]{0,2000}\)$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_DELIMITER = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?$")
_CELL = re.compile(r"(?:\\.|[^|\\])+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)")


@dataclass(slots=True)
class _Open:
    """The block being collected: lines may still follow."""

    kind: BlockKind
    start: int
    first: int
    end: int


@dataclass(slots=True)
class _Scan:
    """Where the scan of a file stands."""

    text: str
    done: list[Block] = field(default_factory=list)
    open: _Open | None = None
    fence: str = ""
    last_line: int = 0
    item_number: int = 0
    row: int = 0

    def close(self) -> None:
        if self.open is not None:
            self.add(self.open.kind, self.open.start, self.open.end, f"line {self.open.first}")
        self.open = None

    def add(self, kind: BlockKind, start: int, end: int, place: str) -> None:
        span = _without_emphasis(self.text, _bare(self.text, start, end))
        if len(span):
            self.done.append(Block(span, kind, place))


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The document of a Markdown file. Raises ReadError when the bytes are not text.

    Front matter, code blocks, comments and link definitions hold no prose and are left
    out; the front matter's ``lang`` is the document's language.
    """
    text, remarks = decode(data, path)
    front = _FRONT_MATTER.match(text)
    language = ""
    if front:
        said = _LANGUAGE.search(front["body"])
        language = said.group(1).replace("_", "-") if said else ""
        remarks = (*remarks, "front matter left out")
    return Document(
        path, language, text, tuple(blocks(text, front.end() if front else 0)), "markdown", remarks
    )


def blocks(text: str, start: int = 0) -> list[Block]:
    """The blocks of Markdown text from ``start`` on."""
    scan = _Scan(text)
    comments = deque(Span(m.start(), m.end()) for m in _COMMENT.finditer(text))
    for number, line in lines(text):
        if line.start < start or _in_comment(comments, line):
            continue
        if number > scan.last_line + 1:
            scan.close()
            scan.row = 0
        scan.last_line = number
        _take(scan, number, line)
    scan.close()
    return scan.done


def _in_comment(comments: deque[Span], line: Span) -> bool:
    """True inside a comment; those that end before ``line`` are dropped for good."""
    while comments and comments[0].end <= line.start:
        comments.popleft()
    return bool(comments) and comments[0].covers(line)


def _take(scan: _Scan, number: int, line: Span) -> None:
    raw = scan.text[line.start : line.end]
    if _in_code(scan, raw):
        return
    if scan.open and scan.open.kind is BlockKind.PARAGRAPH and _UNDERLINE.match(raw):
        scan.open.kind = BlockKind.HEADING
        scan.close()
    elif _BREAK.match(raw) or _DEFINITION.match(raw):
        scan.close()
    elif not (_marked(scan, number, line, raw) or _table_row(scan, number, line, raw)):
        _continue(scan, number, line)


def _in_code(scan: _Scan, raw: str) -> bool:
    fence = _FENCE.match(raw)
    if scan.fence:
        if fence and fence.group().startswith(scan.fence):
            scan.fence = ""
        return True
    if fence:
        scan.close()
        scan.fence = fence.group()
    return bool(fence)


def _marked(scan: _Scan, number: int, line: Span, raw: str) -> bool:
    """Headings, images, footnotes, quotes and list items: lines that a mark opens."""
    heading, image = _HEADING.match(raw), _IMAGE.match(raw)
    if heading:
        scan.close()
        end = line.end - len(raw) + len(_CLOSING_MARKS.sub("", raw))
        scan.add(BlockKind.HEADING, line.start + heading.end(), end, f"line {number}")
    elif image:
        scan.close()
        scan.add(
            BlockKind.CAPTION,
            line.start + image.start("alt"),
            line.start + image.end("alt"),
            f"line {number}",
        )
    else:
        return _opens(scan, number, line, raw)
    return True


def _opens(scan: _Scan, number: int, line: Span, raw: str) -> bool:
    quote, footnote, item = _QUOTE.match(raw), _FOOTNOTE.match(raw), _ITEM.match(raw)
    if quote:
        if not (scan.open and scan.open.kind is BlockKind.QUOTE) or quote.end() == len(raw):
            _start(scan, BlockKind.QUOTE, number, line, quote.end())
        else:
            scan.open.end = line.end
    elif footnote:
        _start(scan, BlockKind.NOTE, number, line, footnote.end())
    elif item and _is_item(scan, item):
        _start(scan, BlockKind.LIST_ITEM, number, line, item.end())
    else:
        return False
    return True


def _start(scan: _Scan, kind: BlockKind, number: int, line: Span, mark: int) -> None:
    scan.close()
    scan.open = _Open(kind, line.start + mark, number, line.end)


def _is_item(scan: _Scan, item: re.Match[str]) -> bool:
    """A numbered item begins with 1 or goes on; "3. Oktober" alone is a sentence."""
    if item["number"] is None:
        return True
    number = int(item["number"])
    goes_on = number in (1, scan.item_number + 1)
    scan.item_number = number if goes_on else 0
    return goes_on


def _table_row(scan: _Scan, number: int, line: Span, raw: str) -> bool:
    if _DELIMITER.match(raw) and "|" in raw:
        return True
    if not (raw.startswith("|") and raw.endswith("|") and len(raw) > 2):
        return False
    scan.close()
    scan.row += 1
    for column, cell in enumerate(_CELL.finditer(raw), 1):
        place = f"line {number}, row {scan.row}, column {column}"
        scan.add(BlockKind.CELL, line.start + cell.start(), line.start + cell.end(), place)
    return True


def _continue(scan: _Scan, number: int, line: Span) -> None:
    if scan.open is None:
        scan.item_number = 0
        scan.open = _Open(BlockKind.PARAGRAPH, line.start, number, line.end)
    scan.open.end = line.end


def _bare(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def _without_emphasis(text: str, span: Span) -> Span:
    """Without marks that wrap the whole block: ``**Titre**``."""
    piece = text[span.start : span.end]
    mark = _EMPHASIS.match(piece)
    if not mark:
        return span
    width = len(mark.group())
    inner = piece[width:-width]
    if not piece.endswith(mark.group()) or not inner or mark.group() in inner:
        return span
    return Span(span.start + width, span.end - width)


READER = Reader(
    "markdown", "Markdown", (".md", ".markdown", ".mdown", ".qmd"), lambda data: False, parse
)
