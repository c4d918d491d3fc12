"""Says on standard error what is going on, once it has taken a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from checker.messages import say

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
    status = console.status(say("starting"))
    timer = Timer(AFTER_SECONDS, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda stage: status.update(_stage(stage))
    finally:
        timer.cancel()
        timer.join()
        status.stop()


def _stage(stage: str) -> str:
    """What is going on, in the person's language; "checking numbers" keeps the check's name."""
    checking, _, name = stage.partition(" ")
    if checking == "checking" and name:
        return f"{say('checking')} {name}"
    said = {
        "reading": say("reading"),
        "loading the model": say("loading the model"),
        "aligning": say("aligning"),
    }
    return said.get(stage, stage)


@contextmanager
def counted(unit: str, quiet: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """A function to tell (done, total, what) to; shows rate and time left on a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda done, total, what: None
        return
    columns = (
        MofNCompleteColumn(),
        TextColumn(unit),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, rate="")

        def tell(done: int, total: int, what: str) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:.1f}/s" if speed else ""
            bar.update(task, completed=done, total=total, description=what[-40:], rate=rate)

        yield tell
