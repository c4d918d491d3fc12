"""Renders reports. One file a format in this folder, each defining ``RENDERER``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from checker.model import Report, Severity
from checker.registry import discover


@dataclass(frozen=True, slots=True)
class Style:
    """How to show a report: columns of the terminal, colour or not."""

    width: int = 80
    colour: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Renderer:
    """An output format. ``render`` returns the whole file as bytes."""

    name: str
    summary: str
    suffix: str
    render: Callable[[Report, Style], bytes]


def renderers() -> Mapping[str, Renderer]:
    """Every renderer of this folder by name."""
    return discover(__name__, "RENDERER", Renderer)


def visible(report: Report, least: Severity) -> Report:
    """The report without the findings quieter than ``least``."""
    shown = tuple(f for f in report.findings if f.severity.at_least(least))
    return replace(report, findings=shown)
