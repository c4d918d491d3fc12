"""``checker languages``: the languages there are."""

from __future__ import annotations

import click

from checker.messages import say


@click.command()
def command() -> None:
    """List the languages the checker knows and the checks each of them supports."""
    from checker.checks import available
    from checker.languages import codes, load

    for code in codes():
        language = load(code)
        lacking = [
            check.name
            for check in available().values()
            if any(not language.section(name) for name in check.needs)
        ]
        but = say("all checks but {names}").format(names=", ".join(lacking))
        support = but if lacking else say("all checks")
        click.echo(f"{code}  {language.name:<10} {support}")
