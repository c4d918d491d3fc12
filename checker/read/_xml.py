"""XML of strangers: no entities of their own, nothing fetched, bounded depth and size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder

from checker.errors import ReadError, worded

LARGEST = 64 * 1024 * 1024
DEEPEST = 250
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_NOT_ROOT = re.compile(r"<!--.*?-->|<\?.*?\?>|<![^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)


def parse_xml(data: bytes, path: str) -> Element:
    """The root element; tags and attributes carry their namespace as ``{uri}name``.

    Document type declarations are passed over, entities they declare are refused.
    Raises ReadError when the XML is broken or built to do harm.
    """
    from xml.parsers import expat

    if len(data) > LARGEST:
        raise ReadError(
            "{path} holds more than {size} MB of XML: split it.", path=path, size=LARGEST >> 20
        )
    parser = expat.ParserCreate(namespace_separator="}")
    handler = _Handler(path)
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.builder.data
    parser.EntityDeclHandler = handler.refuse_entity
    parser.SkippedEntityHandler = handler.skipped
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = worded(" at line {line}", line=line) if line else ""
        raise ReadError(
            "{path} is broken XML{where} ({error}).", path=path, where=where, error=error
        ) from None
    root: Element = handler.builder.close()
    return root


class _Handler:
    """Builds the tree from expat's events."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.builder = TreeBuilder()
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ReadError(
                "{path} nests elements deeper than {deepest}: no document does.",
                path=self.path,
                deepest=DEEPEST,
            )
        self.builder.start(_named(tag), {_named(k): v for k, v in attributes.items()})

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(_named(tag))

    def refuse_entity(self, name: str, *_: object) -> None:
        raise ReadError(
            '{path} declares the entity "{name}": entities are not read from '
            "documents of others, save it without.",
            path=self.path,
            name=name,
        )

    def skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self.builder.data(html5.get(f"{name};", f"&{name};"))


def _named(tag: str) -> str:
    return "{" + tag if "}" in tag else tag


def root_name(data: bytes) -> str:
    """Local name of the root element, lower case, "" when the bytes do not look like XML."""
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head[: len(head) & ~1].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    text = text.lstrip()
    if not text.startswith("<"):
        return ""
    match = _ROOT.match(_NOT_ROOT.sub("", text).lstrip())
    return match.group(1).lower() if match else ""


def local(tag: object) -> str:
    """Name of a tag without its namespace; "" for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return value
    return default


def children(element: Element, *names: str) -> Iterator[Element]:
    """Children with one of these local names."""
    return (child for child in element if local(child.tag) in names)


def child(element: Element, name: str) -> Element | None:
    """The first child with this local name."""
    return next(children(element, name), None)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Descendants with one of these local names, in document order."""
    return (found for found in element.iter() if local(found.tag) in names)
