"""Stops work that takes too long."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType


def deadline(seconds: float) -> Callable[[str], None]:
    """A progress function that raises TimeoutError at the first stage past the limit."""
    end = monotonic() + seconds if seconds else float("inf")

    def stage(name: str) -> None:
        if monotonic() > end:
            raise TimeoutError

    return stage


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in the block after ``seconds`` (0: never), even inside a stage.

    Only the main thread of a process can be interrupted so; elsewhere use ``deadline``.
    """
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
