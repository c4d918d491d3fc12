"""Which findings of a report are right, which gold findings it has, which beads it got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checker.evaluate.gold import GoldFinding, GoldPair
from checker.model import Article, Finding, Passage, Report, Severity, Span


class Verdict(StrEnum):
    """What gold says about one finding.

    ``ELSEWHERE``: the place is defective, but another check should have said so.
    ``TOLERATED``: gold knows of it and asks nobody to report it. Neither of the two counts
    as right or as wrong.
    """

    RIGHT = "right"
    WRONG = "wrong"
    ELSEWHERE = "elsewhere"
    TOLERATED = "tolerated"


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with gold's verdict on it."""

    finding: Finding
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gold finding and whether the report has it."""

    gold: GoldFinding
    found: bool


@dataclass(frozen=True, slots=True)
class BeadScore:
    """How many beads gold and the report have, and how many agree.

    ``strict``: the same text on both sides. ``lax``: proposed (or gold) beads with both
    sides that share text on both sides with one of the other party, as in Gargantua and
    vecalign; beads without a counterpart are left out there.
    """

    gold: int
    proposed: int
    strict: int
    gold_paired: int
    proposed_paired: int
    lax_gold: int
    lax_proposed: int


Bead = tuple[Span | None, Span | None]


def judge(findings: Sequence[Finding], pair: GoldPair) -> tuple[Judged, ...]:
    """Every finding with the best verdict that gold allows.

    That a sentence moved is tolerated where the beads of gold cross, even if gold has no
    finding there: a translator may re-order, and the report may say so.
    """
    crossing = [b for b in _gold_beads(pair) if all(b) and _crosses(b, pair)]
    return tuple(Judged(f, _verdict(f, pair.findings, crossing)) for f in findings)


def wanted(findings: Sequence[Finding], gold: Sequence[GoldFinding]) -> tuple[Wanted, ...]:
    """Every gold finding that must be reported, and whether it is."""
    return tuple(
        Wanted(g, any(_answers(f, g) and touches(f, g) for f in findings))
        for g in gold
        if g.severity is not Severity.NOTE
    )


def touches(finding: Finding, gold: GoldFinding) -> bool:
    """True when the two share a place on at least one side."""
    return _share(finding.source, gold.source) or _share(finding.target, gold.target)


def score_beads(report: Report, pair: GoldPair) -> BeadScore:
    """Compares the links of a report with the beads of gold by the text they cover."""
    gold = set(_gold_beads(pair))
    proposed = [bead for bead, _ in judged_links(report, pair)]
    gold_paired = [b for b in gold if all(b)]
    proposed_paired = [b for b in proposed if all(b)]
    return BeadScore(
        gold=len(gold),
        proposed=len(proposed),
        strict=len(gold & set(proposed)),
        gold_paired=len(gold_paired),
        proposed_paired=len(proposed_paired),
        lax_gold=sum(_overlaps_one(b, proposed_paired) for b in gold_paired),
        lax_proposed=sum(_overlaps_one(b, gold_paired) for b in proposed_paired),
    )


def judged_links(report: Report, pair: GoldPair) -> list[tuple[Bead, bool]]:
    """The links of a report as beads, and whether gold has the same bead."""
    if report.target is None:
        return []
    gold = set(_gold_beads(pair))
    beads = [
        (_covered(report.source, link.source), _covered(report.target, link.target))
        for link in report.links
    ]
    return [(bead, bead in gold) for bead in beads]


def _verdict(finding: Finding, gold: Sequence[GoldFinding], crossing: Sequence[Bead]) -> Verdict:
    here = [g for g in gold if touches(finding, g)]
    if any(_answers(finding, g) and g.severity is not Severity.NOTE for g in here):
        return Verdict.RIGHT
    if any(g.severity is Severity.NOTE for g in here) or _tells_of(finding, crossing):
        return Verdict.TOLERATED
    return Verdict.ELSEWHERE if here else Verdict.WRONG


def _tells_of(finding: Finding, crossing: Sequence[Bead]) -> bool:
    """True for a finding that says of one of ``crossing`` that it moved."""
    if "moved" not in finding.rule or finding.source is None or finding.target is None:
        return False
    return _overlaps_one((finding.source.span, finding.target.span), crossing)


def _crosses(bead: Bead, pair: GoldPair) -> bool:
    """True when another bead stands before ``bead`` on one side and behind it on the other."""
    source, target = bead
    return any(
        source and target and s and t and (source < s) != (target < t)
        for s, t in _gold_beads(pair)
        if (s, t) != bead
    )


def _answers(finding: Finding, gold: GoldFinding) -> bool:
    return finding.check == gold.check or finding.check in gold.also


def _share(found: Passage | None, gold: Sequence[Passage]) -> bool:
    """True when a passage touches one of ``gold``."""
    return found is not None and any(_seen(found).overlaps(_seen(g)) for g in gold)


def _seen(passage: Passage) -> Span:
    """Where a passage stands; an empty one reaches to the characters beside it."""
    if passage.text:
        return passage.span
    return Span(max(0, passage.start - 2), passage.end + 2)


def _gold_beads(pair: GoldPair) -> Iterator[Bead]:
    for bead in pair.beads:
        yield _union(pair.source.sentences, bead.source), _union(pair.target.sentences, bead.target)


def _union(sentences: Sequence[Span], indices: Sequence[int]) -> Span | None:
    if not indices:
        return None
    return Span(sentences[min(indices)].start, sentences[max(indices)].end)


def _covered(article: Article, indices: range) -> Span | None:
    return article.span_of(indices) if indices else None


def _overlaps_one(bead: Bead, others: Sequence[Bead]) -> bool:
    source, target = bead
    return any(
        source and target and s and t and source.overlaps(s) and target.overlaps(t)
        for s, t in others
    )
