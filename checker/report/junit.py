"""JUnit XML: each finding a failed test, so that any CI service shows it."""

from __future__ import annotations

from xml.etree import ElementTree

from checker.model import Finding, Report
from checker.report import Renderer, Style
from checker.report._excerpt import Excerpt, Locations
from checker.report._file import message
from checker.report._words import names, next_step
from checker.report._xml import add, serialised


def render(report: Report, style: Style) -> bytes:
    """One suite: a failure a finding, a skipped test a skipped check, else one test that passes."""
    locations = Locations(report)
    counts = {
        "tests": str(max(1, len(report.findings) + len(report.skipped))),
        "failures": str(len(report.findings)),
        "errors": "0",
        "skipped": str(len(report.skipped)),
    }
    root = ElementTree.Element("testsuites", {"name": "checker", **counts})
    suite = add(root, "testsuite", name=names(report), **counts)
    properties = add(suite, "properties")
    add(properties, "property", name="signature", value=report.signature)
    for finding in report.findings:
        _failure(suite, report, finding, locations)
    for skipped in report.skipped:
        case = add(suite, "testcase", classname=skipped.what, name="not checked")
        add(case, "skipped", message=skipped.why)
    if not report.findings and not report.skipped:
        add(suite, "testcase", classname="checker", name="no differences")
    return serialised(root)


def _failure(
    suite: ElementTree.Element, report: Report, finding: Finding, locations: Locations
) -> None:
    excerpts = locations.excerpts(finding)
    place = " / ".join(dict.fromkeys(e.place for e in excerpts))
    case = add(
        suite, "testcase", classname=f"{finding.check}.{finding.rule}",
        name=f"{place} ({finding.id})", file=report.source.document.path,
    )  # fmt: skip
    lines = [message(finding), *map(_line, excerpts), f"Next: {next_step(finding)}"]
    add(
        case, "failure", "\n".join(lines),
        message=finding.message, type=f"{finding.severity.value}: {finding.check}/{finding.rule}",
    )  # fmt: skip


def _line(excerpt: Excerpt) -> str:
    part = excerpt.clipped(200)
    if part.mark is None:
        return f"{part.language} {part.place}: {part.text}"
    start, end = part.mark.start, part.mark.end
    marked = part.text[start:end] or "missing here"
    return f"{part.language} {part.place}: {part.text[:start]}[{marked}]{part.text[end:]}"


RENDERER = Renderer("junit", "JUnit XML for CI services, each finding a failure", ".xml", render)
