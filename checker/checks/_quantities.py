"""The analysis that the checks numbers, dates and units share: every quantity of both
articles, matched once, and what is left over judged once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.checks import Comparison, Side
from checker.checks._slips import Difference, judge_loners, judge_pair, judge_rivals, judge_sets
from checker.checks._things import (
    alike_and_open,
    encode_counted,
    exchange,
    exchanged,
    singles,
    told_apart,
)
from checker.model import Finding, Link, Span
from checker.quantities import Date, Kind, Quantity, dimension, recognise
from checker.quantities.lexicon import lexicon
from checker.quantities.match import (
    Idioms,
    a_half,
    comparable,
    conversion,
    exploded,
    paired,
    paired_by_value,
    part_of,
    ratio_of,
    rivalry,
    rounded,
    said_again,
    sameness,
    summed,
)
from checker.quantities.mixed import mixed

_CONTESTED = 3.0
_MOST_OPPOSITE = 200
"""So many numbers of one link are looked through; a table has more."""
_LONGEST_SCORE = 2
_LISTS = re.compile("[,;:]")
_LOOSE = frozenset([Kind.SCALE, Kind.MULTIPLE, Kind.CLOCK])


@dataclass(frozen=True, slots=True)
class Found:
    """The quantities of an article, sentence by sentence, and its full dates."""

    sentences: tuple[tuple[Quantity, ...], ...]
    dates: tuple[Date, ...]


@dataclass(slots=True)
class Bead:
    """The quantities of one link while they are matched; lists hold what has no partner,
    ``spent`` the ids of words and names that explain one of their like: couple and Paar."""

    link: Link
    all_source: list[Quantity]
    all_target: list[Quantity]
    source: list[Quantity]
    target: list[Quantity]
    differences: list[Difference]
    spent: set[int]


def quantities(side: Side) -> Found:
    """Every quantity of an article with spans into its document. Use with ``side.once``."""
    text = side.article.document.text
    sentences: list[list[Quantity]] = [[] for _ in side.article.sentences]
    dates: list[Date] = []
    place = 0
    for block in side.article.document.blocks:
        start = block.span.start
        found = recognise(text[start : block.span.end], side.language.code)
        dates += (replace(d, span=d.span.shifted(start)) for d in found.dates)
        for quantity in found.quantities:
            moved = _shifted(quantity, start)
            place = _sentence_at(side, moved.span.start, place)
            if place < len(sentences):
                sentences[place].append(moved)
    return Found(tuple(tuple(s) for s in sentences), tuple(dates))


def findings(comparison: Comparison) -> tuple[Finding, ...]:
    """What numbers, dates and units find together. Use with ``comparison.once``."""
    beads = _beads(comparison)
    encode_counted(
        comparison, (q for b in beads for q in b.source), (q for b in beads for q in b.target)
    )
    idioms = _idioms(comparison)
    for bead in beads:
        _match_inside(comparison, bead, idioms)
    _match_neighbours(beads)
    found: list[Difference] = []
    known = _Known.of(beads)
    for place, bead in enumerate(beads):
        if bead.link.paired:
            found += _judged(comparison, beads, place, known)
            found += bead.differences
    return tuple(d.finding(comparison) for d in found)


def _shifted(quantity: Quantity, by: int) -> Quantity:
    if not by:
        return quantity
    return replace(
        quantity,
        span=quantity.span.shifted(by),
        unit_span=quantity.unit_span.shifted(by) if quantity.unit_span else None,
        group=quantity.group.shifted(by) if quantity.group else None,
        counted=quantity.counted.shifted(by) if quantity.counted else None,
    )


def _sentence_at(side: Side, position: int, guess: int) -> int:
    """The sentence at or before a position, sought onwards from ``guess``."""
    sentences = side.article.sentences
    while guess + 1 < len(sentences) and sentences[guess + 1].span.start <= position:
        guess += 1
    return guess


def _beads(comparison: Comparison) -> list[Bead]:
    source = comparison.source.once(quantities).sentences
    target = comparison.target.once(quantities).sentences
    beads = []
    for link in comparison.links:
        ones = [q for n in link.source for q in source[n]]
        others = [q for n in link.target for q in target[n]]
        beads.append(Bead(link, ones, others, list(ones), list(others), [], set()))
    return beads


def _idioms(comparison: Comparison) -> Idioms:
    made = dict(lexicon(comparison.source.language.code).idioms)
    return made | dict(lexicon(comparison.target.language.code).idioms)


def _match_inside(comparison: Comparison, bead: Bead, idioms: Idioms) -> None:
    """Take out what has a partner in the same link: scores, equal values, conversions."""
    _settle_mixed(comparison, bead)
    _settle_scores(bead)
    matched = _take(bead, told_apart(comparison, bead.source, bead.target))
    matched += _take(bead, paired_by_value(bead.source, bead.target))
    bead.differences += _scores_in_words(comparison, bead, matched)
    crossed = set()
    for here, there in exchanged(comparison, bead.link, matched):
        bead.differences.append(exchange(comparison, here, there))
        crossed |= {here, there}
    for equal in matched:
        if equal not in crossed and not _shares_its_unit(equal, matched):
            bead.differences += judge_pair(*equal)

    def convertible(one: Quantity, other: Quantity) -> float:
        if not (one.firm or other.firm) or conversion(one, other, idioms) is None:
            return 0.0
        rivals = [q for q in bead.target if q.unit == one.unit and comparable(one, q)]
        rivals += [q for q in bead.source if q.unit == other.unit and comparable(other, q)]
        return 0.0 if any(q is not one and q is not other for q in rivals) else 1.0

    pairs = paired(bead.source, bead.target, convertible)
    for i, j in pairs:
        one, other = bead.source[i], bead.target[j]
        value = conversion(one, other, idioms)
        if dimension(one.unit) != "time" or value != other.value:
            bead.differences.append(Difference.conversion(one, other, value))
    _take_out(bead, pairs)


def _shares_its_unit(
    pair: tuple[Quantity, Quantity], matched: Sequence[tuple[Quantity, Quantity]]
) -> bool:
    """True for the first number of a range, whose unit stands with the second alone."""
    if any(q.unit_span for q in pair):
        return False
    units = [q.unit for q in pair]
    beside = (p for p in matched if [q.unit for q in p] == units)
    return any(all(q.unit_span for q in other) for other in beside)


def _settle_mixed(comparison: Comparison, bead: Bead) -> None:
    """Read measures in two units as one, unless the other side gives the same parts."""
    sides = (comparison.source, bead.source), (comparison.target, bead.target)
    found = [
        mixed(side.article.document.text, left, _and(side)) if left else [] for side, left in sides
    ]
    for rows, left, opposite in (
        (found[0], bead.source, bead.target[:_MOST_OPPOSITE]),
        (found[1], bead.target, bead.source[:_MOST_OPPOSITE]),
    ):
        for parts, whole in rows:
            if all(any(sameness(part, q) for q in opposite) for part in parts):
                continue
            left[left.index(parts[0])] = whole
            left[:] = [q for q in left if not any(q is part for part in parts[1:])]


def _and(side: Side) -> str:
    """The word for "and"."""
    return next(iter(lexicon(side.language.code).listed("numbers", "loose_ranges")), "")


def _settle_scores(bead: Bead) -> None:
    """Match scores as wholes; where only one side has one, take it for two numbers."""
    pairs = paired(bead.source, bead.target, lambda a, b: bool(a.parts) * sameness(a, b))
    bead.differences += judge_sets([(bead.source[i], bead.target[j]) for i, j in pairs])
    _take_out(bead, pairs)
    if not all(any(q.parts for q in side) for side in (bead.source, bead.target)):
        bead.source = [part for q in bead.source for part in exploded(q)]
        bead.target = [part for q in bead.target for part in exploded(q)]


def _scores_in_words(
    comparison: Comparison, bead: Bead, matched: Sequence[tuple[Quantity, Quantity]]
) -> Iterator[Difference]:
    """A score in figures against one in words of which one number fits: 7:2, quatre buts à deux."""
    for one, other in list(matched):
        source_side = other.parts == () and other.group is not None and not other.firm
        side, part, said = (
            (comparison.source, other, one) if source_side else (comparison.target, one, other)
        )
        told, figures = (bead.source, bead.target)[:: 1 if source_side else -1]
        rest = [q for q in figures if not q.firm and q.group and q.group == part.group]
        beside = [q for q in told if q.kind is Kind.CARDINAL and _told_score(side, said, q)]
        if rest and beside:
            both = (beside[0], rest[0]) if source_side else (rest[0], beside[0])
            yield Difference.other_score(*both)
            told.remove(beside[0])
            figures.remove(rest[0])


def _told_score(side: Side, one: Quantity, other: Quantity) -> bool:
    """True for two numbers with the word of a score between them: four goals to two."""
    first, second = sorted((one.span, other.span))
    between = side.article.document.text[first.end : second.start].lower().split()
    words = lexicon(side.language.code).listed("numbers", "score_words")
    return 0 < len(between) <= _LONGEST_SCORE and between[-1] in words


def _take(bead: Bead, pairs: Sequence[tuple[int, int]]) -> list[tuple[Quantity, Quantity]]:
    """The quantities of ``pairs``, which leave the link."""
    taken = [(bead.source[i], bead.target[j]) for i, j in pairs]
    _take_out(bead, pairs)
    bead.spent |= {id(q) for pair in taken if not any(q.firm for q in pair) for q in pair}
    return taken


def _take_out(bead: Bead, pairs: Sequence[tuple[int, int]]) -> None:
    sources, targets = {i for i, _ in pairs}, {j for _, j in pairs}
    bead.source = [q for i, q in enumerate(bead.source) if i not in sources]
    bead.target = [q for j, q in enumerate(bead.target) if j not in targets]


def _match_neighbours(beads: list[Bead]) -> None:
    """Take out what has its partner in the link before or after, where text was re-split."""
    contested = {id(q) for bead in beads for q in _contested(bead)}
    for place, bead in enumerate(beads):
        for other in _around(beads, place):
            ones = [q for q in bead.source if id(q) not in contested]
            others = [q for q in other.target if id(q) not in contested]
            for i, j in paired_by_value(ones, others):
                bead.source = [q for q in bead.source if q is not ones[i]]
                other.target = [q for q in other.target if q is not others[j]]


def _contested(bead: Bead) -> Iterator[Quantity]:
    """Quantities that already have a strong rival in their own link stay there."""
    for i, j in paired(bead.source, bead.target, rivalry):
        one, other = bead.source[i], bead.target[j]
        if rivalry(one, other) >= _CONTESTED:
            yield one
            yield other


def _around(beads: list[Bead], place: int) -> list[Bead]:
    return [beads[k] for k in (place - 1, place + 1) if 0 <= k < len(beads)]


@dataclass(frozen=True, slots=True)
class _Known:
    """Every value either article names anywhere: the document's budget."""

    source: frozenset[object]
    target: frozenset[object]

    @classmethod
    def of(cls, beads: list[Bead]) -> _Known:
        ones = frozenset(h for b in beads for q in b.all_source for h in handles(q))
        others = frozenset(h for b in beads for q in b.all_target for h in handles(q))
        return cls(ones, others)


