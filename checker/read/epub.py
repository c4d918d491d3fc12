"""EPUB books: the chapters in reading order."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from checker.errors import ReadError
from checker.model import Document
from checker.read import Reader
from checker.read._build import Builder
from checker.read._markup import Walk
from checker.read._xml import child, descendants, local, parse_xml
from checker.read._zip import Archive, is_zip

_CONTAINER = "META-INF/container.xml"


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The text of a book, its language from its metadata. Raises ReadError on broken input."""
    archive = Archive(data, path)
    package_name = _package_name(archive, path)
    package = parse_xml(archive.read(package_name), path)
    builder = Builder()
    for number, name in enumerate(_chapters(package, package_name), 1):
        body = child(parse_xml(archive.read(name), f"{path} ({name})"), "body")
        if body is not None:
            Walk(builder, f"chapter {number}, ").root(body)
    language = next((e.text or "" for e in descendants(package, "language")), "")
    return builder.document(path, "epub", language.strip())


def _package_name(archive: Archive, path: str) -> str:
    container = parse_xml(archive.read(_CONTAINER), path)
    name = next((e.get("full-path") for e in descendants(container, "rootfile")), None)
    if not name:
        raise ReadError("{path} names no package document: it is a damaged book.", path=path)
    return name


def _chapters(package: Element, package_name: str) -> list[str]:
    """Names of the parts to read, in order; navigation is left out."""
    items = {e.get("id"): e for e in descendants(package, "item") if local(e.tag) == "item"}
    folder = posixpath.dirname(package_name)
    names = []
    for reference in descendants(package, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or ""):
            names.append(
                posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
            )
    return names


def recognises(data: bytes) -> bool:
    """True for a zip archive that calls itself a book."""
    return is_zip(data) and b"application/epub+zip" in data[:200]


READER = Reader("epub", "EPUB book", (".epub",), recognises, parse)
