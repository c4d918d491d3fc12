"""TMX 1.4: the linked sentences as a translation memory, findings as notes."""

from __future__ import annotations

from xml.etree import ElementTree

import checker
from checker.model import Report
from checker.report import Renderer, Style
from checker.report._units import Unit, note, units
from checker.report._xml import add, add_coded, serialised


def render(report: Report, style: Style) -> bytes:
    """One tu a link. An omission or addition has one tuv only, which no memory matches.

    Tags and placeholders of a bilingual document are ``ph`` elements.
    """
    root = ElementTree.Element("tmx", {"version": "1.4"})
    add(
        root, "header", creationtool="checker", creationtoolversion=checker.__version__,
        segtype="sentence", adminlang="en", srclang=report.source.language,
        datatype="plaintext", **{"o-tmf": "checker"},
    )  # fmt: skip
    body = add(root, "body")
    if report.target is not None:
        for unit in units(report):
            _unit(body, unit, report.source.language, report.target.language)
    return serialised(root)


def _unit(body: ElementTree.Element, unit: Unit, source: str, target: str) -> None:
    element = add(body, "tu", tuid=str(unit.number))
    for finding, places in unit.findings:
        add(element, "note", note(finding, places))
    add(element, "prop", f"{unit.link.confidence:.4f}", type="x-confidence")
    numbers: dict[tuple[str, int], str] = {}
    for language, text, codes in (
        (source, unit.source, unit.source_codes),
        (target, unit.target, unit.target_codes),
    ):
        if text:
            variant = add(element, "tuv", xml_lang=language)
            add_coded(variant, "seg", text, codes, numbers, "x")


RENDERER = Renderer("tmx", "TMX 1.4 of the linked sentences, findings as notes", ".tmx", render)
