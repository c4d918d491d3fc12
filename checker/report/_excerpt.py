"""Where findings stand: their sentences, the marked words in them, lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from checker.model import Article, Finding, Passage, Report, Span

_MOST = 8
_LINE = re.compile(r"lines? (\d+)\b")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentences a passage stands in.

    ``mark`` is the passage relative to ``text``; empty where something is missing, None
    when nothing is marked.
    """

    language: str
    place: str
    text: str
    mark: Span | None

    def clipped(self, around: int) -> Excerpt:
        """At most ``around`` characters before and after the mark, cut between words."""
        mark = self.mark or Span(0, 0)
        start = max(0, mark.start - around)
        end = min(len(self.text), mark.end + around)
        if start > 0:
            space = self.text.find(" ", start, mark.start)
            start = space + 1 if space >= 0 else start
        if end < len(self.text):
            space = self.text.rfind(" ", mark.end, end)
            end = space if space > mark.end else end
        left, right = "… " if start else "", " …" if end < len(self.text) else ""
        moved = self.mark and self.mark.shifted(len(left) - start)
        return replace(self, text=left + self.text[start:end] + right, mark=moved)


class Locator:
    """Finds sentences, blocks, lines and columns of positions in one article, quickly."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._starts = [s.span.start for s in article.sentences]
        self._ends = [s.span.end for s in article.sentences]
        self._blocks = [b.span.start for b in article.document.blocks]

    @cached_property
    def _lines(self) -> list[int]:
        breaks = re.finditer(r"\r\n|\r|\n", self.article.document.text)
        return [0, *(m.end() for m in breaks)]

    def sentences(self, span: Span) -> range:
        """Indices of the sentences that ``span`` touches; an empty one touches its neighbour."""
        if not self._starts:
            return range(0)
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        if first >= last:
            first = max(0, min(last, len(self._starts)) - 1)
            last = first + 1
        return range(first, last)

    def codes(self, span: Span) -> tuple[Span, ...]:
        """The inline codes inside ``span``, relative to it."""
        found = self.article.document.codes
        first = bisect_left(found, span.start, key=lambda code: code.start)
        last = bisect_right(found, span.end, key=lambda code: code.end)
        return tuple(Span(c.start - span.start, c.end - span.start) for c in found[first:last])

    def place(self, position: int) -> str:
        """What people call the block at ``position``: "line 12", "cell B2", "paragraph 3"."""
        number = bisect_right(self._blocks, position) - 1
        if number < 0:
            return "start"
        return self.article.document.blocks[number].place or f"paragraph {number + 1}"

    def line_and_column(self, position: int) -> tuple[int, int] | None:
        """Line and column from 1, or None where the format has no lines that people see.

        A format has them when it names its blocks by lines and these are lines of the text.
        """
        number = bisect_right(self._blocks, position) - 1
        if number < 0:
            return None
        block = self.article.document.blocks[number]
        named = _LINE.match(block.place)
        if not named or int(named.group(1)) != bisect_right(self._lines, block.span.start):
            return None
        line = bisect_right(self._lines, position)
        return line, position - self._lines[line - 1] + 1

    def excerpt(self, passage: Passage) -> Excerpt:
        """The sentences of a passage with the passage marked in them."""
        around = self.article.span_of(self.sentences(passage.span))
        start, end = min(around.start, passage.start), max(around.end, passage.end)
        text = self.article.document.text[start:end]
        place = self.place(passage.start)
        return Excerpt(self.article.language, place, text, passage.span.shifted(-start))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same words at other places of one side, said together.

    ``text`` is empty when they are the words that the finding marks on that side.
    """

    language: str
    text: str
    places: tuple[str, ...]

    def listed(self, named: Callable[[str], str] = str) -> str:
        """``line 11 (2), line 13``, at most eight places, each said by ``named``."""
        counted = Counter(map(named, self.places))
        said = [p if n == 1 else f"{p} ({n})" for p, n in counted.items()]
        more = [f"{len(said) - _MOST} more"] if len(said) > _MOST else []
        return ", ".join([*said[:_MOST], *more])


class Locations:
    """Both sides of a report, ready to be asked where its findings stand.

    A side is "s" for the source, "t" for the target.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self.sides = {"s": Locator(report.source)}
        if report.target:
            self.sides["t"] = Locator(report.target)

    def passages(self, finding: Finding) -> Iterator[tuple[str, Passage]]:
        """The sides that a finding names, source first, with what it marks there."""
        for side, passage in (("s", finding.source), ("t", finding.target)):
            if passage is not None and side in self.sides:
                yield side, passage

    def ordered(self) -> list[Finding]:
        """The findings as they come when both texts are read side by side."""

        def position(finding: Finding) -> tuple[bool, int, int]:
            link = self.link_of(finding)
            passage = finding.source or finding.target
            return link < 0, link, passage.start if passage else 0

        return sorted(self._report.findings, key=position)

    def link_of(self, finding: Finding) -> int:
        """Number of the link that a finding stands in, -1 where there is none."""
        for side, passage in sorted(self.passages(finding), key=lambda found: not found[1].text):
            for index in self.sides[side].sentences(passage.span):
                if (side, index) in self._links:
                    return self._links[side, index]
        return -1

    @cached_property
    def _links(self) -> dict[tuple[str, int], int]:
        return {
            (side, index): number
            for number, link in enumerate(self._report.links)
            for side, indices in (("s", link.source), ("t", link.target))
            for index in indices
        }

    def excerpts(self, finding: Finding) -> tuple[Excerpt, ...]:
        """One excerpt for each side that the finding names, source first.

        A side that is named whole, only to show what the other side's words stand for,
        is shown unmarked.
        """
        found = [(self.sides[side].excerpt(p), p) for side, p in self.passages(finding)]
        return tuple(replace(e, mark=None) if self.is_context(finding, p) else e for e, p in found)

    def is_context(self, finding: Finding, passage: Passage) -> bool:
        """True for whole sentences that stand against a few words of the other side."""
        for side, mine in self.passages(finding):
            if mine is not passage:
                continue
            other = finding.target if side == "s" else finding.source
            where = self.sides[side]
            sentence = where.article.span_of(where.sentences(passage.span))
            whole = passage.span.covers(sentence)
            return whole and other is not None and 0 < 4 * len(other.text) < len(passage.text)
        return False

    def elsewhere(self, finding: Finding) -> tuple[Elsewhere, ...]:
        """The related passages, those of the same words together."""
        found: dict[tuple[str, str], list[Passage]] = {}
        for side, passage in self.related(finding):
            found.setdefault((side, passage.text.casefold()), []).append(passage)
        marked = {(side, p.text.casefold()) for side, p in self.passages(finding)}
        return tuple(
            Elsewhere(
                self.sides[side].article.language,
                "" if (side, text) in marked else passages[0].text,
                tuple(self.sides[side].place(p.start) for p in passages),
            )
            for (side, text), passages in found.items()
        )

    def related(self, finding: Finding) -> Iterator[tuple[str, Passage]]:
        """The related passages, each with the side it was cut out of."""
        for passage in finding.related:
            yield self._side_of(passage), passage

    def _side_of(self, passage: Passage) -> str:
        """The side a related passage was cut out of; the source if it fits both."""
        text = self.sides["s"].article.document.text
        fits = text[passage.start : passage.end] == passage.text
        return "s" if fits or "t" not in self.sides else "t"
