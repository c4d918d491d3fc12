"""The list of licences names every direct dependency, and nothing of it is copyleft for code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_dependency_is_listed() -> None:
    command = [sys.executable, "scripts/licences.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_no_package_is_under_a_licence_that_spreads() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z0-9-]+) \| (.+) \|$", page, re.MULTILINE)
    assert len(listed) > 40
    assert not [name for name, licence in listed if re.search(r"\bA?GPL", licence)]
