"""The docs stay true: commands, checks, formats and code blocks are those of the program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.checks import available
from checker.cli import app
from checker.read import readers
from checker.report import renderers

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
COMMANDS = app.list_commands(None)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert any(f"checker {command}" in text for text in TEXTS.values())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3


def test_no_page_names_a_command_that_does_not_exist() -> None:
    for name, text in TEXTS.items():
        for command in re.findall(r"`checker ([a-z]+)", text):
            assert command in COMMANDS, f"{name} names `checker {command}`"


def test_every_check_and_rule_is_documented() -> None:
    for check in available().values():
        assert f"`{check.name}`" in TEXTS["checks.md"] or check.name in TEXTS["checks.md"]
        for rule in check.rules:
            assert rule.id in TEXTS["checks.md"]


def test_every_format_is_documented() -> None:
    for name in readers():
        assert name in TEXTS["documents.md"].lower(), name
    for name in renderers():
        assert name in TEXTS["reports.md"].lower(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", TEXTS[page.name]):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_output_in_the_readme_is_what_the_demo_prints() -> None:
    match = re.search(r"<!-- output of: checker (.+?) -->\n```\n(.*?)```", TEXTS["README.md"], re.S)
    assert match
    command = [sys.executable, "-m", "checker", *match.group(1).split()]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stdout == match.group(2)


def test_the_python_example_in_the_readme_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXTS["README.md"], re.S)
    for language in ("fr", "de"):
        text = (ROOT / f"corpora/grues-du-lac/grues-du-lac.{language}.txt").read_bytes()
        (tmp_path / f"article.{language}.txt").write_bytes(text)
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "error" in result.stdout
