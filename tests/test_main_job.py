"""The main job through the public door: two files in, findings out, whatever the files are like."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checker import compare
from checker.embed import Encoder
from checker.errors import CheckerError, LanguageError, ReadError
from checker.model import Report

FRENCH = """La ville ouvre une nouvelle ligne de tram
Le conseil communal a approuvé mardi un crédit de 29 208 000 francs pour la ligne 7.
Selon Martine Duvanel, la cheffe du projet, 3340 modèles en bois ont été livrés aux écoles.
Les travaux dureront cinq ans et commenceront le 12 mars 2027.
"""
GERMAN = """Die Stadt eröffnet eine neue Tramlinie
Der Gemeinderat hat am Dienstag einen Kredit von 29'802'000 Franken für die Linie 7 bewilligt.
Laut Projektleiterin Martine Duvanel wurden 3340 Holzmodelle an die Schulen geliefert.
Die Arbeiten dauern fünf Jahre und beginnen am 12. März 2027.
"""


def write(folder: Path, french: bytes, german: bytes) -> tuple[Path, Path]:
    source, target = folder / "tram.fr.txt", folder / "tram.de.txt"
    source.write_bytes(french)
    target.write_bytes(german)
    return source, target


def found(report: Report) -> list[tuple[str, str, str]]:
    return [
        (f.rule, f.source.text if f.source else "", f.target.text if f.target else "")
        for f in report.findings
        if f.severity != "note"
    ]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_wrong_number_is_the_only_finding(tmp_path: Path, encoder: Encoder) -> None:
    source, target = write(tmp_path, FRENCH.encode(), GERMAN.encode())
    report = compare(source, target, encoder=encoder)
    assert found(report) == [("number-mismatch", "29 208 000 francs", "29'802'000 Franken")]
    for finding in report.findings:
        for passage, article in ((finding.source, report.source), (finding.target, report.target)):
            assert passage is not None
            assert article is not None
            assert article.document.text[passage.start : passage.end] == passage.text


def test_exchanged_sides_exchange_the_finding(tmp_path: Path, encoder: Encoder) -> None:
    source, target = write(tmp_path, FRENCH.encode(), GERMAN.encode())
    report = compare(target, source, encoder=encoder)
    assert found(report) == [("number-mismatch", "29'802'000 Franken", "29 208 000 francs")]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
    ],
    ids=["windows line ends", "byte order mark", "cp1252", "utf-16"],
)
def test_the_way_a_file_is_written_changes_nothing(tmp_path, encoder, encode) -> None:
    plain = compare(*write(tmp_path, FRENCH.encode(), GERMAN.encode()), encoder=encoder)
    other = compare(*write(tmp_path, encode(FRENCH), encode(GERMAN)), encoder=encoder)
    assert found(other) == found(plain)


def test_identical_files_are_one_language(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(LanguageError, match="both French"):
        compare(*write(tmp_path, FRENCH.encode(), FRENCH.encode()), encoder=encoder)


def test_an_empty_file_is_refused_in_one_sentence(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(CheckerError, match=r"tram\.de\.txt"):
        compare(*write(tmp_path, FRENCH.encode(), b""), encoder=encoder)


def test_bytes_are_not_text(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(ReadError, match="not text"):
        compare(*write(tmp_path, FRENCH.encode(), bytes(range(256)) * 9), encoder=encoder)


@pytest.mark.parametrize("name", ["missing.de.txt", "."])
def test_bad_paths_end_in_one_sentence_and_two(tmp_path: Path, name: str) -> None:
    source, _ = write(tmp_path, FRENCH.encode(), GERMAN.encode())
    result = run("diff", str(source), str(tmp_path / name))
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("checker: ")
    assert result.stderr.count("\n") == 1


def test_the_command_line_says_the_same_as_the_library(tmp_path: Path, encoder: Encoder) -> None:
    source, target = write(tmp_path, FRENCH.encode(), GERMAN.encode())
    result = run("diff", str(source), str(target), "--format", "json")
    assert result.returncode == 1
    data = json.loads(result.stdout)
    report = compare(source, target, encoder=encoder)
    assert data["signature"] == report.signature
    shown = [f.id for f in report.findings if f.severity != "note"]
    assert [f["id"] for f in data["findings"]] == shown


def test_a_clean_pair_exits_with_zero(tmp_path: Path) -> None:
    clean = GERMAN.replace("29'802'000", "29'208'000")
    source, target = write(tmp_path, FRENCH.encode(), clean.encode())
    result = run("diff", str(source), str(target))
    assert result.returncode == 0, result.stdout


def test_ids_survive_edits_elsewhere(tmp_path: Path, encoder: Encoder) -> None:
    before = compare(*write(tmp_path, FRENCH.encode(), GERMAN.encode()), encoder=encoder)
    longer = ("Un mot d'abord.\n" + FRENCH, "Zuerst ein Wort.\n" + GERMAN)
    after = compare(*write(tmp_path, *(t.encode() for t in longer)), encoder=encoder)
    assert {f.id for f in before.findings} <= {f.id for f in after.findings}
