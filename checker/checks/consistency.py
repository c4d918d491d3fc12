"""Consistency: one thing written in two ways within one document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.content.coverage import folded
from checker.content.findings import lint_finding
from checker.content.foreign import known
from checker.content.quotes import quoted
from checker.content.text import shortened, words
from checker.errors import worded
from checker.model import Finding, Severity, Span
from checker.names.tokens import Token
from checker.names.variants import spelling_variants

SPELLINGS = Rule(
    "two-spellings",
    Severity.WARNING,
    "One name or word is spelled in two ways in one document.",
    "Readers wonder whether two things are meant, and searches find only half.",
    Example("Il part pour Hanoï. Le maire de Hanoi l'attend à la gare de Hanoi.", "", "fr", ""),
    Example("Der Vater und die Väter kamen.", "", "de", ""),
)
COMPOUND = Rule(
    "two-names",
    Severity.WARNING,
    "One name stands as a compound and as adjective with noun.",
    "Two forms of one name read like two organisations.",
    Example("Die Vaterländische Front tagte. Die Vaterlandsfront beschloss nichts.", "", "de", ""),
    Example("Die neue Front und die Wetterfront kamen.", "", "de", ""),
)
ADDRESS = Rule(
    "mixed-address",
    Severity.WARNING,
    "Readers are addressed familiarly and formally in one document.",
    "It sounds careless, and in German it can offend.",
    Example(
        "Hier kannst du dein Ticket kaufen. Danach können Sie Ihr Ticket drucken. Wenn du "
        "magst, helfen wir dir. Rufen Sie uns an, wenn Sie Fragen haben.",
        "",
        "de",
        "",
    ),
    Example("„Kommst du?“, fragte er. Rufen Sie uns an, wenn Sie Fragen haben.", "", "de", ""),
    "Quotations are left out; twice each is needed.",
)
MARKS = Rule(
    "mixed-quotation-marks",
    Severity.NOTE,
    "Two systems of quotation marks stand in one document.",
    "It looks untidy and shows where text was pasted.",
    Example('„Ja“, sagte er. "Nein", sagte sie.', "", "de", ""),
    Example("„Ja“, sagte er. „Nein“, sagte sie.", "", "de", ""),
)
RENDERINGS = Rule(
    "two-renderings",
    Severity.NOTE,
    "One sentence that returns is translated in two ways, or two sentences in one.",
    "Headlines, slogans and captions should return in the same words.",
    Example(
        "La ville de demain naît ici. Le débat a duré. La ville de demain naît ici.",
        "Die Stadt von morgen entsteht hier. Die Debatte dauerte an. "
        "Hier wird die Zukunftsstadt gebaut.",
    ),
    Example(
        "La ville de demain naît ici. Le débat a duré. La ville de demain naît ici.",
        "Die Stadt von morgen entsteht hier. Die Debatte dauerte an. "
        "Die Stadt von morgen entsteht hier.",
    ),
)

_SYSTEMS = {
    "„ “": re.compile(r"„[^„“\n]{1,300}“"),
    "« »": re.compile(r"«[^«»\n]{1,300}»"),
    "» «": re.compile(r"»[^«»\n]{1,300}«"),
    "“ ”": re.compile(r"“[^“”„\n]{1,300}”"),
    '" "': re.compile(r'"[^"\n]{1,300}"'),
}
_SHORTEST = 4
_ADJECTIVE_SHARE = 6
_NOUN = 4
_TIMES = 2
_SENTENCE_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Place:
    text: str
    span: Span


def lint(side: Side) -> Iterator[Finding]:
    """Contradictions of writing inside one document."""
    places = _capitalised(side)
    yield from _two_spellings(side, places)
    yield from _two_names(side, places)
    yield from _mixed_address(side)
    yield from _mixed_marks(side)


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Sentences that return and are rendered in two ways."""
    source, target = comparison.source.article, comparison.target.article
    seen: dict[str, tuple[str, Span]] = {}
    for link in comparison.links:
        if len(link.source) != 1 or len(link.target) != 1 or not link.paired:
            continue
        text = _plain(source.text_of(link.source))
        if len(text.split()) < _SENTENCE_WORDS:
            continue
        rendering, place = _plain(target.text_of(link.target)), target.span_of(link.target)
        first, where = seen.setdefault(text, (rendering, place))
        if first != rendering:
            whole = target.document.text
            one, two = (shortened(whole[s.start : s.end], 60) for s in (where, place))
            yield Finding(
                CHECK.name,
                RENDERINGS.id,
                RENDERINGS.severity,
                0.6,
                worded(
                    "One sentence is translated in two ways: “{first}” and “{second}”.",
                    first=one,
                    second=two,
                ),
                comparison.source.passage(source.span_of(link.source)),
                comparison.target.passage(place),
                related=(comparison.target.passage(where),),
            )


def _capitalised(side: Side) -> list[_Place]:
    """Capitalised words that do not begin a sentence, and all words after the first."""
    found = []
    for sentence in side.article.sentences:
        for word in words(sentence.text)[1:]:
            if word.text[0].isupper() and len(word.text) >= _SHORTEST:
                span = Span(word.start, word.end).shifted(sentence.span.start)
                found.append(_Place(word.text, span))
    return found


