"""``checker diff`` as people run it: real files, the real model, real exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FRENCH = "Le musée a accueilli 120 visiteurs lundi.\nIl rouvrira mardi matin.\n"
GERMAN = "Das Museum empfing am Montag 120 Besucher.\nEs öffnet am Dienstagmorgen wieder.\n"


def checker(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checker", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "a.fr.txt", tmp_path / "a.de.txt"
    source.write_text(FRENCH, encoding="utf-8")
    target.write_text(GERMAN, encoding="utf-8")
    return source, target


def test_no_difference_is_one_line_and_zero(pair: tuple[Path, Path]) -> None:
    done = checker("diff", *pair, "--width", "400")
    assert done.stdout.startswith("no differences in ")
    assert (done.returncode, done.stderr) == (0, "")


def test_several_formats_go_to_a_folder(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    done = checker("diff", *pair, "--format", "terminal,json", "--output-dir", out)
    assert done.stdout.startswith("no differences")
    assert json.loads((out / "report.json").read_text("utf-8"))["version"] == 1
    assert sorted(p.name for p in out.iterdir()) == ["report.json"]


def test_the_name_of_the_output_says_the_format(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = checker("diff", *pair, "--output", tmp_path / "x.json")
    assert done.stdout == ""
    assert json.loads((tmp_path / "x.json").read_text("utf-8"))["version"] == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "jsno"], 'No format "jsno" (did you mean "json"?). Known: '),
        (["--format", "json,terminal", "--output", "x"], "--output takes one format"),
        (["--format", "json,terminal"], "Several formats need --output-dir"),
        (["--output", "."], ". is a directory"),
        (["--output", "missing/x.json"], "missing is no folder that can be written to"),
        (["--output-dir", "a.fr.txt"], "a.fr.txt cannot be written"),
        (["--only", "numbrs"], 'No check "numbrs"'),
    ],
)
def test_wrong_options_end_in_one_sentence(
    pair: tuple[Path, Path], tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checker", "diff", *map(str, pair), *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"checker: {sentence}")
    assert done.stderr.count("\n") == 1


def test_a_full_disk_is_one_sentence(pair: tuple[Path, Path]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = checker("diff", *pair, "--format", "json", "--output", "/dev/full")
    assert done.returncode == 2
    assert "cannot be written: No space left on device" in done.stderr


def test_a_closed_pipe_keeps_the_exit_code(pair: tuple[Path, Path]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "checker", "diff", *map(str, pair), "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait() == 0
