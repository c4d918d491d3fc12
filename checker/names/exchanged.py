"""Known places of a bead that are different places: Slovénie and Slowakei.

Countries and towns are often written as adjectives or in compounds, so this looks at
every word, capital or not, that the table of word beginnings has as a place.
"""

from __future__ import annotations

from checker.names.bead import Bead, Half, has_counterpart
from checker.names.facts import places_of
from checker.names.tokens import Token

_FARTHEST = 0.25
_LEAST_LENGTH = 4


def exchanged(bead: Bead) -> tuple[Token, Token] | None:
    """The one place of each side that the other lacks; None unless it is one and one."""
    left, right = _alone(bead.source, bead.target), _alone(bead.target, bead.source)
    if len(left) != 1 or len(right) != 1:
        return None
    one, other = left[0], right[0]
    apart = abs(bead.source.position(one) - bead.target.position(other))
    return (one, other) if apart <= _FARTHEST else None


def _alone(own: Half, other: Half) -> list[Token]:
    """Places of one side without counterpart, neither in the bead nor in those around."""
    return [
        t
        for t in own.words
        if len(t.text) >= _LEAST_LENGTH
        and places_of(t.text, own.code)
        and not has_counterpart(t, own, other, other.around)
    ]
