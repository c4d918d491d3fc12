"""Negation: a statement that one version makes and the other denies."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.content.facing import Bead, beads, within
from checker.content.opposites import Poles, oppositions
from checker.content.polarity import FEATURES, Cues, Reading, Reversal, reversal
from checker.content.text import shortened
from checker.content.weights import model, probability
from checker.model import Finding, Passage, Severity

REVERSED = Rule(
    "negation-mismatch",
    Severity.WARNING,
    "One version negates what the other states.",
    "The sentence says the opposite; a reader cannot notice.",
    Example("Le parlement n'a pas approuvé la loi.", "Das Parlament hat das Gesetz gebilligt."),
    Example("Il manque de temps.", "Er hat keine Zeit."),
    "Judged by words of negation and by the sense of the sentence with and without them. "
    "Antonyms (“n'a pas faibli”, “blieb stark”) can deceive it, so it never gives an error.",
)

OPPOSITE = Rule(
    "opposite-mismatch",
    Severity.WARNING,
    "One version says rise, all, before or more, the other fall, some, after or less.",
    "The direction or the extent is reversed.",
    Example(
        "Le chômage a augmenté dans le canton de Vaud.",
        "Die Arbeitslosigkeit ist im Kanton Waadt gesunken.",
    ),
    Example(
        "Le chômage a augmenté dans le canton de Vaud.",
        "Die Arbeitslosigkeit ist im Kanton Waadt gestiegen.",
    ),
    "Only where each version names one pole once, among words that agree.",
)

_WARNING = 1.23  # log odds: about 2 false alarms per 10,000 words of translated news
_NOTE = 0.5


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Beads with a negation on one side only."""
    source, target = (Cues.of(s.language.section("negation")) for s in _sides(comparison))
    for bead in comparison.once(beads):
        first, second = Reading.of(bead.source.text, source), Reading.of(bead.target.text, target)
        for on_target in (False, True):
            found = (
                _odd(bead, second, first, True, comparison)
                if on_target
                else (_odd(bead, first, second, False, comparison))
            )
            if found:
                yield found
        yield from _opposites(bead, comparison)


def _opposites(bead: Bead, comparison: Comparison) -> Iterator[Finding]:
    source, target = _sides(comparison)
    tables = [s.language.section("opposites") for s in (source, target)]
    if not all(tables):
        return
    poles = Poles.of(tables[0]), Poles.of(tables[1])
    for pair in oppositions(bead.source.text, bead.target.text, poles, bead.covered):
        first = within(source, bead.source, *pair.source)
        second = within(target, bead.target, *pair.target)
        message = f"“{first.text}” and “{second.text}” say the opposite of each other."
        yield Finding(CHECK.name, OPPOSITE.id, OPPOSITE.severity, 0.6, message, first, second)


def _odd(
    bead: Bead, reading: Reading, facing: Reading, on_target: bool, comparison: Comparison
) -> Finding | None:
    covered = bead.covered.turned() if on_target else bead.covered
    surplus = reversal(reading, facing, covered, comparison.words)
    if surplus is None:
        return None
    weights = model("negation", (*FEATURES, "target"))
    log_odds = weights.log_odds((*surplus.features, float(on_target)))
    if log_odds < _NOTE:
        return None
    severity = Severity.WARNING if log_odds >= _WARNING else Severity.NOTE
    return _finding(bead, surplus, severity, log_odds, on_target, comparison)


def _finding(
    bead: Bead,
    surplus: Reversal,
    severity: Severity,
    log_odds: float,
    on_target: bool,
    comparison: Comparison,
) -> Finding:
    source, target = _sides(comparison)
    has, lacks = (target, source) if on_target else (source, target)
    own, other = (bead.target, bead.source) if on_target else (bead.source, bead.target)
    cue = within(has, own, surplus.start, surplus.end)
    message = (
        f"The {has.language.name} version negates (“{shortened(cue.text, 40)}”), "
        f"the {lacks.language.name} version does not."
    )
    passages: tuple[Passage, Passage] = (other, cue) if on_target else (cue, other)
    return Finding(
        CHECK.name, REVERSED.id, severity, round(probability(log_odds), 3), message, *passages
    )


def _sides(comparison: Comparison) -> tuple[Side, Side]:
    return comparison.source, comparison.target


CHECK = Check(
    "negation",
    "statements that one version makes and the other denies",
    (REVERSED, OPPOSITE),
    compare=compare,
    needs=("negation",),
)
