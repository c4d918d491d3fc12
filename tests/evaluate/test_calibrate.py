"""Planting errors: only where said, only in memory, the same for the same seed."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.checks import available
from checker.cli import app
from checker.evaluate.calibrate import CalibrationError, plant_tables, sample
from checker.evaluate.kinds import ANSWERS, KINDS
from checker.evaluate.plant import Edit, edited, plan
from checker.gate.policy import load_policy
from checker.model import Report, Span
from checker.pipeline import compare
from checker.read import read
from checker.settings import Settings

CORPORA = Path(__file__).parent.parent.parent / "corpora"
TRUSTED = ("derby-du-rhone", "fanfare-de-malmedy", "retour-du-loup-en-eifel")
NAMES = ("bail-commercial-strasbourg", "derby-du-rhone", "fanfare-de-malmedy", "grues-du-lac")


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    settings = Settings(source_language="fr", target_language="de")
    return {
        n: compare(CORPORA / n / f"{n}.fr.txt", CORPORA / n / f"{n}.de.txt", settings)
        for n in NAMES
    }


def test_blocks_move_along_with_edits() -> None:
    document = read(CORPORA / "grues-du-lac" / "grues-du-lac.de.txt")
    second = document.blocks[1].span
    changed = edited(
        document,
        [
            Edit(Span(second.start, second.start + 3), "Wir selbst"),
            Edit(Span(second.end, second.end), " Ende."),
            Edit(document.blocks[2].span, ""),
        ],
    )
    texts = [changed.text[b.span.start : b.span.end] for b in changed.blocks]
    before = [document.text[b.span.start : b.span.end] for b in document.blocks]
    assert texts[0] == before[0]
    assert texts[1] == "Wir selbst" + before[1][3:] + " Ende."
    assert texts[2] == ""
    assert texts[3:] == before[3:]


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_error_changes_what_it_says_and_nothing_else(
    kind: str, reports: dict[str, Report]
) -> None:
    plants = plan(reports, {kind: KINDS[kind]}, plant_tables(), len(reports), 1)
    assert plants or kind in ("weekday",), "no place for this kind in four articles"
    for planted in plants:
        original = reports[planted.pair].target
        assert original
        text = original.document.text
        assert planted.target.text != text
        assert planted.source is reports[planted.pair].source.document
        same = len(planted.target.text) - len(text)
        assert same == len(planted.after) - len(planted.before)


@pytest.mark.parametrize(
    ("name", "source", "target"),
    [
        ("obituary-of-a-lighthouse-keeper", "fr", "en"),
        ("scoperta-a-pompei", "de", "it"),
        ("sequia-en-castilla", "fr", "es"),
        ("kaasmarkt-in-alkmaar", "de", "nl"),
    ],
)
def test_every_language_has_words_to_plant(name: str, source: str, target: str) -> None:
    sides = [CORPORA / name / f"{name}.{code}.txt" for code in (source, target)]
    report = compare(*sides, Settings(source_language=source, target_language=target))
    for kind in ("unit", "month", "negation"):
        assert plan({name: report}, {kind: KINDS[kind]}, plant_tables(), 1, 1), kind


def test_the_same_seed_plants_the_same_errors(reports: dict[str, Report]) -> None:
    first, again, other = (plan(reports, KINDS, plant_tables(), 2, s) for s in (1, 1, 2))
    assert first == again
    assert [p.after for p in first] != [p.after for p in other]


def test_numbers_change_their_value() -> None:
    """Every planted number differs in its digits, whatever the seed."""
    report = compare(
        CORPORA / NAMES[0] / f"{NAMES[0]}.fr.txt", CORPORA / NAMES[0] / f"{NAMES[0]}.de.txt"
    )
    for seed in range(40):
        for p in plan({"a": report}, {"number": KINDS["number"]}, plant_tables(), 1, seed):
            assert [c for c in p.before if c.isdigit()] != [c for c in p.after if c.isdigit()]


def test_every_kind_is_answered_by_checks_there_are() -> None:
    known = json.loads((CORPORA / "schema.json").read_text(encoding="utf-8"))
    names = set(known["$defs"]["finding"]["properties"]["check"]["enum"]) | set(available())
    assert set(ANSWERS) == set(KINDS)
    assert {check for checks in ANSWERS.values() for check in checks} <= names


def test_a_folder_without_pairs_says_how_to_name_them() -> None:
    with pytest.raises(CalibrationError, match=r"<name>\.fr\.txt"):
        sample([], 10, 1)


def test_the_command_changes_no_file_and_writes_a_policy(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in TRUSTED:
        shutil.copytree(CORPORA / name, folder / name)
    before = _digest(folder)
    arguments = ["calibrate", str(folder), "--errors", "1", "--jobs", "1", "--format", "json"]
    policy = tmp_path / "checker.toml"
    runs = [
        CliRunner().invoke(
            app, [*arguments, "--output", str(tmp_path / f"{n}.json"), "--policy", str(policy)]
        )
        for n in range(2)
    ]
    assert [run.exit_code for run in runs] == [0, 0], runs[0].output
    first, second = ((tmp_path / f"{n}.json").read_bytes() for n in range(2))
    assert first == second
    assert _digest(folder) == before
    values = json.loads(first)
    assert set(values["kinds"]) == set(KINDS)
    limits = load_policy(policy).checks
    assert set(limits) == set(available())
    for name, wanted in values["recommended"]["limits"].items():
        severity = limits[name].severity
        assert (severity.value if severity else "never") == wanted["severity"]
        assert limits[name].confidence == wanted.get("confidence", 0.0)


def test_exit_code_of_a_folder_without_pairs(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError):
        CliRunner().invoke(app, ["calibrate", str(tmp_path)], catch_exceptions=False)


def _digest(folder: Path) -> dict[str, str]:
    return {
        str(p): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
