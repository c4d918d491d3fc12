"""Where beads are looked for: a band of cells around the anchors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from checker.align.anchors import Anchors

Ints = NDArray[np.intp]

ROWS = 10
COLUMNS = 16
WIDEST = 120
"""Without anchors the band is this wide to both sides of a straight line at most."""


def band(anchors: Anchors, rows: range, columns: range) -> tuple[Ints, Ints]:
    """Cells low <= j < high for each row of a window, counted within the window.

    Between anchors that lie ``ROWS`` before and after a row nothing is left out, so a
    sentence may stand some places from where the anchors expect it.
    """
    x, y = anchors.rows, anchors.columns
    at = np.arange(rows.start, rows.stop + 1)
    low = y[np.maximum(np.searchsorted(x, at - ROWS, "right") - 1, 0)] - COLUMNS
    high = y[np.minimum(np.searchsorted(x, at + ROWS), len(x) - 1)] + COLUMNS
    low = np.maximum(low, anchors.column(at - ROWS).astype(np.intp) - WIDEST)
    high = np.minimum(high, anchors.column(at + ROWS).astype(np.intp) + WIDEST)
    low, high = low - columns.start, high - columns.start + 1
    width = len(columns)
    low = np.maximum.accumulate(np.clip(low, 0, width))
    high = np.maximum.accumulate(np.clip(high, 1, width + 1))
    low[0], high[-1] = 0, width + 1
    return np.minimum(low, high - 1), high
