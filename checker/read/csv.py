"""Comma, semicolon and tab separated tables: one named column, or two languages."""

from __future__ import annotations

import csv

from checker.errors import ReadError
from checker.model import Document
from checker.read import DocumentPair, Reader
from checker.read._charset import decode
from checker.read._table import Row, column_document, column_pair

_SEPARATORS = "\t;,|"


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The column that ``option`` names as a document. Raises ReadError on broken input."""
    return column_document(_rows(data, path), path, "csv", option)


def pair(data: bytes, path: str, option: str = "") -> DocumentPair:
    """Two columns as two sides, a row a unit; ``option`` may name them: "fr,de"."""
    return column_pair(_rows(data, path), path, "csv", option)


def _rows(data: bytes, path: str) -> list[Row]:
    text, _ = decode(data, path)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    except csv.Error as error:
        raise ReadError("{path} is a broken table ({error}).", path=path, error=error) from None


READER = Reader(
    "csv",
    "table with a named column; alone: two languages",
    (".csv", ".tsv"),
    lambda data: False,
    parse,
    pair,
    option="name, letter or number of a column; two with a comma between: both languages",
)
