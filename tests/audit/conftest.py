"""A small archive of article pairs, written for these tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SENTENCES = [
    (
        "La commune de {place} a vendu {n} parcelles de forêt.",
        "Die Gemeinde {place} hat {n} Waldparzellen verkauft.",
    ),
    (
        "Le maire parle d'une décision difficile mais nécessaire.",
        "Der Bürgermeister spricht von einem schweren, aber nötigen Entscheid.",
    ),
    (
        "Les habitants pourront donner leur avis en septembre.",
        "Die Einwohner können im September ihre Meinung sagen.",
    ),
    (
        "Le produit de la vente servira à rénover l'école.",
        "Mit dem Erlös wird das Schulhaus renoviert.",
    ),
]
PLACES = ["Nyon", "Morges", "Vevey", "Aigle", "Orbe", "Payerne", "Echallens", "Cossonay"]
COUNT = 12


def write_pair(folder: Path, number: int, wrong: bool) -> None:
    place = PLACES[number % len(PLACES)]
    french = "\n".join(fr.format(place=place, n=100 + number) for fr, _ in SENTENCES)
    german = "\n".join(
        de.format(place=place, n=100 + number + (50 if wrong else 0)) for _, de in SENTENCES
    )
    (folder / f"article-{number:02}.fr.txt").write_text(french + "\n", encoding="utf-8")
    (folder / f"article-{number:02}.de.txt").write_text(german + "\n", encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(COUNT):
        write_pair(folder, number, wrong=number % 5 == 0)
    return folder


def audit(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return command(*arguments)


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`checker audit` with these arguments."""
    line = [sys.executable, "-m", "checker", "audit", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False)
