"""What both versions have at the same place is the article's own way, and no slip of either.

A manual says one sentence under several headings, and so does its translation; an
enumeration a) b) c) leaves its brackets open in both. Said of one document alone these are
worth a look; beside the other version they are a habit of the original, and a note.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.checks import Check, Comparison
from checker.model import Article, Finding, Link, Passage, Severity


@dataclass(frozen=True, slots=True)
class _Links:
    """Which link a place of one side belongs to."""

    starts: Sequence[int]
    numbers: Sequence[int]

    @classmethod
    def of(cls, article: Article, ranges: Iterable[range]) -> _Links:
        numbers = [0] * len(article.sentences)
        for number, indices in enumerate(ranges):
            for index in indices:
                numbers[index] = number
        return cls([s.span.start for s in article.sentences], numbers)

    def number(self, passage: Passage) -> int:
        """The link of the sentence that ``passage`` begins in."""
        place = bisect_right(self.starts, passage.start) - 1
        return self.numbers[max(place, 0)] if self.numbers else 0


def slips(check: Check, comparison: Comparison) -> Iterator[Finding]:
    """What the lint of a check finds on both sides, target findings as such.

    Findings of shared rules become notes where the other version has the like. A side whose
    language the check does not know is passed over.
    """
    lint = check.lint
    if lint is None:
        return
    source, target = comparison.source.article, comparison.target.article
    sides = (
        _Links.of(source, (link.source for link in comparison.links)),
        _Links.of(target, (link.target for link in comparison.links)),
    )
    found = [
        [] if check.lacks(side) else list(lint(side))
        for side in (comparison.source, comparison.target)
    ]
    shared = {rule.id for rule in check.rules if rule.shared}
    places = [
        {(f.rule, links.number(f.source)) for f in side if f.source}
        for side, links in zip(found, sides, strict=True)
    ]
    for side, links, others in zip(found, sides, reversed(places), strict=True):
        for finding in side:
            quiet = finding.rule in shared and _mirrored(finding, links, others, comparison.links)
            said = replace(finding, severity=Severity.NOTE) if quiet else finding
            yield said if side is found[0] else replace(said, source=None, target=said.source)


def _mirrored(
    finding: Finding, links: _Links, others: set[tuple[str, int]], all_links: Sequence[Link]
) -> bool:
    """True where the other version has the same, or a counterpart for each of both places."""
    if finding.source is None:
        return False
    here = links.number(finding.source)
    if (finding.rule, here) in others:
        return True
    first = [links.number(passage) for passage in finding.related]
    return any(n != here and all_links[n].paired and all_links[here].paired for n in first)