def handles(quantity: Quantity) -> Iterator[object]:
    """By what a quantity is known elsewhere in the other article."""
    kind = quantity.kind if quantity.kind.calendar else ""
    yield from ((kind, value) for value in quantity.readings)
    yield from ((kind, value) for value in quantity.parts)
    if quantity.key:
        yield quantity.key


def _judged(
    comparison: Comparison, beads: list[Bead], place: int, known: _Known
) -> Iterator[Difference]:
    """Rivals of one link, then what is left alone on either side."""
    bead = beads[place]
    _settle_sums(comparison, bead)
    bead.source, bead.target = _settle_ratios(bead.source, bead.target)
    bead.target, bead.source = _settle_ratios(bead.target, bead.source)
    _settle_rounding(bead)
    around = _around(beads, place)
    near_target = [q for b in around for q in b.all_target]
    near_source = [q for b in around for q in b.all_source]
    yield from _same_thing_rivals(comparison, bead)
    yield from _singles(comparison, bead, (near_source, near_target))
    ones = _open(bead.source, bead.all_target, bead.spent)
    others = _open(bead.target, bead.all_source, bead.spent)
    rivals = paired(ones, others, rivalry)
    said = bead.all_source + bead.all_target
    for i, j in rivals:
        yield from judge_rivals(ones[i], others[j], said)
    weekdays = [sum(q.kind is Kind.WEEKDAY for q in s) for s in (bead.source, bead.target)]
    alone = [q for i, q in enumerate(ones) if i not in {i for i, _ in rivals}]
    yield from judge_loners(
        alone,
        bead.all_source,
        near_target,
        known.target,
        bool(weekdays[1]),
        _place(comparison.target, bead.link.target),
        source_side=True,
    )
    alone = [q for j, q in enumerate(others) if j not in {j for _, j in rivals}]
    yield from judge_loners(
        alone,
        bead.all_target,
        near_source,
        known.source,
        bool(weekdays[0]),
        _place(comparison.source, bead.link.source),
        source_side=False,
    )


