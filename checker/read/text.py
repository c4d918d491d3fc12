"""Plain text: a line is a block, empty lines separate nothing more."""

from __future__ import annotations

import re

from checker.errors import ReadError
from checker.model import Block, Document, Span
from checker.read import Reader


def parse(data: bytes, path: str) -> Document:
    """The document of a text file. Raises ReadError when the bytes are not text."""
    text, charset = decode(data, path)
    blocks = tuple(
        Block(Span(m.start(), m.end()), place=f"line {number}")
        for number, m in _lines(text)
        if m.group().strip()
    )
    remarks = () if charset == "utf-8" else (f"read as {charset}",)
    return Document(path, "", text, blocks, "text", remarks)


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Text and charset: by its BOM, else UTF-8, else Windows-1252.

    Raises ReadError for bytes that are no text in any of them.
    """
    for bom, charset in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(bom):
            return data.decode("utf-8-sig" if charset == "utf-8" else charset), charset
    if b"\0" in data:
        raise ReadError(f"{path} is not text: it holds zero bytes.")
    for charset in ("utf-8", "cp1252"):
        try:
            return data.decode(charset), charset
        except UnicodeDecodeError:
            continue
    raise ReadError(f"{path} is not text in UTF-8 or Windows-1252: save it as UTF-8.")


def _lines(text: str) -> enumerate[re.Match[str]]:
    return enumerate(re.finditer(r"[^\r\n]*(?=\r\n|\r|\n|\Z)", text), 1)


READER = Reader("text", "plain text", (".txt",), lambda head, name: False, parse)
