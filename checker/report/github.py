"""Annotations of GitHub Actions: one workflow command a finding, printed to the log."""

from __future__ import annotations

from checker.model import Finding, Passage, Report, Severity
from checker.report import Renderer, Style
from checker.report._excerpt import Locations, Locator
from checker.report._file import main_side, message
from checker.report._words import shown

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, style: Style) -> bytes:
    """One ``::error file=...::message`` line a finding; nothing when there is none."""
    locations = Locations(report)
    lines = [_command(report, finding, locations) + "\n" for finding in report.findings]
    return "".join(lines).encode("utf-8", "replace")


def _command(report: Report, finding: Finding, locations: Locations) -> str:
    properties = {"title": f"{finding.check}/{finding.rule} ({finding.id})"}
    text = message(finding)
    main = main_side(report, finding)
    if main is not None:
        side, article, passage = main
        where = locations.sides[side]
        properties = {"file": article.document.path, **_lines(where, passage), **properties}
        if "line" not in properties:
            text = f"{where.place(passage.start)}: {text}"
    listed = ",".join(f"{key}={_escaped(value, True)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_escaped(text)}"


def _lines(where: Locator, passage: Passage) -> dict[str, str]:
    start, end = where.line_and_column(passage.start), where.line_and_column(passage.end)
    if not start or not end:
        return {}
    lines = {"line": str(start[0]), "endLine": str(end[0])}
    if start[0] == end[0]:
        lines |= {"col": str(start[1]), "endColumn": str(max(end[1], start[1]))}
    return lines


def _escaped(text: str, is_property: bool = False) -> str:
    """Text that cannot end its command or begin another one."""
    text = shown(text).replace("%", "%25")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


RENDERER = Renderer("github", "annotations of GitHub Actions", ".github.txt", render)
