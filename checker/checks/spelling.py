"""Spelling, kept narrow: words glued together or cut in two, only where both parts are sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from checker.checks import Check, Example, Rule, Side
from checker.content.findings import lint_finding
from checker.content.foreign import known, spelled_so
from checker.content.text import Word, words
from checker.errors import worded
from checker.model import Finding, Sentence, Severity, Span
from checker.terms.language import grammar
from checker.wordset import function_words

GLUED = Rule(
    "glued-words",
    Severity.WARNING,
    "Two words are written as one.",
    "A space was lost, often in copying or at the end of a line.",
    Example("Die Behörden undgesellschaftlichen Gruppen tagten.", "", "de", ""),
    Example("Der undankbare Gast ging.", "", "de", ""),
    "Only two function words, a few short words in front or verbs behind, and only where the "
    "whole is no word but both parts are.",
)
CUT = Rule(
    "cut-word",
    Severity.WARNING,
    "One word is written as two.",
    "A line break or a hyphenation of another layout was left in the word.",
    Example(
        "Die Brückensanierung beginnt. Die Brückensanierung dauert zwei Jahre. Die Brüc "
        "kensanierung kostet viel.",
        "",
        "de",
        "",
    ),
    Example("Die Stadt Verwaltung und die Stadtverwaltung.", "", "de", ""),
    "Only where the document has the whole word elsewhere and one of the parts is no word.",
)

_SHORTEST_REST = 6
_SHORTEST_WHOLE = 8
_SHORTEST_PART = 3


def lint(side: Side) -> Iterator[Finding]:
    """Glued and cut words of one document."""
    found = [(s, words(s.text)) for s in side.article.sentences]
    counts = Counter(w.lower for _, listed in found for w in listed)
    glue = _Glue.of(side)
    for sentence, listed in found:
        for word in listed:
            rest = _glued_rest(word, glue, counts)
            if rest:
                yield _glued(side, sentence, word, rest)
        for first, second in pairwise(listed):
            if _is_cut(sentence, first, second, counts, side.language.code):
                yield _cut(side, sentence, first, second)


@dataclass(frozen=True, slots=True)
class _Glue:
    """What a language knows of words that lose the space between them."""

    language: str
    function: frozenset[str]
    prefixes: tuple[str, ...]
    tails: tuple[str, ...]
    one_word: frozenset[str]
    endings: frozenset[str]
    separable: frozenset[str]

    @classmethod
    def of(cls, side: Side) -> _Glue:
        table = side.language.section("spelling")
        return cls(
            side.language.code,
            function_words().get(side.language.code, frozenset()),
            tuple(table.get("glued_prefixes", ())),
            tuple(table.get("glued_tails", ())),
            frozenset(table.get("one_word", ())),
            frozenset(table.get("endings", ())),
            grammar(side.language).separable,
        )


def _glued_rest(word: Word, glue: _Glue, counts: Counter[str]) -> str:
    """The second of two words written as one; empty where nothing is glued."""
    lower = word.lower
    if counts[lower] > 1 or "-" in lower or not word.text[1:].islower():
        return ""
    if lower in glue.one_word or known(lower, glue.language):
        return ""
    if rest := _behind_prefix(lower, glue, counts):
        return rest
    return _two_known(lower, glue) if word.text == lower else ""


def _behind_prefix(lower: str, glue: _Glue, counts: Counter[str]) -> str:
    for prefix in glue.prefixes:
        rest = lower.removeprefix(prefix)
        if rest == lower or len(rest) < _SHORTEST_REST:
            continue
        if known(rest, glue.language) or rest in glue.function or counts[rest]:
            return rest
    return ""


def _two_known(lower: str, glue: _Glue) -> str:
    """The second of two function words, or the verb behind a participle: kaumnoch, getanworden.

    A prefix that leaves its verb is at home before it ("vorhat"), and so is an ending.
    """
    for cut in range(_SHORTEST_PART, len(lower) - _SHORTEST_PART + 1):
        first, rest = lower[:cut], lower[cut:]
        if rest in glue.tails and len(first) >= _SHORTEST_REST and known(first, glue.language):
            return rest
        both = first in glue.function and rest in glue.function
        if both and first not in glue.separable and rest not in glue.endings:
            return rest
    return ""


def _is_cut(
    sentence: Sentence, first: Word, second: Word, counts: Counter[str], language: str
) -> bool:
    """True for two words that the document elsewhere writes as one."""
    whole = first.lower + second.lower
    if len(whole) < _SHORTEST_WHOLE or sentence.text[first.end : second.start] != " ":
        return False
    unknown = not known(first.text, language) or not spelled_so(second.text, language)
    return unknown and counts[whole] > 1 and counts[second.lower] == 1 and second.text.islower()


def _glued(side: Side, sentence: Sentence, word: Word, rest: str) -> Finding:
    meant = word.text[: len(word.text) - len(rest)] + " " + word.text[-len(rest) :]
    span = Span(word.start, word.end).shifted(sentence.span.start)
    message = worded("“{word}” looks like two words: “{meant}”.", word=word.text, meant=meant)
    return lint_finding(CHECK.name, GLUED, side, span, 0.85, message, suggestion=meant)


def _cut(side: Side, sentence: Sentence, first: Word, second: Word) -> Finding:
    whole = first.text + second.text
    span = Span(first.start, second.end).shifted(sentence.span.start)
    message = worded(
        "“{first} {second}” is “{whole}” elsewhere in this document.",
        first=first.text,
        second=second.text,
        whole=whole,
    )
    return lint_finding(CHECK.name, CUT, side, span, 0.8, message, suggestion=whole)


CHECK = Check(
    "spelling",
    "words glued together or cut in two",
    (GLUED, CUT),
    lint=lint,
    needs=("spelling",),
)
