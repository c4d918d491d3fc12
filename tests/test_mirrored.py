"""What both versions have at the same place is a note; what one of them has is not."""

from __future__ import annotations

import pytest

from checker.embed import Encoder
from checker.model import Block, Document, Severity, Span
from checker.pipeline import compare
from checker.settings import Settings

FRENCH = [
    "Le conseil communal a refusé lundi le budget de la piscine.",
    "Cliquez sur le bouton et confirmez la commande avec votre mot de passe.",
    "La bibliothèque prête désormais aussi des outils et des vélos.",
    "Les habitants de la vallée attendent un nouveau pont depuis dix ans.",
]
GERMAN = [
    "Der Gemeinderat hat am Montag das Budget für das Schwimmbad abgelehnt.",
    "Klicken Sie auf die Schaltfläche und bestätigen Sie die Bestellung mit Ihrem Passwort.",
    "Die Bibliothek verleiht jetzt auch Werkzeuge und Fahrräder.",
    "Die Bewohner des Tals warten seit zehn Jahren auf eine neue Brücke.",
]


def document(language: str, lines: list[str]) -> Document:
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(Span(start, start + len(line))))
        start += len(line) + 1
    return Document(f"a.{language}.txt", language, "\n".join(lines), tuple(blocks))


def found(encoder: Encoder, french: list[str], german: list[str], check: str) -> list[Severity]:
    settings = Settings(only=(check,))
    report = compare(document("fr", french), document("de", german), settings, encoder)
    return [finding.severity for finding in report.findings]


def test_a_sentence_that_returns_in_both_versions(encoder: Encoder) -> None:
    lists = ([*text[:3], text[1], text[3]] for text in (FRENCH, GERMAN))
    assert found(encoder, *lists, "repetition") == [Severity.NOTE] * 2


def test_a_sentence_that_returns_in_one_version(encoder: Encoder) -> None:
    german = [*GERMAN[:3], GERMAN[1], GERMAN[3]]
    assert found(encoder, FRENCH, german, "repetition") == [Severity.WARNING]


@pytest.mark.parametrize(
    ("opened", "expected"), [(True, [Severity.NOTE] * 2), (False, [Severity.WARNING])]
)
def test_a_bracket_left_open(encoder: Encoder, opened: bool, expected: list[Severity]) -> None:
    french = [*FRENCH, "Le maire (élu en 2020 a démissionné lundi."]
    german = "Der (2020 gewählte Präsident trat am Montag zurück."
    german = german if opened else german.replace("(", "")
    assert found(encoder, french, [*GERMAN, german], "punctuation") == expected
