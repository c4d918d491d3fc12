"""The source article was updated: which sentences of the translation are stale now?

The old and the new source are matched sentence by sentence; a sentence that changed points
through the links of the new source to its translation. The translation is stale when it
still says what the old sentence said, up to date when it already says what the new one says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np
from rapidfuzz.fuzz import ratio

from checker.checks import WordVectors
from checker.model import Article, Link, Passage, Report, Sentence, Span

_SAME_SENTENCE = 50.0
_CONTENT_LETTERS = 4
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+")


class State(StrEnum):
    """What an edit of the source means for the translation."""

    STALE = "stale"
    MISSING = "missing"
    SUPERFLUOUS = "superfluous"
    UP_TO_DATE = "up to date"


@dataclass(frozen=True, slots=True)
class Update:
    """One edited source sentence and its translation.

    ``old`` and ``new`` are empty for added and deleted sentences. ``what`` says what
    changed, numbers first.
    """

    state: State
    old: str
    new: Passage | None
    target: Passage
    what: str


def updates(old: Article, report: Report, words: WordVectors) -> tuple[Update, ...]:
    """What the edits from ``old`` to ``report.source`` mean for ``report.target``.

    ``report`` compares the new source with the translation; both sides must be there.
    """
    if report.target is None:
        raise ValueError("a comparison of two documents is needed")
    found = []
    for before, after in _edits(old.sentences, report.source.sentences):
        if after is None and before is not None:
            found.append(_deleted(before, old, report, words))
        elif after is not None:
            found.append(_edited(before, after, report, words))
    order = [u for u in found if u is not None]
    return tuple(sorted(order, key=lambda u: (u.target.start, u.new.start if u.new else 0)))


def _edits(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Pairs of an old sentence and its new form, for every sentence that is not the same."""
    texts = [_plain(s.text) for s in old], [_plain(s.text) for s in new]
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    lost: list[Sentence] = []
    fresh: list[Sentence] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            lost += old[a:b]
            fresh += new[c:d]
    standing = {_plain(s.text) for s in new}
    lost = [s for s in lost if _plain(s.text) not in standing]
    before_texts = {_plain(s.text) for s in old}
    fresh = [s for s in fresh if _plain(s.text) not in before_texts]
    yield from _match(lost, fresh)


def _match(
    lost: list[Sentence], fresh: list[Sentence]
) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    scored = sorted(
        ((-ratio(a.text, b.text), a.index, b.index) for a in lost for b in fresh),
    )
    olds, news = {s.index: s for s in lost}, {s.index: s for s in fresh}
    for score, i, j in scored:
        if -score >= _SAME_SENTENCE and i in olds and j in news:
            yield olds.pop(i), news.pop(j)
    yield from ((None, s) for s in news.values())
    yield from ((s, None) for s in olds.values())


def _edited(
    before: Sentence | None, after: Sentence, report: Report, words: WordVectors
) -> Update | None:
    link = next((k for k in report.links if after.index in k.source), None)
    target = report.target
    if target is None or link is None:
        return None
    new = report.source.document.passage(after.span)
    if not link.target:
        gap = target.document.passage(target.gap(link.target.start))
        text = before.text if before else ""
        return Update(State.MISSING, text, new, gap, "the sentence has no translation yet")
    place = target.document.passage(target.span_of(link.target))
    if before is None:
        if _carries(after.text, report, link, words):
            return Update(State.UP_TO_DATE, "", new, place, "the new sentence is translated")
        where = target.document.passage(Span(place.end, place.end))
        return Update(State.MISSING, "", new, where, "the sentence has no translation yet")
    state = State.STALE if _stale(before.text, after.text, place.text, words) else State.UP_TO_DATE
    return Update(state, before.text, new, place, _difference(before.text, after.text))


def _carries(text: str, report: Report, link: Link, words: WordVectors) -> bool:
    """True when the linked translation speaks of ``text`` too, not only of its neighbours."""
    if len(link.source) == 1 or report.target is None:
        return True
    others = " ".join(
        report.source.sentences[i].text
        for i in link.source
        if report.source.sentences[i].text != text
    )
    target = report.target.text_of(link.target)
    with_it, without, vector = words([f"{others} {text}", others, target])
    return bool(with_it @ vector > without @ vector)


def _deleted(before: Sentence, old: Article, report: Report, words: WordVectors) -> Update | None:
    """A sentence that left the source: superfluous where the translation still has it."""
    target = report.target
    if target is None:
        return None
    candidates = [target.sentences[j] for k in report.links if not k.source for j in k.target]
    if not candidates:
        return None
    vectors = words([before.text, *(s.text for s in candidates)])
    scores = vectors[1:] @ vectors[0]
    best = int(np.argmax(scores))
    if scores[best] < 0.5:
        return None
    passage = target.document.passage(candidates[best].span)
    return Update(State.SUPERFLUOUS, before.text, None, passage, "the source dropped this")


def _stale(old: str, new: str, target: str, words: WordVectors) -> bool:
    """Does the translation say what the old sentence said?

    Changed numbers decide; where none changed, the vectors of the changed words do.
    """
    gone, come = _numbers(old) - _numbers(new), _numbers(new) - _numbers(old)
    there = _numbers(target)
    if come & there and not gone & there:
        return False
    if gone & there or (come and not come & there):
        return True
    removed, added = _changed_words(old, new)
    if not removed and not added:
        return False
    candidates = list(dict.fromkeys(_WORD.findall(target)))
    return _support(removed, candidates, words) >= _support(added, candidates, words)


def _support(terms: list[str], candidates: list[str], words: WordVectors) -> float:
    """How well the best of ``candidates`` renders the changed words, alone or as a phrase."""
    if not terms or not candidates:
        return 0.5
    phrases = [" ".join(terms), *(term for term in terms if len(term) >= _CONTENT_LETTERS)]
    return float((words(phrases) @ words(candidates).T).max())


def _changed_words(old: str, new: str) -> tuple[list[str], list[str]]:
    a, b = _WORD.findall(old), _WORD.findall(new)
    removed, added = [], []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            removed += a[i:j]
            added += b[k:m]
    return removed, added


def _numbers(text: str) -> set[str]:
    """The digits of every number, so that 29 208, 29.208 and 29'208 are one."""
    return {re.sub(r"\D", "", m.group()) for m in _NUMBER.finditer(text)}


def _difference(old: str, new: str) -> str:
    """What changed, in words: numbers first."""
    gone, come = _numbers(old) - _numbers(new), _numbers(new) - _numbers(old)
    removed, added = _changed_words(old, new)
    parts = []
    if gone or come:
        parts.append(f"number {_list(sorted(gone))} became {_list(sorted(come))}")
    if removed or added:
        parts.append(f"“{' '.join(removed)}” became “{' '.join(added)}”")
    return "; ".join(parts) or "punctuation or spacing changed"


def _list(items: list[str]) -> str:
    return ", ".join(items) or "(none)"


def _plain(text: str) -> str:
    return " ".join(text.split())
