"""Blocks of web page markup: the same walk for HTML trees and the XHTML of books."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from checker.model import BlockKind
from checker.read._build import Builder, collapse
from checker.read._xml import local

DEEPEST = 200
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS = {
    **dict.fromkeys(_HEADINGS, BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.CELL),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTE,
}
_BLOCKS = frozenset(_KINDS) | frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "svg",
        "math",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "select",
        "option",
        "textarea",
        "button",
        "input",
        "datalist",
        "pre",
        "map",
    ]
)


class Node(Protocol):
    """What an element of either library offers."""

    tag: Any
    text: str | None
    tail: str | None

    def __iter__(self) -> Any:
        """Its children."""

    def itertext(self) -> Iterable[str]:
        """All text inside."""


class Walk:
    """Collects the blocks of a tree into a builder."""

    def __init__(self, builder: Builder, place: str = "") -> None:
        """``place`` is put before each block's own place."""
        self._builder = builder
        self._place = place
        self._line: list[str] = []
        self._count = 0

    def root(self, node: Node) -> None:
        """Walks a whole tree."""
        self._visit(node, BlockKind.PARAGRAPH, 0)
        self._flush(BlockKind.PARAGRAPH)

    def _inside(self, node: Node, kind: BlockKind, depth: int) -> None:
        self._line.append(node.text or "")
        for child in node:
            self._visit(child, kind, depth + 1)
            self._line.append(child.tail or "")

    def _visit(self, node: Node, kind: BlockKind, depth: int) -> None:
        tag = local(node.tag).lower()
        if not tag or tag in UNREAD or (tag == "sup" and _refers(node)):
            return
        if depth > DEEPEST:
            self._line.append(" ".join(node.itertext()))
        elif tag == "br":
            self._line.append("\0")
        elif tag in _BLOCKS:
            self._flush(kind)
            own = _KINDS.get(tag, kind)
            self._inside(node, own, depth)
            self._flush(own)
        else:
            self._inside(node, kind, depth)

    def _flush(self, kind: BlockKind) -> None:
        lines = [collapse(line).strip(" ") for line in "".join(self._line).split("\0")]
        self._line.clear()
        for part in "\n".join(lines).split("\n\n"):  # two breaks are a paragraph's end
            place = f"{self._place}paragraph {self._count + 1}"
            self._count += self._builder.add(part, kind, place)


def _refers(node: Node) -> bool:
    """True for the raised number that leads to a note."""
    text = "".join(node.itertext()).strip("[]() \n")
    return text.isdecimal() and any(local(child.tag) == "a" for child in node)
