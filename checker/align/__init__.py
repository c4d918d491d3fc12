"""Aligns two articles sentence by sentence: vectors and cues in, links out. No I/O."""

from __future__ import annotations

from checker.align import core
from checker.embed import Encoder
from checker.model import Alignment, Article, Link, LinkKind


def align(source: Article, target: Article, encoder: Encoder) -> Alignment:
    """The links of two articles, in order; every sentence of either side is in exactly one."""
    texts = [s.text for s in source.sentences], [s.text for s in target.sentences]
    beads: list[tuple[list[int], list[int], float]] = core.align(*texts, encoder)
    links, i, j = [], 0, 0
    for sources, targets, confidence in beads:
        a, b = range(i, i + len(sources)), range(j, j + len(targets))
        i, j = a.stop, b.stop
        kind = LinkKind.LINK if a and b else LinkKind.OMISSION if a else LinkKind.ADDITION
        links.append(Link(a, b, min(1.0, confidence), kind))
    return Alignment(source, target, tuple(links))
