"""Excel workbooks: one named column of the first sheet, or two languages."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from checker.errors import ReadError
from checker.model import Document
from checker.read import DocumentPair, Reader
from checker.read._table import Row, column_document, column_pair
from checker.read._xml import attribute, child, children, descendants, parse_xml
from checker.read._zip import Archive, mentions

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_MOST_COLUMNS = 500
_MOST_ROWS = 1_048_576


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The column that ``option`` names as a document. Raises ReadError on broken input."""
    archive = Archive(data, path)
    rows = _rows(archive, path, _sheets(archive, path)[0], _shared(archive, path))
    return column_document(rows, path, "xlsx", option)


def pair(data: bytes, path: str, option: str = "") -> DocumentPair:
    """Two columns as two sides, a row a unit; ``option`` may name them: "B,C".

    The first sheet in which they can be told counts.
    """
    archive = Archive(data, path)
    shared = _shared(archive, path)
    failures = []
    for sheet in _sheets(archive, path):
        try:
            return column_pair(_rows(archive, path, sheet, shared), path, "xlsx", option)
        except ReadError as error:
            failures.append(error)
    raise failures[0]


def _rows(archive: Archive, path: str, name: str, shared: list[str]) -> list[Row]:
    sheet = parse_xml(archive.read(name), path)
    rows: list[list[str]] = []
    for row in descendants(sheet, "row"):
        number = _number(attribute(row, "r"), len(rows) + 1, _MOST_ROWS)
        rows += ([] for _ in range(number - 1 - len(rows)))
        rows.append(_cells(row, shared))
    return list(rows)


def _cells(row: Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in children(row, "c"):
        reference = _REFERENCE.match(attribute(cell, "r"))
        column = _index(reference.group(1)) if reference else len(cells)
        if len(cells) <= column < _MOST_COLUMNS:
            cells += [""] * (column - len(cells)) + [_value(cell, shared)]
    return cells


def _value(cell: Element, shared: list[str]) -> str:
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _string(inline) if inline is not None else ""
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        index = _number(text, len(shared) + 1, len(shared) + 1)
        return shared[index] if index < len(shared) else ""
    return text


def _shared(archive: Archive, path: str) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive:
        return []
    return [_string(item) for item in children(parse_xml(archive.read(name), path), "si")]


def _string(item: Element) -> str:
    """Text of a string, its formatted runs joined; readings of Japanese left out."""
    parts = []
    for part in children(item, "t", "r"):
        text = part if part.tag.endswith("}t") else child(part, "t")
        parts.append((text.text or "") if text is not None else "")
    return "".join(parts)


def _sheets(archive: Archive, path: str) -> list[str]:
    """The parts that hold the sheets, in the workbook's order."""
    workbook = parse_xml(archive.read("xl/workbook.xml"), path)
    relations = parse_xml(archive.read("xl/_rels/workbook.xml.rels"), path)
    targets = {attribute(r, "Id"): attribute(r, "Target") for r in relations}
    found = [targets.get(attribute(sheet, "id"), "") for sheet in descendants(workbook, "sheet")]
    names = [t.lstrip("/") if t.startswith("/") else f"xl/{t}" for t in found if t]
    return names or ["xl/worksheets/sheet1.xml"]


def _number(text: str, default: int, most: int) -> int:
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else default


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def recognises(data: bytes) -> bool:
    """True for a zip archive that holds a workbook."""
    return mentions(data, b"xl/workbook.xml")


READER = Reader(
    "xlsx",
    "Excel workbook with a named column; alone: two languages",
    (".xlsx", ".xlsm"),
    recognises,
    parse,
    pair,
    option="name, letter or number of a column; two with a comma between: both languages",
)
