"""Gives findings their order and ids, and keeps one finding for one defect."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from checker.model import Article, Finding, Passage


def identify(
    findings: Iterable[Finding], source: Article, target: Article | None
) -> tuple[Finding, ...]:
    """The findings in reading order, each with an id that survives edits elsewhere.

    The id depends on check, rule, the marked words and the sentences they stand in. Of two
    findings about one defect the one that shows both sides is kept.
    """
    ordered = sorted(set(findings), key=_reading_order)
    seen: Counter[str] = Counter()
    identified = []
    for finding in _once(ordered):
        digest = _digest(finding, source, target)
        seen[digest] += 1
        suffix = f"-{seen[digest]}" if seen[digest] > 1 else ""
        identified.append(replace(finding, id=digest + suffix))
    return tuple(identified)


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leaves out what is said of one side alone where another finding says it better.

    Better is a comparison of both sides by the same check, or a louder or surer finding
    that marks exactly the same words.
    """
    paired = [f for f in findings if f.source is not None and f.target is not None]
    best: dict[tuple[str, Passage], Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.severity.rank, -f.confidence)):
        best.setdefault(_marked(finding), finding)
    for finding in findings:
        one_sided = finding.source is None or finding.target is None
        if one_sided and best[_marked(finding)] is not finding:
            continue
        if not any(_same_defect(finding, other) for other in paired):
            yield finding


def _marked(finding: Finding) -> tuple[str, Passage]:
    """The side and the words that a finding marks, those of the source where it has both."""
    if finding.source is not None:
        return "source", finding.source
    assert finding.target is not None, "a finding marks words somewhere"
    return "target", finding.target


def _same_defect(alone: Finding, paired: Finding) -> bool:
    if alone.check != paired.check or not paired.severity.at_least(alone.severity):
        return False
    if (alone.source is None) == (alone.target is None):
        return False
    mine, theirs = (alone.source, paired.source) if alone.source else (alone.target, paired.target)
    return mine is not None and theirs is not None and mine.span.overlaps(theirs.span)


def _reading_order(finding: Finding) -> tuple[float, float, str, str, str]:
    source = float(finding.source.start) if finding.source else float("inf")
    target = float(finding.target.start) if finding.target else float("inf")
    return source, target, finding.check, finding.rule, finding.message


def _digest(finding: Finding, source: Article, target: Article | None) -> str:
    parts = [finding.check, finding.rule]
    for passage, article in ((finding.source, source), (finding.target, target)):
        if passage is not None and article is not None:
            parts += [passage.text, *_around(passage, article)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:12]


def _around(passage: Passage, article: Article) -> Iterator[str]:
    """Texts of the sentences that a passage touches."""
    for sentence in article.sentences:
        if sentence.span.start <= passage.start < sentence.span.end or (
            passage.span.overlaps(sentence.span)
        ):
            yield sentence.text
