"""Repetition: words, phrases and sentences that stand twice by accident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.checks import Check, Example, Rule, Side
from checker.content.findings import lint_finding
from checker.content.foreign import known
from checker.content.text import Word, shortened
from checker.errors import worded
from checker.model import Finding, Sentence, Severity, Span
from checker.wordset import function_words

DOUBLED = Rule(
    "doubled-word",
    Severity.WARNING,
    "A word stands twice in a row.",
    "It is left from rewriting a sentence; readers stumble over it.",
    Example("Le conseil a refusé le le projet.", "", "fr", ""),
    Example("Nous nous réjouissons de vous vous voir réunis.", "", "fr", ""),
    "Pronouns that may meet (“die die”, “nous nous”), emphasis (“sehr sehr”), names and numbers "
    "are left alone.",
)
PAIRED = Rule(
    "doubled-phrase",
    Severity.WARNING,
    "A word or phrase is joined with itself by “and”, “or” or a comma.",
    "Two words of the original were translated with the same word, so one of them is lost.",
    Example("Die Verbreitung, Verbreitung und Werbung kosten viel.", "", "de", ""),
    Example("Nach und nach wurde es immer besser und besser.", "", "de", ""),
    "Three times in a row, comparatives, number words and quoted exclamations are left alone.",
)
SENTENCE = Rule(
    "doubled-sentence",
    Severity.WARNING,
    "A sentence stands twice in the document.",
    "Copying and merging versions leaves paragraphs behind twice.",
    Example(
        "Die Brücke ist seit Montag gesperrt. Der Umweg führt über das Nachbardorf. "
        "Die Brücke ist seit Montag gesperrt.",
        "",
        "de",
        "",
    ),
    Example("Ja, sagt sie. Nein, sagt er. Ja, sagt sie.", "", "de", ""),
    "Sentences of five words or fewer may return; a note where the other version has both.",
    shared=True,
)

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*|\d+|[^\w\s]|_")
_SPEECH = frozenset('«»„“”"‚‘!')
_LONGEST_PHRASE = 4
_FEWEST_LETTERS = 4
_SENTENCE_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Words:
    """What the language allows to stand twice."""

    joiners: frozenset[str]
    doubling: frozenset[str]
    pairing: frozenset[str]
    comparatives: tuple[str, ...]
    function: frozenset[str]
    language: str


def lint(side: Side) -> Iterator[Finding]:
    """Words, phrases and sentences that stand twice."""
    allowed = _words(side)
    for sentence in side.article.sentences:
        yield from _in_sentence(side, sentence, allowed)
    yield from _sentences(side)


def _words(side: Side) -> _Words:
    table = side.language.section("repetition")
    joiners, doubling, pairing = (
        frozenset(table.get(key, ())) for key in ("joiners", "doubling", "pairing")
    )
    function = function_words().get(side.language.code, frozenset())
    endings = tuple(table.get("comparative_endings", ()))
    return _Words(joiners, doubling, pairing, endings, function, side.language.code)


def _in_sentence(side: Side, sentence: Sentence, allowed: _Words) -> Iterator[Finding]:
    tokens = [Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(sentence.text)]
    lower = [token.lower for token in tokens]
    position = 0
    while position < len(tokens):
        found = _repeat_at(tokens, lower, position, allowed)
        if found is None:
            position += 1
            continue
        rule, length, joint = found
        last = tokens[position + 2 * length + joint - 1]
        first = tokens[position + length - 1]
        yield _finding(side, sentence, rule, tokens[position], first, last, allowed)
        position += 2 * length + joint


def _repeat_at(
    tokens: Sequence[Word], lower: Sequence[str], start: int, allowed: _Words
) -> tuple[Rule, int, int] | None:
    """The rule, the words of the phrase and of the joint, where a phrase at ``start`` returns.

    ``lower`` holds the tokens in lower case: this is asked for every word of a text.
    """
    following = lower[start + 1 : start + _LONGEST_PHRASE + 2]
    if lower[start] not in following or not lower[start][0].isalpha():
        return None
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase = lower[start : start + length]
        if len(phrase) < length or not all(word[0].isalpha() for word in phrase):
            continue
        for joint in (0, 1):
            then = start + length + joint
            if lower[then : then + length] != phrase:
                continue
            before = lower[start - 1] if start else ""
            if joint == 0 and _may_not_double(tokens, start, length, allowed):
                return DOUBLED, length, 0
            between = lower[start + length : then]
            if joint == 1 and _may_not_pair(tokens, start, length, between[0], before, allowed):
                return PAIRED, length, 1
    return None


def _may_not_double(tokens: Sequence[Word], start: int, length: int, allowed: _Words) -> bool:
    """True for a word or phrase that has no business standing twice in a row."""
    first, again = tokens[start], tokens[start + length]
    if length == 1:
        return not (
            first.lower in allowed.doubling
            or _is_name(first, again, allowed)
            or _returns(tokens, start, 1, 0)
            or len(first.text) == 1
        )
    phrase = tokens[start : start + length]
    if phrase[-1].lower in allowed.function:  # "de plus en plus en", "von Tag zu Tag zu"
        return False
    content = any(len(t.text) >= _FEWEST_LETTERS for t in phrase)
    return content and not all(t.text[0].isupper() for t in phrase)


def _may_not_pair(
    tokens: Sequence[Word], start: int, length: int, joint: str, before: str, allowed: _Words
) -> bool:
    """True where a phrase of content is joined with itself."""
    if joint not in allowed.joiners and joint != ",":
        return False
    phrase = tokens[start : start + length]
    head = phrase[-1]
    if head.lower in allowed.pairing or head.lower in allowed.doubling:
        return False
    if head.lower in allowed.function or len(head.text) < _FEWEST_LETTERS:
        return False
    if _returns(tokens, start, length, 1) or _is_comparative(head, allowed):
        return False
    if head.text[0].isupper() and start and not known(head.text, allowed.language):
        return False
    if before in allowed.joiners:
        return False
    return joint != "," or _is_list_item(tokens, start, length, allowed)


def _is_list_item(tokens: Sequence[Word], start: int, length: int, allowed: _Words) -> bool:
    """True where a doubling around a comma goes on as a list, and so is no exclamation."""
    after = tokens[start + 2 * length + 1 : start + 2 * length + 2]
    goes_on = bool(after) and (after[0].lower in allowed.joiners or after[0].text == ",")
    speech = any(t.text in _SPEECH for t in tokens[:start])
    return start > 0 and goes_on and not speech


def _returns(tokens: Sequence[Word], start: int, length: int, joint: int) -> bool:
    """True where the phrase stands a third time: rhetoric, not accident."""
    step = length + joint
    phrase = [t.lower for t in tokens[start : start + length]]
    after = [t.lower for t in tokens[start + 2 * step : start + 2 * step + length]]
    before = [t.lower for t in tokens[max(0, start - step) : max(0, start - step) + length]]
    return after == phrase or (start >= step and before == phrase)


def _is_comparative(word: Word, allowed: _Words) -> bool:
    return word.text[0].islower() and word.lower.endswith(allowed.comparatives or ("\0",))


def _is_name(first: Word, again: Word, allowed: _Words) -> bool:
    """True for two capitals in a row, as in “Duran Duran”."""
    both = first.text[0].isupper() and again.text[0].isupper()
    return both and first.lower not in allowed.function


def _sentences(side: Side) -> Iterator[Finding]:
    """Later copies of a sentence that is long enough not to return by chance."""
    seen: dict[str, Sentence] = {}
    for sentence in side.article.sentences:
        found = [t.lower() for t in _TOKEN.findall(sentence.text) if t[0].isalnum()]
        if len(found) < _SENTENCE_WORDS or sentence.text.rstrip("»“” ").endswith(("!", "?")):
            continue
        first = seen.setdefault(" ".join(found), sentence)
        if first is not sentence:
            next_to = sentence.index - first.index == 1
            yield lint_finding(
                CHECK.name,
                SENTENCE,
                side,
                sentence.span,
                0.9 if next_to else 0.75,
                worded("This sentence stands twice: “{text}”.", text=shortened(sentence.text)),
                related=(first.span,),
            )


def _finding(
    side: Side,
    sentence: Sentence,
    rule: Rule,
    start: Word,
    first: Word,
    last: Word,
    allowed: _Words,
) -> Finding:
    span = Span(start.start, last.end).shifted(sentence.span.start)
    shown = sentence.text[start.start : last.end]
    once = sentence.text[start.start : first.end]
    certain = rule is DOUBLED and start.lower in allowed.function
    return lint_finding(
        CHECK.name,
        rule,
        side,
        span,
        0.95 if certain else 0.75,
        worded("“{once}” stands twice: “{shown}”.", once=once, shown=shown),
        suggestion=once if rule is DOUBLED else None,
    )


CHECK = Check(
    "repetition",
    "words, phrases and sentences that stand twice by accident",
    (DOUBLED, PAIRED, SENTENCE),
    lint=lint,
)
