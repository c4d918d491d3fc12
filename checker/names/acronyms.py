"""Acronyms that articles introduce behind the long form: Office national des statistiques (ONS).

What the two versions introduce in the same bead is one organisation in the whole document;
what they introduce in different beads are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.checks import Comparison, Side
from checker.names.bead import Bead
from checker.names.correspondence import corresponds
from checker.names.tokens import Token

_INTRODUCED = re.compile(r"(?<=[^\W_] )\(([^\W\d_]{2,8})\)")
_CAPITALS = 2


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


def exchanged_acronyms(bead: Bead, known: Acronyms) -> Iterator[tuple[Token, Token]]:
    """The one introduced acronym of either side whose counterpart the other side lacks."""
    ours = [t for t in bead.source.words if t.text in known.of_source]
    theirs = [t for t in bead.target.words if t.text in known.of_target]
    left = [t for t in ours if not _has(bead, t, known, of_source=True)]
    right = [t for t in theirs if not _has(bead, t, known, of_source=False)]
    if len(left) == len(right) == 1:
        yield left[0], right[0]


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
