"""Plain text: a line is a block, or a paragraph where a program has wrapped the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from checker.model import Block, BlockKind, Document, Span
from checker.read import Reader
from checker.read._charset import decode

_LINE = re.compile(r"[^\r\n]+|\r\n|\r|\n")
_BULLET = re.compile(r"[-*•·‣▪◦]\s+(?=\S)")
_ITEM = re.compile(r"(?:[-*•·‣▪◦]|\d{1,2}[.)]|[a-z]\))\s")
_WIDEST = 120
Line = tuple[int, Span]  # number from 1, and where its text stands without white space around it


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The document of a text file. Raises ReadError when the bytes are not text."""
    text, remarks = decode(data, path)
    return Document(path, "", text, tuple(_blocks(text)), "text", remarks)


def lines(text: str) -> Iterator[Line]:
    """Number and bare span of every line, empty ones too. Ends: LF, CRLF, CR."""
    number = 1
    for match in _LINE.finditer(text):
        if match.group()[0] in "\r\n":
            number += 1
            continue
        bare = match.group().strip()
        if bare:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield number, Span(start, start + len(bare))


def _blocks(text: str) -> Iterator[Block]:
    groups = _paragraphs(lines(text))
    if not _is_wrapped(text, groups):
        groups = [[line] for group in groups for line in group]
    for group in groups:
        for part in _at_items(text, group):
            yield _block(text, part)


def _paragraphs(found: Iterator[Line]) -> list[list[Line]]:
    """Lines that follow each other without an empty line between."""
    numbered = enumerate(found)
    return [
        [line for _, line in group]
        for _, group in groupby(numbered, key=lambda item: item[1][0] - item[0])
    ]


def _is_wrapped(text: str, groups: Sequence[Sequence[Line]]) -> bool:
    """True when line ends mean nothing: each line was filled before the next began.

    That is, the next line's first word would not have fitted any more.
    """
    width = max((len(span) for group in groups for _, span in group), default=0)
    pairs = [(a[1], b[1]) for group in groups for a, b in pairwise(group)]
    if width > _WIDEST or len(pairs) < 3:
        return False
    filled = sum(len(line) + 1 + _first_word(text, following) > width for line, following in pairs)
    return filled >= 0.9 * len(pairs)


def _first_word(text: str, line: Span) -> int:
    return len(text[line.start : min(line.end, line.start + _WIDEST)].split(None, 1)[0])


def _at_items(text: str, group: Sequence[Line]) -> Iterator[list[Line]]:
    """The group, cut before every line that begins a list item."""
    part: list[Line] = []
    for line in group:
        if part and _ITEM.match(text, line[1].start, line[1].end):
            yield part
            part = []
        part.append(line)
    yield part


def _block(text: str, group: Sequence[Line]) -> Block:
    (first, start), (last, end) = group[0], group[-1]
    place = f"line {first}" if first == last else f"lines {first}–{last}"
    bullet = _BULLET.match(text, start.start, end.end)
    if bullet:
        return Block(Span(bullet.end(), end.end), BlockKind.LIST_ITEM, place)
    return Block(Span(start.start, end.end), BlockKind.PARAGRAPH, place)


READER = Reader("text", "plain text", (".txt", ".text"), lambda data: False, parse)
