"""CSV: one row a finding."""

from __future__ import annotations

import csv
from io import StringIO

from checker.model import Report
from checker.report import Renderer, Style
from checker.report._table import FINDING_COLUMNS, Value, finding_rows


def render(report: Report, style: Style) -> bytes:
    """The findings as UTF-8 with a header line, fields separated by commas."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.replace(" ", "_") for column in FINDING_COLUMNS)
    writer.writerows([_inert(value) for value in row] for row in finding_rows(report))
    return out.getvalue().encode("utf-8", "replace")


def _inert(value: Value) -> Value:
    """An apostrophe in front of what a spreadsheet would take for a formula."""
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + value
    return value


RENDERER = Renderer("csv", "a table of the findings", ".csv", render)
