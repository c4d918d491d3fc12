"""``checker models``: the embedding models there are."""

from __future__ import annotations

import click

from checker.messages import say, say_many


@click.command()
def command() -> None:
    """List the embedding models and say which of them can be used now."""
    from checker.embed import backends, known_models
    from checker.settings import BUNDLED_MODEL

    for model in known_models().values():
        missing = backends()[model.backend].missing(model)
        default = f" ({say('default')})" if model.name == BUNDLED_MODEL else ""
        click.echo(f"{model.name}{default}")
        dimensions = say_many("{count} dimension", "{count} dimensions", model.dimensions)
        click.echo(f"  {dimensions}, {model.licence}; {model.languages}")
        click.echo(f"  {say('not installed:')} {missing}" if missing else f"  {say('installed')}")
    click.echo("\n" + say("Any folder of a sentence-transformers model can be named as well."))
