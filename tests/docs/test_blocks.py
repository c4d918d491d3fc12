"""Every command and code block of the pages is run, or at least parsed where it cannot be.

A page's commands run in order in one folder (see ``conftest.py``). A ``console`` block also
shows what is printed; ``...`` stands for anything there.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from checker.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
PARSED_ONLY = {
    "serve": "runs until it is stopped: tests/web",
    "--engine dask": "needs a scheduler: tests/audit/test_dask.py",
    "sentence-transformers/LaBSE": "needs another model: tests/embed",
    "--limit 100": "takes minutes: tests/evaluate",
    "evaluate corpora": "takes minutes: .ci/run",
}


@dataclass(frozen=True)
class Shown:
    """A command with what its page says that it prints, None where it says nothing."""

    line: str
    output: str | None = None


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """The language and the text of each code block in order; "" for a block without."""
    text = page.read_text(encoding="utf-8")
    found = [(m.start(), m.group(1), m.group(2)) for m in FENCE.finditer(text)]
    blank = FENCE.sub(lambda m: re.sub(r"[^\n]", "x", m.group()), text)
    found += [(m.start(), "", m.group()) for m in INDENTED.finditer(blank)]
    for _, language, body in sorted(found):
        yield language, body


def commands(page: Path) -> Iterator[Shown]:
    """The commands of a page in order."""
    for language, body in blocks(page):
        if language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                line, _, output = part.partition("\n")
                yield Shown(line, output)
        elif language in ("", "yaml", "bash", "sh"):
            for line in re.findall(r"^\s*(?:- run: )?(checker .+)$", body, re.MULTILINE):
                yield Shown(line)


def parse(line: str) -> None:
    """Fails unless every command, option and argument of the line exists."""
    words = shlex.split(line, comments=True)[1:]
    found: click.Command | None = app
    while isinstance(found, click.Group) and words:
        if "run" in found.commands and words[0] not in found.commands:
            words = ["run", *words]
        _, found, words = found.resolve_command(click.Context(found), words)
    assert found is not None
    found.make_context("checker", words)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_commands_of_a_page_do_what_it_says(page: Path, folder: Path) -> None:
    for shown in commands(page):
        if any(part in shown.line for part in PARSED_ONLY):
            parse(shown.line)
            continue
        result = CliRunner().invoke(app, shlex.split(shown.line, comments=True)[1:])
        unexpected = result.exception and not isinstance(result.exception, SystemExit)
        assert not unexpected, f"{shown.line}: {result.exception}"
        assert result.exit_code in (0, 1), f"{shown.line}: {result.output}"
        if shown.output is not None:
            same = doctest.OutputChecker().check_output
            assert same(shown.output, result.output, doctest.ELLIPSIS), (
                f"{shown.line}\n{result.output}"
            )


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_in_sentences_exist(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for words in re.findall(r"`(checker [^`]+)`", text):
        name, *rest = shlex.split(words)[1:]
        options = set(re.findall(r"(?<!\S)--[a-z-]+", words))
        found = app.get_command(click.Context(app), name) if not name.startswith("-") else app
        assert found is not None, words
        group = found.commands if isinstance(found, click.Group) and found is not app else {}
        below = group.get(rest[0] if rest else "", group.get("run", found))
        known = {o for c in (found, below) for p in c.params for o in (*p.opts, *p.secondary_opts)}
        assert options <= known | {"--help"}, words


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_code_blocks_are_code(page: Path, folder: Path) -> None:
    for language, body in blocks(page):
        if language == "toml":
            tomllib.loads(body)
        elif language == "json":
            json.loads(body)
        elif language == "yaml":
            assert yaml.safe_load(body)
        elif language == "bash":
            subprocess.run(["bash", "-n"], input=body, text=True, check=True)
        elif language == "python" and page.name != "serve.md":  # that one: tests/web/test_docs.py
            run(body, folder)


def run(program: str, folder: Path) -> None:
    """Runs a program as a reader would, with the command on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env={**os.environ, "PATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_programs_and_targets_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for script in re.findall(r"\b((?:benchmarks|scripts|corpora)/\w+\.py)", text):
        assert (ROOT / script).exists(), script
    for target in re.findall(r"^    make ([a-z]+)|`make ([a-z]+)", text, re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target
    for test in re.findall(r"\b(tests/[\w/]+(?:\.py)?)(?![\w<])", text):
        assert (ROOT / test).exists(), test


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in sorted((ROOT / "docs").glob("*.md")):
        assert page.name == "index.md" or f"({page.name})" in index, page.name


def test_the_manual_is_up_to_date() -> None:
    command = [sys.executable, "scripts/manual.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
