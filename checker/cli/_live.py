"""A running audit in the terminal: how far it is, what it found, the worst pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING

from checker.audit.store import Store

if TYPE_CHECKING:
    from rich.console import RenderableType

SECONDS = 1.0
_WORST = 10


@contextmanager
def watched(store: Store) -> Iterator[Callable[[int, int, str], None]]:
    """A function to tell (done, total, name) to, which redraws once a second at most."""
    from rich.console import Console
    from rich.live import Live

    begun = drawn = monotonic()
    first: int | None = None
    with Live(console=Console(stderr=True), auto_refresh=False) as screen:

        def tell(done: int, total: int, name: str) -> None:
            nonlocal drawn, first
            first = done if first is None else first
            now = monotonic()
            if now - drawn >= SECONDS or done == total:
                drawn = now
                rate = (done - first) / max(now - begun, 1e-9)
                screen.update(picture(store, done, total, rate), refresh=True)

        yield tell


def follow(store: Store) -> None:
    """Shows the audit of ``store``, which another process runs, until it is finished."""
    from rich.console import Console
    from rich.live import Live

    begun, first = monotonic(), _done(store)
    with Live(console=Console(stderr=True), auto_refresh=False) as screen:
        while (run := store.last_run()) is not None:
            done = _done(store)
            rate = (done - first) / max(monotonic() - begun, 1e-9)
            screen.update(picture(store, done, run.pairs, rate), refresh=True)
            if run.finished:
                return
            sleep(SECONDS)


def picture(store: Store, done: int, total: int, rate: float) -> RenderableType:
    """The view: one line of progress, one of counts, a table of the worst pairs so far."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    states, found = store.states(), store.severities()
    left = f", {_time((total - done) / rate)} left" if rate > 0 and done < total else ""
    worst = Table("worst pairs", "errors", "warnings", box=None, header_style="bold")
    for name, errors, warnings in store.worst(_WORST):
        worst.add_row(Text(name), str(errors), str(warnings))
    return Group(
        ProgressBar(total, done, width=60),
        Text(f"{done} of {total}, {rate:.1f} a second{left}"),
        Text(
            f"{found['error']} errors, {found['warning']} warnings, {found['note']} notes; "
            f"{states['unrelated']} pairs are not the same article, "
            f"{states['failed']} could not be checked"
        ),
        worst,
    )


def _done(store: Store) -> int:
    return store.states().total() + store.count_alone()


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"
