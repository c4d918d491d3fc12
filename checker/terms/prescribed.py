"""What a termbase prescribes: required terms missing, forbidden ones used, variants mixed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from checker.checks import Comparison, Side
from checker.errors import to_say, worded
from checker.languages import load as load_language
from checker.model import Finding, Link, Passage, Severity, Span
from checker.terms.language import grammar
from checker.terms.lemmas import base_form
from checker.terms.lexicon import vocabulary
from checker.terms.matching import Index, Match, index_of
from checker.terms.pairings import pairings_of
from checker.terms.termbase import Concept, Status, Term, load_all, narrowed, stamp_of
from checker.terms.words import Word, passage, words_of

REQUIRED = "required-term"
FORBIDDEN = "forbidden-term"
MIXED = "mixed-terms"
_LONGEST_QUOTE = 160
_NOT_NOUNS = ("verb", "adjective", "adverb")


@dataclass(frozen=True, slots=True)
class _Found:
    """A match, the sentence it is in and where it stands in the document."""

    match: Match
    sentence: int
    passage: Passage

    @property
    def concept(self) -> Concept:
        return self.match.concept

    @property
    def term(self) -> Term:
        return self.match.term


def differences(comparison: Comparison) -> Iterator[Finding]:
    """Where the target does not say a concept of the source as the termbase wants it."""
    if not comparison.settings.termbases:
        return
    source, target = comparison.source.once(_by_sentence), comparison.target.once(_by_sentence)
    for number, link in enumerate(comparison.links):
        if link.paired:
            near = range(link.target.start - 1, link.target.stop + 1)
            here, there = _by_concept(source, link.source), _by_concept(target, link.target)
            around = _by_concept(target, near)
            for concept, found in here.items():
                facing = there.get(concept, [])
                yield from _judged(comparison, number, found[0], facing, concept in around)


def _judged(
    comparison: Comparison, number: int, item: _Found, facing: list[_Found], around: bool
) -> Iterator[Finding]:
    """What is wrong with how one link renders a concept; nothing where it is allowed."""
    wanted = item.concept.of(comparison.target.article.language)
    if not wanted or any(f.term.status.allowed for f in facing):
        return
    if facing:
        yield _forbidden(comparison.target, facing[0], wanted, item.passage)
    elif not around and any(t.status.allowed for t in wanted):
        yield _missing(comparison, number, comparison.links[number], item, wanted)


def habits(side: Side) -> Iterator[Finding]:
    """What one document alone shows: forbidden terms, admitted beside preferred ones.

    A forbidden term of a concept that has terms in other languages may stand for something
    else; alone it is a note, and the comparison judges it.
    """
    if not side.settings.termbases:
        return
    found = [f for fs in side.once(_by_sentence).values() for f in fs]
    for item in found:
        if not item.term.status.allowed:
            wanted = item.concept.of(side.article.language)
            alone = len(wanted) == len(item.concept.terms)
            finding = _forbidden(side, item, wanted, None)
            yield finding if alone else _hushed(finding)
    yield from _mixed(side, found)


def _by_sentence(side: Side) -> Mapping[int, list[_Found]]:
    """Every match in an article by sentence."""
    index = side.once(_index)
    code = side.language.code
    found: dict[int, list[_Found]] = {}
    for sentence in side.article.sentences:
        matches = index.matches(sentence.text, lambda word: base_form(word, code))
        found[sentence.index] = [
            _Found(m, sentence.index, side.within(sentence, m.start, m.end)) for m in matches
        ]
    return found


def _index(side: Side) -> Index:
    settings = side.settings
    stamps = tuple(stamp_of(path) for path in settings.termbases)
    return _shared_index(
        settings.termbases,
        stamps,
        settings.lenient_termbases,
        (settings.term_domains, settings.term_projects),
        side.language.code,
    )


@lru_cache(maxsize=8)
def _shared_index(
    paths: tuple[str, ...],
    stamps: tuple[int, ...],
    lenient: bool,
    narrow: tuple[tuple[str, ...], tuple[str, ...]],
    code: str,
) -> Index:
    """The index of a language, built once for all pairs of an audit while no file changes."""
    base = narrowed(load_all(paths, lenient), *narrow)
    rules = grammar(load_language(code))
    known = vocabulary(code) if rules.compounds else frozenset[str]()
    return index_of(base.concepts, code, rules, known)


def _by_concept(
    by_sentence: Mapping[int, list[_Found]], sentences: Iterable[int]
) -> dict[int, list[_Found]]:
    """Matches by the identity of their concept: ids of several termbases may collide."""
    found: dict[int, list[_Found]] = defaultdict(list)
    for index in sentences:
        for item in by_sentence.get(index, ()):
            found[id(item.concept)].append(item)
    return found


def _preferred(wanted: Iterable[Term]) -> Term | None:
    allowed = [t for t in wanted if t.status.allowed]
    return min(allowed, key=lambda t: list(Status).index(t.status), default=None)


_STATUS = {
    Status.PREFERRED: to_say("preferred"),
    Status.ADMITTED: to_say("admitted"),
    Status.DEPRECATED: to_say("deprecated"),
    Status.FORBIDDEN: to_say("forbidden"),
}


def _forbidden(side: Side, item: _Found, wanted: Iterable[Term], source: Passage | None) -> Finding:
    better = _preferred(wanted)
    forbidden = item.term.status is Status.FORBIDDEN
    advice = worded('; the termbase wants "{term}"', term=better.text) if better else ""
    return Finding(
        check="terms",
        rule=FORBIDDEN,
        severity=Severity.ERROR if forbidden else Severity.WARNING,
        confidence=0.8 if item.match.inside else 0.95,
        message=worded(
            '"{text}" is {status}{advice}.{about}',
            text=item.passage.text,
            status=worded(_STATUS[item.term.status]),
            advice=advice,
            about=_about(item),
        ),
        source=source or item.passage,
        target=item.passage if source else None,
        suggestion=_in_form(side, better, item.passage.text) if better else None,
    )


def _hushed(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.NOTE, confidence=0.3)


def _about(item: _Found) -> str:
    """Definition and notes of the entry, cut where they are long."""
    said = [item.concept.definition, item.term.note, item.concept.note]
    texts = [t if len(t) <= _LONGEST_QUOTE else t[: _LONGEST_QUOTE - 1] + "…" for t in said if t]
    return f" ({'; '.join(texts)})" if texts else ""


def _missing(
    comparison: Comparison, number: int, link: Link, item: _Found, wanted: Iterable[Term]
) -> Finding:
    """A warning where another word clearly stands in the term's place, otherwise a note."""
    better = _preferred(wanted)
    assert better is not None
    word = _facing(comparison, number, link, item)
    side = comparison.target
    certain = word is not None and item.term.part_of_speech not in _NOT_NOUNS
    end = side.article.span_of(link.target).end
    there = passage(side, word) if word else side.passage(Span(end, end))
    instead = worded('; "{word}" stands there', word=word.text) if word else ""
    return Finding(
        check="terms",
        rule=REQUIRED,
        severity=Severity.WARNING if certain else Severity.NOTE,
        confidence=0.7 if certain else 0.35,
        message=worded(
            'The termbase wants "{term}" for "{text}"{instead}.{about}',
            term=better.text,
            text=item.passage.text,
            instead=instead,
            about=_about(item),
        ),
        source=item.passage,
        target=there,
        suggestion=_in_form(side, better, word.text if word else ""),
    )


