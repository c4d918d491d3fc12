"""How much of two texts says the same: tells two versions of an article from two articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checker.checks import Vectors
from checker.model import Alignment, Link

_MORE_LIKELY_RIGHT = 0.5
_ALIKE = 0.35  # linked passages of one article lie above .44, those of two below .27
_SAMPLE = 10
_LETTERS = 200

Encode = Callable[[Sequence[str]], Vectors]


def coverage(alignment: Alignment, encode: Encode) -> float:
    """Share of both texts, in characters, in links that are likely right and alike, 0 to 1.

    A link is right by its confidence, which presumes that the texts belong together;
    whether they do is judged by the cosine of a sample of links.
    """
    sizes = [_size(alignment, link) for link in alignment.links]
    right = [k for k in alignment.links if k.paired and k.confidence >= _MORE_LIKELY_RIGHT]
    if not right or not sum(sizes):
        return 0.0
    linked = sum(_size(alignment, link) for link in right)
    return round(linked / sum(sizes) * _share_alike(alignment, right, encode), 4)


def _share_alike(alignment: Alignment, links: Sequence[Link], encode: Encode) -> float:
    count = min(_SAMPLE, len(links))
    sample = [links[i * len(links) // count] for i in range(count)]
    source = encode([alignment.source.text_of(k.source)[:_LETTERS] for k in sample])
    target = encode([alignment.target.text_of(k.target)[:_LETTERS] for k in sample])
    alike = (source * target).sum(1) >= _ALIKE
    sizes = [_size(alignment, link) for link in sample]
    return sum(n for n, good in zip(sizes, alike, strict=True) if good) / sum(sizes)


def _size(alignment: Alignment, link: Link) -> int:
    source = len(alignment.source.text_of(link.source)) if link.source else 0
    return source + (len(alignment.target.text_of(link.target)) if link.target else 0)
