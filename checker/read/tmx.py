"""TMX translation memories: both languages in one file, a unit a link."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from checker.errors import ReadError, worded
from checker.read import DocumentPair, Reader
from checker.read._build import Builder
from checker.read._inline import inline_text
from checker.read._xml import attribute, child, children, descendants, parse_xml, root_name


def pair(data: bytes, path: str, option: str = "") -> DocumentPair:
    """Both sides of every unit; ``option`` names two of more than two languages: "fr,de".

    Raises ReadError on broken input.
    """
    root = parse_xml(data, path)
    units = list(descendants(root, "tu"))
    header = child(root, "header")
    first = attribute(header, "srclang") if header is not None else ""
    languages = _languages(units, path, option, first)
    sides = (Builder(), Builder())
    for number, unit in enumerate(units, 1):
        texts = {_language(v): _text(v) for v in children(unit, "tuv")}
        place = f"unit {unit.get('tuid') or number}"
        for builder, language in zip(sides, languages, strict=True):
            builder.add_unit(texts.get(language, ""), place)
    source, target = (
        b.document(path, "tmx", code) for b, code in zip(sides, languages, strict=True)
    )
    return DocumentPair(source, target)


def _languages(units: list[Element], path: str, option: str, first: str) -> tuple[str, str]:
    found = list(dict.fromkeys(_language(v) for unit in units for v in children(unit, "tuv")))
    if option:
        return _named(option, found, path)
    if len(found) != 2:
        raise ReadError(
            "{path} holds {number} languages ({known}): name two, such as {path}#fr,de.",
            path=path,
            number=len(found),
            known=", ".join(found[:20]) or worded("none"),
        )
    source = next((c for c in found if c.lower() == first.lower()), found[0])
    return source, next(c for c in found if c != source)


def _named(option: str, found: list[str], path: str) -> tuple[str, str]:
    names = [name.strip() for name in option.split(",")]
    known = {code.lower(): code for code in found}
    if len(names) != 2 or any(name.lower() not in known for name in names):
        raise ReadError(
            "{path}#{option}: name two of its languages ({known}).",
            path=path,
            option=option,
            known=", ".join(found[:20]),
        )
    source, target = (known[name.lower()] for name in names)
    return source, target


def _language(variant: Element) -> str:
    return attribute(variant, "lang")


def _text(variant: Element) -> str:
    segment = child(variant, "seg")
    return inline_text(segment) if segment is not None else ""


def recognises(data: bytes) -> bool:
    """True for XML whose root is tmx."""
    return root_name(data) == "tmx"


READER = Reader(
    "tmx",
    "TMX translation memory, both languages",
    (".tmx",),
    recognises,
    pair=pair,
    option="two languages with a comma between",
)
