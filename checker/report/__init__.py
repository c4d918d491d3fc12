"""Renders reports. One file a format in this folder, each defining ``RENDERER``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from checker.model import Report, Severity
from checker.registry import discover


@dataclass(frozen=True, slots=True)
class RuleText:
    """What is said of a rule in reports that carry explanations (HTML, SARIF).

    The command line fills these in from the checks: reports never import checks.
    """

    check: str
    id: str
    severity: Severity
    what: str
    why: str
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How to show a report.

    ``width`` is in columns of the terminal, ``hidden`` the number of findings left out
    because they are quieter than what was asked for, ``language`` that of the words around
    the findings in formats for people (see ``checker.messages``).
    """

    width: int = 80
    colour: bool = False
    quiet: bool = False
    hidden: int = 0
    rules: tuple[RuleText, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Renderer:
    """An output format. ``render`` returns the whole file as bytes.

    ``binary`` formats are not for a terminal; ``needs`` names a module that comes with the
    optional dependencies called ``documents``.
    """

    name: str
    summary: str
    suffix: str
    render: Callable[[Report, Style], bytes]
    binary: bool = False
    needs: str = ""


def renderers() -> Mapping[str, Renderer]:
    """Every renderer of this folder by name."""
    return discover(__name__, "RENDERER", Renderer)


def visible(report: Report, least: Severity) -> Report:
    """The report without the findings quieter than ``least``."""
    shown = tuple(f for f in report.findings if f.severity.at_least(least))
    return replace(report, findings=shown)
