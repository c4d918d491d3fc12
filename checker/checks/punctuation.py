"""Punctuation: marks that are not closed, have the wrong spaces, or stand on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.content.findings import lint_finding
from checker.content.quotes import quoted
from checker.content.text import words
from checker.errors import to_say, worded
from checker.model import BlockKind, Finding, LinkKind, Severity, Span

UNBALANCED = Rule(
    "unbalanced-brackets",
    Severity.WARNING,
    "A bracket is opened and not closed in its paragraph, or closed and not opened.",
    "Readers cannot tell where the remark ends.",
    Example("Le maire (élu en 2020 a démissionné lundi.", "", "fr", ""),
    Example("a) le maire b) le syndic (élu en 2020)", "", "fr", ""),
    "Enumerations such as a) or 1) and smileys are left alone.",
    shared=True,
)
OPEN_QUOTE = Rule(
    "unbalanced-quotes",
    Severity.NOTE,
    "A quotation is opened and never closed, or closed without having been opened.",
    "It is unclear whose words follow.",
    Example("Il a dit : « Nous partirons demain. La foule a applaudi.", "", "fr", ""),
    Example("Il a dit : « Nous partirons demain. » La foule a applaudi.", "", "fr", ""),
    "A quotation may run over several paragraphs, each opened anew.",
    shared=True,
)
SPACING = Rule(
    "mark-spacing",
    Severity.NOTE,
    "The space before ; : ! ? or inside « » is not that of the language and country.",
    "It looks foreign, and marks slip to the next line.",
    Example("Die Wirtschaft ; die Kultur und der Sport wachsen.", "", "de", ""),
    Example("Die Wirtschaft; die Kultur und der Sport wachsen.", "", "de", ""),
    "French of France has a space before these marks, German has none, Swiss French may do either.",
)
QUESTION = Rule(
    "question-mismatch",
    Severity.NOTE,
    "A question or exclamation stands on one side only.",
    "A statement turned into a question, or the reverse, changes what is claimed.",
    Example("Le train est-il parti ?", "Der Zug ist abgefahren."),
    Example("Le train est-il parti ?", "Ist der Zug abgefahren?"),
)
QUOTATION = Rule(
    "quotation-mismatch",
    Severity.NOTE,
    "A quotation is marked on one side only.",
    "Words are put into somebody's mouth, or a quotation is passed off as the author's view.",
    Example(
        "« Nous ne céderons pas devant cette menace », a dit la maire.",
        "Wir weichen dieser Drohung nicht, sagte die Bürgermeisterin.",
    ),
    Example(
        "« Nous ne céderons pas », a dit la maire.",
        "„Wir weichen nicht“, sagte die Bürgermeisterin.",
    ),
    "Indirect speech is a fair translation of a quotation, so this is only a note.",
)

_BRACKET = re.compile(r"[()\[\]]")
_ENUMERATION = re.compile(r"(?:^|[\s(])(?:\w{1,3}|[ivxIVX]{1,5})$")
_PAIRS = {")": "(", "]": "["}
_QUOTE = re.compile(r"[«»„“”]")
_QUOTED_WORDS = 5


def lint(side: Side) -> Iterator[Finding]:
    """Marks of one document."""
    document = side.article.document
    for block in document.blocks:
        yield from _brackets(side, block.span)
    yield from _quotes(side)
    yield from _spacing(side)


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Questions, exclamations and quotations on one side only."""
    source, target = comparison.source, comparison.target
    for link in comparison.links:
        if link.kind is not LinkKind.LINK or not link.paired:
            continue
        spans = source.article.span_of(link.source), target.article.span_of(link.target)
        first, second = source.passage(spans[0]), target.passage(spans[1])
        asked = [_ending(p.text) for p in (first, second)]
        if asked[0] != asked[1] and len(link.source) == len(link.target) == 1:
            message = worded(
                "This is a question in one version only."
                if "?" in asked
                else "This is an exclamation in one version only."
            )
            yield Finding(CHECK.name, QUESTION.id, QUESTION.severity, 0.5, message, first, second)
        counts = [_has_quotation(p.text) for p in (first, second)]
        if counts[0] != counts[1] and not _marked(second.text if counts[0] else first.text):
            marked = source if counts[0] else target
            message = worded(
                "Only the {language} version marks this as a quotation.",
                language=worded(marked.language.name),
            )
            yield Finding(CHECK.name, QUOTATION.id, QUOTATION.severity, 0.5, message, first, second)


def _ending(text: str) -> str:
    last = text.rstrip(' \u00a0\u202f»«“”"‘’)')[-1:]
    return last if last in "?!" else ""


def _has_quotation(text: str) -> bool:
    return any(len(words(text[a:b])) >= _QUOTED_WORDS for a, b in quoted(text))


