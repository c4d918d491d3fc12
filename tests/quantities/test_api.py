"""What other checks rely on: spans, units, what is counted, full dates."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checker.quantities import Kind, recognise


def test_a_number_with_its_scale_and_unit_has_exact_spans() -> None:
    text = "Das kostete rund 88 Millionen Franken."
    (quantity,) = recognise(text, "de").quantities
    assert quantity.value == 88_000_000
    assert text[quantity.span.start : quantity.span.end] == "88 Millionen"
    assert quantity.unit_span is not None
    assert text[quantity.whole.start : quantity.whole.end] == "88 Millionen Franken"
    assert quantity.unit == "CHF"
    assert quantity.bound == "about"


@pytest.mark.parametrize(
    ("language", "text", "noun"),
    [
        ("fr", "La ville compte 160 013 modèles enregistrés.", "modèles"),
        ("de", "Die Stadt hat 160.013 eingetragene Modelle.", "Modelle"),
        ("fr", "Trois anciens ministres sont venus.", "ministres"),
        ("fr", "Trois jeunes ont disparu.", "jeunes"),
        ("fr", "Le parti compte 88 millions de membres.", "membres"),
        ("de", "Drei frühere Minister kamen.", "Minister"),
    ],
)
def test_what_is_counted_has_a_span(language: str, text: str, noun: str) -> None:
    quantity = recognise(text, language).quantities[0]
    assert quantity.counted is not None
    assert text[quantity.counted.start : quantity.counted.end] == noun


def test_a_full_date_knows_its_weekday_and_parts() -> None:
    found = recognise("Am Samstag, den 29. September 2018, war Ruhe.", "de")
    (date,) = found.dates
    assert (date.day, date.month, date.year, date.weekday) == (29, 9, 2018, 5)
    kinds = [q.kind for q in found.quantities]
    assert kinds == [Kind.WEEKDAY, Kind.DAY, Kind.MONTH, Kind.YEAR]


def test_values_are_exact() -> None:
    (quantity,) = recognise("Il en reste 0,1 %.", "fr").quantities
    assert quantity.value == Fraction(1, 10)
    assert quantity.step == Fraction(1, 10)


def test_a_region_reads_its_language() -> None:
    assert recognise("1'234.50", "de-CH").quantities[0].value == Fraction("1234.5")
