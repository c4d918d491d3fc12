"""Shell completion, asked as a shell asks; and the nearest name for what does not exist."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from checker.cli import app


def completed(line: str) -> list[str]:
    """What bash would offer for the last word of a line."""
    words = line.split(" ")
    environment = {
        **os.environ, "_CHECKER_COMPLETE": "bash_complete",
        "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "checker"], env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("checker dif", "plain,diff"),
        ("checker diff --min-s", "plain,--min-severity"),
        ("checker diff --only num", "plain,numbers"),
        ("checker diff --only numbers,dat", "plain,numbers,dates"),
        ("checker diff --format js", "plain,json"),
        ("checker diff --source-lang f", "plain,fr"),
        ("checker lint --model use", "plain,use-multilingual-v3"),
        ("checker explain counted", "plain,counted-noun"),
        ("checker terms con", "plain,convert"),
        ("checker audit sta", "plain,status"),
    ],
)
def test_names_are_completed(line: str, offered: str) -> None:
    assert offered in completed(line)


@pytest.mark.parametrize("line", ["checker diff art", "checker lint x", "checker gate a"])
def test_files_are_left_to_the_shell(line: str) -> None:
    assert any(offer.startswith("file,") for offer in completed(line))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(shell: str) -> None:
    environment = {**os.environ, "_CHECKER_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [sys.executable, "-m", "checker"], env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "_CHECKER_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["dif"], 'did you mean "diff"'),
        (["diff", "--min-severty", "note"], "--min-severity"),
        (["diff", "a", "b", "--format", "jsno"], 'did you mean "json"'),
        (["diff", "a", "b", "--only", "numbrs"], 'did you mean "numbers"'),
        (["diff", "a", "b", "--skip", "nmaes"], 'did you mean "names"'),
        (["explain", "counted-nuon"], 'did you mean "counted-noun"'),
        (["terms", "chekc"], "check"),
        (["audit", "run", "a", "--out", "o", "--engine", "dsak"], 'did you mean "dask"'),
    ],
)
def test_the_nearest_name_is_offered(
    arguments: list[str], nearest: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).write_text("Guten Tag.", encoding="utf-8")
    result = CliRunner().invoke(app, arguments)
    said = result.output + str(result.exception)
    assert result.exit_code != 0
    assert nearest in said
