"""Full names of one side of a bead of which the other version has nothing at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.model import Span
from checker.names.bead import Half, has_counterpart
from checker.names.tokens import Token


@dataclass(frozen=True, slots=True)
class Missing:
    """Where a full name stands on one side (``of_source``) and should on the other."""

    of_source: bool
    span: Span
    place: Span


def missing(own: Half, other: Half, free: Sequence[Token], of_source: bool) -> Iterator[Missing]:
    """Two or more names in a row, all without counterpart here, around and elsewhere.

    Single names are left alone: pronouns and descriptions stand for them too often. The
    place is the end of the other side of the bead.
    """
    gone = [
        t
        for t in free
        if t.strong
        and t.run
        and not other.names.has(t)
        and not has_counterpart(t, own, other, other.around)
    ]
    run: list[Token] = []
    for token, following in pairwise((*gone, None)):
        if token is None:
            continue
        run.append(token)
        if following is None or following not in own.beside(token):
            if len(run) > 1:
                end = other.span.end
                yield Missing(of_source, Span(run[0].start, token.end), Span(end, end))
            run = []
