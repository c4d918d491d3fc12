"""Links that a bilingual document brings along: its units, taken as they are."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import groupby

from checker.model import (
    Alignment,
    Article,
    BlockKind,
    Document,
    Finding,
    Link,
    LinkKind,
    Passage,
    Span,
)


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


def in_units(finding: Finding, source: Document, target: Document) -> Finding:
    """The finding with what is absent standing in the unit of what is there.

    Between sentences the place where one is missing is the end of the sentence before; in
    a bilingual document it is the empty side of the same unit.
    """
    if finding.source is None or finding.target is None or not _parallel(source, target):
        return finding
    if finding.source.text and not finding.target.text:
        return replace(finding, target=_moved(finding.source, source, finding.target, target))
    if finding.target.text and not finding.source.text:
        return replace(finding, source=_moved(finding.target, target, finding.source, source))
    return finding


def _parallel(source: Document, target: Document) -> bool:
    """True for the two sides of a bilingual file."""
    units = len(source.blocks) == len(target.blocks)
    return units and all(b.kind is BlockKind.UNIT for b in source.blocks[:1] + target.blocks[:1])


def _moved(there: Passage, other: Document, here: Passage, document: Document) -> Passage:
    """The empty passage ``here`` in the block of the same number as that of ``there``."""
    number = bisect_right(other.blocks, there.start, key=lambda block: block.span.start) - 1
    block = document.blocks[max(number, 0)].span
    at = min(max(here.start, block.start), block.end)
    return document.passage(Span(at, at))


def _ranges(article: Article) -> dict[int, range]:
    """The sentences of each block that has any."""
    groups = groupby(article.sentences, key=lambda sentence: sentence.block)
    indices = ((block, [sentence.index for sentence in group]) for block, group in groups)
    return {block: range(found[0], found[-1] + 1) for block, found in indices}


def _kind(source: range, target: range) -> LinkKind:
    if not target:
        return LinkKind.OMISSION
    return LinkKind.LINK if source else LinkKind.ADDITION
