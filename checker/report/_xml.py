"""XML written with the standard library, and text made fit for it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

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


def serialised(root: ElementTree.Element) -> bytes:
    """The tree as a UTF-8 file, indented."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
