"""The shapes a bead can have: how many source sentences against how many target sentences."""

from __future__ import annotations

import numpy as np

LONGEST = 8
"""A bead has at most this many sentences on one side."""

MOST = 7
"""A bead with several sentences on both sides has at most this many in all."""


def _pairs() -> tuple[tuple[int, int], ...]:
    every = ((p, q) for p in range(1, LONGEST + 1) for q in range(1, LONGEST + 1))
    return tuple((p, q) for p, q in every if p + q <= MOST or min(p, q) == 1)


PAIRED = _pairs()
"""Shapes with sentences on both sides, (1, 1) first."""

STEPS = (*PAIRED, (1, 0))
"""Everything that ends a row of the dynamic program; (0, 1) moves along a row."""

ROWS_BACK = np.array([p for p, _ in STEPS])
COLUMNS_BACK = np.array([q for _, q in STEPS])


def shape_class(p: int, q: int) -> str:
    """The weight that a shape shares with its mirror image: "1-2" for (2, 1)."""
    low, high = min(p, q), max(p, q)
    return f"{low}-{high}" if (low, high) in ((1, 1), (1, 2), (2, 2), (1, 3), (2, 3)) else "large"
