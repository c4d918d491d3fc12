"""Writes the manual from the commands themselves: docs/commands.md and docs/man/checker.1.

python scripts/manual.py           # after a change of commands, options or their help
python scripts/manual.py --check   # fails when that is needed
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from checker import __version__
from checker.cli import app

DOCS = Path(__file__).parents[1] / "docs"
PAGE, MANUAL = DOCS / "commands.md", DOCS / "man" / "checker.1"
START = "<!-- from here on: python scripts/manual.py -->"


def main() -> int:
    """Writes both files, or with ``--check`` names those that are not up to date."""
    head = PAGE.read_text(encoding="utf-8").partition(START)[0]
    wanted = {PAGE: head + START + "\n" + "\n".join(markdown()), MANUAL: "\n".join(roff()) + "\n"}
    stale = [p for p, text in wanted.items() if not p.exists() or p.read_text("utf-8") != text]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path}: not up to date, run python scripts/manual.py")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what is in them."""
    root = click.Context(app, info_name="checker")
    for name in app.list_commands(root):
        command = app.get_command(root, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for below in sorted(command.commands):
                yield f"{name} {below}", command.commands[below]


def markdown() -> Iterator[str]:
    """The reference of all commands, one section a command."""
    for name, command in commands():
        yield from ("", f"## checker {name}", "")
        yield f"`{usage(name, command)}`"
        for paragraph in cleandoc(command.help or "").split("\n\n"):
            yield from ("", " ".join(paragraph.split()))
        options = [p for p in command.params if isinstance(p, click.Option)]
        if options:
            yield from ("", "| option | meaning |", "|---|---|")
        for option in options:
            yield f"| `{names(option)}` | {meaning(option)} |".replace("[a|", "[a\\|")
    yield ""


def roff() -> Iterator[str]:
    """The manual page, section 1."""
    yield f'.TH CHECKER 1 "" "checker {__version__}" "User Commands"'
    yield from (".SH NAME", "checker \\- " + escaped(_summary(app)))
    yield from (".SH SYNOPSIS", ".B checker", ".I COMMAND", "[OPTIONS] ...")
    yield from (".SH DESCRIPTION", escaped(DESCRIPTION), ".SH COMMANDS")
    for name, command in commands():
        yield f".SS {escaped(usage(name, command))}"
        for number, paragraph in enumerate(cleandoc(command.help or "").split("\n\n")):
            yield from ([".PP"] if number else [])
            yield escaped(" ".join(paragraph.split()))
        for option in command.params:
            if isinstance(option, click.Option):
                yield from (".TP", f".B {escaped(names(option))}", escaped(meaning(option)))
    for title, text in SECTIONS:
        yield f".SH {title}"
        yield from (escaped(line) if not line.startswith(".") else line for line in text)


def usage(name: str, command: click.Command) -> str:
    """``checker diff [OPTIONS] SOURCE [TARGET]``."""
    context = click.Context(command, info_name=f"checker {name}")
    return " ".join([f"checker {name}", *command.collect_usage_pieces(context)])


def names(option: click.Option) -> str:
    """``--format FORMATS`` as it is typed."""
    spelt = ", ".join([*option.opts, *option.secondary_opts])
    if option.is_flag:
        return spelt
    if isinstance(option.type, click.Choice):
        return f"{spelt} {'/'.join(map(str, option.type.choices))}"
    return f"{spelt} {option.metavar or KINDS.get(option.type.name, 'TEXT')}"


def meaning(option: click.Option) -> str:
    """The help of an option and its default."""
    said = " ".join((option.help or "").split())
    default = option.default
    shown = option.show_default and isinstance(default, int | float | str) and default != ""
    given = f"Default: {default}." if shown and not isinstance(default, bool) else ""
    return " ".join(filter(None, (said, given))) or "-"


def escaped(text: str) -> str:
    """Text that troff shows as it is."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", safe)


def _summary(command: click.Command) -> str:
    return cleandoc(command.help or "").partition("\n")[0].rstrip(".")


KINDS = {
    "integer": "N",
    "integer range": "N",
    "float": "X",
    "float range": "X",
    "path": "PATH",
    "file": "PATH",
    "directory": "PATH",
    "datetime": "DATE",
}
DESCRIPTION = (
    "Reads two language versions of one article, aligns them sentence by sentence and reports "
    "numbers, dates, units, names, terms and passages that differ. It works offline."
)
SECTIONS = (
    ("EXIT STATUS", (
        ".TP", ".B 0", "Nothing was found; a gate passes.",
        ".TP", ".B 1", "Something was found; a gate blocks.",
        ".TP", ".B 2", "It could not be checked; one sentence on standard error says why.",
        ".TP", ".B 130", "Stopped by Ctrl-C.",
    )),
    ("ENVIRONMENT", (
        ".TP", ".B LANGUAGE, LC_ALL, LC_MESSAGES, LANG",
        "Language of messages: French (fr), German (de), else English.",
        ".TP", ".B NO_COLOR", "No colours, when it is set to anything.",
        ".TP", ".B CHECKER_TOKEN", "Token that checker serve asks for.",
        ".TP", ".B XDG_CACHE_HOME", "Where vectors are kept.",
    )),
    ("FILES", (
        ".TP", ".B checker.toml", "Policy of checker gate, in this folder or above.",
        ".TP", ".B checker-waivers.toml", "Findings that are excused.",
    )),
)  # fmt: skip

if __name__ == "__main__":
    os.environ["LANGUAGE"] = "en"
    sys.exit(main())
