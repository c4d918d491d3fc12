"""Lines for the terminal with names and words of strangers in them."""

from __future__ import annotations

import click


def echo(line: str, err: bool = False) -> None:
    """Prints one line in which no character can steer the terminal or fail to be written."""
    from checker.report._words import shown

    click.echo(shown(line), err=err)
