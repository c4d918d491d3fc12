"""An updated source: which sentences of the translation are stale, and which are not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checker.embed import Encoder
from checker.pipeline import CachedWords, article, compare
from checker.settings import Settings
from checker.since import State, updates

FRENCH = [
    "Le festival de la Plaine a réuni 12 400 spectateurs en quatre soirs.",
    "La directrice, Odile Kern, se dit satisfaite du résultat.",
    "Un orage a interrompu le concert de vendredi pendant une heure.",
    "Le budget s'élève à 1,8 million de francs.",
    "La prochaine édition se tiendra du 8 au 11 juillet.",
]
GERMAN = [
    "Das Festival de la Plaine zog an vier Abenden 12 400 Zuschauer an.",
    "Direktorin Odile Kern zeigt sich mit dem Ergebnis zufrieden.",
    "Ein Gewitter unterbrach das Konzert vom Freitag für eine Stunde.",
    "Das Budget beträgt 1,8 Millionen Franken.",
    "Die nächste Ausgabe findet vom 8. bis 11. Juli statt.",
]


def edited(index: int, old: str, new: str, texts: list[str] = FRENCH) -> list[str]:
    assert old in texts[index]
    return [t.replace(old, new) if i == index else t for i, t in enumerate(texts)]


CASES = [
    ("nothing changed", FRENCH, GERMAN, []),
    ("a number, not translated", edited(0, "12 400", "13 100"), GERMAN, [(State.STALE, 0)]),
    (
        "a number, translated already",
        edited(0, "12 400", "13 100"),
        edited(0, "12 400", "13 100", GERMAN),
        [(State.UP_TO_DATE, 0)],
    ),
    ("a word", edited(2, "Un orage", "Une panne de courant"), GERMAN, [(State.STALE, 2)]),
    (
        "a word, translated already",
        edited(2, "Un orage", "Une panne de courant"),
        edited(2, "Ein Gewitter", "Ein Stromausfall", GERMAN),
        [(State.UP_TO_DATE, 2)],
    ),
    (
        "a new sentence",
        [*FRENCH[:4], "Trois personnes ont été légèrement blessées.", FRENCH[4]],
        GERMAN,
        [(State.MISSING, 3)],
    ),
    ("a dropped sentence", FRENCH[:2] + FRENCH[3:], GERMAN, [(State.SUPERFLUOUS, 2)]),
    ("sentences in another order", [FRENCH[1], FRENCH[0], *FRENCH[2:]], GERMAN, []),
]


@pytest.mark.parametrize(
    ("new", "target", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_is_stale(
    tmp_path: Path, encoder: Encoder, new: list[str], target: list[str], expected: list
) -> None:
    files = {"old.fr.txt": FRENCH, "new.fr.txt": new, "new.de.txt": target}
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = compare(
        tmp_path / "new.fr.txt", tmp_path / "new.de.txt", Settings(only=("omissions",)), encoder
    )
    old = article(tmp_path / "old.fr.txt")
    found = updates(old, report, CachedWords(encoder))
    assert report.target is not None
    lines = [report.target.document.line_and_column(u.target.start)[0] - 1 for u in found]
    assert [(u.state, line) for u, line in zip(found, lines, strict=True)] == expected


def test_the_command_says_it_for_people_and_programs(tmp_path: Path) -> None:
    files = {"old.fr.txt": FRENCH, "new.fr.txt": CASES[1][1], "new.de.txt": GERMAN}
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "checker", "diff", "new.fr.txt", "new.de.txt"]
    command += ["--since", "old.fr.txt"]
    plain = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert plain.returncode == 1
    assert "STALE  line 1: number 12400 became 13100" in plain.stdout
    machine = subprocess.run(
        [*command, "--format", "json"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    (update,) = json.loads(machine.stdout)["updates"]
    assert update["state"] == "stale"
    assert update["target"]["text"] == GERMAN[0]
