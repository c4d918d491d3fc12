"""Units and currencies that differ where the number agrees."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule
from checker.checks._quantities import findings
from checker.model import Finding, Severity

_RULES = (
    Rule(
        "unit-mismatch",
        Severity.ERROR,
        "The same number with another unit.",
        "Fifteen months are not fifteen years; the right figure hides the wrong unit.",
        Example("La peine est de 15 ans.", "Die Strafe beträgt 15 Monate."),
        Example("La peine est de 15 ans.", "Die Strafe beträgt 15 Jahre."),
        "A unit that only one side names is left alone.",
    ),
    Rule(
        "currency-mismatch",
        Severity.ERROR,
        "The same amount in another currency.",
        "An amount is only right with its currency.",
        Example("Le billet coûte 35 euros.", "Das Billett kostet 35 Franken."),
        Example("Le billet coûte 35 francs.", "Das Billett kostet 35 Franken."),
        "A word for several currencies (dollar, franc, livre) agrees with each of them.",
    ),
    Rule(
        "percentage-points",
        Severity.WARNING,
        "Per cent on one side, percentage points on the other.",
        "A rise from 10 to 12 per cent is 2 percentage points and 20 per cent.",
        Example("Le taux a reculé de 2 points de pourcentage.", "Der Satz sank um 2 Prozent."),
        Example(
            "Le taux a reculé de 2 points de pourcentage.", "Der Satz sank um 2 Prozentpunkte."
        ),
    ),
    Rule(
        "unit-converted",
        Severity.NOTE,
        "One version converts the measure; the note shows the arithmetic.",
        "A conversion is right but worth knowing of.",
        Example("La ville est à 10 miles.", "Die Stadt liegt 16 Kilometer entfernt."),
        Example("La ville est à 16 kilomètres.", "Die Stadt liegt 16 Kilometer entfernt."),
        "Accepted within eight per cent.",
    ),
)


def _compare(comparison: Comparison) -> Iterator[Finding]:
    return (f for f in comparison.once(findings) if f.check == "units")


CHECK = Check(
    "units",
    "units and currencies that differ where the number agrees",
    _RULES,
    compare=_compare,
    needs=("numbers", "units"),
)
