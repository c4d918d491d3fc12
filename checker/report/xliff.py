"""XLIFF 1.2: the aligned text, with a note at each finding, for translation tools."""

from __future__ import annotations

from xml.etree import ElementTree

import checker
from checker.model import Report, Severity
from checker.report import Renderer, Style
from checker.report._units import Unit, note, units
from checker.report._xml import add, add_coded, serialised

_PRIORITY = {Severity.ERROR: "1", Severity.WARNING: "3", Severity.NOTE: "5"}


def render(report: Report, style: Style) -> bytes:
    """One file element, one trans-unit a link. An omission has an empty target.

    Tags and placeholders of a bilingual document are ``ph`` elements.
    """
    root = ElementTree.Element(
        "xliff", {"version": "1.2", "xmlns": "urn:oasis:names:tc:xliff:document:1.2"}
    )
    named = {
        "original": report.source.document.path,
        "source-language": report.source.language,
        "datatype": "plaintext",
    }
    if report.target is not None:
        named["target-language"] = report.target.language
    file = add(root, "file", **named)
    header = add(file, "header")
    add(header, "tool", **{"tool-id": "checker", "tool-name": "checker",
                           "tool-version": checker.__version__})  # fmt: skip
    add(header, "note", report.signature)
    body = add(file, "body")
    for unit in units(report):
        _unit(body, unit, report.target is not None)
    return serialised(root)


def _unit(body: ElementTree.Element, unit: Unit, bilingual: bool) -> None:
    element = add(
        body,
        "trans-unit",
        id=str(unit.number),
        restype=f"x-{unit.link.kind.value}",
        xml_space="preserve",
    )
    numbers: dict[tuple[str, int], str] = {}
    add_coded(element, "source", unit.source, unit.source_codes, numbers, "id")
    if bilingual:
        add_coded(element, "target", unit.target, unit.target_codes, numbers, "id")
    for finding, places in unit.findings:
        side = "target" if finding.target is not None else "source"
        add(
            element, "note", note(finding, places),
            from_="checker", priority=_PRIORITY[finding.severity], annotates=side,
        )  # fmt: skip


RENDERER = Renderer("xliff", "XLIFF 1.2 with a note at each finding", ".xlf", render)
