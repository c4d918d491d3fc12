"""Names in quotation marks (a movement, a programme, a law) and their several renderings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from checker.checks import Comparison, Side
from checker.errors import worded
from checker.model import Finding, Passage, Severity
from checker.terms.language import fold
from checker.terms.words import Words, words_of

RULE = "several-names"

_QUOTED = re.compile(
    r"«\s*([^«»\n]{4,80}?)\s*»|»([^«»\n]{4,80})«|„\s*([^„“”\"\n]{4,80}?)\s*[“”\"]"
    r"|“\s*([^“”\n]{4,80}?)\s*”|\"\s*([^\"\n]{4,80}?)\s*\"|‹\s*([^‹›\n]{4,80}?)\s*›"
)
_SENTENCE = re.compile(r"[.!?;:,…]")
_MOST_WORDS = 5
_LONG_COMPOUND = 12
_VARIANT = 0.5
_USED = 3
_MOST_TITLES = 500
_NEAR = 12
_SHARED_WORDS = 2
_CLOSE_VARIANT = 0.7
_SHARED_ENDING = 8

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A quoted name where it stands; ``key`` is the same for its inflected forms.

    ``introduced`` is the key of the content word before it ("the movement «...»").
    """

    key: Key
    passage: Passage
    sentence: int
    introduced: str


Facing = tuple[Title, Title]


@dataclass(frozen=True, slots=True)
class _Forms:
    """All forms of one name on one side: occurrences by key, the commonest first."""

    side: Side
    places: dict[Key, list[Title]]

    @property
    def usual(self) -> Key:
        return min(self.places, key=lambda k: (-len(self.places[k]), k))

    @property
    def departing(self) -> list[Title]:
        """Occurrences of all other forms, in reading order."""
        others = [t for key, ts in self.places.items() if key != self.usual for t in ts]
        return sorted(others, key=lambda t: t.passage.start)


def titles_of(side: Side) -> tuple[Title, ...]:
    """Everything in quotation marks that looks like a name: two to five content words, or
    one long compound, and no punctuation inside."""
    words = side.once(words_of)
    return tuple(
        title
        for sentence in side.article.sentences
        for title in _in_sentence(side, sentence.index, words)
    )


def _in_sentence(side: Side, index: int, words: Words) -> Iterator[Title]:
    sentence = side.article.sentences[index]
    here = words.by_sentence.get(index, ())
    for match in _QUOTED.finditer(sentence.text):
        group = match.lastindex or 0
        start, end = match.span(group)
        inside = [w for w in here if start <= w.start and w.end <= end]
        long_enough = len(inside) > 1 or any(len(w.text) >= _LONG_COMPOUND for w in inside)
        if long_enough and len(inside) <= _MOST_WORDS and not _SENTENCE.search(match.group(group)):
            key = tuple(word.key for word in inside)
            before = [w for w in here if w.end < start and start - w.end < _NEAR]
            introduced = before[-1].key if before else ""
            yield Title(key, side.within(sentence, start, end), index, introduced)


