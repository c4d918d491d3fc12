"""Leftovers: what translation machines, content systems and conversions leave in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from html.entities import html5

from checker.checks import Check, Example, Rule, Side
from checker.codes import codes, is_about_codes, shown_as_code
from checker.content.findings import lint_finding
from checker.content.foreign import known
from checker.content.text import shortened
from checker.errors import to_say, worded
from checker.model import Finding, Sentence, Severity, Span
from checker.wordset import function_words

MACHINE = Rule(
    "machine-residue",
    Severity.ERROR,
    "The name of a language, or a slot marked by a machine, stands where text should be.",
    "It shows that nobody read the machine's output, and it breaks the sentence.",
    Example("Français Soulignant que le temps presse, elle a conclu.", "", "fr", ""),
    Example("Français et Allemands se retrouvent à Strasbourg.", "", "fr", ""),
)
PLACEHOLDER = Rule(
    "placeholder",
    Severity.ERROR,
    "A placeholder was never filled in.",
    "Readers see a variable's name or filler text instead of the content.",
    Example("Guten Tag {{vorname}}, Ihr Termin ist bestätigt.", "", "de", ""),
    Example("Die Menge {1, 2, 3} hat drei Elemente.", "", "de", ""),
    "Left alone between backticks, in files of translation tools, and in manuals, which show "
    "codes of three kinds or more.",
)
MARKUP = Rule(
    "markup",
    Severity.ERROR,
    "HTML tags or entities stand in the text.",
    "They were meant for a browser and should never be seen.",
    Example("Le lac L&eacute;man<br/> est calme.", "", "fr", ""),
    Example("Johnson & Johnson a gagné 5 < 7 points.", "", "fr", ""),
)
ENCODING = Rule(
    "encoding-damage",
    Severity.ERROR,
    "Characters were decoded with the wrong charset.",
    "Letters with accents turn into two or three wrong signs.",
    Example("Le dÃ©bat a Ã©tÃ© long.", "", "fr", ""),
    Example("Le débat a été long à São Paulo.", "", "fr", ""),
    "Only the signs that UTF-8 read as Windows-1252 gives, and the replacement character.",
)
CONTROL = Rule(
    "control-character",
    Severity.WARNING,
    "An invisible control character stands inside the text.",
    "It breaks search, hyphenation and data exports.",
    Example("Der Zug\u0007 fährt ab.", "", "de", ""),
    Example("Der Zug fährt ab.", "", "de", ""),
    "Soft hyphens and non-breaking spaces are left alone.",
)
MARKDOWN = Rule(
    "markdown-residue",
    Severity.WARNING,
    "Markdown signs stand in a text that is not Markdown.",
    "Stars and brackets meant for formatting are shown to readers.",
    Example("Der **Bundesrat** hat entschieden.", "", "de", ""),
    Example("Die Note 5* gibt es nur in diesem Test.", "", "de", ""),
)
INTERFACE = Rule(
    "interface-text",
    Severity.WARNING,
    "A label of the web page was copied along with the article.",
    "“Comments (0)” or “Read more” is no part of the article.",
    Example("Die Brücke ist offen.\nKommentar (0)", "", "de", ""),
    Example("Die Brücke ist offen.\nEin Kommentar von Eva Frei", "", "de", ""),
    shared=True,
)

_TAGS = (
    "a|abbr|b|blockquote|br|center|code|div|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|input"
    "|li|link|ol|p|pre|q|s|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul"
)
_MARKUP = re.compile(
    rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>|<!--|-->|<!\[CDATA\[|"
    r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{1,60}\}|\{\d{1,2}\}|\{[a-z]+(?:_[a-z]+)*\}|%\([a-z_]+\)[sd]"
    r"|(?<![\w%])%[sd](?!\w)|\[(?:TODO|TBD|FIXME|XXX|TK|PLATZHALTER|PLACEHOLDER)[^\]\n]{0,60}\]"
    r"|\b(?:TODO|FIXME)\b|\bXXX+\b|\[object Object\]|\b[Ll]orem ipsum\b|<<[^<>\n]{1,60}>>"
)
_SLOT = re.compile(r"\[[^\W\d_]{2,20}_\d{1,4}\]|\[/?[a-z]{2,12}_[a-z_]{2,20}[^\]\n]{0,60}\]")
_CONFLICT = re.compile(
    r"^(?:<{7}|={7}|>{7})(?: .*)?$|\{\+\+|\+\+\}|\{--|--\}|\{~~|~~\}", re.MULTILINE
)
_DAMAGE = re.compile(r"[ÂÃÅâ][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{1,2}|�")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_MARKDOWN = re.compile(
    r"(?<![\w*])\*\*(?=\S)[^*\n]{1,200}(?<=\S)\*\*(?![\w*])|(?<!\w)__(?=\w)[^_\n]{1,200}(?<=\S)__(?!\w)"
    r"|!?\[[^\[\]\n]{1,200}\]\((?:https?:|/|#|mailto:)[^()\s]{0,300}\)|^\s{0,3}#{1,6} (?=\S)|```",
    re.MULTILINE,
)
_COUNTER = re.compile(r"[^\W\d_]{4,20}s? ?\(0\)")


def lint(side: Side) -> Iterator[Finding]:
    """Everything in one document that was never meant for readers."""
    text = side.article.document.text
    manual, examples = is_about_codes(text), shown_as_code(text)
    for rule, pattern, certain, says in _PATTERNS:
        if rule is MARKDOWN and "markdown" in side.article.document.format.lower():
            continue
        for match in pattern.finditer(text):
            if rule in _CODES and (_within(examples, match) or (manual and codes(match.group()))):
                continue
            if certain(match.group()) and _in_a_block(side, match.start()):
                yield _finding(rule, side, Span(*match.span()), says)
    for sentence in side.article.sentences:
        yield from _language_labels(side, sentence)
    yield from _interface(side)


def _within(examples: Sequence[Span], match: re.Match[str]) -> bool:
    """True for what the text itself shows as code."""
    before = bisect_right(examples, match.start(), key=lambda span: span.start)
    return before > 0 and match.end() <= examples[before - 1].end


def _in_a_block(side: Side, position: int) -> bool:
    """Comments, front matter and the like are in the file but not in the text people read."""
    blocks = side.article.document.blocks
    before = bisect_right(blocks, position, key=lambda block: block.span.start)
    return before > 0 and position < blocks[before - 1].span.end


def _language_labels(side: Side, sentence: Sentence) -> Iterator[Finding]:
    """The name of a language before a clause that has nothing to do with it.

    Translation pages put the language's name before the text; a machine reads it as the
    first word. After it stands a capital that only a beginning has, or an infinitive.
    """
    table = side.language.section("leftovers")
    names = "|".join(map(re.escape, table.get("language_names", ())))
    if not names:
        return
    label = re.compile(rf"(?:^|(?<=[;:.!?]\s))({names})\s+([^\W\d_]+)")
    for match in label.finditer(sentence.text):
        following = match.group(2)
        if _begins(following, side) or (
            following.islower() and following.endswith(tuple(table.get("infinitives", ())))
        ):
            start, end = (position + sentence.span.start for position in match.span(1))
            yield _finding(MACHINE, side, Span(start, end), _LABEL)


def _begins(word: str, side: Side) -> bool:
    """True for a capitalised word that is written small inside a sentence."""
    code = side.language.code
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    if word.lower() in function_words().get(code, frozenset()):
        return True
    return code != "de" and known(word.lower(), code)


def _interface(side: Side) -> Iterator[Finding]:
    """Blocks that are nothing but a label of a web page."""
    labels = frozenset(side.language.section("leftovers").get("interface", ()))
    everywhere = frozenset(_INTERFACE)
    for block in side.article.document.blocks:
        text = side.article.document.text[block.span.start : block.span.end].strip()
        if len(text) > 40:
            continue
        folded = text.rstrip(" .…:»>").lower()
        if folded in labels or folded in everywhere or _COUNTER.fullmatch(text):
            yield _finding(INTERFACE, side, block.span, _ON_PAGE)


def _finding(rule: Rule, side: Side, span: Span, says: str) -> Finding:
    shown = shortened(side.passage(span).text, 60)
    visible = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in shown)
    message = worded(says, text=visible)
    return lint_finding(CHECK.name, rule, side, span, _CONFIDENCE[rule.id], message)


def _always(text: str) -> bool:
    return True


def _is_markup(text: str) -> bool:
    """True for tags and numbered entities, and for named entities that exist."""
    return not text.startswith("&") or text[1] == "#" or text[1:] in html5


def _is_damage(text: str) -> bool:
    """True where reading the signs as UTF-8 gives a common European character."""
    if text == "�":
        return True
    for length in (len(text), 2):
        try:
            meant = text[:length].encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        if len(meant) == 1 and (0xA0 <= ord(meant) <= 0x17F or 0x2010 <= ord(meant) <= 0x20AC):
            return True
    return False


_PATTERNS: tuple[tuple[Rule, re.Pattern[str], Callable[[str], bool], str], ...] = (
    (MACHINE, _SLOT, _always, to_say("“{text}” is a slot left by a machine.")),
    (
        PLACEHOLDER,
        _PLACEHOLDER,
        _always,
        to_say("“{text}” is a placeholder that was not filled in."),
    ),
    (PLACEHOLDER, _CONFLICT, _always, to_say("“{text}” is a mark of an unfinished change.")),
    (MARKUP, _MARKUP, _is_markup, to_say("“{text}” is markup, not text.")),
    (ENCODING, _DAMAGE, _is_damage, to_say("“{text}” is damaged: the charset was mistaken.")),
    (CONTROL, _CONTROL, _always, to_say("“{text}” is an invisible control character.")),
    (MARKDOWN, _MARKDOWN, _always, to_say("“{text}” is Markdown, not text.")),
)
_LABEL = to_say("“{text}” is a language label left by a machine.")
_ON_PAGE = to_say("“{text}” is a label of the web page.")
_CODES = (PLACEHOLDER, MARKUP)
_INTERFACE = (
    "advertisement",
    "comments",
    "loading",
    "no comments",
    "no data",
    "no results found",
    "no videos available",
    "read more",
    "share",
    "share this article",
    "sign up",
    "skip to content",
    "subscribe",
    "click here",
    "related articles",
    "leave a comment",
    "page not found",
)
_CONFIDENCE = {
    MACHINE.id: 0.95,
    PLACEHOLDER.id: 0.9,
    MARKUP.id: 0.95,
    ENCODING.id: 0.97,
    CONTROL.id: 0.8,
    MARKDOWN.id: 0.8,
    INTERFACE.id: 0.8,
}

CHECK = Check(
    "leftovers",
    "residue of translation machines, content systems and conversions",
    (MACHINE, PLACEHOLDER, MARKUP, ENCODING, CONTROL, MARKDOWN, INTERFACE),
    lint=lint,
)
