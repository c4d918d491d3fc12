"""``checker lint`` as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def lint(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checker", "lint", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_sound_text_is_zero(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Das Museum öffnet am Dienstag. Der Eintritt ist frei.\n", encoding="utf-8")
    done = lint(file, "--lang", "de")
    assert (done.returncode, done.stderr) == (0, "")


def test_residue_is_found_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "Das Museum öffnet am Dienstag.\n[Anzeige_2]\n"
    file.write_text(text, encoding="utf-8")
    done = lint(file, "--format", "json", "--only", "leftovers")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    (finding,) = report["findings"]
    assert report["target"] is None
    assert finding["target"] is None
    place = finding["source"]
    assert text[place["start"] : place["end"]] == place["text"] == "[Anzeige_2]"


def test_a_missing_file_could_not_be_checked(tmp_path: Path) -> None:
    done = lint(tmp_path / "none.txt")
    assert done.returncode == 2
    assert "none.txt" in done.stderr
