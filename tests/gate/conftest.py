"""A pair with one wrong number, in a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FRENCH = """Le musée a accueilli 48 300 visiteurs l'an dernier.
La nouvelle directrice, Salomé Perrin, veut attirer davantage de familles.
Le billet coûtera 18 francs.
L'entrée restera gratuite le premier dimanche du mois.
"""
GERMAN = """Das Museum hat im letzten Jahr 43 800 Besucher empfangen.
Die neue Direktorin Salomé Perrin will mehr Familien anlocken.
Das Billett kostet 18 Franken.
Der Eintritt bleibt am ersten Sonntag des Monats gratis.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "musee.fr.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "musee.de.txt").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def checker(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def gate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return checker(folder, "gate", "musee.fr.txt", "musee.de.txt", *arguments)
