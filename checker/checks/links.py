"""Links: web addresses, mail addresses, handles and hashtags on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.errors import to_say, worded
from checker.model import Finding, Passage, Severity, Span
from checker.names.words import is_word

CHANGED = Rule(
    "link-changed",
    Severity.ERROR,
    "An address differs by a few characters from the one in the other version.",
    "A mistyped address leads nowhere, or to somebody else.",
    Example(
        "Inscription : https://www.exemple.ch/inscription-2024",
        "Anmeldung: https://www.exemple.ch/inscripton-2024",
    ),
    Example("Voir https://www.exemple.ch/fr/agenda.", "Siehe https://www.exemple.ch/de/agenda."),
    "Addresses that differ in a language code or in a translated path are taken as versions "
    "of one page.",
)
MISSING = Rule(
    "link-missing",
    Severity.WARNING,
    "A web address, mail address or handle stands in one version only.",
    "Readers of one version cannot follow it up.",
    Example("Écrivez à info@exemple.ch.", "Schreiben Sie uns."),
    Example("Écrivez à info@exemple.ch.", "Schreiben Sie an info@exemple.ch."),
    "Hashtags may be translated and are only noted, as are links in sentences that stand in "
    "one version only.",
)

_URL = r"(?:https?://|www\.)[^\s<>\"«»“”„‹›⟨⟩]{3,400}"
_MAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_HANDLE = r"(?<![\w@/.])@\w{2,40}"
_HASHTAG = r"(?<![\w#&/])#(?=\w{0,40}[^\W\d_])\w{2,60}"
_LINK = re.compile(f"({_URL})|({_MAIL})|({_HANDLE})|({_HASHTAG})", re.IGNORECASE)
_KINDS = (to_say("web address"), to_say("mail address"), to_say("handle"), to_say("hashtag"))
_CODE = re.compile(
    r"(?<![a-z])(?:[a-z]{2}(?:[-_][a-z]{2})?|french|german|italian|english|fran[cç]ais|deutsch)(?![a-z])"
)
_PARTS = re.compile(r"[^\W\d_]{2,}")
_SLIP = 2  # characters by which a mistyped address differs


@dataclass(frozen=True, slots=True)
class _Link:
    kind: str
    text: str
    span: Span

    @property
    def key(self) -> str:
        """What must agree: without scheme, www., the last slash and letter case."""
        plain = re.sub(r"^(?:https?://)?(?:www\.)?", "", self.text.lower())
        return plain.rstrip("/")

    @property
    def neutral(self) -> str:
        """The key with the codes of languages taken out."""
        return _CODE.sub("*", self.key)

    def is_spoken(self, language: str) -> bool:
        """True for a mailbox called by ordinary words (redaktion@) or by one letter (aaa@)."""
        mailbox = self.text.partition("@")[0]
        return len(set(mailbox)) == 1 or all(is_word(p, language) for p in _PARTS.findall(mailbox))

    @property
    def host(self) -> str:
        parts = self.neutral.partition("/")[0].split("@")[-1].split(".")
        return ".".join(parts[-2:])


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Addresses of one version that the other has not, or has otherwise."""
    source, target = (_links(side) for side in (comparison.source, comparison.target))
    lonely = _without(source, target)
    others = _without(target, source)
    codes = comparison.source.language.code, comparison.target.language.code
    told = [(a, b) for a in lonely for b in others if _is_translated_mailbox(a, b, codes)]
    lonely = [link for link in lonely if all(link is not a for a, _ in told)]
    others = [link for link in others if all(link is not b for _, b in told)]
    for link in lonely:
        slip = next((o for o in others if _is_slip(link, o)), None)
        if slip:
            others.remove(slip)
            yield _changed(comparison, link, slip)
        elif not any(_is_version(link, o) for o in target):
            yield _missing(comparison, link, on_target=False)
    for link in others:
        if not any(_is_version(link, o) for o in source):
            yield _missing(comparison, link, on_target=True)


