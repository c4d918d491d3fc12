"""XML written with the standard library, and text made fit for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree

from checker.model import Span

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the control characters and surrogates that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("", text)


def add(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    """A new child with clean text and attributes; ``xml_lang`` stands for ``xml:lang``."""
    named = {key.replace("xml_", "xml:").rstrip("_"): clean(v) for key, v in attributes.items()}
    child = ElementTree.SubElement(parent, tag, named)
    child.text = clean(text) or None
    return child


def add_coded(
    parent: ElementTree.Element,
    tag: str,
    text: str,
    codes: Sequence[Span],
    numbers: dict[tuple[str, int], str],
    attribute: str,
) -> ElementTree.Element:
    """A new child with each code of the text in a ``ph`` element of its own.

    ``numbers`` gives equal codes of both sides the same number, which goes into ``attribute``.
    """
    child = add(parent, tag)
    seen: Counter[str] = Counter()
    at, last = 0, child
    for span in codes:
        _append(child, last, text[at : span.start])
        code = text[span.start : span.end]
        seen[code] += 1
        number = numbers.setdefault((code, seen[code]), str(len(numbers) + 1))
        last, at = add(child, "ph", code, **{attribute: number}), span.end
    _append(child, last, text[at:])
    return child


def _append(child: ElementTree.Element, last: ElementTree.Element, text: str) -> None:
    """Puts text behind the last element inside ``child``."""
    if last is child:
        child.text = clean(text) or None
    else:
        last.tail = clean(text) or None


def serialised(root: ElementTree.Element) -> bytes:
    """The tree as a UTF-8 file, indented; texts with codes in them stay as they are."""
    _indent(root, "\n")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _indent(element: ElementTree.Element, line: str) -> None:
    if len(element) == 0 or element.find("ph") is not None:
        return
    element.text = f"{line}  "
    for child in element:
        _indent(child, f"{line}  ")
        child.tail = f"{line}  "
    element[-1].tail = line
