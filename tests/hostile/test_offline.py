"""Nothing leaves the machine: every attempt to open a connection fails, and all is as before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BLOCKED = """
import socket, sys
def refuse(*args, **kwargs):
    print("CONNECTION", args, file=sys.stderr)
    raise OSError("no network in this test")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.getaddrinfo = socket.create_connection = refuse
from checker.cli import main
main()
"""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["diff", "a.fr.txt", "a.de.txt"], 1),
        (["gate", "a.fr.txt", "a.de.txt"], 1),
        (["lint", "a.de.txt"], 0),
        (["align", "a.fr.txt", "a.de.txt"], 0),
        (["models"], 0),
        (["terms", "extract", "a.fr.txt", "a.de.txt", "--output", "x.csv"], 0),
    ],
)
def test_no_command_opens_a_connection(
    pair: list[Path], tmp_path: Path, arguments: list[str], code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, *arguments],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "CONNECTION" not in done.stderr
    assert done.returncode == code, done.stderr
