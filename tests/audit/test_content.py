"""Pairing by content: file names say nothing, the texts do."""

from __future__ import annotations

from pathlib import Path

from audit.conftest import SENTENCES, audit
from audit.test_audit import rows

from checker.audit.content import keys, pair_by_content
from checker.embed import Encoder

STORIES = {
    "bees": (
        "Les apiculteurs du Jura ont perdu 38 % de leurs colonies cet hiver.\n"
        "Le varroa, un acarien, en est la cause principale, selon Agroscope.\n",
        "Die Imker im Jura haben in diesem Winter 38 % ihrer Völker verloren.\n"
        "Hauptursache ist laut Agroscope die Varroamilbe.\n",
    ),
    "tunnel": (
        "Le second tube du tunnel du Gothard sera percé dès 2027.\n"
        "Les riverains d'Airolo craignent le bruit du chantier.\n",
        "Die zweite Röhre des Gotthardtunnels wird ab 2027 gebohrt.\n"
        "Die Anwohner von Airolo fürchten den Baulärm.\n",
    ),
    "opera": (
        "L'opéra de Lyon ouvre sa saison avec Wozzeck.\n"
        "La mise en scène est signée Andrea Breth.\n",
        "Die Oper Lyon eröffnet ihre Spielzeit mit Wozzeck.\nRegie führt Andrea Breth.\n",
    ),
}


def write(folder: Path) -> list[Path]:
    files = []
    for number, (french, german) in enumerate(STORIES.values()):
        for name, text in ((f"{number}.txt", french), (f"{9 - number}.txt", german)):
            path = folder / name
            path.write_text(text, encoding="utf-8")
            files.append(path)
    lone = folder / "lone.txt"
    lone.write_text(
        "\n".join(fr.format(place="Nyon", n=3) for fr, _ in SENTENCES), encoding="utf-8"
    )
    return [*files, lone]


def test_documents_find_their_counterpart(tmp_path: Path, encoder: Encoder) -> None:
    pairing = pair_by_content(write(tmp_path), "fr", "de", encoder, tmp_path)
    found = {(p.source.name, p.target.name) for p in pairing.pairs}
    assert found == {("0.txt", "9.txt"), ("1.txt", "8.txt"), ("2.txt", "7.txt")}
    assert [p.name for p in pairing.alone] == ["lone.txt"]


def test_the_audit_command_pairs_by_content(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    write(tmp_path / "archive")
    arguments = ("--pair-by", "content", "--only", "omissions", "--jobs", "1")
    audit(tmp_path / "archive", "--out", tmp_path / "out", *arguments)
    found = rows(tmp_path / "out" / "pairs.jsonl")
    assert [r["pair"] for r in found] == ["0.txt", "1.txt", "2.txt"]
    assert all(float(r["metadata"]["pairing-confidence"]) > 0.5 for r in found)


def test_keys_are_the_same_in_any_language() -> None:
    assert keys("29 208 habitants à Zürich") & keys("29.208 Einwohner in Zurich") == {
        "29208",
        "zurich",
    }
