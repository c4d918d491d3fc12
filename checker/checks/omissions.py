"""Omissions: what one version says and the other does not, or says elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.content.orphans import Orphan, orphans
from checker.content.text import content_words, shortened
from checker.model import BlockKind, Finding, Severity

OMITTED = Rule(
    "omitted-sentence",
    Severity.ERROR,
    "A sentence or paragraph of the source has no counterpart in the target.",
    "Readers of the translation are not told what readers of the original are told.",
    Example(
        "Le conseil a voté le budget. Deux élus se sont abstenus. La séance a pris fin à midi.",
        "Der Rat hat das Budget angenommen. Die Sitzung endete am Mittag.",
    ),
    Example(
        "Le conseil a voté le budget. Deux élus se sont abstenus.",
        "Der Rat hat das Budget angenommen, wobei sich zwei Mitglieder der Stimme enthielten.",
    ),
    "Where more than a third of either text is unpaired, the versions are taken as edited "
    "freely and every finding is at most a warning.",
)
ADDED = Rule(
    "added-sentence",
    Severity.ERROR,
    "A sentence or paragraph of the target has no counterpart in the source.",
    "The translation says something its original does not say.",
    Example(
        "Le conseil a voté le budget. La séance a pris fin à midi.",
        "Der Rat hat das Budget angenommen. Zwei Mitglieder enthielten sich der Stimme. "
        "Die Sitzung endete am Mittag.",
    ),
    Example(
        "Le conseil a voté le budget, deux élus s'étant abstenus.",
        "Der Rat hat das Budget angenommen. Zwei Mitglieder enthielten sich der Stimme.",
    ),
    OMITTED.limits,
)
MOVED = Rule(
    "moved-sentence",
    Severity.WARNING,
    "A sentence stands in another place than in the other version.",
    "Order carries meaning: what follows from what, who says what, what comes first.",
    Example(
        "Le musée rouvre samedi. Les travaux ont duré trois ans. Le maire sera présent. "
        "L'entrée sera gratuite.",
        "Das Museum öffnet am Samstag wieder. Der Bürgermeister wird anwesend sein. "
        "Der Eintritt ist frei. Die Arbeiten haben drei Jahre gedauert.",
    ),
    Example(
        "Le musée rouvre samedi. Les travaux ont duré trois ans.",
        "Das Museum öffnet am Samstag wieder. Die Arbeiten haben drei Jahre gedauert.",
    ),
)

_LOOSE = 1 / 3  # share of unpaired sentences from which the versions count as freely edited
_FEW_WORDS = 3


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Sentences without counterpart or out of place."""
    found = comparison.once(orphans)
    source, target = comparison.source, comparison.target
    loose = _is_loose(source, found.omitted) or _is_loose(target, found.added)
    for orphan in found.omitted:
        yield _missing(OMITTED, source, target, orphan, loose)
    for orphan in found.added:
        yield _missing(ADDED, target, source, orphan, loose)
    for first, second in found.moved:
        yield Finding(
            CHECK.name,
            MOVED.id,
            MOVED.severity,
            round(min(first.confidence, second.confidence), 3),
            f"The {target.language.name} version says this in another place: "
            f"“{shortened(source.passage(first.span).text)}”.",
            source.passage(first.span),
            target.passage(second.span),
        )


def _missing(rule: Rule, has: Side, lacks: Side, orphan: Orphan, loose: bool) -> Finding:
    passage, place = has.passage(orphan.span), lacks.passage(orphan.gap)
    quoted = shortened(passage.text)
    count = len(orphan.sentences)
    what = "this sentence" if count == 1 else f"these {count} sentences"
    message = f"The {lacks.language.name} version lacks {what}: “{quoted}”."
    if rule is ADDED:
        message = f"The {has.language.name} version adds {what}: “{quoted}”."
    source, target = (passage, place) if rule is OMITTED else (place, passage)
    severity = _severity(has, orphan, loose)
    return Finding(
        CHECK.name, rule.id, severity, round(orphan.confidence, 3), message, source, target
    )


def _severity(side: Side, orphan: Orphan, loose: bool) -> Severity:
    """Loud for a full sentence of a faithful translation, quiet for scraps and captions."""
    sentences = [side.article.sentences[i] for i in orphan.sentences]
    count = sum(len(content_words(s.text, side.language.code)) for s in sentences)
    if count < _FEW_WORDS:
        return Severity.WARNING if count > 1 and not loose else Severity.NOTE
    prose = all(
        s.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE) for s in sentences
    )
    sure = orphan.confidence >= 0.5 and prose and not loose
    return Severity.ERROR if sure else Severity.WARNING


def _is_loose(side: Side, missing: tuple[Orphan, ...]) -> bool:
    count = sum(len(o.sentences) for o in missing)
    return count > 2 and count > _LOOSE * len(side.article.sentences)


CHECK = Check(
    "omissions",
    "what one version says and the other does not, or says elsewhere",
    (OMITTED, ADDED, MOVED),
    compare=compare,
)
