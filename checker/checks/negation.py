"""Negation: a statement that one version makes and the other denies."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.content.facing import Bead, beads, within
from checker.content.opposites import Poles, oppositions
from checker.content.polarity import FEATURES, Cues, Reading, Reversal, reversal
from checker.content.text import shortened
from checker.content.weights import model, probability
from checker.detector.opinion import opinions_of
from checker.detector.verdicts import negation_features, reversed_here
from checker.errors import worded
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

_WARNING = 1.23  # log odds: 2 to 3 false alarms per 10,000 words of translated news
_NOTE = 0.5
_HOPELESS = -4.0  # log odds below which the contextual detector is not asked
_READ_MORE = 0.35  # by how much its log odds of a warning are below those without it


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
        message = worded(
            "“{source}” and “{target}” say the opposite of each other.",
            source=first.text,
            target=second.text,
        )
        yield Finding(CHECK.name, OPPOSITE.id, OPPOSITE.severity, 0.6, message, first, second)


def _odd(
    bead: Bead, reading: Reading, facing: Reading, on_target: bool, comparison: Comparison
) -> Finding | None:
    judged = _judged(bead, reading, facing, on_target, comparison)
    if judged is None:
        return None
    surplus, log_odds = judged
    opinions = comparison.once(opinions_of)
    opinion = opinions.of(bead.link) if opinions and log_odds >= _HOPELESS else None
    if opinion:
        cue = _cue(bead, surplus, on_target, comparison)
        read = reversed_here(log_odds, opinion, not on_target, cue)
        log_odds = max(log_odds, read + _READ_MORE)
    if log_odds < _NOTE:
        return None
    severity = Severity.WARNING if log_odds >= _WARNING else Severity.NOTE
    return _finding(bead, surplus, severity, log_odds, on_target, comparison)


def _judged(
    bead: Bead, reading: Reading, facing: Reading, on_target: bool, comparison: Comparison
) -> tuple[Reversal, float] | None:
    """The negation most likely to be on one side only, and the log odds of that as far as
    single words tell."""
    covered = bead.covered.turned() if on_target else bead.covered
    surplus = reversal(reading, facing, covered, comparison.words)
    if surplus is None:
        return None
    weights = model("negation", (*FEATURES, "target"))
    return surplus, weights.log_odds((*surplus.features, float(on_target)))


def weighed(comparison: Comparison) -> Iterator[tuple[int, bool, tuple[float, ...], Passage]]:
    """Negations that may be on one side only, as the contextual detector weighs them: number
    of the bead, whether in the target, the features and the place."""
    opinions = comparison.once(opinions_of)
    cues = [Cues.of(s.language.section("negation")) for s in _sides(comparison)]
    for number, bead in enumerate(comparison.once(beads)):
        first, second = Reading.of(bead.source.text, cues[0]), Reading.of(bead.target.text, cues[1])
        for on_target, pair in ((False, (first, second)), (True, (second, first))):
            judged = _judged(bead, *pair, on_target, comparison)
            opinion = opinions.of(bead.link) if opinions and judged else None
            if judged and opinion:
                cue = _cue(bead, judged[0], on_target, comparison)
                yield (
                    number,
                    on_target,
                    negation_features(judged[1], opinion, not on_target, cue),
                    cue,
                )


def _cue(bead: Bead, surplus: Reversal, on_target: bool, comparison: Comparison) -> Passage:
    own, has = bead.target if on_target else bead.source, _sides(comparison)[on_target]
    return within(has, own, surplus.start, surplus.end)


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
    other = bead.source if on_target else bead.target
    cue = _cue(bead, surplus, on_target, comparison)
    message = worded(
        "The {language} version negates (“{text}”), the {other} version does not.",
        language=worded(has.language.name),
        other=worded(lacks.language.name),
        text=shortened(cue.text, 40),
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
