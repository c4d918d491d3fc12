"""A bounded memory of what was computed last."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by key, those not asked for longest dropped first; safe with threads.

    For results that follow from the key alone, so that remembering never changes them.
    """

    def __init__(self, limit: int) -> None:
        """``limit``: how many values are kept."""
        self._limit, self._lock = limit, Lock()
        self._values: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._values)

    def of(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not remembered."""
        with self._lock:
            if key in self._values:
                value = self._values[key] = self._values.pop(key)
                return value
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._limit:
                del self._values[next(iter(self._values))]
        return value
