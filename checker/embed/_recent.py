"""The vectors of the texts that were asked for last.

Checks ask for the words and sentences that the aligner has seen, and for the same words over
and over: a bounded memory spares encoding them again within one comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_LIMIT = 8192
_LONGEST = 1000


class Recent:
    """Vectors by text, those not asked for longest dropped first; safe with threads."""

    def __init__(self, limit: int = _LIMIT) -> None:
        self.limit, self._lock = limit, Lock()
        self._rows: dict[str, Vectors] = {}

    def of(self, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """The vectors of ``texts``, of which there is at least one; new ones by ``encode``."""
        with self._lock:
            known = {text: self._rows[text] for text in texts if text in self._rows}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, encode(new), strict=True))
        self.put(known)
        return np.stack([known[text] for text in texts])

    def put(self, rows: dict[str, Vectors]) -> None:
        """Remembers vectors as the last ones asked for. Very long texts are left out."""
        with self._lock:
            for text, row in islice(rows.items(), max(len(rows) - self.limit, 0), None):
                if len(text) <= _LONGEST:
                    held = self._rows.pop(text, None)
                    self._rows[text] = row.copy() if held is None else held
            for text in list(islice(self._rows, max(len(self._rows) - self.limit, 0))):
                del self._rows[text]