def _links(side: Side) -> list[_Link]:
    found = []
    for match in _LINK.finditer(side.article.document.text):
        text = match.group().rstrip(".,;:!?…'’)]}-–")
        kind = _KINDS[(match.lastindex or 1) - 1]
        found.append(_Link(kind, text, Span(match.start(), match.start() + len(text))))
    return found


def _without(links: list[_Link], others: list[_Link]) -> list[_Link]:
    """The links, each once, that no other link equals."""
    known = {o.key for o in others}
    kept: dict[str, _Link] = {}
    for link in links:
        if link.key not in known:
            kept.setdefault(link.key, link)
    return list(kept.values())


def _is_translated_mailbox(link: _Link, other: _Link, codes: tuple[str, str]) -> bool:
    """True for mail addresses of one host whose mailbox each version names in its own words."""
    if (link.kind, other.kind) != ("mail address", "mail address") or link.host != other.host:
        return False
    return link.is_spoken(codes[0]) and other.is_spoken(codes[1])


def _is_slip(link: _Link, other: _Link) -> bool:
    """True for two addresses of one kind that are nearly, but not quite, the same."""
    if link.kind != other.kind or link.kind == "hashtag" or link.neutral == other.neutral:
        return False
    distance = Levenshtein.distance(link.key, other.key, score_cutoff=_SLIP)
    return distance <= _SLIP and len(link.key) > 4 * _SLIP


def _is_version(link: _Link, other: _Link) -> bool:
    """True for pages of one site, which may have a translated path."""
    if link.kind != other.kind:
        return False
    return link.neutral == other.neutral or (link.kind == "web address" and link.host == other.host)


def _changed(comparison: Comparison, link: _Link, other: _Link) -> Finding:
    return Finding(
        CHECK.name,
        CHANGED.id,
        CHANGED.severity,
        0.85,
        worded(
            "The {what} differs: “{source}” and “{target}”.",
            what=worded(link.kind),
            source=link.text,
            target=other.text,
        ),
        comparison.source.passage(link.span),
        comparison.target.passage(other.span),
        link.text,
    )


def _missing(comparison: Comparison, link: _Link, *, on_target: bool) -> Finding:
    own, other = comparison.source, comparison.target
    if on_target:
        own, other = other, own
    here, there = own.passage(link.span), _facing(comparison, link.span, on_target)
    quiet = link.kind == "hashtag" or not _is_translated(comparison, link.span, on_target)
    severity = Severity.NOTE if quiet else MISSING.severity
    return Finding(
        CHECK.name,
        MISSING.id,
        severity,
        0.7,
        worded(
            "The {what} “{text}” is missing in the {language} version.",
            what=worded(link.kind),
            text=link.text,
            language=worded(other.language.name),
        ),
        there if on_target else here,
        here if on_target else there,
    )


def _is_translated(comparison: Comparison, span: Span, on_target: bool) -> bool:
    """False where the whole sentence is missing: that is told by ``omissions``."""
    own = comparison.target if on_target else comparison.source
    ranges = ((link, link.target if on_target else link.source) for link in comparison.links)
    return any(
        link.paired and own.article.span_of(mine).overlaps(span) for link, mine in ranges if mine
    )


def _facing(comparison: Comparison, span: Span, on_target: bool) -> Passage:
    """The empty place at the end of the sentences linked to those at ``span``."""
    own, other = comparison.source, comparison.target
    if on_target:
        own, other = other, own
    end = 0
    for link in comparison.links:
        mine, theirs = (link.target, link.source) if on_target else (link.source, link.target)
        if mine and own.article.span_of(mine).start <= span.start:
            end = other.article.span_of(theirs).end
    return other.passage(Span(end, end))


CHECK = Check(
    "links",
    "web addresses, mail addresses, handles and hashtags",
    (CHANGED, MISSING),
    compare=compare,
)
