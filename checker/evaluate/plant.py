"""Plants one error of a known kind into the target of a trusted pair, in memory only.

What a kind needs of a language stands in the ``[plant]`` table of its file; a kind whose
data a language lacks is left out there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from types import MappingProxyType

from checker.model import Article, Document, Link, Report, Sentence, Span

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in the target's text; ``text`` is empty for a deletion."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair with one error: where it is on both sides, and what stood there."""

    pair: str
    kind: str
    source: Document
    target: Document
    source_places: tuple[Span, ...]
    target_places: tuple[Span, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pools:
    """What the trusted articles themselves offer for planting.

    ``nouns`` by the determiner before them, so that gender and number stay right;
    ``names`` that both sides of some link spell alike; ``sentences`` to add elsewhere.
    """

    nouns: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One trusted pair with what is needed to plant into it."""

    pair: str
    source: Article
    target: Article
    links: tuple[Link, ...]
    pools: Pools
    language: Mapping[str, object]

    @property
    def clear_links(self) -> tuple[Link, ...]:
        """Links of one sentence with one, outside the title, that are surely right."""
        return tuple(
            k
            for k in self.links
            if len(k.source) == len(k.target) == 1 and k.target[0] > 0 and k.confidence > 0.5
        )


Planter = Callable[[Scene, Random], tuple[Edit, ...]]


def plan(
    reports: Mapping[str, Report],
    planters: Mapping[str, Planter],
    languages: Mapping[str, Mapping[str, object]],
    errors: int,
    seed: int,
) -> list[Planted]:
    """Up to ``errors`` planted pairs of every kind, spread over the pairs by ``seed``."""
    pools = gather(reports.values(), languages)
    plants = []
    for kind, planter in planters.items():
        names = list(reports)
        Random(f"{seed}:{kind}").shuffle(names)
        tried = (plant(n, reports[n], kind, planter, pools, languages, seed) for n in names)
        made = [p for p in tried if p]
        plants += made[:errors]
    return plants


def plant(
    pair: str,
    report: Report,
    kind: str,
    planter: Planter,
    pools: Pools,
    languages: Mapping[str, Mapping[str, object]],
    seed: int,
) -> Planted | None:
    """The pair with one error of ``kind``; None where it has no place for one."""
    if report.target is None:
        return None
    table = languages.get(report.target.language.split("-")[0], {})
    scene = Scene(pair, report.source, report.target, report.links, pools, table)
    edits = planter(scene, Random(f"{seed}:{kind}:{pair}"))
    if not edits:
        return None
    document = edited(report.target.document, edits)
    return Planted(
        pair,
        kind,
        report.source.document,
        document,
        tuple(_counterparts(scene, edits)),
        tuple(_places(edits)),
        " … ".join(report.target.document.passage(e.span).text for e in edits),
        " … ".join(e.text for e in edits),
    )


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with all ``edits`` made and its blocks moved along; edits do not overlap."""
    ordered = sorted(edits, key=lambda e: e.span)
    text, rest = [], 0
    for edit in ordered:
        text += [document.text[rest : edit.span.start], edit.text]
        rest = edit.span.end
    text.append(document.text[rest:])

    def moved(position: int, before: bool) -> int:
        return position + sum(
            len(e.text) - len(e.span)
            for e in ordered
            if e.span.end < position or (e.span.end == position and not before)
        )

    blocks = tuple(
        replace(b, span=Span(moved(b.span.start, True), moved(b.span.end, False)))
        for b in document.blocks
    )
    return replace(document, text="".join(text), blocks=blocks)


def gather(reports: Iterable[Report], languages: Mapping[str, Mapping[str, object]]) -> Pools:
    """Nouns, names and sentences of the targets of all trusted pairs."""
    nouns: dict[str, dict[str, None]] = {}
    names: dict[str, None] = {}
    sentences: dict[str, None] = {}
    for report in reports:
        if report.target is None:
            continue
        table = languages.get(report.target.language.split("-")[0], {})
        for sentence in report.target.sentences:
            for determiner, noun in nouns_of(sentence, table):
                nouns.setdefault(determiner, {})[noun.group()] = None
            if 60 <= len(sentence.text) <= 200 and sentence.text[-1] in ".!?":
                sentences[sentence.text] = None
        for link in report.links:
            for name, _ in shared_names(report.source, report.target, link):
                names[name] = None
    frozen = {d: tuple(words) for d, words in nouns.items()}
    return Pools(MappingProxyType(frozen), tuple(names), tuple(sentences))


def nouns_of(
    sentence: Sentence, table: Mapping[str, object]
) -> Iterable[tuple[str, re.Match[str]]]:
    """Nouns that follow a determiner directly, with it, in lower case.

    Where nouns carry no capital, a noun is taken for one only if a function word or a
    mark of punctuation follows, so that "la grande maison" gives no "grande".
    """
    determiners, followers = words_of(table, "determiners"), words_of(table, "followers")
    found = list(WORD.finditer(sentence.text))
    for number, match in enumerate(found[1:], 1):
        before = found[number - 1].group().lower()
        if before not in determiners or len(match.group()) < 4:
            continue
        if bool(table.get("capital_nouns")) != match.group()[0].isupper():
            continue
        after = sentence.text[match.end() : match.end() + 2].strip()
        following = found[number + 1].group().lower() if number + 1 < len(found) else ""
        if table.get("capital_nouns") or after[:1] in ".,;:!?" or following in followers:
            yield before, match


def shared_names(
    source: Article, target: Article, link: Link
) -> Iterable[tuple[str, re.Match[str]]]:
    """Capitalised words, not the first of a sentence, that both sides of a link share."""
    if not link.paired:
        return
    known = set(WORD.findall(source.text_of(link.source)))
    for index in link.target:
        for match in list(WORD.finditer(target.sentences[index].text))[1:]:
            word = match.group()
            if word[0].isupper() and not word.isupper() and len(word) > 3 and word in known:
                yield word, match


def words_of(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of words of a language's ``[plant]`` table; empty where it has none."""
    value = table.get(key, ())
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else ()


def _places(edits: Sequence[Edit]) -> Iterable[Span]:
    """Where the edits ended up in the new text."""
    ordered = sorted(edits, key=lambda e: e.span)
    shifts = [0, *accumulate(len(e.text) - len(e.span) for e in ordered)]
    for edit, shift in zip(ordered, shifts, strict=False):
        start = edit.span.start + shift
        yield Span(start, start + len(edit.text))


def _counterparts(scene: Scene, edits: Sequence[Edit]) -> Iterable[Span]:
    """The source sentences linked to sentences that an edit changed or removed."""
    for link in scene.links:
        if link.paired:
            span = scene.target.span_of(link.target)
            if any(e.span and span.overlaps(e.span) for e in edits):
                yield scene.source.span_of(link.source)
