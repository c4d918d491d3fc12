"""``checker explain``: what a rule finds, why it matters, an example and its limits."""

from __future__ import annotations

import click

from checker.cli._complete import rules
from checker.messages import say


@click.command()
@click.argument("rule", required=False, shell_complete=rules)
@click.option("--markdown", is_flag=True, help="Print the whole documentation page instead.")
def command(rule: str | None, markdown: bool) -> None:
    """Explain RULE: a rule's id, check/rule, or a check's name for all of its rules."""
    from checker.checks import available
    from checker.cli._rules import as_markdown, as_text, find

    if markdown:
        click.echo(as_markdown(available().values()), nl=False)
    elif rule is None:
        raise click.UsageError(say("Which rule? `checker checks` lists them."))
    else:
        click.echo("\n\n".join(as_text(check, found) for check, found in find(rule)))
