"""XLSX: a workbook with the findings on one sheet and the aligned text on the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from checker.model import Report
from checker.report import Renderer, Style
from checker.report._table import (
    FINDING_COLUMNS,
    TEXT_COLUMNS,
    Value,
    finding_rows,
    text_rows,
)
from checker.report._words import names

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_CELL = 32_000
_WIDTHS = {
    "message": 50, "source sentence": 50, "target sentence": 50, "source": 70, "target": 70,
    "source text": 22, "target text": 22, "suggestion": 22, "rule": 20, "id": 15,
}  # fmt: skip
_SEVERITIES = {"error": "#FDE3DF", "warning": "#FDECCB", "note": "#DCEEFB"}
# A workbook carries the time it was made; a fixed one keeps equal reports equal.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def render(report: Report, style: Style) -> bytes:
    """The workbook. Every cell is text or a number: nothing in it is ever a formula."""
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, options) as book:
        book.set_properties(
            {"title": names(report)[:255], "comments": report.signature[:255], "created": _MADE}
        )
        _sheet(book, "Findings", FINDING_COLUMNS, finding_rows(report))
        _sheet(book, "Aligned text", TEXT_COLUMNS, text_rows(report))
    return out.getvalue()


def _sheet(
    book: Workbook, name: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    fills = {
        severity: book.add_format({"text_wrap": True, "valign": "top", "bg_color": colour})
        for severity, colour in _SEVERITIES.items()
    }
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, _WIDTHS.get(title, 12))
    number = 0
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            look = fills.get(str(value), plain) if columns[column] == "severity" else plain
            _write(sheet, number, column, value, look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, number, len(columns) - 1)


def _write(sheet: Any, row: int, column: int, value: Value, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:_CELL], look)
    else:
        sheet.write_number(row, column, value, look)


RENDERER = Renderer(
    "xlsx", "a workbook: findings and aligned text", ".xlsx", render, binary=True,
    needs="xlsxwriter",
)  # fmt: skip