def several_names(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each name that one version or both render in several ways.

    Two forms belong to one name when the other version calls both the same; that names
    face each other is known from their order in links with equally many on both sides.
    """
    facing = list(islice(facing_titles(comparison), _MOST_TITLES))
    for group in _concepts(comparison, facing):
        source = _forms(comparison.source, (s for s, _ in group))
        target = _forms(comparison.target, (t for _, t in group))
        if len(group) >= _USED and (len(source.places) > 1 or len(target.places) > 1):
            yield _finding(source, target, group)


def facing_titles(comparison: Comparison) -> Iterator[Facing]:
    """Quoted names that face each other, by their order in links with equally many."""
    source, target = (_by_sentence(s) for s in (comparison.source, comparison.target))
    for link in comparison.links:
        left = [t for i in link.source for t in source.get(i, ())]
        right = [t for i in link.target for t in target.get(i, ())]
        if len(left) == len(right):
            yield from zip(left, right, strict=True)


def _by_sentence(side: Side) -> dict[int, list[Title]]:
    found: dict[int, list[Title]] = defaultdict(list)
    for title in side.once(titles_of):
        found[title.sentence].append(title)
    return found


def _concepts(comparison: Comparison, facing: list[Facing]) -> Iterator[list[Facing]]:
    """Groups of facing titles connected through a form they share, or through close forms."""
    pending = list(facing)
    while pending:
        group = [pending.pop(0)]
        grown = True
        while grown:
            joining = [p for p in pending if any(_joined(comparison, p, q) for q in group)]
            pending = [p for p in pending if p not in joining]
            group += joining
            grown = bool(joining)
        yield group


def _joined(comparison: Comparison, one: Facing, other: Facing) -> bool:
    if one[0].key == other[0].key or one[1].key == other[1].key:
        return True
    return _close(comparison.source, one[0], other[0]) or _close(
        comparison.target, one[1], other[1]
    )


def _close(side: Side, one: Title, other: Title) -> bool:
    """Two titles that the same word introduces and that differ in one word, no name."""
    if not one.introduced or one.introduced != other.introduced or len(one.key) != len(other.key):
        return False
    differing = [a for a, b in zip(one.key, other.key, strict=True) if a != b]
    if len(differing) != 1 or len(one.key) <= _SHARED_WORDS:
        return False
    return _cosine(side, one.passage.text, other.passage.text) >= _CLOSE_VARIANT


def _forms(side: Side, titles: Iterable[Title]) -> _Forms:
    """The forms of one name: the commonest and those that mean about the same."""
    places: dict[Key, list[Title]] = defaultdict(list)
    for title in titles:
        places[title.key].append(title)
    everything = _Forms(side, dict(places))
    usual = places[everything.usual][0].passage.text
    kept = {
        key: found
        for key, found in places.items()
        if key == everything.usual or _alike(side, usual, found[0].passage.text)
    }
    return _Forms(side, kept)


def _alike(side: Side, one: str, other: str) -> bool:
    if fold(one)[-_SHARED_ENDING:] == fold(other)[-_SHARED_ENDING:]:
        return True
    return _cosine(side, one, other) >= _VARIANT


def _cosine(side: Side, one: str, other: str) -> float:
    first, second = side.words([one, other])
    return float(first @ second)


def _finding(source: _Forms, target: _Forms, group: list[Facing]) -> Finding:
    departing = [t.passage for forms in (source, target) for t in forms.departing]
    here, there = _shown(source, target, group)
    several = [forms for forms in (source, target) if len(forms.places) > 1]
    return Finding(
        check="terms",
        rule=RULE,
        severity=Severity.WARNING,
        confidence=0.75,
        message=worded("One name has several renderings: {forms}.", forms=_listed(several)),
        source=here.passage,
        target=there.passage,
        suggestion=" / ".join(f.places[f.usual][0].passage.text for f in several),
        related=tuple(p for p in departing if p not in (here.passage, there.passage)),
    )


def _shown(source: _Forms, target: _Forms, group: list[Facing]) -> tuple[Title, Title]:
    """The first pair of facing titles where the side with several forms departs."""
    odd = {t.passage for forms in (source, target) for t in forms.departing[:1]}
    return next(pair for pair in group if pair[0].passage in odd or pair[1].passage in odd)


def _listed(several: list[_Forms]) -> str:
    """The forms of one side, or of both."""
    first, *others = map(_said, several)
    return worded("{one}; {other}", one=first, other=others[0]) if others else first


def _said(forms: _Forms) -> str:
    """The language and its forms with their counts: French "A" (12), "B" (2)."""
    ranked = sorted(forms.places.items(), key=lambda item: (-len(item[1]), item[0]))
    texts = [
        (Counter(t.passage.text for t in found).most_common(1)[0][0], len(found))
        for _, found in ranked
    ]
    listed = ", ".join(f'"{text}" ({count})' for text, count in texts)
    return worded("{language} {forms}", language=worded(forms.side.language.name), forms=listed)
