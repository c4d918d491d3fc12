"""Data flows one way: who may import what, checked on the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import checker

PACKAGE = Path(checker.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"torch", "sentence_transformers", "lxml", "dask", "distributed", "fastapi", "uvicorn"}


def area(path: Path) -> str:
    """First folder below the package, or the module's own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, top_level_only: bool = False) -> Iterator[str]:
    """Names of the modules a file imports; type-checking imports left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ids(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_imports_follow_the_flow(path: Path) -> None:
    forbidden = {
        "model": ("checker.",),
        "checks": ("checker.read", "checker.embed", "checker.align", "checker.report"),
        "align": ("checker.read", "checker.report", "checker.checks", "checker.segment"),
        "report": ("checker.checks",),
        "read": ("checker.align", "checker.embed", "checker.checks", "checker.report"),
        "embed": ("checker.align", "checker.read", "checker.checks", "checker.report"),
    }.get(area(path), ())
    wrong = [m for m in imports(path) if m.startswith(forbidden)] if forbidden else []
    assert not wrong, f"{ids(path)} must not import {wrong}"


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_terminal_libraries_stay_at_the_edge(path: Path) -> None:
    where = ids(path)
    names = {m.split(".")[0] for m in imports(path)}
    if area(path) != "cli":
        assert "click" not in names
        assert "rich" not in names or where.startswith("report/terminal")


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_heavy_libraries_are_imported_only_where_used(path: Path) -> None:
    names = {m.split(".")[0] for m in imports(path, top_level_only=True)}
    own = {"fastapi", "uvicorn"} if area(path) == "web" else set()
    assert not names & (HEAVY - own)
