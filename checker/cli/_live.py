"""A running audit in the terminal: how far it is, what it found, the worst pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING

from checker.audit.store import Store
from checker.messages import say

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

    from checker.report._words import shown

    states, found = store.states(), store.severities()
    so_far = say("{done} of {total}, {rate} a second").format(
        done=done, total=total, rate=f"{rate:.1f}"
    )
    if rate > 0 and done < total:
        so_far += say(", {time} left").format(time=_time((total - done) / rate))
    headings = say("worst pairs"), say("errors"), say("warnings")
    worst = Table(*headings, box=None, header_style="bold")
    for name, errors, warnings in store.worst(_WORST):
        worst.add_row(Text(shown(name)), str(errors), str(warnings))
    return Group(
        ProgressBar(total, done, width=60),
        Text(so_far),
        Text(
            say(
                "{errors} errors, {warnings} warnings, {notes} notes; {unrelated} pairs are not "
                "the same article, {failed} could not be checked"
            ).format(
                errors=found["error"],
                warnings=found["warning"],
                notes=found["note"],
                unrelated=states["unrelated"],
                failed=states["failed"],
            )
        ),
        worst,
    )


def _done(store: Store) -> int:
    return store.states().total() + store.count_alone()


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"
