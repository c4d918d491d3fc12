"""Commands run as people run them, and a pair that is fine."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FRENCH = "Le musée a accueilli 120 visiteurs lundi.\nIl rouvrira mardi matin.\n"
GERMAN = "Das Museum empfing am Montag 120 Besucher.\nEs öffnet am Dienstagmorgen wieder.\n"
WRONG = GERMAN.replace("120", "210")
MEMORY = 1 << 30

Run = Callable[..., subprocess.CompletedProcess[str]]


def write(folder: Path, name: str = "a", french: str = FRENCH, german: str = WRONG) -> list[Path]:
    """A pair of files called after ``name``."""
    paths = [folder / f"{name}.{language}.txt" for language in ("fr", "de")]
    for path, text in zip(paths, (french, german), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def checker(
    *arguments: str | Path, cwd: Path | None = None, file_size: int | None = None
) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, whose files may have ``file_size`` bytes.

    No coverage is measured where files are limited: it could not be written either.
    """
    measured = file_size is None
    environment = {k: v for k, v in os.environ.items() if measured or k[:9] != "COVERAGE_"}

    def limit() -> None:
        if file_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    return subprocess.run(
        [sys.executable, "-m", "checker", *map(str, arguments)], cwd=cwd, env=environment,
        capture_output=True, text=True, encoding="utf-8", check=False, preexec_fn=limit,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence with which it was refused."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("checker: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    return write(tmp_path)
