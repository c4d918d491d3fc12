"""``checker align`` as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FRENCH = [
    "Le musée a accueilli 120 visiteurs lundi.",
    "",
    "Il rouvrira mardi matin.",
    "Source : ats",
]
GERMAN = ["Das Museum empfing am Montag 120 Besucher.", "Es öffnet am Dienstagmorgen wieder."]


def align(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checker", "align", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "a.fr.txt", tmp_path / "a.de.txt"
    source.write_text("\n".join(FRENCH), encoding="utf-8")
    target.write_text("\n".join(GERMAN), encoding="utf-8")
    return source, target


def test_beads_number_the_lines_of_the_file(pair: tuple[Path, Path]) -> None:
    done = align(*pair, "--sentences")
    ids = [line.rsplit(":", 1)[0] for line in done.stdout.splitlines()]
    assert (ids, done.returncode, done.stderr) == (["[0]:[0]", "[2]:[1]", "[3]:[]"], 0, "")
    assert all(0 <= float(line.rsplit(":", 1)[1]) <= 1 for line in done.stdout.splitlines())


def test_beads_number_the_sentences_found(pair: tuple[Path, Path]) -> None:
    done = align(*pair)
    ids = [line.rsplit(":", 1)[0] for line in done.stdout.splitlines()]
    assert ids == ["[0]:[0]", "[1]:[1]", "[2]:[]"]


def test_json_has_the_links_of_a_diff(pair: tuple[Path, Path]) -> None:
    shown = json.loads(align(*pair, "--format", "json").stdout)
    assert [link["kind"] for link in shown["links"]] == ["link", "link", "omission"]
    assert len(shown["source"]["sentences"]) == 3


def test_tsv_shows_the_sentences_side_by_side(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = align(*pair, "--format", "tsv", "--output", tmp_path / "x.tsv")
    rows = [r.split("\t") for r in (tmp_path / "x.tsv").read_text("utf-8").splitlines()]
    assert done.stdout == ""
    assert rows[1][:3] == ["0", "0", "link"]
    assert rows[1][4:] == [FRENCH[0], GERMAN[0]]


def test_a_missing_file_ends_with_two(pair: tuple[Path, Path]) -> None:
    done = align(pair[0], "nowhere.txt")
    assert done.returncode == 2
    assert "nowhere.txt does not exist" in done.stderr


def test_tmx_holds_the_linked_sentences(pair: tuple[Path, Path]) -> None:
    done = align(*pair, "--format", "tmx", "--source-lang", "fr", "--target-lang", "de")
    assert done.returncode == 0
    assert FRENCH[0] in done.stdout
    assert GERMAN[1] in done.stdout


def test_languages_need_not_be_known_with_sentences(tmp_path: Path) -> None:
    polish = ["Muzeum było zamknięte.", "Rzeka wylała w maju.", "Orkiestra zagra Mahlera."]
    turkish = ["Müze kapalıydı.", "Nehir mayısta taştı.", "Orkestra Mahler çalacak."]
    for name, lines in (("a", polish), ("b", turkish)):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    done = align(tmp_path / "a", tmp_path / "b", "--sentences")
    ids = [line.rsplit(":", 1)[0] for line in done.stdout.splitlines()]
    assert ids == ["[0]:[0]", "[1]:[1]", "[2]:[2]"]
