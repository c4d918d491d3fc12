"""``checker formats``: what can be read and written."""

from __future__ import annotations

import click

from checker.messages import say


@click.command()
def command() -> None:
    """List the formats that documents are read in and results are written in."""
    from checker.cli._page import table
    from checker.read import readers
    from checker.report import renderers

    lines = [say("Read:")]
    lines += table(
        [(r.name, f"{r.summary} ({', '.join(r.suffixes)})") for r in readers().values()], indent=2
    )
    lines += ["", say("Written (--format):")]
    lines += table([(r.name, f"{r.summary} ({r.suffix})") for r in renderers().values()], indent=2)
    click.echo("\n".join(lines))
