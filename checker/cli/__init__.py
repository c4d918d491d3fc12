"""The command line: one thin file a command in this folder, each defining ``command``."""

from __future__ import annotations

import importlib
import sys
from copy import copy
from inspect import cleandoc

import click

from checker.errors import CheckerError, did_you_mean
from checker.messages import said, say, speak
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
        return translated(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            hint = did_you_mean(name, self.list_commands(ctx))
            ctx.fail(say('No command "{name}"{hint}.').format(name=name, hint=said(hint)))
        return super().resolve_command(ctx, args)


def translated(command: click.Command) -> click.Command:
    """A copy of a command whose help is in the language of the environment."""
    said = copy(command)
    said.help = say(cleandoc(command.help)) if command.help else None
    said.params = [_translated(parameter) for parameter in command.params]
    if isinstance(said, click.Group):
        said.commands = {name: translated(c) for name, c in said.commands.items()}
    return said


def _translated(parameter: click.Parameter) -> click.Parameter:
    said = copy(parameter)
    if isinstance(said, click.Option) and said.help:
        said.help = say(said.help)
    return said


def _version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    if not asked or ctx.resilient_parsing:
        return
    from checker.version import describe

    click.echo("\n".join(describe()))
    ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show version, model and a hash of the data, and exit.",
)  # fmt: skip
def app() -> None:
    """Compare two language versions of an article and report every real difference."""


def main() -> None:
    """Runs the command line.

    Bad input ends in one sentence and exit code 2, Ctrl-C in 130: neither may be taken for
    an answer.
    """
    speak()
    try:
        code = translated(app).main(prog_name="checker", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CheckerError as error:
        _complain(said(error.args[0]))
        sys.exit(COULD_NOT_CHECK)
    except OSError as error:
        _complain(_unusable(error))
        sys.exit(COULD_NOT_CHECK)
    except (click.Abort, KeyboardInterrupt):
        _complain(say("stopped."))
        sys.exit(INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)


def _complain(sentence: str) -> None:
    """Says it in one line; the name of a file in it must not steer the terminal."""
    from checker.report._words import shown

    click.echo(f"checker: {shown(sentence)}", err=True)


def _unusable(error: OSError) -> str:
    """One sentence on a file that could not be written or read, or a disk that is full."""
    where = error.filename or say("a file")
    return say("{file} cannot be used: {reason}.").format(
        file=where, reason=error.strerror or error
    )
