"""Brings the catalogues in checker/locale up to date: what is to be said, and the compiled form.

    python scripts/messages.py           # after a change of messages or translations
    python scripts/messages.py --check   # fails when that is needed, or a translation lacks

Messages are the strings given to ``say``, ``say_many``, ``gettext``, ``ngettext``, ``worded``,
``to_say`` and to the errors of ``checker.errors`` in the package, those in the templates of its
reports, the names of the languages, the help of every command and option, and those sentences of
click that people meet.
"""

from __future__ import annotations

import ast
import io
import os
import re
import struct
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from checker import errors
from checker.cli import app
from checker.languages import codes, load
from checker.messages import DOMAIN, FOLDER, LANGUAGES

PACKAGE = FOLDER.parent
KEYWORDS = {
    "say": 1, "say_many": 2, "gettext": 1, "ngettext": 2, "worded": 1, "to_say": 1,
    **{name: 1 for name in vars(errors) if name.endswith("Error")},
}  # fmt: skip
# Said here because what CLDR says of French has changed: millions have a form of their own there.
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "de": "nplurals=2; plural=(n != 1);"}
TEMPLATE = re.compile(r"""\bsay(?:_many)?\('([^']+)'(?:, '([^']+)')?""")
# Sentences of the library behind the command line, which looks them up in the same catalogue.
CLICK = (
    "Usage:",
    "Options",
    "Commands",
    "Positional arguments",
    "required",
    "default: {default}",
    "env var: {var}",
    "Show this message and exit.",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "No such option {name!r}.",
    "No such command {name!r}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    "Option {name!r} does not take a value.",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    "{value} is not in the range {range}.",
    "{value!r} is not a valid {number_type}.",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a file.",
)


def main() -> int:
    """Writes the catalogues, or with ``--check`` says what is wrong with them."""
    template = collected()
    problems = []
    for language in LANGUAGES[1:]:
        folder = FOLDER / language / "LC_MESSAGES"
        source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
        catalogue = merged(template, source, language)
        problems += [f"{source}: {problem}" for problem in lacking(catalogue)]
        for path, data in ((source, as_po(catalogue)), (compiled, as_mo(catalogue))):
            if "--check" not in sys.argv:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            elif not path.exists() or path.read_bytes() != data:
                problems.append(f"{path}: not up to date, run python scripts/messages.py")
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


def collected() -> Catalog:
    """Every message of the program, in English."""
    found = Catalog(project="checker", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in said(ast.parse(path.read_text(encoding="utf-8"))):
            found.add(message, locations=[(path.relative_to(PACKAGE).as_posix(), 0)])
    for path in sorted((PACKAGE / "report").rglob("*.html")):
        for one, many in TEMPLATE.findall(path.read_text(encoding="utf-8")):
            found.add(
                (one, many) if many else one, locations=[(path.relative_to(PACKAGE).as_posix(), 0)]
            )
    for code in codes():
        found.add(load(code).name, locations=[(f"languages/{code}.toml", 0)])
    for text in helps(app, click.Context(app, info_name="checker")):
        found.add(text, locations=[("help", 0)])
    for text in CLICK:
        found.add(text, locations=[("click", 0)])
    return found


def said(tree: ast.AST) -> Iterator[str | tuple[str, ...]]:
    """The messages of one file, those within f-strings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (count := KEYWORDS.get(_called(node.func))):
            texts = [text for a in node.args[:count] for text in _constants(a)]
            if count == 1:
                yield from texts
            elif len(texts) == count:
                yield tuple(texts)


def _constants(argument: ast.expr) -> Iterator[str]:
    """The text of an argument; both texts of a choice between two."""
    if isinstance(argument, ast.IfExp):
        yield from _constants(argument.body)
        yield from _constants(argument.orelse)
    elif isinstance(argument, ast.Constant):
        yield argument.value


def _called(function: ast.expr) -> str:
    return getattr(function, "id", None) or getattr(function, "attr", "")


def helps(command: click.Command, context: click.Context) -> Iterator[str]:
    """The help of a command, of its options and of the commands below it."""
    if command.help:
        yield cleandoc(command.help)
    yield from (p.help for p in command.params if isinstance(p, click.Option) and p.help)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from helps(below, click.Context(below, parent=context, info_name=name))


def merged(template: Catalog, source: Path, language: str) -> Catalog:
    """The template with the translations there are; what is no longer said is dropped."""
    old = read_po(io.BytesIO(source.read_bytes()), locale=language) if source.exists() else None
    new = Catalog(locale=language, project="checker", charset="utf-8", fuzzy=False)
    new.mime_headers = [("Plural-Forms", PLURALS[language])]
    for message in sorted(template, key=lambda m: m.id[0] if m.pluralizable else m.id):
        if message.id:
            known = old.get(message.id) if old else None
            string = known.string if known else ("", "") if message.pluralizable else ""
            places = sorted({place[0] for place in message.locations})
            new.add(message.id, string, locations=[(place, 0) for place in places])
    return new


def lacking(catalogue: Catalog) -> Iterator[str]:
    """Messages without translation, and translations with other placeholders."""
    for message in catalogue:
        ids = message.id if message.pluralizable else (message.id,)
        strings = message.string if message.pluralizable else (message.string,)
        if not message.id:
            continue
        if not all(strings):
            yield f"not translated: {ids[0]!r}"
        elif any(_placeholders(s) not in [*map(_placeholders, ids)] for s in strings):
            yield f"other placeholders: {ids[0]!r}"


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}|%\(\w+\)s", text))


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue for translators, without dates, so that equal ones are equal bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=96, omit_header=True, include_lineno=False)
    head = "".join(f'"{line}\\n"\n' for line in _header(catalogue).splitlines())
    return (
        f"# What the checker says, {catalogue.locale.english_name}. "
        f'Brought up to date by scripts/messages.py.\nmsgid ""\nmsgstr ""\n{head}\n'
    ).encode() + out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue for the program: the format of GNU gettext, without a hash table."""
    pairs = {b"": _header(catalogue).encode()}
    for message in catalogue:
        if message.id:
            ids = message.id if message.pluralizable else (message.id,)
            strings = message.string if message.pluralizable else (message.string,)
            pairs["\0".join(ids).encode()] = "\0".join(strings).encode()
    keys = sorted(pairs)
    count, tables, data = len(keys), b"", b""
    start = 28 + 16 * count
    for text in (*keys, *(pairs[key] for key in keys)):
        tables += struct.pack("<2I", len(text), start + len(data))
        data += text + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, start) + tables + data


def _header(catalogue: Catalog) -> str:
    return (
        f"Language: {catalogue.locale}\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {catalogue.plural_forms}\n"
    )


if __name__ == "__main__":
    os.environ["LANGUAGE"] = "en"
    sys.exit(main())
