"""Inline codes of translation formats as text: they survive and can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from checker.codes import is_code
from checker.read._xml import attribute, local

_PAIRED = frozenset(("g", "pc", "hi"))
_SILENT = frozenset(("mrk", "sm", "em"))
_NATIVE = frozenset(("ph", "bpt", "ept", "it", "ut"))
_UNREAD = frozenset(("note", "sub"))


def inline_text(element: Element) -> str:
    """Text of a segment.

    Native code inside a placeholder stays as it is when it is one that people know
    ("%s", "<b>"); any other code becomes ``<x1/>``, a pair of them ``<g1>`` and ``</g1>``
    after their ids; markers that only annotate leave nothing.
    """
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        yield from _code(part)
        yield part.tail or ""


def _code(part: Element) -> Iterator[str]:
    name = local(part.tag)
    label = f"{name}{_id(part)}"
    native = "".join(part.itertext())
    if name in _SILENT:
        yield from _pieces(part)
    elif name in _PAIRED:
        yield f"<{label}>"
        yield from _pieces(part)
        yield f"</{label}>"
    elif name == "cp":
        yield _character(attribute(part, "hex"))
    elif name in _NATIVE and is_code(native):
        yield native
    elif name not in _UNREAD:
        yield f"<{label}/>"


def _id(part: Element) -> str:
    return next((part.get(k, "") for k in ("id", "rid", "startRef", "x", "i") if part.get(k)), "")


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
