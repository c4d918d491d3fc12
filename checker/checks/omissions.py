"""Omissions: what one version says and the other does not, or says elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.content.clauses import FEATURES, Clause, Features, clauses, log_ratio
from checker.content.coverage import Coverage, coverage
from checker.content.facing import Bead, beads, within
from checker.content.orphans import Orphan, orphans
from checker.content.text import content_words, shortened
from checker.content.weights import Model, model, probability
from checker.detector.opinion import opinions_of
from checker.detector.verdicts import lost_there
from checker.errors import to_say, worded
from checker.model import BlockKind, Finding, Passage, Sentence, Severity

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
        "Un incendie a détruit une ferme. Quarante vaches ont pu être sauvées par les voisins. "
        "Le fermier souffre de brûlures aux mains. La police a ouvert une enquête.",
        "Ein Feuer hat einen Bauernhof zerstört. Der Bauer erlitt Verbrennungen an den Händen. "
        "Die Polizei hat Ermittlungen aufgenommen. Vierzig Kühe konnten von Nachbarn gerettet "
        "werden.",
    ),
    Example(
        "Le musée rouvre samedi. Les travaux ont duré trois ans.",
        "Das Museum öffnet am Samstag wieder. Die Arbeiten haben drei Jahre gedauert.",
    ),
)

OMITTED_CLAUSE = Rule(
    "omitted-clause",
    Severity.WARNING,
    "A clause, an apposition or a list item of the source has no counterpart in its sentence.",
    "A condition, a reason or a name is lost, and the sentence still reads well.",
    Example(
        "Le ministre, qui était malade depuis des mois, a démissionné lundi.",
        "Der Minister ist am Montag zurückgetreten.",
    ),
    Example(
        "Le ministre, malade depuis des mois, a démissionné lundi.",
        "Der seit Monaten kranke Minister ist am Montag zurückgetreten.",
    ),
    "Free translation that shortens a sentence is hard to tell from an omission, so this is "
    "never an error.",
)
ADDED_CLAUSE = Rule(
    "added-clause",
    Severity.WARNING,
    "A clause, an apposition or a list item of the target has no counterpart in its sentence.",
    "The translation adds a claim that its original does not make.",
    Example(
        "Le ministre a démissionné lundi.",
        "Der Minister, der seit Monaten krank war, ist am Montag zurückgetreten.",
    ),
    Example(
        "Le ministre malade a démissionné lundi.",
        "Der Minister, der krank ist, ist am Montag zurückgetreten.",
    ),
    OMITTED_CLAUSE.limits,
)

_CLAUSE_WARNING = 4.2  # log odds: about 2 false alarms per 10,000 words of translated news
_NOTED_BELOW = 1.7  # how far below a warning there is still a note
_ASKED = 2.0  # log odds from which the contextual detector is asked
_READ_WARNING = 3.5  # log odds of a warning where it was: 2 to 3 false alarms
_FEW_BEADS = 15
_NEXT_DOOR = 0.7  # mean support from which a neighbouring sentence has the clause
_CLEARLY = 0.1  # and by how much it must be better there
_LOOSE = 1 / 3  # share of unpaired sentences from which the versions count as freely edited
_FEW_WORDS = 3
_BRACKETED = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}")
_TECHNICAL = re.compile(r"[\d_/@\\]")


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
            worded(
                "The {language} version says this in another place: “{text}”.",
                language=worded(target.language.name),
                text=shortened(source.passage(first.span).text),
            ),
            source.passage(first.span),
            target.passage(second.span),
        )
    yield from _clauses(comparison)


def _clauses(comparison: Comparison) -> Iterator[Finding]:
    """Parts of linked sentences without counterpart; at most one a bead."""
    linked = comparison.once(beads)
    best: dict[int, tuple[float, bool, Clause]] = {}
    for number, on_target, clause, log_odds in _candidates(comparison):
        margin = _margin(comparison, linked[number], on_target, clause, log_odds)
        if margin >= -_NOTED_BELOW and (number not in best or margin > best[number][0]):
            best[number] = margin, on_target, clause
    for number, (margin, on_target, clause) in best.items():
        if not _stands_next_door(comparison, linked, number, on_target, clause):
            yield _clause_finding(comparison, linked[number], margin, on_target, clause)


def _margin(
    comparison: Comparison, bead: Bead, on_target: bool, clause: Clause, log_odds: float
) -> float:
    """By how much a clause without counterpart exceeds a warning."""
    opinions = comparison.once(opinions_of)
    opinion = opinions.of(bead.link) if opinions else None
    if opinion is None:
        return log_odds - _CLAUSE_WARNING
    here = _clause_passage(comparison, bead, on_target, clause)
    return lost_there(log_odds, opinion, not on_target, here) - _READ_WARNING


def _candidates(comparison: Comparison) -> Iterator[tuple[int, bool, Clause, float]]:
    """Clauses that may lack a counterpart: number of the bead, whether in the target, the
    clause and its log odds as far as lengths and single words tell."""
    read = comparison.once(opinions_of) is not None
    least = _ASKED if read else _CLAUSE_WARNING - _NOTED_BELOW
    linked = comparison.once(beads)
    weights = model("clause", (*FEATURES, "target"))
    expected = _expected_length(linked)
    for number, bead in enumerate(linked):
        for on_target in (False, True):
            own, other = (bead.target, bead.source) if on_target else (bead.source, bead.target)
            covered = bead.covered.turned() if on_target else bead.covered
            for clause in clauses(
                own.text,
                other.text,
                covered,
                comparison.words,
                -expected if on_target else expected,
                partial(_may_be_noted, weights, on_target, least),
            ):
                log_odds = weights.log_odds((*clause.features, float(on_target)))
                if log_odds >= least and not _has_number(covered, clause):
                    yield number, on_target, clause, log_odds


def _clause_passage(comparison: Comparison, bead: Bead, on_target: bool, clause: Clause) -> Passage:
    """Where a clause stands, without the marks around it."""
    has, own = _roles(comparison, on_target)[0], bead.target if on_target else bead.source
    text = own.text[clause.start : clause.end]
    lead = len(text) - len(text.lstrip(" ,;:–—"))
    start, end = clause.start + lead, clause.start + len(text.rstrip(" ,;:–—("))
    return within(has, own, start, end)


def _may_be_noted(weights: Model, on_target: bool, least: float, features: Features) -> bool:
    return weights.log_odds((*features, float(on_target))) >= least


def _has_number(covered: Coverage, clause: Clause) -> bool:
    """True where the other side has a number of the clause, and so the clause."""
    return any(
        clause.start <= w.start < clause.end and w.text[0].isdigit() and len(w.text) > 2 and found
        for w, found in zip(covered.rows, covered.support == 1, strict=True)
    )


def _expected_length(linked: Sequence[Bead]) -> float:
    """How much longer this document's source is than its target: the median over its beads.

    Drawn towards 0, the median of French and German news, in short documents.
    """
    ratios = [log_ratio(b.source.text, b.target.text) for b in linked]
    if not ratios:
        return 0.0
    return median(ratios) * len(ratios) / (len(ratios) + _FEW_BEADS)


def _stands_next_door(
    comparison: Comparison, linked: Sequence[Bead], number: int, on_target: bool, clause: Clause
) -> bool:
    """True where a neighbouring sentence of the other side supports the clause clearly better."""
    bead = linked[number]
    own = bead.target if on_target else bead.source
    has, lacks = _roles(comparison, on_target)
    text = own.text[clause.start : clause.end]
    languages = has.language.code, lacks.language.code
    here = bead.source if on_target else bead.target
    near = [b.source if on_target else b.target for b in linked[max(0, number - 1) : number + 2]]
    scores = [
        float(coverage(text, p.text, languages, comparison.words).support.mean())
        for p in (here, *(p for p in near if p != here))
    ]
    return max(scores[1:], default=0.0) >= max(_NEXT_DOOR, scores[0] + _CLEARLY)


def _clause_finding(
    comparison: Comparison, bead: Bead, margin: float, on_target: bool, clause: Clause
) -> Finding:
    has, lacks = _roles(comparison, on_target)
    own, other = (bead.target, bead.source) if on_target else (bead.source, bead.target)
    here = _clause_passage(comparison, bead, on_target, clause)
    share = clause.start / max(1, len(own.text))
    position = _boundary(other.text, round(share * len(other.text)))
    place = within(lacks, other, position, position)
    rule = ADDED_CLAUSE if on_target else OMITTED_CLAUSE
    named = has if on_target else lacks
    return Finding(
        CHECK.name,
        rule.id,
        Severity.WARNING if margin >= 0 else Severity.NOTE,
        round(probability(margin), 3),
        worded(
            "The {language} sentence adds this part: “{text}”."
            if on_target
            else "The {language} sentence lacks this part: “{text}”.",
            language=worded(named.language.name),
            text=shortened(here.text),
        ),
        place if on_target else here,
        here if on_target else place,
    )


def _boundary(text: str, position: int) -> int:
    """The end of a word at or before ``position``: where missing text would stand."""
    cut = text.rfind(" ", 0, position + 1)
    return cut if cut > 0 else len(text) if position else 0


def _roles(comparison: Comparison, on_target: bool) -> tuple[Side, Side]:
    """The side that has something and the side that lacks it."""
    if on_target:
        return comparison.target, comparison.source
    return comparison.source, comparison.target


_MISSING = {
    (OMITTED.id, False): to_say("The {language} version lacks this sentence: “{text}”."),
    (OMITTED.id, True): to_say("The {language} version lacks these {count} sentences: “{text}”."),
    (ADDED.id, False): to_say("The {language} version adds this sentence: “{text}”."),
    (ADDED.id, True): to_say("The {language} version adds these {count} sentences: “{text}”."),
}


def _missing(rule: Rule, has: Side, lacks: Side, orphan: Orphan, loose: bool) -> Finding:
    passage, place = has.passage(orphan.span), lacks.passage(orphan.gap)
    count = len(orphan.sentences)
    message = worded(
        _MISSING[rule.id, count > 1],
        language=worded((has if rule is ADDED else lacks).language.name),
        count=count,
        text=shortened(passage.text),
    )
    source, target = (passage, place) if rule is OMITTED else (place, passage)
    severity = _severity(has, orphan, loose, rule is OMITTED)
    return Finding(
        CHECK.name, rule.id, severity, round(orphan.confidence, 3), message, source, target
    )


def _severity(side: Side, orphan: Orphan, loose: bool, omitted: bool) -> Severity:
    """Loud for a full sentence of a faithful translation, quiet for scraps and captions.

    A unit that is left empty was not translated, however short it is.
    """
    sentences = [side.article.sentences[i] for i in orphan.sentences]
    count = sum(len(content_words(s.text, side.language.code)) for s in sentences)
    if count < _FEW_WORDS:
        left_empty = omitted and all(_wants_translation(side, s) for s in sentences)
        return Severity.WARNING if left_empty or (count > 1 and not loose) else Severity.NOTE
    prose = all(
        s.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.UNIT)
        for s in sentences
    )
    sure = orphan.confidence >= 0.5 and prose and not loose
    return Severity.ERROR if sure else Severity.WARNING


def _wants_translation(side: Side, unit: Sentence) -> bool:
    """True for a unit with a word of its language outside brackets, names of files and slots."""
    words = _BRACKETED.sub(" ", unit.text).split()
    plain = " ".join(word for word in words if not _TECHNICAL.search(word))
    return unit.kind is BlockKind.UNIT and bool(content_words(plain, side.language.code))


def _is_loose(side: Side, missing: tuple[Orphan, ...]) -> bool:
    count = sum(len(o.sentences) for o in missing)
    return count > 2 and count > _LOOSE * len(side.article.sentences)


CHECK = Check(
    "omissions",
    "what one version says and the other does not, or says elsewhere",
    (OMITTED, ADDED, MOVED, OMITTED_CLAUSE, ADDED_CLAUSE),
    compare=compare,
)