def _same_thing_rivals(comparison: Comparison, bead: Bead) -> Iterator[Difference]:
    """Numbers left over that count the same thing, though an equal number is said here."""

    def score(one: Quantity, other: Quantity) -> float:
        plain = all(q.firm and q.kind is Kind.CARDINAL and q.readings for q in (one, other))
        sure = rivalry(one, other) if plain else 0.0
        both = bead.all_source, bead.all_target
        return sure if sure and alike_and_open(comparison, one, other, *both) else 0.0

    for one, other in _take(bead, paired(bead.source, bead.target, score)):
        yield from judge_rivals(one, other)


def _singles(
    comparison: Comparison, bead: Bead, near: tuple[list[Quantity], list[Quantity]]
) -> list[Difference]:
    """Takes out articles and small numbers of one thing that stand against each other."""
    found = []
    for source_side in (True, False):
        ones, others = (bead.source, bead.target)[:: 1 if source_side else -1]
        own, around = (bead.all_source, near[0]) if source_side else (bead.all_target, near[1])
        said = own + around
        hits = list(singles(comparison, bead.link, ones, others, said, source_side=source_side))
        taken = [id(number) for number, _ in hits]
        bead.source = [q for q in bead.source if id(q) not in taken]
        bead.target = [q for q in bead.target if id(q) not in taken]
        found += [difference for _, difference in hits]
    return found


