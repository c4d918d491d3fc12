"""TMX 1.4: the linked sentences as a translation memory, findings as notes."""

from __future__ import annotations

from xml.etree import ElementTree

import checker
from checker.model import Report
from checker.report import Renderer, Style
from checker.report._units import Unit, note, units
from checker.report._xml import add, serialised


def render(report: Report, style: Style) -> bytes:
    """One tu a link that has both sides: a memory cannot hold an omission."""
    root = ElementTree.Element("tmx", {"version": "1.4"})
    add(
        root, "header", creationtool="checker", creationtoolversion=checker.__version__,
        segtype="sentence", adminlang="en", srclang=report.source.language,
        datatype="plaintext", **{"o-tmf": "checker"},
    )  # fmt: skip
    body = add(root, "body")
    if report.target is not None:
        for unit in units(report):
            if unit.link.paired:
                _pair(body, unit, report.source.language, report.target.language)
    return serialised(root)


def _pair(body: ElementTree.Element, unit: Unit, source: str, target: str) -> None:
    element = add(body, "tu", tuid=str(unit.number))
    for finding in unit.findings:
        add(element, "note", note(finding))
    add(element, "prop", f"{unit.link.confidence:.4f}", type="x-confidence")
    for language, text in ((source, unit.source), (target, unit.target)):
        add(add(element, "tuv", xml_lang=language), "seg", text)


RENDERER = Renderer("tmx", "TMX 1.4 of the linked sentences, findings as notes", ".tmx", render)