def _facing(comparison: Comparison, number: int, link: Link, item: _Found) -> Word | None:
    """The noun of the target that stands where the term should: the one paired with a word
    of the source term, else the likest of those that nothing else claims."""
    pairs = comparison.once(pairings_of).by_link[number]
    first = comparison.source.article.sentences[item.sentence].span.start
    start, end = item.passage.start - first, item.passage.end - first
    inside = [
        w
        for w in comparison.source.once(words_of).by_sentence.get(item.sentence, ())
        if start <= w.start and w.end <= end
    ]
    paired = [p.target for p in pairs if p.source in inside and p.target.noun]
    if paired:
        return paired[-1]
    claimed = {p.target for p in pairs}
    free = [
        w for w in comparison.target.once(words_of).of(link.target) if w.noun and w not in claimed
    ]
    if not free:
        return None
    vectors = comparison.words([item.passage.text, *(w.text for w in free)])
    return free[int((vectors[1:] @ vectors[0]).argmax())]


def _mixed(side: Side, found: list[_Found]) -> Iterator[Finding]:
    """One finding a concept whose admitted term stands beside the preferred one."""
    by_concept: dict[int, list[_Found]] = defaultdict(list)
    for item in found:
        if item.term.status.allowed and not item.match.inside:
            by_concept[id(item.concept)].append(item)
    for items in by_concept.values():
        admitted = [i for i in items if i.term.status is Status.ADMITTED]
        preferred = [i for i in items if i.term.status is Status.PREFERRED]
        if admitted and preferred:
            yield Finding(
                check="terms",
                rule=MIXED,
                severity=Severity.WARNING,
                confidence=0.6,
                message=worded(
                    'This text says both "{preferred}" (preferred) and "{admitted}" (admitted) '
                    "for one concept.{about}",
                    preferred=preferred[0].passage.text,
                    admitted=admitted[0].passage.text,
                    about=_about(admitted[0]),
                ),
                source=admitted[0].passage,
                target=None,
                suggestion=_in_form(side, preferred[0].term, admitted[0].passage.text),
                related=tuple(i.passage for i in (*admitted[1:], *preferred)),
            )


def _in_form(side: Side, term: Term, replaced: str) -> str:
    """A term in the form in which this document has it with the number of what it replaces."""
    words = side.once(words_of)
    key, number = words.grammar.key(term.text), words.grammar.is_plural(replaced)
    for word in words.all:
        if word.key == key and number is not None and words.grammar.is_plural(word.text) == number:
            return word.text
    return term.text
