"""Tab-separated termbases: CSV with tabs."""

from __future__ import annotations

from collections.abc import Iterable

from checker.terms.formats import csv
from checker.terms.formats._rows import rows_of
from checker.terms.termbase import Concept, Format


def write(concepts: Iterable[Concept]) -> bytes:
    """One term a row, tabs between the fields."""
    return csv.table(rows_of(concepts), "\t")


FORMAT = Format("tsv", (".tsv", ".tab"), csv.read, write)