def _settle_sums(comparison: Comparison, bead: Bead) -> None:
    """Take out a number that the other side gives in parts."""
    listed = _enumerated(comparison.target, bead.target)
    whole = [q for q in bead.source if q.firm and summed(q, bead.target) and listed]
    listed = _enumerated(comparison.source, bead.source)
    parts = [q for q in bead.target if q.firm and summed(q, bead.source) and listed]
    if whole:
        bead.source = [q for q in bead.source if q is not whole[0]]
        bead.target = [q for q in bead.target if not part_of(whole[0], q)]
    elif parts:
        bead.target = [q for q in bead.target if q is not parts[0]]
        bead.source = [q for q in bead.source if not part_of(parts[0], q)]


def _enumerated(side: Side, parts: list[Quantity]) -> bool:
    """True when a comma or "and" stands between the numbers: a car and two people are no three."""
    text = side.article.document.text
    word = f" {_and(side)} "
    gaps = (text[a.whole.end : b.whole.start] for a, b in itertools.pairwise(parts))
    return all(_LISTS.search(gap) or word in gap for gap in gaps)


def _settle_ratios(
    ones: list[Quantity], others: list[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Both sides without the shares of one that the other gives as "seven out of ten"."""
    for whole in ones:
        for some, of in itertools.pairwise(others):
            if ratio_of(whole, some, of):
                left = [q for q in ones if q is not whole]
                return left, [q for q in others if q is not some and q is not of]
    return ones, others


def _settle_rounding(bead: Bead) -> None:
    """Take out what the other side rounds to one: 1,3 cm and einem Zentimeter."""

    def rounding(one: Quantity, other: Quantity) -> float:
        unit = bool(one.units and other.units) and one.firm is not other.firm
        return float(unit and rounded(one, other))

    pairs = paired(bead.source, bead.target, rounding)
    for i, j in pairs:
        bead.differences.append(Difference.rounding(bead.source[i], bead.target[j]))
    _take_out(bead, pairs)


def _open(left: list[Quantity], opposite: list[Quantity], spent: set[int]) -> list[Quantity]:
    """What may be worth a finding: firm, a name with digits or a half, and
    without an equal in the link (said twice) that has not explained its like already."""
    explaining = [q for q in opposite[:_MOST_OPPOSITE] if id(q) not in spent]
    return [
        q
        for q in left
        if (q.firm or q.key or q.kind in _LOOSE or a_half(q)) and not said_again(q, explaining)
    ]


def _place(side: Side, sentences: range) -> Span:
    """The empty span where something missing would stand: the end of the sentences."""
    span = side.article.span_of(sentences)
    end = span.end
    text = side.article.document.text
    while end > span.start and text[end - 1] in ".!?…»“”\"' \u00a0\u202f)":
        end -= 1
    return Span(end, end)
