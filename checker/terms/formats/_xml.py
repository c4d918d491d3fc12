"""XML from strangers: no entities, no network, no DTD, no huge trees; one element at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from checker.errors import TermbaseError


def elements(data: bytes, *names: str) -> Iterator[Any]:
    """Every element with one of these local names, each dropped once it has been used.

    Raises TermbaseError with the line for XML that is not well formed.
    """
    from lxml import etree

    stream = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        for _, element in stream:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise TermbaseError("line {line}: {error}.", line=error.lineno, error=error.msg) from None


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for entities and instructions."""
    tag = element.tag
    return _bare(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _bare(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def text_of(element: Any, skip: str = "") -> str:
    """All text inside an element, without children called ``skip``."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if local(child) and local(child) != skip:
            parts.append(text_of(child, skip))
        parts.append(child.tail or "")
    return "".join(parts)
