"""Plain text laid out in columns for the commands that list what is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

LEFT = 14


def width() -> int:
    """Columns of the terminal, at least 40 and at most 100: longer lines are hard to read."""
    return min(100, max(40, shutil.get_terminal_size().columns))


def entry(name: str, text: str, indent: int = 0, left: int = LEFT) -> Iterator[str]:
    """``name`` on the left, ``text`` wrapped beside it."""
    margin = " " * indent
    room = max(20, width() - indent - left)
    lines = wrap(text, room, break_on_hyphens=False) or [""]
    if len(name) >= left:
        yield f"{margin}{name}"
        name = ""
    for number, line in enumerate(lines):
        yield f"{margin}{'' if number else name:<{left}}{line}".rstrip()


def table(rows: Iterable[Sequence[str]], indent: int = 0) -> Iterator[str]:
    """Rows of a name and a text, aligned on the longest name."""
    listed = list(rows)
    left = max((len(name) for name, _ in listed), default=0) + 2
    for name, text in listed:
        yield from entry(name, text, indent, left)
