"""XLIFF 1.2 and 2.x: both languages in one file, a unit or segment a link."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from checker.errors import ReadError
from checker.read import DocumentPair, Reader
from checker.read._build import Builder
from checker.read._inline import inline_text
from checker.read._xml import attribute, child, children, descendants, local, parse_xml, root_name

Unit = tuple[str, str, str]  # place, source, target


def pair(data: bytes, path: str, option: str = "") -> DocumentPair:
    """Both sides of every unit that is to be translated. Raises ReadError on broken input."""
    root = parse_xml(data, path)
    version = attribute(root, "version", "1.2")
    files = list(children(root, "file"))
    if not files:
        raise ReadError(
            "{path} is XLIFF without a file element: there is nothing to check.", path=path
        )
    languages = _languages(root, files[0], version)
    sides = (Builder(), Builder())
    for file in files:
        if _languages(root, file, version) != languages:
            raise ReadError("{path} holds files of several language pairs: split it.", path=path)
        for place, *texts in _units_2(file) if version.startswith("2") else _units_1(file):
            for builder, text in zip(sides, texts, strict=True):
                builder.add_unit(text, place)
    source, target = (
        b.document(path, "xliff", code) for b, code in zip(sides, languages, strict=True)
    )
    return DocumentPair(source, target)


def _languages(root: Element, file: Element, version: str) -> tuple[str, str]:
    if version.startswith("2"):
        return attribute(root, "srcLang"), attribute(root, "trgLang")
    return attribute(file, "source-language"), attribute(file, "target-language")


def _units_1(file: Element) -> Iterator[Unit]:
    for unit in descendants(file, "trans-unit"):
        if unit.get("translate") == "no":
            continue
        place = f"unit {unit.get('resname') or unit.get('id') or '?'}"
        source, target = child(unit, "source"), child(unit, "target")
        segments = _segments(child(unit, "seg-source")), _segments(target)
        if segments[0] and target is not None and segments[0].keys() == segments[1].keys():
            for name, text in segments[0].items():
                yield f"{place}, segment {name}", text, segments[1][name]
        else:
            yield place, _text(source), _text(target)


def _segments(element: Element | None) -> dict[str, str]:
    """Texts of the segments that are marked inside a unit, by their id."""
    if element is None:
        return {}
    marks = (m for m in descendants(element, "mrk") if m.get("mtype") == "seg")
    return {mark.get("mid", ""): inline_text(mark) for mark in marks}


def _units_2(file: Element) -> Iterator[Unit]:
    for unit in descendants(file, "unit"):
        if unit.get("translate") == "no":
            continue
        segments = [s for s in unit if local(s.tag) == "segment"]
        for number, segment in enumerate(segments, 1):
            place = f"unit {unit.get('name') or unit.get('id') or '?'}"
            if len(segments) > 1:
                place += f", segment {segment.get('id') or number}"
            yield place, _text(child(segment, "source")), _text(child(segment, "target"))


def _text(element: Element | None) -> str:
    return inline_text(element) if element is not None else ""


def recognises(data: bytes) -> bool:
    """True for XML whose root is xliff."""
    return root_name(data) == "xliff"


READER = Reader(
    "xliff",
    "XLIFF 1.2 and 2.x, both languages",
    (".xliff", ".xlf", ".sdlxliff", ".mqxliff"),
    recognises,
    pair=pair,
)
