"""OpenDocument text: paragraphs, headings, lists, tables, notes; tracked changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from checker.errors import ReadError
from checker.model import BlockKind, Document
from checker.read import Reader
from checker.read._build import Builder, column_name
from checker.read._xml import attribute, child, children, descendants, local, parse_xml
from checker.read._zip import Archive, is_zip

_OPTIONS = ("accepted", "refused")
_UNREAD = frozenset(
    [
        "tracked-changes",
        "sequence-decls",
        "annotation",
        "annotation-end",
        "bookmark",
        "forms",
        "variable-decls",
        "table-of-content",
        "alphabetical-index",
        "script",
        "desc",
        "title",
    ]
)


@dataclass(slots=True)
class _Reading:
    """What one pass through the document collects."""

    deleted: dict[str, str]
    inserted: frozenset[str]
    builder: Builder = field(default_factory=Builder)
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    inside: str = ""  # the refused insertion being passed over


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The text of an OpenDocument text.

    Tracked changes are taken as accepted; ``option`` "refused" reads the text before
    them. Raises ReadError on broken input.
    """
    if option and option not in _OPTIONS:
        raise ReadError(
            "{path}#{option}: tracked changes are {known}.",
            path=path,
            option=option,
            known=" or ".join(_OPTIONS),
        )
    root = parse_xml(Archive(data, path).read("content.xml"), path)
    refused = option == "refused"
    reading = _Reading(*_changes(root)) if refused else _Reading({}, frozenset())
    for text in descendants(root, "text"):
        _read_blocks(reading, text, BlockKind.PARAGRAPH)
        break
    for number, note in enumerate(reading.notes, 1):
        reading.builder.add(note, BlockKind.NOTE, f"note {number}")
    return reading.builder.document(path, "odt", "", _remarks(root, path, refused))


def _changes(root: Element) -> tuple[dict[str, str], frozenset[str]]:
    """Deleted text by change, and the changes that are insertions."""
    deleted, inserted = {}, set()
    for region in descendants(root, "changed-region"):
        name = attribute(region, "id")
        deletion = child(region, "deletion")
        if deletion is not None:
            paragraphs = ["".join(p.itertext()) for p in children(deletion, "p", "h")]
            deleted[name] = "\n".join(paragraphs)
        elif child(region, "insertion") is not None:
            inserted.add(name)
    return deleted, frozenset(inserted)


def _read_blocks(reading: _Reading, parent: Element, kind: BlockKind) -> None:
    for element in parent:
        name = local(element.tag)
        if name in ("p", "h"):
            _read_paragraph(reading, element, BlockKind.HEADING if name == "h" else kind)
        elif name == "table":
            reading.tables += 1
            _read_table(reading, element, f"table {reading.tables}")
        elif name in ("list", "list-item", "list-header"):
            _read_blocks(reading, element, BlockKind.LIST_ITEM)
        elif name not in _UNREAD:
            _read_blocks(reading, element, kind)


def _read_paragraph(reading: _Reading, element: Element, kind: BlockKind) -> None:
    text = "".join(_pieces(element, reading))
    if reading.builder.add(text, kind, f"paragraph {reading.paragraphs + 1}"):
        reading.paragraphs += 1
    while reading.boxes:
        for paragraph in descendants(reading.boxes.pop(0), "p", "h"):
            reading.builder.add("".join(_pieces(paragraph, reading)), kind, "text box")


def _read_table(reading: _Reading, table: Element, place: str) -> None:
    for number, row in enumerate(descendants(table, "table-row"), 1):
        for column, cell in enumerate(children(row, "table-cell", "covered-table-cell"), 1):
            for paragraph in descendants(cell, "p", "h"):
                text = "".join(_pieces(paragraph, reading))
                where = f"{place}, cell {column_name(column)}{number}"
                reading.builder.add(text, BlockKind.CELL, where)


def _pieces(element: Element, reading: _Reading) -> Iterator[str]:
    """Text of a paragraph in order; notes and frames are put aside."""
    yield _kept(element.text, reading)
    for part in element:
        name = local(part.tag)
        if name == "s":
            yield " " * min(int(attribute(part, "c", "1") or 1), 100)
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name == "note":
            reading.notes += [
                " ".join("".join(p.itertext()) for p in descendants(b, "p"))
                for b in children(part, "note-body")
            ]
        elif name in ("frame", "custom-shape"):
            reading.boxes.append(part)
        elif name in ("change", "change-start", "change-end"):
            yield _change(part, name, reading)
        elif name not in _UNREAD:
            yield from _pieces(part, reading)
        yield _kept(part.tail, reading)


def _kept(text: str | None, reading: _Reading) -> str:
    return "" if reading.inside else text or ""


def _change(element: Element, name: str, reading: _Reading) -> str:
    """Text that a refused deletion brings back; marks where a refused insertion lies."""
    change = attribute(element, "change-id")
    if name == "change":
        return reading.deleted.get(change, "")
    if name == "change-start" and change in reading.inserted:
        reading.inside = change
    elif name == "change-end" and change == reading.inside:
        reading.inside = ""
    return ""


def _remarks(root: Element, path: str, refused: bool) -> tuple[str, ...]:
    count = sum(1 for _ in descendants(root, "changed-region"))
    if not count:
        return ()
    if refused:
        return (f"read as it was before {count} tracked changes",)
    return (f"{count} tracked changes taken as accepted ({path}#refused reads the text before)",)


def recognises(data: bytes) -> bool:
    """True for a zip archive that calls itself OpenDocument text."""
    return is_zip(data) and b"application/vnd.oasis.opendocument.text" in data[:200]


READER = Reader(
    "odt",
    "OpenDocument text",
    (".odt", ".ott"),
    recognises,
    parse,
    option="accepted or refused: tracked changes",
)
