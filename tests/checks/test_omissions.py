from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checker.checks.omissions import CHECK
from checker.embed import Encoder
from checker.model import Severity
from checker.pipeline import compare
from checker.read import parse_pair
from checker.settings import Settings


def test_case(content_case: Any, assert_case: Callable[[Any], None]) -> None:
    assert_case(content_case)


def test_an_omission_shows_where_the_text_should_stand(content_findings: Any) -> None:
    rule = next(r for r in CHECK.rules if r.id == "omitted-sentence")
    texts = rule.wrong.source, rule.wrong.target
    (finding,) = content_findings("omissions", ("fr", "de"), texts)
    assert finding.source.text == "Deux élus se sont abstenus."
    assert finding.target.text == ""
    assert texts[1][: finding.target.start].endswith("angenommen.")
    assert finding.severity is Severity.ERROR


def test_a_paragraph_is_one_finding(content_findings: Any) -> None:
    french = (
        "Le pont est fermé depuis lundi.\nLa commune cherche un autre passage pour les cars. "
        "Les pompiers passeront par la route du lac. Les commerçants craignent de lourdes pertes.\n"
        "Les travaux coûteront neuf millions de francs."
    )
    german = (
        "Die Brücke ist seit Montag gesperrt.\nDie Arbeiten werden neun Millionen Franken kosten."
    )
    (finding,) = content_findings("omissions", ("fr", "de"), (french, german))
    assert finding.source.text.startswith("La commune")
    assert finding.source.text.endswith("pertes.")


def test_freely_edited_versions_are_only_warned_about(content_findings: Any) -> None:
    french = "La gare rouvre. Il a plu. Le chat dort au soleil. Les prix montent. Le maire rit."
    german = "Der Bahnhof öffnet wieder."
    found = content_findings("omissions", ("fr", "de"), (french, german))
    assert found
    assert all(f.severity is not Severity.ERROR for f in found)


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("Imprimer", "", Severity.WARNING),  # left empty: not translated yet
        ("", "Werbung", Severity.NOTE),  # nobody was asked to translate it
        ("[Publicité 3]", "", Severity.NOTE),
        ("{sous_titre}", "", Severity.NOTE),
        ("pont_2031", "", Severity.NOTE),
    ],
)
def test_a_short_unit_with_one_side(
    source: str, target: str, severity: Severity, encoder: Encoder
) -> None:
    table = (
        "fr,de\n"
        "Le pont rouvre lundi à la circulation.,Die Brücke wird am Montag wieder geöffnet.\n"
        f"{source},{target}\n"
        "Les travaux ont duré deux ans.,Die Arbeiten haben zwei Jahre gedauert.\n"
    )
    pair = parse_pair(table.encode(), "pont.csv")
    (finding,) = compare(pair, None, Settings(only=("omissions",)), encoder).findings
    assert finding.severity is severity