def _marked(text: str) -> bool:
    return bool(re.search('[«»„“”"‹›‚‘]', text))


def _brackets(side: Side, span: Span) -> Iterator[Finding]:
    """Brackets of one block without their partner."""
    text = side.article.document.text[span.start : span.end]
    waiting: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        sign, place = match.group(), match.start()
        if sign in "([":
            waiting.append((sign, place))
        elif waiting and waiting[-1][0] == _PAIRS[sign]:
            waiting.pop()
        elif not _is_mark(text, place):
            yield _bracket(side, span.start + place, opened=False)
    for _, place in waiting:
        if not _is_mark(text, place):
            yield _bracket(side, span.start + place, opened=True)


def _is_mark(text: str, place: int) -> bool:
    """True for the bracket of an enumeration or a smiley."""
    before = text[max(0, place - 6) : place]
    return (bool(_ENUMERATION.search(before)) and text[place] == ")") or before[-1:] in ":;-="


def _bracket(side: Side, place: int, *, opened: bool) -> Finding:
    message = worded(
        "The bracket “{sign}” is opened but not closed in its paragraph."
        if opened
        else "The bracket “{sign}” is closed but not opened in its paragraph.",
        sign=side.article.document.text[place],
    )
    return lint_finding(CHECK.name, UNBALANCED, side, Span(place, place + 1), 0.75, message)


def _quotes(side: Side) -> Iterator[Finding]:
    """Quotations left open at the end of a document, or closed without beginning."""
    text = side.article.document.text
    opening, closing = _system(text)
    if not opening:
        return
    starts = {b.span.start for b in side.article.document.blocks}
    waiting: int | None = None
    for match in re.finditer(f"[{opening}{closing}]", text):
        place = match.start()
        if match.group() == opening:
            if waiting is not None and place not in starts:
                yield _quote(side, waiting, opened=True)
            waiting = place
        elif waiting is None:
            yield _quote(side, place, opened=False)
        else:
            waiting = None
    if waiting is not None:
        yield _quote(side, waiting, opened=True)


def _system(text: str) -> tuple[str, str]:
    """Opening and closing mark by the first mark of the text; empty where it cannot be told."""
    first = _QUOTE.search(text)
    closing = {"«": "»", "»": "«", "„": "“", "“": "”"}
    mark = first.group() if first else ""
    return (mark, closing[mark]) if mark in closing else ("", "")


def _quote(side: Side, place: int, *, opened: bool) -> Finding:
    message = worded(
        "The quotation is opened but not closed."
        if opened
        else "The quotation is closed but not opened."
    )
    return lint_finding(CHECK.name, OPEN_QUOTE, side, Span(place, place + 1), 0.6, message)


def _spacing(side: Side) -> Iterator[Finding]:
    """Marks with a space before them where the language has none, and the reverse."""
    spaced = _before(side)
    if spaced is None:
        return
    for sentence in side.article.sentences:
        if sentence.kind is BlockKind.CELL:
            continue
        for match in _wrong(spaced).finditer(sentence.text):
            span = Span(*match.span()).shifted(sentence.span.start)
            sign = match.group().strip()[-1]
            yield lint_finding(
                CHECK.name,
                SPACING,
                side,
                span,
                0.7,
                worded(
                    _SPACED[bool(spaced), sign == "«"],
                    language=worded(side.language.name),
                    sign=sign,
                ),
            )


_SPACED = {
    (True, True): to_say("In {language}, “{sign}” needs a space after it."),
    (True, False): to_say("In {language}, “{sign}” needs a space before it."),
    (False, True): to_say("In {language}, “{sign}” has no space after it."),
    (False, False): to_say("In {language}, “{sign}” has no space before it."),
}


def _before(side: Side) -> str | None:
    """The marks with a space before them in the region's typography; None where unknown."""
    table = side.language.section("punctuation")
    _, _, region = side.article.language.partition("-")
    if region and f"space_before_{region}" in table:
        return table[f"space_before_{region}"] or None
    given: str | None = table.get("space_before")
    return given


def _wrong(spaced: str) -> re.Pattern[str]:
    if spaced:
        marks = re.escape(spaced)
        return re.compile(rf"[^\W\d_][{marks}](?=\s|$)|«(?=[^\W\d_])")
    return re.compile(r"(?<=\w)[ \u00a0\u202f][;:!?](?=\s|$)|«[ \u00a0\u202f](?=\w)")


CHECK = Check(
    "punctuation",
    "marks that are not closed, have wrong spaces, or stand on one side only",
    (UNBALANCED, OPEN_QUOTE, SPACING, QUESTION, QUOTATION),
    compare=compare,
    lint=lint,
)
