"""Identifiers are compared exactly, by ``numbers`` and by ``links``."""

from __future__ import annotations

import pytest

from checker.embed import Encoder
from checker.model import Block, Document, Span
from checker.pipeline import compare
from checker.settings import Settings

DIFFERENT = [
    ("Le vol AF 447 a décollé à midi.", "Der Flug AF 474 startete am Mittag."),
    ("L'Airbus A320 est cloué au sol.", "Der Airbus A330 bleibt am Boden."),
    ("Le décret n° 124-QD/TW est entré en vigueur.", "Das Dekret Nr. 142-QD/TW trat in Kraft."),
    ("Le dossier 6B_318/2021 est clos.", "Das Dossier 6B_381/2021 ist abgeschlossen."),
    ("La norme ISO 9001 s'applique.", "Es gilt die Norm ISO 9011."),
    ("La loi RS 830.1 est révisée.", "Das Gesetz SR 831.1 wird revidiert."),
    ("Suivez @ville_de_sion.", "Folgen Sie @vile_de_sion."),
    ("Voir https://exemple.ch/a/4711.", "Siehe https://exemple.ch/a/4712."),
]
SAME = [
    ("Le vol AF 447 a décollé à midi.", "Der Flug AF 447 startete am Mittag."),
    ("L'Airbus A320 est cloué au sol.", "Der Airbus A320 bleibt am Boden."),
    ("Le décret n° 124-QD/TW est entré en vigueur.", "Das Dekret Nr. 124-QD/TW trat in Kraft."),
    ("Le dossier 6B_318/2021 est clos.", "Das Dossier 6B_318/2021 ist abgeschlossen."),
    ("La norme ISO 9001 s'applique.", "Es gilt die Norm ISO 9001."),
    ("La loi RS 830.1 est révisée.", "Das Gesetz SR 830.1 wird revidiert."),
    ("Le virus SARS-CoV-2 circule.", "Das Virus SARS-CoV-2 ist im Umlauf."),
    ("Suivez @ville_de_sion.", "Folgen Sie @ville_de_sion."),
]


def loud(source: str, target: str, encoder: Encoder) -> list[str]:
    documents = [
        Document("a", language, text, (Block(Span(0, len(text))),))
        for text, language in ((source, "fr"), (target, "de"))
    ]
    report = compare(*documents, Settings(only=("names", "numbers", "links")), encoder)
    return [f.message for f in report.findings if f.severity != "note"]


@pytest.mark.parametrize(("source", "target"), DIFFERENT)
def test_another_identifier_is_found(source: str, target: str, encoder: Encoder) -> None:
    assert loud(source, target, encoder)


@pytest.mark.parametrize(("source", "target"), SAME)
def test_the_same_identifier_is_not(source: str, target: str, encoder: Encoder) -> None:
    assert loud(source, target, encoder) == []
