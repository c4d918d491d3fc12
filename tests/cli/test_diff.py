"""``checker diff`` as people run it: real files, the real model, real exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import subprocess
import sys
import termios
from pathlib import Path

import openpyxl
import pytest

from checker.report import renderers

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


def test_every_format_carries_the_same_findings(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "corpora" / "grues-du-lac"
    pair = [folder / f"grues-du-lac.{language}.txt" for language in ("fr", "de")]
    wanted = [name for name in renderers() if name != "tmx"]
    done = checker(
        "diff", *pair, "--format", ",".join(wanted), "--output-dir", tmp_path,
        "--min-severity", "note",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    ids = {f["id"] for f in json.loads((tmp_path / "report.json").read_text("utf-8"))["findings"]}
    assert ids
    for name in wanted:
        path = tmp_path / f"report{renderers()[name].suffix}"
        if name == "xlsx":
            sheet = openpyxl.load_workbook(path)["Findings"]
            text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        else:
            text = done.stdout if name == "terminal" else path.read_text("utf-8")
        assert {i for i in ids if i not in text} == set(), name


def test_a_terminal_gets_colour_and_its_own_width(pair: tuple[Path, Path]) -> None:
    shown, code = in_terminal(["-m", "checker", "diff", *map(str, pair)], columns=50)
    assert code == 0
    assert "\x1b[1;32mno differences" in shown
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()) <= 50
    plain, _ = in_terminal(["-m", "checker", "diff", *map(str, pair)], 50, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*m", plain)


def test_a_terminal_sees_what_is_going_on_when_it_takes_a_while() -> None:
    program = (
        "import time; from checker.cli import _progress as p; p.AFTER_SECONDS = {}\n"
        "with p.progress() as tell:\n tell('aligning'); time.sleep(0.6)\nprint('done')"
    )
    shown, _ = in_terminal(["-c", program.format(0)], columns=80)
    assert "aligning" in shown
    shown, _ = in_terminal(["-c", program.format(60)], columns=80)
    assert "aligning" not in shown
    done = subprocess.run(
        [sys.executable, "-c", program.format(0)], capture_output=True, text=True, check=True
    )
    assert done.stdout + done.stderr == "done\n"


def test_a_binary_format_is_not_printed_to_a_terminal(pair: tuple[Path, Path]) -> None:
    shown, code = in_terminal(["-m", "checker", "diff", *map(str, pair), "--format", "xlsx"], 80)
    assert code == 2
    assert "xlsx is not for a terminal: name a file with --output." in shown


def in_terminal(arguments: list[str], columns: int, **environment: str) -> tuple[str, int]:
    """What a terminal of that many columns shows of a Python program, and its exit code."""
    pty, tty = os.openpty()
    termios.tcsetwinsize(tty, (24, columns))
    unset = {"NO_COLOR", "COLUMNS", "FORCE_COLOR"}
    base = {k: v for k, v in os.environ.items() if k not in unset}
    running = subprocess.Popen(
        [sys.executable, *arguments], stdin=tty, stdout=tty, stderr=tty,
        env={**base, "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(tty)
    shown = b""
    with contextlib.suppress(OSError):
        while chunk := os.read(pty, 65536):
            shown += chunk
    os.close(pty)
    return shown.decode(), running.wait()


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


def test_a_closed_standard_output_is_one_sentence(pair: tuple[Path, Path]) -> None:
    command = shlex.join([sys.executable, "-m", "checker", "diff", *map(str, pair)])
    done = subprocess.run(
        ["sh", "-c", f"{command} >&-"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "checker: Standard output is closed: name a file with --output.\n"


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
