"""Says on standard error what is going on, once it has taken a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

AFTER_SECONDS = 2.0


@contextmanager
def progress(quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """A function to tell each stage's name to.

    Nothing is shown during the first two seconds, nor when standard error is no terminal.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda stage: None
        return
    status = console.status("starting")
    timer = Timer(AFTER_SECONDS, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda stage: status.update(stage)
    finally:
        timer.cancel()
        timer.join()
        status.stop()
