"""How much of two texts could be aligned."""

from __future__ import annotations

from checker.model import Report

_MORE_LIKELY_RIGHT = 0.5


def coverage(report: Report) -> float:
    """Share of both texts, in characters, in links that are more likely right than wrong."""
    linked = total = 0
    for link in report.links:
        size = sum(
            len(article.text_of(indices))
            for article, indices in ((report.source, link.source), (report.target, link.target))
            if article is not None and indices
        )
        total += size
        linked += size if link.paired and link.confidence >= _MORE_LIKELY_RIGHT else 0
    return round(linked / total, 4) if total else 1.0
