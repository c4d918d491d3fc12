"""Inline codes in a text: tags, and placeholders that a program puts something in place of.

Recognised are tags (``<b>``, ``</g1>``, ``<x2/>``), the directives of printf (``%d``,
``%1$s``, ``%(name)s``), Qt's ``%1``, and what stands in braces (``{0}``, ``${x}``,
``{{ name }}``, the head of ICU's ``{count, plural, ...}``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from checker.model import Span


class Syntax(StrEnum):
    """How a code is written."""

    TAG = "tag"
    PRINTF = "printf"
    BRACES = "braces"
    TEMPLATE = "template"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Code:
    """A code at ``span`` of a text. Two codes are the same when their ``key`` is."""

    syntax: Syntax
    text: str
    key: str
    span: Span

    @property
    def positional(self) -> bool:
        """True for a directive that takes its value by its place in the row: ``%s``."""
        return self.syntax is Syntax.PRINTF and not re.search(r"\$|\(|%L?\d|%\w+%", self.text)


_HTML = (
    "a|abbr|b|bdi|bdo|big|blockquote|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins"
    "|kbd|li|mark|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|sub|sup|table|tbody|td"
    "|th|tr|tt|u|ul|var|wbr"
)
_NAME = r"[A-Za-z][\w.:-]{0,60}"
_LAYOUT = r"[-+0#']{0,3}(?:\d{1,3}|\*)?(?:\.(?:\d{1,3}|\*))?"
_TYPE = r"(?:hh|ll|[hlLzjtq])?[diouxXeEfFgGcsSp@]"
_PATTERN = re.compile(
    rf"(?P<tag><(?:/{_NAME}\s?|(?:{_HTML})\b\s?/?|{_NAME}\s?/|{_NAME}\s[\w:-]{{1,40}}\s?=[^<>]{{0,400}})>)"
    rf"|(?P<open><{_NAME}>)"
    r"|(?P<percent>%%)"
    rf"|(?P<printf>%\d{{1,2}}\${_LAYOUT}{_TYPE}|%\([A-Za-z_]\w{{0,40}}\){_LAYOUT}[diouxXeEfFgGcrs]"
    rf"|(?<!\d)(?<!\d[ \u00a0\u202f])%(?:{_LAYOUT}{_TYPE}"
    r"|L?\d{1,2}(?![$\w]|[.,]\d)|[A-Za-z_]\w{1,40}%))"
    r"|(?P<message>\{\s{0,3}\w{1,40}\s{0,3},\s{0,3}(?:plural|select|selectordinal|number|date|time)\b)"
    r"|(?P<template>[$#]\{[^{}\n]{1,80}\}|\{%[^{}%\n]{1,100}%\}|\{\{[^{}\n]{0,80}\}\})"
    r"|(?P<braces>\{(?:\s?[\w.$-]{1,60}(?:[:!][^{}\s]{0,30})?\s?)?\})"
)
_BACKTICKS = re.compile(r"`[^`\n]{1,300}`")
_SPACE = re.compile(r"\s+")


def codes(text: str) -> list[Code]:
    """The codes of a text in order.

    A tag of a name that HTML has not counts when the text closes it, too: ``<your name>``
    and ``<name>`` are words. Inside a message of ICU only its head counts, because each
    language has forms of its own.
    """
    found = [(str(m.lastgroup), m) for m in _PATTERN.finditer(text)]
    if any(kind == Syntax.MESSAGE for kind, _ in found):
        found = [(kind, m) for kind, m in found if kind == Syntax.MESSAGE]
    closed = {_tag_name(m.group()) for kind, m in found if m.group().startswith("</")}
    return [
        _code(Syntax.TAG if kind == "open" else Syntax(kind), match)
        for kind, match in found
        if kind != "percent" and (kind != "open" or _tag_name(match.group()) in closed)
    ]


def is_code(text: str) -> bool:
    """True when a text is one code and nothing else, be it half of a pair."""
    match = _PATTERN.fullmatch(text)
    return match is not None and match.lastgroup != "percent"


def is_about_codes(text: str) -> bool:
    """True for a manual: it shows codes of three syntaxes or more, which nobody forgets at once."""
    return len({code.syntax for code in codes(text)}) > 2


def shown_as_code(text: str) -> list[Span]:
    """What stands between two backticks of a line."""
    return [Span(*match.span()) for match in _BACKTICKS.finditer(text)]


def _code(syntax: Syntax, match: re.Match[str]) -> Code:
    text = match.group()
    key = _SPACE.sub("", text)
    if syntax is Syntax.TAG:
        slash = "/" if text.startswith("</") else ""
        key = f"<{slash}{_tag_name(text)}>"
    return Code(syntax, text, key, Span(*match.span()))


def _tag_name(text: str) -> str:
    return re.split(r"[\s/>]", text.lstrip("</"), maxsplit=1)[0].lower()
