"""Numbers: values, scales, scores and identifiers that differ between the two versions."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule
from checker.checks._quantities import findings
from checker.model import Finding, Severity

_RULES = (
    Rule(
        "number-mismatch",
        Severity.ERROR,
        "A number stands for another value than its counterpart.",
        "A wrong figure is the error readers notice and quote.",
        Example("La ville compte 29 208 modèles.", "Die Stadt zählt 29.802 Modelle."),
        Example("La ville compte 29 208 modèles.", "Die Stadt zählt 29.208 Modelle."),
        "Values are compared, not digits: quatre-vingts equals 80. Two figures without a unit "
        "that are written differently are only a warning. What is counted takes part: an article "
        "(un, eine) stands against a small number of the same thing.",
    ),
    Rule(
        "numbers-exchanged",
        Severity.ERROR,
        "Two numbers changed places: each stands with what the other counts.",
        "Both figures are there, so that nothing seems to be missing, and both are wrong.",
        Example(
            "La commune compte 12 écoles et 30 églises.",
            "Die Gemeinde zählt 30 Schulen und 12 Kirchen.",
        ),
        Example(
            "La commune compte 12 écoles et 30 églises.",
            "Die Gemeinde zählt 30 Kirchen und 12 Schulen.",
        ),
        "Only where the nouns beside the four numbers are recognised clearly.",
    ),
    Rule(
        "scale-mismatch",
        Severity.ERROR,
        "The same figure with another scale: million for milliard, thousand for million.",
        "A factor of a thousand turns a budget into nonsense; English billion is the usual trap.",
        Example(
            "Le projet coûte 88 milliards de francs.", "Das Projekt kostet 88 Millionen Franken."
        ),
        Example("Le projet coûte 88 milliards de francs.", "Das Projekt kostet 88 Mrd. Franken."),
    ),
    Rule(
        "score-mismatch",
        Severity.ERROR,
        "A result of a match differs.",
        "Scores are facts; the order may be turned round, the figures may not change.",
        Example("Lausanne a gagné 3-1 contre Bâle.", "Lausanne gewann 3:2 gegen Basel."),
        Example("Bâle a perdu 1-3 à Lausanne.", "Lausanne gewann 3:1 gegen Basel."),
        "One set turned round among sets in the same order is an error; all turned round is not.",
    ),
    Rule(
        "identifier-mismatch",
        Severity.ERROR,
        "A reference number, code or telephone number differs.",
        "A reader cannot find what a wrong reference names. Identifiers compare as text.",
        Example(
            "Le règlement n° 124-QD/TW est en vigueur.",
            "Die Verordnung Nr. 142-QD/TW ist in Kraft.",
        ),
        Example(
            "Le règlement n° 124-QD/TW est en vigueur.",
            "Die Verordnung Nr. 124-QD/TW ist in Kraft.",
        ),
    ),
    Rule(
        "number-missing",
        Severity.WARNING,
        "A number has no counterpart in the linked or neighbouring sentences.",
        "Figures are what a translator must not drop.",
        Example("Les 350 employés ont reçu une lettre.", "Die Angestellten erhielten einen Brief."),
        Example("Les deux pays ont signé un accord.", "Beide Länder unterzeichneten ein Abkommen."),
        "Small numbers in words and numbers the article gives elsewhere are left alone.",
    ),
    Rule(
        "number-rounded",
        Severity.NOTE,
        "One version rounds what the other gives exactly, or both round a converted measure.",
        "Rounding is a choice; the note says where it was made.",
        Example("La route mesure 1,3 kilomètre.", "Die Strasse misst 1 Kilometer."),
        Example("La route mesure 1,3 kilomètre.", "Die Strasse misst 1,3 Kilometer."),
    ),
)


def _compare(comparison: Comparison) -> Iterator[Finding]:
    return (f for f in comparison.once(findings) if f.check == "numbers")


CHECK = Check(
    "numbers",
    "values, scales, scores and identifiers that differ between the two versions",
    _RULES,
    compare=_compare,
    needs=("numbers",),
)
