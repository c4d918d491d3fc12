"""The differences in the names of two aligned articles, each kind once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checker.checks import Comparison
from checker.names.acronyms import acronyms, exchanged_acronyms, exchanged_organisations
from checker.names.bead import Bead, Half, beads, surplus, unmatched
from checker.names.exchanged import exchanged
from checker.names.missing import Missing, missing
from checker.names.misspelt import LEAST_LIKE, Misspelt, misspelt
from checker.names.moved import Moved, moved
from checker.names.offices import offices_of
from checker.names.parts import Part, parts
from checker.names.spelling import likeness, sound
from checker.names.swapped import ERROR, WARNING, Rest, Swapped, rest, swapped
from checker.names.tokens import Token


@dataclass(frozen=True, slots=True)
class Differences:
    """What is wrong with the names of two articles, in reading order."""

    misspelt: tuple[Misspelt, ...]
    swapped: tuple[Swapped, ...]
    exchanged: tuple[tuple[Token, Token], ...]
    missing: tuple[Missing, ...]
    parts: tuple[Part, ...]
    moved: tuple[Moved, ...]


def differences(comparison: Comparison) -> Differences:
    """Every misspelling and every exchange; ask through ``comparison.once(differences)``."""
    slips: list[Misspelt] = []
    swaps: list[Swapped] = []
    places: list[tuple[Token, Token]] = []
    lost: list[Missing] = []
    left_out: list[Part] = []
    roles: list[Moved] = []
    offices = [side.once(offices_of) for side in (comparison.source, comparison.target)]
    for bead in beads(comparison):
        left = unmatched(bead.source, bead.target)
        right = unmatched(bead.target, bead.source)
        found = misspelt(bead, left, right, comparison.words)
        slips += found
        for pair in swapped(bead, *_rests(bead, left, right, found), comparison.words):
            if _may_be_one(bead, pair.source, pair.target):
                slips.append(Misspelt(pair.source, pair.target, certain=False))
            else:
                swaps.append(pair)
        for first, second, sure in exchanged_acronyms(bead, comparison.once(acronyms)):
            score = ERROR if sure else WARNING
            swaps.append(Swapped(first, second, score, same_person=False, certain=sure))
        for first, second in _new(exchanged_organisations(bead), slips, swaps):
            swaps.append(Swapped(first, second, WARNING, same_person=False, certain=False))
        places += _new(exchanged(bead), slips, swaps)
        told = _told(slips, swaps)
        roles += [m for m in moved(bead, *offices) if not _tells(m, told)]
        for words, (own, other) in zip((left, right), bead.halves(), strict=True):
            free = [t for t in words if t not in told]
            lost += missing(own, other, free, of_source=own is bead.source)
            left_out += parts(own, other, told, of_source=own is bead.source)
    return Differences(
        tuple(slips), tuple(swaps), tuple(places), tuple(lost), tuple(left_out), tuple(roles)
    )


def _tells(found: Moved, told: list[Token | None]) -> bool:
    """True when a misspelling or an exchange tells of one of the persons already."""
    return any(t in told for office in (found.source, found.target) for t in office.person)


def _new(
    pair: tuple[Token, Token] | None, slips: list[Misspelt], swaps: list[Swapped]
) -> list[tuple[Token, Token]]:
    """The pair of places, unless one of them is told of already."""
    told = _told(slips, swaps)
    return [pair] if pair and pair[0] not in told and pair[1] not in told else []


def _may_be_one(bead: Bead, one: Token, other: Token) -> bool:
    """True for two words in one place that look or sound rather alike (Chebab, Shabaab)."""
    if likeness(one.text, other.text) >= LEAST_LIKE:
        return True
    first, second = (
        sound(one.text, bead.source.code, True),
        sound(other.text, bead.target.code, True),
    )
    return likeness(first, second) >= LEAST_LIKE


def _told(slips: Iterable[Misspelt], swaps: Iterable[Swapped]) -> list[Token | None]:
    """Every word that a misspelling or an exchange tells of."""
    of_slips = [t for slip in slips for t in (slip.source, slip.target)]
    return [*of_slips, *(t for swap in swaps for t in (swap.source, swap.target))]


def _rests(
    bead: Bead, left: list[Token], right: list[Token], slips: tuple[Misspelt, ...]
) -> tuple[Rest, Rest]:
    """What is left on both sides when the misspellings are explained."""
    return (
        _rest(bead.source, bead.target, left, [s.source for s in slips]),
        _rest(bead.target, bead.source, right, [s.target for s in slips]),
    )


def _rest(own: Half, other: Half, words: list[Token], gone: list[Token | None]) -> Rest:
    return rest(own, other, [t for t in words if t not in gone], surplus(own, other))
