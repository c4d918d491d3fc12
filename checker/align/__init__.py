"""Aligns two articles sentence by sentence: vectors and cues in, links out. No I/O."""

from __future__ import annotations

import math
from collections.abc import Iterator

from threadpoolctl import threadpool_limits

from checker.align.anchors import find_anchors
from checker.align.moved import Move, find_moves
from checker.align.text import Text, text_of
from checker.align.weights import Weights, fitted
from checker.align.windows import Bead, beads
from checker.embed import Encoder
from checker.model import Alignment, Article, Link, LinkKind

_SUREST = 0.999


def align(
    source: Article, target: Article, encoder: Encoder, weights: Weights | None = None
) -> Alignment:
    """The links of two articles; every sentence of either side is in exactly one."""
    weights = weights or fitted()
    if not source.sentences or not target.sentences:
        return Alignment(source, target, tuple(_unmatched(source, target)))
    texts = [text_of(article.sentences, encoder) for article in (source, target)]
    with threadpool_limits(1, user_api="blas"):
        path, moves = _path(texts[0], texts[1], weights)
    return Alignment(source, target, tuple(_links(path, moves, weights)))


def _path(source: Text, target: Text, weights: Weights) -> tuple[list[Bead], list[Move]]:
    anchors = find_anchors(source.singles, target.singles)
    path = beads(source, target, anchors, weights)
    return find_moves(source, target, anchors, path, weights)


def _links(path: list[Bead], moves: list[Move], weights: Weights) -> Iterator[Link]:
    """Links in the order of the source; a move stands where its source sentences stand."""
    moved_source = {i: move for move in moves for i in move.source}
    moved_target = {j for move in moves for j in move.target}
    for bead in path:
        if bead.source and bead.source.start in moved_source:
            move = moved_source[bead.source.start]
            if bead.source.start == move.source.start:
                confidence = calibrated(1 / (1 + math.exp(-move.odds)), weights)
                yield Link(move.source, move.target, confidence, LinkKind.MOVED)
        elif bead.source or bead.target.start not in moved_target:
            yield _link(bead, weights)


def _unmatched(source: Article, target: Article) -> list[Link]:
    """One link per sentence where the other text is empty."""
    gone = [
        Link(range(s.index, s.index + 1), range(0), 1.0, LinkKind.OMISSION)
        for s in source.sentences
    ]
    new = [
        Link(range(0), range(s.index, s.index + 1), 1.0, LinkKind.ADDITION)
        for s in target.sentences
    ]
    return gone + new


def _link(bead: Bead, weights: Weights) -> Link:
    kind = LinkKind.LINK
    if not bead.target:
        kind = LinkKind.OMISSION
    elif not bead.source:
        kind = LinkKind.ADDITION
    return Link(bead.source, bead.target, calibrated(bead.probability, weights), kind)


def calibrated(probability: float, weights: Weights) -> float:
    """The share of beads with this path probability that are right."""
    inside = min(max(probability, 1 - _SUREST), _SUREST)
    slope, intercept = weights.calibration
    odds = slope * math.log(inside / (1 - inside)) + intercept
    return round(1 / (1 + math.exp(-odds)), 4)
