"""Measures told in two units or more, as one: 2 h 5 min 34 s, deux ans et trois mois."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from checker.model import Span
from checker.quantities.model import Kind, Quantity

_SMALLER = {
    ("h", "min"): 60,
    ("min", "s"): 60,
    ("y", "mo"): 12,
    ("ft", "in"): 12,
    ("lb", "oz"): 16,
    ("kg", "g"): 1000,
    ("km", "m"): 1000,
    ("m", "cm"): 100,
}
_TIMES = frozenset(["h", "min", "y"])
"""Units behind which a comma or a word may join the smaller one: two hours and five minutes."""

Parts = tuple[Quantity, ...]


def mixed(text: str, quantities: Sequence[Quantity], link: str) -> list[tuple[Parts, Quantity]]:
    """Rows of quantities that name one measure in ever smaller units, with that measure.

    ``link`` is the word for "and".
    """
    rows: list[list[Quantity]] = []
    for quantity in quantities:
        if rows and _goes_on(text, rows[-1][-1], quantity, link):
            rows[-1].append(quantity)
        else:
            rows.append([quantity])
    return [(tuple(row), _whole(text, row)) for row in rows if len(row) > 1]


def _goes_on(text: str, large: Quantity, small: Quantity, link: str) -> bool:
    """True when ``small`` follows directly and is less than one unit of ``large``."""
    into = _SMALLER.get((large.unit, small.unit), 0)
    plain = large.kind is small.kind is Kind.CARDINAL and small.firm
    if not into or not plain or not 0 < small.value < into or large.value.denominator != 1:
        return False
    between = text[large.whole.end : small.whole.start].strip().lower()
    return not between or (large.unit in _TIMES and between in (",", link))


def _whole(text: str, row: Sequence[Quantity]) -> Quantity:
    first, last = row[0], row[-1]
    value, share = first.value, Fraction(1)
    for large, small in itertools.pairwise(row):
        share /= _SMALLER[large.unit, small.unit]
        value += small.value * share
    span = Span(first.whole.start, last.whole.end)
    return replace(
        first,
        span=span,
        text=text[span.start : span.end],
        readings=(value,),
        unit_span=None,
        step=share * last.step,
        firm=True,
        counted=None,
        digits=all(q.digits for q in row),
    )
