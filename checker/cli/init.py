"""``checker init``: writes a policy to start from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from checker.messages import say


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write a commented checker.toml into FOLDER (default: here)."""
    from checker.errors import PolicyError
    from checker.gate.policy import FILE

    path = folder / FILE
    if path.exists():
        raise PolicyError("{path} is there already: edit it, or move it away first.", path=path)
    template = resources.files("checker.gate").joinpath("template.toml")
    try:
        path.write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise PolicyError(
            "{path} cannot be written: {reason}.", path=path, reason=error.strerror or error
        ) from None
    said = say("{path} is written. Try it:").format(path=path)
    click.echo(f"{said} checker gate SOURCE TARGET --explain")
