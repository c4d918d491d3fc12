"""``checker checks``: what is checked."""

from __future__ import annotations

import click

from checker.messages import say


@click.command()
def command() -> None:
    """List the checks and their rules, with the loudest severity of each rule."""
    from checker.checks import available
    from checker.cli._page import table

    lines: list[str] = []
    for check in available().values():
        lines += table([(check.name, check.summary)])
        lines += table(
            [(rule.id, f"{rule.severity.value}: {rule.what}") for rule in check.rules], indent=2
        )
    lines += ["", f"{say('More about one:')} checker explain RULE"]
    click.echo("\n".join(lines))
