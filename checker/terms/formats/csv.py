"""CSV termbases, also with semicolons, tabs or bars between the fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from checker.errors import TermbaseError
from checker.terms.formats._rows import Row, concepts_of, rows_of
from checker.terms.termbase import Concept, Entries, Format

_DELIMITERS = ",;\t|"


def read(data: bytes) -> Entries:
    """Concepts of a UTF-8 table; the delimiter is the one its header uses most."""
    yield from concepts_of(_rows(decoded(data)))


def decoded(data: bytes) -> str:
    """The text of a UTF-8 file. Raises TermbaseError with the line that is something else."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TermbaseError(
            "line {line} is not UTF-8; save the file as UTF-8.", line=line
        ) from None


def _rows(text: str) -> Iterator[Row]:
    header = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield f"line {reader.line_num}", cells
    except csv.Error as error:
        raise TermbaseError("line {line}: {error}.", line=reader.line_num, error=error) from None


def table(rows: Iterable[Iterable[str]], delimiter: str = ",") -> bytes:
    """A table as UTF-8 with a byte order mark, which spreadsheet programs need."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def write(concepts: Iterable[Concept]) -> bytes:
    """One term a row."""
    return table(rows_of(concepts))


FORMAT = Format("csv", (".csv",), read, write)
