"""Builds documents out of extracted pieces, for formats whose bytes are not their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from checker.codes import codes
from checker.model import Block, BlockKind, Document, Span

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r"[ \t\r]*\n[ \t\r]*")


@dataclass(slots=True)
class Builder:
    """Collects pieces of text, one a block and a line; offsets are into what is collected."""

    _pieces: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _codes: list[Span] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, place: str = "") -> bool:
        """Adds a block unless nothing can be read in it; True when it did."""
        text = clean(text)
        if not text:
            return False
        self._append(text, kind, place)
        return True

    def add_unit(self, text: str, place: str, kind: BlockKind = BlockKind.UNIT) -> None:
        """Adds a block even when it is empty: the other side's block stands beside it.

        The tags and placeholders in it are remembered as such.
        """
        text = clean(text)
        self._append(text, kind, place)
        start = self._length - len(text)
        self._codes += (code.span.shifted(start) for code in codes(text))

    def __len__(self) -> int:
        return len(self._blocks)

    def document(
        self, path: str, form: str, language: str = "", remarks: tuple[str, ...] = ()
    ) -> Document:
        """What has been collected."""
        text, blocks = "".join(self._pieces), tuple(self._blocks)
        return Document(path, language, text, blocks, form, remarks, tuple(self._codes))

    def _append(self, text: str, kind: BlockKind, place: str) -> None:
        if self._pieces:
            self._pieces.append("\n")
            self._length += 1
        span = Span(self._length, self._length + len(text))
        self._pieces.append(text)
        self._blocks.append(Block(span, kind, place))
        self._length = span.end


def clean(text: str) -> str:
    """Without characters nobody sees (soft hyphens) and those no output can carry."""
    return _AROUND_BREAK.sub("\n", _UNFIT.sub("\ufffd", _UNSEEN.sub("", text))).strip()


def collapse(text: str) -> str:
    """White space as browsers show it; no-break spaces stay."""
    return _SPACES.sub(" ", text)


def column_name(number: int) -> str:
    """Name of a spreadsheet column counted from 1: A, B, ... AA."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
