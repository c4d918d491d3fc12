"""Documents of one language that say nearly the same."""

from __future__ import annotations

from pathlib import Path

from audit.conftest import audit
from audit.test_audit import rows

from checker.audit.likeness import likeness, sketch

TEXT = (
    "La commune a vendu la forêt au canton pour deux millions. Le maire parle d'une décision "
    "difficile mais nécessaire. Les habitants donneront leur avis en septembre, et le produit "
    "de la vente servira à rénover l'école, fermée depuis les inondations du printemps dernier. "
    "Une pétition demande que les promeneurs gardent le droit de traverser les parcelles."
)
OTHER = (
    "Das Festival zieht dieses Jahr in die alte Fabrik am Fluss um. Die Leitung verspricht "
    "mehr Platz, kürzere Wege und billigere Karten für alle, die mit dem Zug anreisen, und sie "
    "hofft auf trockenes Wetter, denn drei der fünf Bühnen stehen unter freiem Himmel im Hof."
)


def test_an_edited_copy_is_nearly_the_same() -> None:
    assert likeness(sketch(TEXT), sketch(TEXT)) == 1.0
    assert 0.7 < likeness(sketch(TEXT), sketch(TEXT.replace("septembre", "octobre"))) < 1
    assert likeness(sketch(TEXT), sketch(OTHER)) < 0.1


def test_the_share_of_common_runs_is_estimated() -> None:
    words = [f"w{n}" for n in range(400)]
    half = likeness(sketch(" ".join(words)), sketch(" ".join(words[:200])))
    assert 0.3 < half < 0.7


def test_short_texts_have_no_sketch() -> None:
    assert sketch("Trop court pour en juger.") == b""


def test_an_audit_lists_copies_of_each_language_once(tmp_path: Path) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    for name, french in (("a", TEXT), ("b", TEXT + " Affaire à suivre."), ("c", TEXT[:150])):
        (archive / f"{name}.fr.txt").write_text(french, encoding="utf-8")
        (archive / f"{name}.de.txt").write_text(f"{name * 9}. {OTHER[:120]}", encoding="utf-8")
    (archive / "d.fr.txt").write_text(TEXT, encoding="utf-8")
    audit(archive, "--out", out, "--only", "leftovers", "--jobs", "1")
    (group,) = rows(out / "copies.jsonl")
    assert group["language"] == "fr"
    assert [Path(p).name for p in group["documents"]] == ["a.fr.txt", "b.fr.txt", "d.fr.txt"]
    assert group["likeness"] >= 0.8
    assert "Nearly the same documents" in (out / "report.html").read_text(encoding="utf-8")
