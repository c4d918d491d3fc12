"""Links that a bilingual document brings along: its units, taken as they are."""

from __future__ import annotations

from itertools import groupby

from checker.model import Alignment, Article, Link, LinkKind


def align_units(source: Article, target: Article) -> Alignment:
    """Block n of ``source`` beside block n of ``target``, one link a block, confidence 1.

    A block without text on one side is an omission or an addition.
    """
    ranges = [_ranges(article) for article in (source, target)]
    links = []
    place = [0, 0]
    for block in range(max(len(source.document.blocks), len(target.document.blocks))):
        spans = [found.get(block, range(at, at)) for found, at in zip(ranges, place, strict=True)]
        place = [span.stop for span in spans]
        if any(spans):
            links.append(Link(spans[0], spans[1], 1.0, _kind(*spans)))
    return Alignment(source, target, tuple(links))


def _ranges(article: Article) -> dict[int, range]:
    """The sentences of each block that has any."""
    groups = groupby(article.sentences, key=lambda sentence: sentence.block)
    indices = ((block, [sentence.index for sentence in group]) for block, group in groups)
    return {block: range(found[0], found[-1] + 1) for block, found in indices}


def _kind(source: range, target: range) -> LinkKind:
    if not target:
        return LinkKind.OMISSION
    return LinkKind.LINK if source else LinkKind.ADDITION
