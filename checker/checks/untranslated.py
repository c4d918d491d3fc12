"""Untranslated: sentences and phrases left in the source language or in a third one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.content.foreign import Stretch, known, stretch
from checker.content.quotes import quoted
from checker.content.text import shortened, words
from checker.errors import to_say, worded
from checker.model import Finding, Passage, Sentence, Severity
from checker.wordset import function_words

SENTENCE = Rule(
    "untranslated-sentence",
    Severity.ERROR,
    "A sentence is in the language of the other version, or in a third one.",
    "Readers get a sentence they may not understand; usually a segment was never translated.",
    Example(
        "Le conseil a voté le budget. Deux élus se sont abstenus.",
        "Der Rat hat das Budget angenommen. Deux élus se sont abstenus.",
    ),
    Example(
        "La revue The Economist cite le maire : « The show must go on ».",
        "Die Zeitschrift The Economist zitiert den Bürgermeister: „The show must go on“.",
    ),
    "A quotation that both versions keep in a third language is left alone.",
)
PHRASE = Rule(
    "untranslated-phrase",
    Severity.WARNING,
    "A phrase is in another language although the other version has it in its own.",
    "It reads like machine output, and the term is lost on readers.",
    Example(
        "Le mouvement « mobilisation habile des masses » fête ses quinze ans.",
        "Die Bewegung „Skilled Mass Mobilization“ wird fünfzehn Jahre alt.",
    ),
    Example(
        "Le New York Times a mené l'enquête avec la BBC.",
        "Die New York Times hat mit der BBC recherchiert.",
    ),
    "Names, titles, phrases that both versions keep, and phrases that are explained (in "
    "brackets, by a second quotation, by “means”) or announced (“so called”, “title”) are left "
    "alone; so are single loan words.",
)

_MOST = 0.6  # share of a sentence's words from which the whole sentence counts
_DENSITY = 0.28  # evidence a word that a foreign sentence must reach
_PHRASE = 2.0
_QUOTED = 1.0
_COPIED = 3.5  # what both versions have may be a name or an idiom
_ANNOUNCED_WITHIN = 45
_GLOSSED_WITHIN = 40

# Signs of a program or formula in a part of a text: a switch, an operator, a call, a dotted name.
_CODE = re.compile(
    r"^--?\w|^[^\w\s«»„“”\"'’.,:!?…–—-]+$|[_{}\\<>=|$*@^×\[\]]|[^\W\d][./;,][^\W\d]|\w\(\w*\)"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with the side it stands on and what the other side has for it."""

    side: Side
    other: Side
    sentence: Sentence
    facing: Passage
    is_target: bool


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Sentences and phrases in a language that is not their document's."""
    texts = tuple(_folded(s.article.document.text) for s in (comparison.source, comparison.target))
    for place in _places(comparison):
        kept = texts[0] if place.is_target else texts[1]
        whole = _sentence(place, kept)
        if whole:
            yield whole
        else:
            yield from _phrases(place, kept)


def _places(comparison: Comparison) -> Iterator[_Place]:
    source, target = comparison.source, comparison.target
    for link in comparison.links:
        facing_target = target.passage(target.article.span_of(link.target))
        facing_source = source.passage(source.article.span_of(link.source))
        for i in link.source:
            yield _Place(source, target, source.article.sentences[i], facing_target, False)
        for i in link.target:
            yield _Place(target, source, target.article.sentences[i], facing_source, True)


def _sentence(place: _Place, kept: str) -> Finding | None:
    text, own = place.sentence.text, place.side.language.code
    found_words = words(text)
    count = len(found_words)
    if len({w.lower for w in found_words}) < 3 or _is_code(text):
        return None
    for code in _candidates(place):
        found = stretch(text, own, code)
        if found is None or found.words < _MOST * count or found.score < _DENSITY * count:
            continue
        third, run = code != place.other.language.code, text[found.start : found.end]
        if (third and _folded(run) in kept) or _is_quotation(text, found):
            continue
        if count < 6 and (found.score < 1.5 or _is_titled(run)):
            continue
        unsure = count < 4 or (third and (count < 8 or _is_quoted(text, found.start)))
        severity = Severity.WARNING if unsure else Severity.ERROR
        return _finding(SENTENCE, severity, 0.95, place, 0, len(text), found)
    return None


def _is_code(text: str) -> bool:
    """True for commands, formulas and lists of names in a program, which are in no language."""
    parts = text.split()
    return sum(bool(_CODE.search(part)) for part in parts) * 2 >= len(parts)


def _phrases(place: _Place, kept: str) -> Iterator[Finding]:
    text = place.sentence.text
    taken: list[tuple[int, int]] = []
    for start, end in quoted(text):
        found = _foreign_quote(place, text[start:end], kept)
        if found and not _is_explained(place, text, start, end):
            taken.append((start, end))
            yield _finding(PHRASE, Severity.WARNING, 0.6, place, start, end, found)
    for code in _phrase_languages(place):
        found = stretch(text, place.side.language.code, code)
        if found is None or found.score < _PHRASE or found.words < 3:
            continue
        run = text[found.start : found.end]
        overlaps = any(a < found.end and found.start < b for a, b in taken)
        copied = _folded(run) in kept
        if copied and (code == "en" or found.score < _COPIED):
            continue
        no_phrase = _is_titled(run) or _is_code(run)
        if (
            not overlaps
            and not no_phrase
            and not _is_explained(place, text, found.start, found.end)
        ):
            yield _finding(PHRASE, Severity.WARNING, 0.6, place, found.start, found.end, found)
            return


