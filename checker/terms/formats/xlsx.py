"""Excel termbases: the first sheet, in the layouts of CSV."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from checker.errors import ReadError, TermbaseError
from checker.read._zip import Archive
from checker.terms.formats._rows import Row, concepts_of, rows_of
from checker.terms.formats._xml import elements, local, text_of
from checker.terms.termbase import Concept, Entries, Format

_SHEETS, _STRINGS = "xl/worksheets/sheet", "xl/sharedStrings.xml"
_MOST_COLUMNS = 64
# A workbook carries the time it was made; a fixed one keeps equal termbases equal.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_COLUMN = re.compile(r"([A-Z]{1,3})\d+")


def read(data: bytes) -> Entries:
    """Concepts of the first sheet. Raises TermbaseError for anything but a workbook."""
    try:
        archive = Archive(data, "it")
        sheets = sorted((n for n in archive.names() if n.startswith(_SHEETS)), key=_order)
        if not sheets:
            raise TermbaseError("it has no worksheet.")
        shared = list(_shared(archive)) if _STRINGS in archive else []
        sheet = archive.read(sheets[0])
    except ReadError as error:
        raise TermbaseError("not an Excel workbook: {error}", error=error.args[0]) from None
    yield from concepts_of(_rows(sheet, shared))


def _order(name: str) -> tuple[int, str]:
    return len(name), name


def _shared(archive: Archive) -> Iterator[str]:
    for item in elements(archive.read(_STRINGS), "si"):
        yield text_of(item, skip="rPh")


def _rows(sheet: bytes, shared: list[str]) -> Iterator[Row]:
    for number, row in enumerate(elements(sheet, "row"), 1):
        cells: list[str] = []
        for cell in row:
            column = _column(str(cell.get("r", "")), len(cells))
            if column < _MOST_COLUMNS:
                cells += [""] * (column - len(cells)) + [_value(cell, shared)]
        yield f"row {row.get('r', number)}", cells


def _column(reference: str, following: int) -> int:
    """Number of the column of a cell such as "AB12", counted from 0."""
    match = _COLUMN.fullmatch(reference)
    return _number(match.group(1)) if match else following


@lru_cache(maxsize=1024)
def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Any, shared: list[str]) -> str:
    kind = cell.get("t")
    wanted = "is" if kind == "inlineStr" else "v"
    value = next((text_of(child) for child in cell if local(child) == wanted), "")
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return value


def write(concepts: Iterable[Concept]) -> bytes:
    """One term a row; every cell is text, whatever it begins with."""
    return sheet(rows_of(concepts))


def sheet(rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook with one sheet of text cells."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": _MADE})
        page = workbook.add_worksheet("terms")
        page.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    page.write_string(number, column, cell)
    return out.getvalue()


FORMAT = Format("xlsx", (".xlsx",), read, write)
