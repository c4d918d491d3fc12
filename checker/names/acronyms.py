"""Acronyms that articles introduce behind the long form: Office national des statistiques (ONS).

What the two versions introduce in the same bead is one organisation in the whole document;
what they introduce in different beads are two. Organisations that everybody knows (ONU, NATO)
need no introduction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.checks import Comparison, Side
from checker.names.bead import Bead, Half, has_counterpart
from checker.names.correspondence import corresponds
from checker.names.facts import groups_of, of_kind
from checker.names.spelling import likeness
from checker.names.tokens import Token

_INTRODUCED = re.compile(r"(?<=[^\W_] )\(([^\W\d_]{2,8})\)")
_CAPITALS = 2
_FARTHEST = 0.3
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Acronyms:
    """The acronyms that both articles introduce: each with the other version's."""

    of_source: Mapping[str, str]
    of_target: Mapping[str, str]


def introduced(side: Side) -> tuple[tuple[str, int], ...]:
    """Each acronym that stands in brackets behind its long form, and where."""
    found = _INTRODUCED.finditer(side.article.document.text)
    return tuple((m.group(1), m.start(1)) for m in found if _is_acronym(m.group(1)))


def acronyms(comparison: Comparison) -> Acronyms:
    """The acronyms introduced in the same beads; ask through ``comparison.once(acronyms)``."""
    source, target = comparison.source, comparison.target
    left, right = source.once(introduced), target.once(introduced)
    pairs: list[tuple[str, str]] = []
    for link in comparison.links:
        if link.paired and (left or right):
            here, there = source.article.span_of(link.source), target.article.span_of(link.target)
            ours = [a for a, at in left if here.start <= at < here.end]
            theirs = [a for a, at in right if there.start <= at < there.end]
            if len(ours) == len(theirs):
                pairs += zip(ours, theirs, strict=True)
    return Acronyms(dict(pairs), {b: a for a, b in pairs})


def exchanged_acronyms(bead: Bead, known: Acronyms) -> Iterator[tuple[Token, Token, bool]]:
    """The one introduced acronym of either side whose counterpart the other side lacks.

    Against an introduced acronym may also stand one that nobody introduced: one like it, or the
    only one in about the same place. The last value says whether there is no doubt.
    """
    left, right = (_lost(bead, known, of_source) for of_source in (True, False))
    strangers = [_strange(bead, known, of_source) for of_source in (True, False)]
    certain = True
    if bool(left) != bool(right):
        one, facing = (left, strangers[1]) if left else (right, strangers[0])
        alike = [t for t in facing if _alike(t, one[0])]
        certain = bool(alike)
        found = alike or ([] if strangers[0] and strangers[1] else facing)
        left, right = (left, found) if left else (found, right)
    if len(left) == len(right) == 1 and (certain or _in_one_place(bead, left[0], right[0])):
        yield left[0], right[0], certain


def exchanged_organisations(bead: Bead) -> tuple[Token, Token] | None:
    """The one known organisation of each side that the other lacks, where one is an acronym
    on both sides and they stand in about the same place; else None."""
    left, right = (_alone(own, other) for own, other in bead.halves())
    if len(left) != 1 or len(right) != 1 or not (left[0].acronym and right[0].acronym):
        return None
    return (left[0], right[0]) if _in_one_place(bead, left[0], right[0]) else None


def _in_one_place(bead: Bead, one: Token, other: Token) -> bool:
    return abs(bead.source.position(one) - bead.target.position(other)) <= _FARTHEST


def _alone(own: Half, other: Half) -> list[Token]:
    """Known organisations without counterpart, neither in the bead nor in those around."""
    found: dict[frozenset[int], Token] = {}
    for token in own.words:
        known = of_kind(token.groups | groups_of(token.text), "organisation")
        if token.capital and known and not has_counterpart(token, own, other, other.around):
            found.setdefault(known, token)
    return list(found.values())


def _lost(bead: Bead, known: Acronyms, of_source: bool) -> list[Token]:
    """The introduced acronyms of one side whose counterpart the other side lacks."""
    own = bead.halves()[0 if of_source else 1][0]
    introduced = known.of_source if of_source else known.of_target
    lost = [t for t in own.words if t.text in introduced]
    return [t for t in lost if not _has(bead, t, known, of_source)]


def _alike(one: Token, other: Token) -> bool:
    """True for acronyms of one length that differ in one letter or two exchanged ones."""
    return len(one.text) == len(other.text) and likeness(one.text, other.text) >= _ALIKE


def _strange(bead: Bead, known: Acronyms, of_source: bool) -> list[Token]:
    """Acronyms of one side that neither it introduced nor the other side has."""
    own, other = bead.halves()[0 if of_source else 1]
    introduced = known.of_source if of_source else known.of_target
    return [
        t
        for t in own.words
        if t.text.isupper()
        and len(t.text) > _CAPITALS
        and t.acronym
        and t.text not in introduced
        and not has_counterpart(t, own, other, other.around)
    ]


def _has(bead: Bead, token: Token, known: Acronyms, of_source: bool) -> bool:
    """True when the other side has the acronym, its counterpart, or a name known to be it."""
    own, other = bead.halves()[0 if of_source else 1]
    counterpart = (known.of_source if of_source else known.of_target)[token.text]
    return any(
        w.text in (token.text, counterpart) or corresponds(token, own.code, w, other.code)
        for w in other.words
        if w.capital
    )


def _is_acronym(text: str) -> bool:
    return sum(c.isupper() for c in text) >= _CAPITALS