def _foreign_quote(place: _Place, text: str, kept: str) -> Stretch | None:
    """The evidence that a quoted phrase is foreign, where the other side quotes it translated."""
    if not 2 <= len(words(text)) <= 12:
        return None
    if _folded(text) in kept:
        return _left_in_source_language(place, text)
    theirs = [place.facing.text[a:b] for a, b in quoted(place.facing.text)]
    if not any(len(words(t)) >= 2 for t in theirs) or _shares_a_word(text, place.facing.text):
        return None
    for code in _phrase_languages(place):
        found = stretch(text, place.side.language.code, code)
        back = stretch(text, code, place.side.language.code)
        fits = len(words(text)) > 2 and all(known(w.text, code) for w in words(text))
        enough = found is not None and found.score >= (_QUOTED / 2 if fits else _QUOTED)
        if found and enough and (back is None or back.score < found.score / 2):
            return found
    return None


def _left_in_source_language(place: _Place, text: str) -> Stretch | None:
    """The evidence that a quotation was copied; titles, which are capitalised, are not."""
    found = stretch(text, place.side.language.code, place.other.language.code)
    copied = found and found.score >= _PHRASE and len(words(text)) > 3 and not _is_titled(text)
    return found if copied else None


def _candidates(place: _Place) -> list[str]:
    """The other side's language first: the likeliest one to be left over."""
    own, other = place.side.language.code, place.other.language.code
    return [other, *(c for c in function_words() if c not in (own, other))]


def _phrase_languages(place: _Place) -> list[str]:
    """The other side's language and English: more candidates only bring false alarms."""
    own, other = place.side.language.code, place.other.language.code
    return [c for c in dict.fromkeys((other, "en")) if c != own]


def _is_titled(run: str) -> bool:
    """True where most longer words of a run are capitalised: a name or a title."""
    longer = [w.text for w in words(run) if len(w.text) > 3]
    return sum(w[0].isupper() for w in longer) * 2 > len(longer)


def _shares_a_word(text: str, facing: str) -> bool:
    """True where the other side has a longer word of a phrase too, as with names and titles."""
    longer = {w.lower for w in words(text) if len(w.text) > 3}
    return bool(longer & {w.lower for w in words(facing)})


def _is_explained(place: _Place, text: str, start: int, end: int) -> bool:
    """True where a phrase stands in brackets, is announced, or has its translation behind it:
    in brackets, as the next quotation, or after a word such as "means"."""
    after = text[end:].lstrip("»«“”\"‘’' \u00a0\u202f,")
    before = text[max(0, start - _ANNOUNCED_WITHIN) : start]
    if after.startswith("(") or before.rstrip('»«„“”" \u00a0\u202f').endswith("("):
        return True
    table = place.side.language.section("untranslated")
    announcing = frozenset(table.get("announcing", ()))
    if any(w.lower in announcing for w in words(before)) or _quoted_again(text, end):
        return True
    glossed = _folded(text[end : end + _GLOSSED_WITHIN])
    return any(f" {gloss} " in f" {glossed} " for gloss in table.get("glossing", ()))


def _quoted_again(text: str, end: int) -> bool:
    """True where the next quotation follows with no word between."""
    following = next((start for start, _ in quoted(text) if start > end), None)
    return following is not None and not words(text[end:following])


def _is_quotation(text: str, found: Stretch) -> bool:
    """True where a run is a quotation inside a sentence that has words outside it."""
    return any(
        start <= found.start
        and found.end <= end
        and len(words(text[:start])) + len(words(text[end:])) > 0
        for start, end in quoted(text)
    )


def _is_quoted(text: str, position: int) -> bool:
    return any(start <= position < end for start, end in quoted(text))


def _folded(text: str) -> str:
    return " ".join(w.lower for w in words(text))


def _finding(
    rule: Rule,
    severity: Severity,
    confidence: float,
    place: _Place,
    start: int,
    end: int,
    found: Stretch,
) -> Finding:
    here = place.side.within(place.sentence, start, end)
    name = _NAMES.get(found.language, found.language)
    message = worded(
        "This sentence of the {language} version is in {other}: “{text}”."
        if rule is SENTENCE
        else "This phrase of the {language} version is in {other}: “{text}”.",
        language=worded(place.side.language.name),
        other=worded(name),
        text=shortened(here.text),
    )
    source, target = (place.facing, here) if place.is_target else (here, place.facing)
    return Finding(CHECK.name, rule.id, severity, confidence, message, source, target)


_NAMES = {
    "de": to_say("German"),
    "en": to_say("English"),
    "es": to_say("Spanish"),
    "fr": to_say("French"),
    "it": to_say("Italian"),
    "nl": to_say("Dutch"),
}

CHECK = Check(
    "untranslated",
    "sentences and phrases left in another language",
    (SENTENCE, PHRASE),
    compare=compare,
)
