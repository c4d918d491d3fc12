"""`checker terms` and `--termbase`, run as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from checker.cli import app
from checker.terms.termbase import load

HOUSE = (
    "concept,language,term,status,definition\n"
    "1,fr,modèle,preferred,chose à suivre\n"
    "1,de,Modell,preferred,\n"
    "1,de,Mannequin,forbidden,\n"
)
FRENCH = """Le modèle de Lausanne plaît.
Le modèle coûte cher au canton.
Chaque modèle est contrôlé.
La commune garde son modèle.
"""
GERMAN = """Das Modell von Lausanne gefällt.
Das Modell kostet den Kanton viel.
Jedes Modell wird geprüft.
Die Gemeinde behält ihr Mannequin.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_a_clean_termbase_passes(tmp_path: Path) -> None:
    house = tmp_path / "house.csv"
    house.write_text(HOUSE, encoding="utf-8")
    result = run("terms", "check", house)
    assert result.exit_code == 0
    assert result.output == f"{house}: 1 concept\n"


def test_contradictions_are_listed(tmp_path: Path) -> None:
    house = tmp_path / "house.csv"
    house.write_text(
        HOUSE + "1,de,Modell,forbidden,\n2,fr,modèles,preferred,\n2,de,Muster,prefered,\n"
        "3,de,Beispiel,preferred,\n3,de,Vorlage,preferred,\n4,de,Unwort,forbidden,\n",
        encoding="utf-8",
    )
    result = run("terms", "check", house)
    assert result.exit_code == 1
    for text in (
        'line 7: no status "prefered" (did you mean "preferred"?)',
        '"Modell" (de) is both preferred and forbidden',
        '"modèles" (fr) also stands for the concept of line 2',
        '"Beispiel" and "Vorlage" are both preferred in de',
        "no term of de may be used",
    ):
        assert text in result.output


def test_every_format_converts_into_every_other(tmp_path: Path) -> None:
    house = tmp_path / "house.csv"
    house.write_text(HOUSE, encoding="utf-8")
    previous = house
    for suffix in ("tbx", "xlsx", "toml", "tsv", "csv"):
        following = tmp_path / f"converted.{suffix}"
        assert run("terms", "convert", previous, following).exit_code == 0
        assert [c.terms for c in load(following).concepts] == [
            c.terms for c in load(house).concepts
        ]
        previous = following


def test_extract_proposes_what_keeps_facing_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.fr.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "a.de.txt").write_text(GERMAN, encoding="utf-8")
    for suffix in ("csv", "xlsx", "tbx"):
        output = tmp_path / f"proposal.{suffix}"
        result = run("terms", "extract", tmp_path, "--output", output)
        assert result.exit_code == 0, result.output
        pairs = [
            tuple(t.text for t in c.terms if t.status.value == "preferred")
            for c in load(output).concepts
        ]
        assert pairs[0] == ("modèle", "Modell")


def test_extract_reads_the_store_of_an_audit(tmp_path: Path) -> None:
    archive, store = tmp_path / "archive", tmp_path / "store"
    archive.mkdir()
    for name in ("a", "b"):
        (archive / f"{name}.fr.txt").write_text(FRENCH, encoding="utf-8")
        (archive / f"{name}.de.txt").write_text(GERMAN, encoding="utf-8")
    assert run("audit", archive, "--out", store, "--only", "terms").exit_code in (0, 1)
    (archive / "b.de.txt").write_text("Ein anderer Text.\n", encoding="utf-8")
    direct, stored = tmp_path / "direct.csv", tmp_path / "stored.csv"
    assert run("terms", "extract", store, "--output", stored).exit_code == 0
    (archive / "b.fr.txt").unlink()
    (archive / "b.de.txt").unlink()
    assert run("terms", "extract", archive, "--output", direct).exit_code == 0
    assert stored.read_bytes() == direct.read_bytes()
    result = run("terms", "extract", store, "--output", stored)
    assert "b has changed since the audit" in result.output
    assert load(stored).concepts[0].terms[0].text == "modèle"


def test_diff_takes_a_termbase(tmp_path: Path) -> None:
    house = tmp_path / "house.csv"
    house.write_text(HOUSE, encoding="utf-8")
    french, german = tmp_path / "a.fr.txt", tmp_path / "a.de.txt"
    french.write_text(FRENCH, encoding="utf-8")
    german.write_text(GERMAN, encoding="utf-8")
    result = run("diff", french, german, "--termbase", house, "--only", "terms", "--format", "json")
    assert result.exit_code == 1
    (finding,) = json.loads(result.output)["findings"]
    assert finding["rule"] == "forbidden-term"
    assert finding["target"]["text"] == "Mannequin"
    assert "chose à suivre" in finding["message"]
