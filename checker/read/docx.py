"""Word documents: paragraphs, tables, notes, text boxes; tracked changes taken or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from checker.errors import ReadError
from checker.model import BlockKind, Document
from checker.read import DocumentPair, Reader
from checker.read._build import Builder, column_name
from checker.read._table import column_pair
from checker.read._xml import attribute, child, children, descendants, local, parse_xml
from checker.read._zip import Archive, mentions

_OPTIONS = ("accepted", "refused")
_INSERTED, _DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_TEXTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_TRANSPARENT = frozenset(
    [
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
        "r",
        "ins",
        "moveTo",
        "del",
        "moveFrom",
    ]
)


@dataclass(slots=True)
class _Reading:
    """What one pass through the document collects."""

    refused: bool
    headings: frozenset[str]
    builder: Builder = field(default_factory=Builder)
    boxes: list[Element] = field(default_factory=list)
    carried: str = ""
    paragraphs: int = 0
    tables: int = 0


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The text of a Word document.

    Tracked changes are taken as accepted; ``option`` "refused" reads the text before
    them. Raises ReadError on broken input.
    """
    archive = Archive(data, path)
    reading = _Reading(_refuses(option, path), _headings(archive, path))
    root = parse_xml(archive.read("word/document.xml"), path)
    body = child(root, "body")
    if body is not None:
        _read_blocks(reading, body)
        reading.builder.add(reading.carried)
    for part, name in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        if part in archive:
            _read_notes(reading, parse_xml(archive.read(part), path), name)
    return reading.builder.document(path, "docx", "", _remarks(root, path, reading.refused))


def pair(data: bytes, path: str, option: str = "") -> DocumentPair:
    """The two language columns of the document's tables, a row a unit."""
    root = parse_xml(Archive(data, path).read("word/document.xml"), path)
    rows = [
        [_cell_text(cell) for cell in children(row, "tc")]
        for table in descendants(root, "tbl")
        for row in children(table, "tr")
    ]
    if not rows:
        raise ReadError(
            "{path} is one document without a table of two languages: name the other "
            "language version after it.",
            path=path,
        )
    return column_pair(rows, path, "docx", option)


def _refuses(option: str, path: str) -> bool:
    if option and option not in _OPTIONS:
        raise ReadError(
            "{path}#{option}: tracked changes are {known}, nothing else.",
            path=path,
            option=option,
            known=" or ".join(_OPTIONS),
        )
    return option == "refused"


def _headings(archive: Archive, path: str) -> frozenset[str]:
    """Ids of the paragraph styles that are headings, whatever language they are named in."""
    if "word/styles.xml" not in archive:
        return frozenset()
    styles = parse_xml(archive.read("word/styles.xml"), path)
    found = set()
    for style in descendants(styles, "style"):
        name = child(style, "name")
        said = attribute(name, "val").lower() if name is not None else ""
        if said.startswith("heading") or said in ("title", "subtitle"):
            found.add(attribute(style, "styleId"))
    return frozenset(found)


def _read_blocks(reading: _Reading, parent: Element) -> None:
    for element in parent:
        name = local(element.tag)
        if name == "p":
            _read_paragraph(reading, element)
        elif name == "tbl":
            reading.tables += 1
            _read_table(reading, element, f"table {reading.tables}")
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            _read_blocks(reading, element)


def _read_paragraph(reading: _Reading, element: Element) -> None:
    text = reading.carried + _text(element, reading)
    reading.carried = ""
    if _loses_its_end(element, reading.refused):
        reading.carried = text
        return
    kind = _kind(element, reading.headings)
    if reading.builder.add(text, kind, f"paragraph {reading.paragraphs + 1}"):
        reading.paragraphs += 1
    while reading.boxes:
        for paragraph in descendants(reading.boxes.pop(0), "p"):
            reading.builder.add(_text(paragraph, reading), BlockKind.PARAGRAPH, "text box")


def _loses_its_end(element: Element, refused: bool) -> bool:
    """True when the paragraph mark itself is a change that is not there any more."""
    properties = child(element, "pPr")
    marks = child(properties, "rPr") if properties is not None else None
    gone = _INSERTED if refused else _DELETED
    return marks is not None and any(True for _ in children(marks, *gone))


def _kind(element: Element, headings: frozenset[str]) -> BlockKind:
    properties = child(element, "pPr")
    if properties is None:
        return BlockKind.PARAGRAPH
    style = child(properties, "pStyle")
    if style is not None and attribute(style, "val") in headings:
        return BlockKind.HEADING
    return BlockKind.LIST_ITEM if child(properties, "numPr") is not None else BlockKind.PARAGRAPH


def _read_table(reading: _Reading, table: Element, place: str) -> None:
    for number, row in enumerate(children(table, "tr"), 1):
        for column, cell in enumerate(children(row, "tc"), 1):
            cell_place = f"{place}, cell {column_name(column)}{number}"
            for element in cell:
                if local(element.tag) == "p":
                    reading.builder.add(_text(element, reading), BlockKind.CELL, cell_place)
                elif local(element.tag) == "tbl":
                    _read_table(reading, element, cell_place)


def _read_notes(reading: _Reading, root: Element, name: str) -> None:
    notes = (n for n in children(root, "footnote", "endnote") if not attribute(n, "type"))
    for number, note in enumerate(notes, 1):
        for paragraph in descendants(note, "p"):
            text = _text(paragraph, reading)
            reading.builder.add(text, BlockKind.NOTE, f"{name} {number}")


def _cell_text(cell: Element) -> str:
    reading = _Reading(False, frozenset())
    return "\n".join(_text(p, reading) for p in descendants(cell, "p"))


def _text(element: Element, reading: _Reading) -> str:
    return "".join(_pieces(element, reading))


def _pieces(element: Element, reading: _Reading) -> Iterator[str]:
    """Text of a paragraph's runs, in order; text boxes are put aside."""
    gone = _INSERTED if reading.refused else _DELETED
    for part in element:
        name = local(part.tag)
        if name in gone:
            continue
        if name in ("t", "delText"):
            yield part.text or ""
        elif name in _TEXTS:
            yield _TEXTS[name]
        elif name in ("drawing", "pict", "AlternateContent"):
            reading.boxes += _boxes(part)
        elif name in _TRANSPARENT and not (name == "r" and _is_hidden(part)):
            yield from _pieces(part, reading)


def _boxes(element: Element) -> list[Element]:
    """Text boxes; of alternatives for different programs only the first."""
    choice = child(element, "Choice") if local(element.tag) == "AlternateContent" else element
    return list(descendants(choice, "txbxContent")) if choice is not None else []


def _is_hidden(run: Element) -> bool:
    properties = child(run, "rPr")
    vanish = child(properties, "vanish") if properties is not None else None
    return vanish is not None and attribute(vanish, "val") not in ("0", "false")


def _remarks(root: Element, path: str, refused: bool) -> tuple[str, ...]:
    count = sum(1 for _ in descendants(root, *_INSERTED, *_DELETED))
    if not count:
        return ()
    if refused:
        return (f"read as it was before {count} tracked changes",)
    return (f"{count} tracked changes taken as accepted ({path}#refused reads the text before)",)


def recognises(data: bytes) -> bool:
    """True for a zip archive that holds a Word document."""
    return mentions(data, b"word/document.xml")


READER = Reader(
    "docx",
    "Word document; alone: a table of two languages",
    (".docx", ".docm"),
    recognises,
    parse,
    pair,
    option="accepted or refused: tracked changes",
)
