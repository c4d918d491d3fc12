"""``checker checks``, ``formats`` and ``explain``, and the page made from the same source."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.checks import Check, Example, Rule, available
from checker.cli import app
from checker.cli._rules import REGENERATE, as_markdown, as_text, find
from checker.errors import SettingsError
from checker.model import Severity
from checker.read import readers
from checker.report import renderers

DOCS = Path(__file__).parents[2] / "docs"
RULE = Rule(
    "colour-differs",
    Severity.ERROR,
    "A colour *differs* <here>.",
    "Readers see `red_ish` where others see blue.",
    Example("Le toit est rouge.", "Das Dach ist blau."),
    Example("Le toit est rouge.", "Das Dach ist rot."),
    "Shades are left alone.",
)
CHECK = Check("colours", "colours that differ", (RULE,))


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def test_checks_lists_every_check_and_rule() -> None:
    listed = run("checks")
    for check in available().values():
        assert check.name in listed
        assert all(rule.id in listed for rule in check.rules)


def test_formats_lists_every_reader_and_renderer() -> None:
    listed = run("formats")
    assert all(name in listed for name in (*readers(), *renderers()))


def test_every_format_is_documented() -> None:
    page = (DOCS / "reports.md").read_text("utf-8")
    assert [n for n in renderers() if f"`{n}`" not in page] == []


def test_a_rule_is_explained_with_examples_and_limits() -> None:
    text = as_text(CHECK, RULE)
    for words in (
        "colours/colour-differs  (error at most)", "Why           Readers see",
        "Wrong         French: Le toit est rouge.", "German: Das Dach ist blau.",
        "Right         French: Le toit est rouge.", "Limits        Shades are left alone.",
    ):  # fmt: skip
        assert words in text


def test_a_page_shows_texts_as_they_are() -> None:
    page = as_markdown([CHECK])
    assert "A colour \\*differs\\* \\<here>." in page
    assert "Readers see `red_ish` where" in page
    assert "- Wrong, German: Das Dach ist blau." in page


def test_the_page_is_up_to_date() -> None:
    page = (DOCS / "checks.md").read_text("utf-8")
    assert page == as_markdown(available().values()), f"run: {REGENERATE}"
    assert run("explain", "--markdown") == page


def test_every_rule_is_found_by_each_of_its_names() -> None:
    for check in available().values():
        for rule in check.rules:
            for name in (rule.id, f"{check.name}/{rule.id}", check.name):
                assert (check, rule) in find(name)
            assert rule.what in " ".join(run("explain", f"{check.name}/{rule.id}").split())


def test_an_unknown_rule_is_one_sentence() -> None:
    with pytest.raises(SettingsError, match=r'No rule "no-such-rule".*`checker checks` lists'):
        find("no-such-rule")
    assert CliRunner().invoke(app, ["explain"]).exit_code == 2
