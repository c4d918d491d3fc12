"""Files, lines and messages as tools for programs want them named."""

from __future__ import annotations

from pathlib import PureWindowsPath
from urllib.parse import quote

from checker.model import Article, Finding, Passage, Report


def uri(path: str) -> str:
    """A path as a URI reference: relative ones stay relative, absolute ones become file URIs."""
    windows = PureWindowsPath(path)
    if windows.drive:
        return f"file:///{windows.drive}{_quoted(windows.as_posix()[len(windows.drive) :])}"
    return f"file://{_quoted(path)}" if path.startswith("/") else _quoted(path)


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))


def main_side(report: Report, finding: Finding) -> tuple[str, Article, Passage] | None:
    """Where a tool that shows one place should show a finding: in the translation if it can."""
    if finding.target is not None and report.target is not None:
        return "t", report.target, finding.target
    if finding.source is not None:
        return "s", report.source, finding.source
    return None


def message(finding: Finding) -> str:
    """What is wrong, and the suggestion if there is one."""
    if finding.suggestion is None:
        return finding.message
    return f"{finding.message} Suggestion: {finding.suggestion}"
