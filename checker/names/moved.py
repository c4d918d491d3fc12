"""An office that belongs to one person in one version and to another in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.names.bead import Bead, Half, has_counterpart
from checker.names.correspondence import corresponds
from checker.names.offices import Office
from checker.names.spelling import likeness, sound
from checker.names.tokens import Token
from checker.names.words import is_personal

_LIKE = 0.6


@dataclass(frozen=True, slots=True)
class Moved:
    """Two offices of a bead that contradict each other.

    ``other_person``: one office of two persons; else one person in two offices. ``certain``:
    both versions know both persons.
    """

    source: Office
    target: Office
    other_person: bool
    certain: bool


def moved(
    bead: Bead, left: Sequence[Sequence[Office]], right: Sequence[Sequence[Office]]
) -> Iterator[Moved]:
    """The contradictions of a bead, each office in one of them, the certain ones first;
    ``left`` and ``right`` are the offices of both articles."""
    told: list[Office] = []
    for found in sorted(_contradictions(bead, left, right), key=lambda m: not m.certain):
        if found.source not in told and found.target not in told:
            told += [found.source, found.target]
            yield found


def _contradictions(
    bead: Bead, left: Sequence[Sequence[Office]], right: Sequence[Sequence[Office]]
) -> Iterator[Moved]:
    ours, theirs = (
        [o for s in half.sentences for o in offices[s]]
        for half, offices in ((bead.source, left), (bead.target, right))
    )
    for one in ours:
        for other in theirs:
            if _is_held(bead, one, right) or _is_held(bead, other, left, of_source=False):
                continue
            same = _same_person(bead, one.person, other.person)
            agree = one.agrees(other)
            if same and not agree:
                yield Moved(one, other, other_person=False, certain=False)
            elif agree and not same and _is_only(one, ours) and _is_only(other, theirs):
                yield from _other_person(bead, one, other)


def _other_person(bead: Bead, one: Office, other: Office) -> Iterator[Moved]:
    """The office of two persons, where both sides name both, or each only its own."""
    here = _is_named(one, bead.source, bead.target, bead.target.words)
    there = _is_named(other, bead.target, bead.source, bead.source.words)
    people = all(any(is_personal(t.text) for t in o.person) for o in (one, other))
    if here and there and people:
        yield Moved(one, other, other_person=True, certain=True)
    elif not (
        _is_named(one, bead.source, bead.target, bead.target.around)
        or _is_named(other, bead.target, bead.source, bead.source.around)
        or _alike(bead, one, other)
    ):
        known = any(bead.target.names.has(t) for t in one.person) or any(
            bead.source.names.has(t) for t in other.person
        )
        if known:
            yield Moved(one, other, other_person=True, certain=False)


def _is_named(office: Office, own: Half, other: Half, words: Sequence[Token]) -> bool:
    """True when the surname of the office's person is among ``words`` of the other side."""
    return has_counterpart(office.person[-1], own, other, [w for w in words if w.capital])


def _alike(bead: Bead, one: Office, other: Office) -> bool:
    """True for names that may be two spellings of one."""
    first, second = one.person[-1].text, other.person[-1].text
    heard = sound(first, bead.source.code, True), sound(second, bead.target.code, True)
    return max(likeness(first, second), likeness(*heard)) >= _LIKE


def _is_held(
    bead: Bead, office: Office, others: Sequence[Sequence[Office]], of_source: bool = True
) -> bool:
    """True when the other article gives the person such an office anywhere."""
    return any(
        office.agrees(other)
        and (
            _same_person(bead, office.person, other.person)
            if of_source
            else _same_person(bead, other.person, office.person)
        )
        for row in others
        for other in row
    )


def _is_only(office: Office, offices: Sequence[Office]) -> bool:
    return all(o is office or not o.agrees(office) for o in offices)


def _same_person(bead: Bead, one: Sequence[Token], other: Sequence[Token]) -> bool:
    """True when the surnames, the only words, or two words are one name."""
    first, second = bead.source.code, bead.target.code
    if corresponds(one[-1], first, other[-1], second):
        return True
    alike = sum(any(corresponds(a, first, b, second) for b in other) for a in one)
    return alike >= min(2, len(one), len(other))
