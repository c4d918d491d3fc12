"""``checker models``: the embedding models there are."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """List the embedding models and say which of them can be used now."""
    from checker.embed import backends, known_models
    from checker.settings import BUNDLED_MODEL

    for model in known_models().values():
        missing = backends()[model.backend].missing(model)
        default = " (default)" if model.name == BUNDLED_MODEL else ""
        click.echo(f"{model.name}{default}")
        click.echo(f"  {model.dimensions} dimensions, {model.licence}; {model.languages}")
        click.echo(f"  {'not installed: ' + missing if missing else 'installed'}")
    click.echo("\nAny folder of a sentence-transformers model can be named as well.")
