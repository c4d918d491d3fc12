"""The command line: one thin file a command in this folder, each defining ``command``."""

from __future__ import annotations

import importlib
import sys

import click

from checker import __version__
from checker.errors import CheckerError, did_you_mean
from checker.registry import modules

COULD_NOT_CHECK = 2
INTERRUPTED = 130  # what a shell reports of a program ended by Ctrl-C


class Commands(click.Group):
    """Finds its commands by walking this folder and loads only the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name.rsplit(".", 1)[1] for name in modules(__name__)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            hint = did_you_mean(name, self.list_commands(ctx))
            ctx.fail(f'No command "{name}"{hint}.')
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="checker")
def app() -> None:
    """Compare two language versions of an article and report every real difference."""


def main() -> None:
    """Runs the command line.

    Bad input ends in one sentence and exit code 2, Ctrl-C in 130: neither may be taken for
    an answer.
    """
    try:
        code = app.main(prog_name="checker", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CheckerError as error:
        click.echo(f"checker: {error}", err=True)
        sys.exit(COULD_NOT_CHECK)
    except (click.Abort, KeyboardInterrupt):
        click.echo("checker: stopped.", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)