def _two_spellings(side: Side, places: list[_Place]) -> Iterator[Finding]:
    forms: dict[str, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    told: set[str] = set()
    for place in places:
        if not place.text.isupper():
            forms[folded(place.text).replace("-", "")][place.text].append(place)
    for variants in forms.values():
        if len(variants) > 1 and _is_one_name(variants, side.language.code):
            usual, *rare = sorted(variants, key=lambda v: (-len(variants[v]), v))
            for variant in rare:
                told.add(variant)
                yield _spelling(side, variants[usual][0], variants[variant][0])
    yield from _other_spellings(side, told)


def _other_spellings(side: Side, told: set[str]) -> Iterator[Finding]:
    """Names with more than an accent between two spellings, or at the start of a sentence."""
    for first, *others in side.once(spelling_variants):
        for other in others:
            if not told & {first.text, other.text}:
                yield _spelling(side, _place(first), _place(other))


def _place(token: Token) -> _Place:
    return _Place(token.text, Span(token.start, token.end))


def _is_one_name(variants: Mapping[str, list[_Place]], language: str) -> bool:
    """False where two of the forms are words in their own right, as Vater and Väter."""
    ordinary = [v for v in variants if known(v, language) and known(v.lower(), language)]
    if len({v.lower() for v in variants}) == 1:
        return False
    if language == "de" and sum(known(v, language) for v in variants) > 1:
        return {v.replace("ß", "ss") for v in variants} != set(variants) and (
            len({v.replace("ß", "ss") for v in variants}) == 1
        )
    return len(ordinary) < len(variants)


def _spelling(side: Side, usual: _Place, rare: _Place) -> Finding:
    message = worded(
        "“{rare}” is also spelled “{usual}” in this document.", rare=rare.text, usual=usual.text
    )
    return lint_finding(
        CHECK.name,
        SPELLINGS,
        side,
        rare.span,
        0.75,
        message,
        suggestion=usual.text,
        related=(usual.span,),
    )


def _two_names(side: Side, places: list[_Place]) -> Iterator[Finding]:
    """Compounds beside capitalised adjectives with their last part, in German."""
    if not side.language.section("consistency").get("compounds"):
        return
    text = side.article.document.text
    compounds = {p.text: p for p in reversed(places)}
    seen: set[str] = set()
    for first, second in pairwise(places):
        if text[first.span.end : second.span.start] != " " or not first.text.endswith(
            ("e", "en", "er", "es", "em")
        ):
            continue
        for compound, place in sorted(compounds.items()):
            if compound not in seen and _is_compound_of(compound, first.text, second.text):
                seen.add(compound)
                both = Span(first.span.start, second.span.end)
                message = worded(
                    "“{compound}” is also “{other}” in this document.",
                    compound=compound,
                    other=text[both.start : both.end],
                )
                yield lint_finding(
                    CHECK.name, COMPOUND, side, place.span, 0.7, message, related=(both,)
                )


def _is_compound_of(compound: str, adjective: str, noun: str) -> bool:
    whole, first, last = folded(compound), folded(adjective), folded(noun)
    return (
        len(noun) >= _NOUN
        and whole.endswith(last)
        and len(first) > _ADJECTIVE_SHARE
        and whole[:_ADJECTIVE_SHARE] == first[:_ADJECTIVE_SHARE]
        and len(whole) >= _ADJECTIVE_SHARE + len(last)
    )


def _mixed_address(side: Side) -> Iterator[Finding]:
    """Familiar and formal address outside quotations."""
    table = side.language.section("consistency")
    familiar, formal = (frozenset(table.get(k, ())) for k in ("familiar", "formal"))
    if not familiar or not formal:
        return
    counts: dict[str, list[Span]] = {"familiar": [], "formal": []}
    for sentence in side.article.sentences:
        spoken = list(quoted(sentence.text))
        for word in words(sentence.text)[1:]:
            if any(a <= word.start < b for a, b in spoken):
                continue
            span = Span(word.start, word.end).shifted(sentence.span.start)
            if word.text in formal:
                counts["formal"].append(span)
            elif word.lower in familiar:
                counts["familiar"].append(span)
    if min(len(spans) for spans in counts.values()) >= _TIMES:
        fewer, more = sorted(counts.values(), key=len)
        message = worded("Readers are addressed familiarly and formally in this document.")
        yield lint_finding(CHECK.name, ADDRESS, side, fewer[0], 0.6, message, related=(more[0],))


def _mixed_marks(side: Side) -> Iterator[Finding]:
    """The first quotation in the rarer system, where there are two."""
    text = side.article.document.text
    found = {name: [Span(*m.span()) for m in p.finditer(text)] for name, p in _SYSTEMS.items()}
    guillemets = re.search("[«»]", text)
    if guillemets:  # between two quotations the marks stand the other way round
        found.pop("» «" if guillemets.group() == "«" else "« »")
    counts = Counter({name: len(spans) for name, spans in found.items() if spans})
    ranked = counts.most_common()
    if len(ranked) < 2:
        return
    usual, rare = ranked[0][0], ranked[-1][0]
    message = worded(
        "This document has {usual} as quotation marks and here {rare}.", usual=usual, rare=rare
    )
    yield lint_finding(
        CHECK.name, MARKS, side, found[rare][0], 0.7, message, related=(found[usual][0],)
    )


def _plain(text: str) -> str:
    return " ".join(w.lower for w in words(text))


CHECK = Check(
    "consistency",
    "one thing written in two ways within one document",
    (SPELLINGS, COMPOUND, ADDRESS, MARKS, RENDERINGS),
    compare=compare,
    lint=lint,
)
