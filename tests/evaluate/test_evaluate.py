"""Matching findings with gold, the figures made of them, floors and differences."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli import app
from checker.detect import with_language
from checker.evaluate import floors, table
from checker.evaluate.gold import GoldError, GoldFinding, GoldPair, GoldSide, load_folder, load_pair
from checker.evaluate.match import Verdict, judge, wanted
from checker.evaluate.measure import bins, measured, wilson
from checker.evaluate.run import PairResult, measure
from checker.model import Article, Finding, Link, Passage, Report, Sentence, Severity
from checker.read import read

CORPORA = Path(__file__).parent.parent.parent / "corpora"


@pytest.fixture(scope="module")
def pair() -> GoldPair:
    return load_pair(CORPORA / "grues-du-lac")


def finding(gold: GoldFinding, **changed: object) -> Finding:
    values = {
        "check": gold.check,
        "rule": gold.rule,
        "severity": Severity.ERROR,
        "confidence": 0.95,
        "message": "differs",
        "source": gold.source[0],
        "target": gold.target[0],
        **changed,
    }
    return Finding(**values)


def perfect(pair: GoldPair, findings: tuple[Finding, ...]) -> PairResult:
    """The result of a report whose links are gold's beads."""
    source, target = (_article(side) for side in (pair.source, pair.target))
    links = tuple(
        Link(range(min(b.source), max(b.source) + 1), _range(b.target), 0.99) for b in pair.beads
    )
    return measure(pair, Report(source, target, findings, links, (), "signature"), Severity.WARNING)


def _article(side: GoldSide) -> Article:
    """The article cut as gold cuts it."""
    document = with_language(read(side.path), side.language)
    sentences = tuple(
        Sentence(i, document.passage(span).text, span) for i, span in enumerate(side.sentences)
    )
    return Article(document, sentences)


def _range(indices: tuple[int, ...]) -> range:
    return range(min(indices), max(indices) + 1) if indices else range(0)


def test_every_gold_finding_answers_itself(pair: GoldPair) -> None:
    found = [finding(g) for g in pair.findings]
    assert [j.verdict for j in judge(found, pair)] == [Verdict.RIGHT] * len(found)
    assert all(w.found for w in wanted(found, pair.findings))


def test_an_omission_is_found_by_its_empty_place_alone(pair: GoldPair) -> None:
    [omission] = [g for g in pair.findings if g.check == "omissions"]
    found = finding(omission, source=None)
    assert judge([found], pair)[0].verdict is Verdict.RIGHT


def test_another_check_at_a_defective_place_is_neither_right_nor_wrong(pair: GoldPair) -> None:
    found = finding(pair.findings[0], check="spelling")
    assert judge([found], pair)[0].verdict is Verdict.ELSEWHERE


def test_a_check_that_gold_lists_beside_its_own_is_right(pair: GoldPair) -> None:
    first = pair.findings[0]
    found = finding(first, check=first.also[0])
    assert judge([found], pair)[0].verdict is Verdict.RIGHT


def test_a_finding_in_a_sound_place_is_wrong(pair: GoldPair) -> None:
    place = Passage(0, 3, "Les")
    found = finding(pair.findings[0], source=place, target=None)
    assert judge([found], pair)[0].verdict is Verdict.WRONG


def test_a_sentence_that_moved_is_tolerated_where_gold_is_reordered(pair: GoldPair) -> None:
    reordered = load_pair(CORPORA / "derby-du-rhone")
    [moved] = [b for b in reordered.beads if b.source == (2,)]
    places = [
        read(side.path).passage(side.sentences[i])
        for side, (i,) in ((reordered.source, moved.source), (reordered.target, moved.target))
    ]
    said = finding(
        pair.findings[0],
        check="omissions",
        rule="moved-sentence",
        source=places[0],
        target=places[1],
    )
    assert judge([said], reordered)[0].verdict is Verdict.TOLERATED
    lost = replace(said, rule="omitted-sentence")
    assert judge([lost], reordered)[0].verdict is Verdict.WRONG


def test_figures_of_a_perfect_report(pair: GoldPair) -> None:
    result = measured([perfect(pair, tuple(finding(g) for g in pair.findings))])
    assert result.overall.recall.value == result.overall.precision.value == 1.0
    assert result.overall.f1.value == 1.0
    assert result.alignment.strict_f1.value == result.alignment.lax_f1.value == 1.0
    assert {row.name for row in result.checks} == {g.check for g in pair.findings}


def test_figures_of_an_empty_report(pair: GoldPair) -> None:
    result = measured([perfect(pair, ())])
    assert result.overall.recall.value == 0.0
    assert result.overall.precision.value is None
    assert result.overall.false_alarms.value == 0.0


def test_wilson_agrees_with_published_values() -> None:
    """Newcombe 1998, table I: 81 of 263 and 0 of 20."""
    known = {(81, 263): (0.2553, 0.3662), (0, 20): (0.0, 0.1611)}
    for (hits, trials), (low, high) in known.items():
        figure = wilson(hits, trials)
        assert (figure.low, figure.high) == (
            pytest.approx(low, abs=1e-4),
            pytest.approx(high, abs=1e-4),
        )


def test_bins_hold_every_confidence() -> None:
    rows = bins([(0.0, False), (0.55, True), (0.9, True), (1.0, True)])
    assert [(b.low, b.count, b.right) for b in rows] == [(0.0, 1, 0), (0.5, 1, 1), (0.9, 2, 1)]


def test_recorded_floors_hold_for_what_they_were_recorded_from(
    pair: GoldPair, tmp_path: Path
) -> None:
    good = measured([perfect(pair, tuple(finding(g) for g in pair.findings))])
    bad = measured([perfect(pair, ())])
    path = tmp_path / "floors.toml"
    path.write_text(floors.recorded(good), encoding="utf-8")
    assert floors.broken(good, path) == ()
    assert any(
        line.startswith("checks.names recall: 0.0000, under 1.0")
        for line in floors.broken(bad, path)
    )


def test_changes_are_told_finding_by_finding(pair: GoldPair, tmp_path: Path) -> None:
    good = measured([perfect(pair, tuple(finding(g) for g in pair.findings))])
    bad = measured([perfect(pair, tuple(finding(g) for g in pair.findings[1:]))])
    old = tmp_path / "old.json"
    old.write_text(table.as_json(good), encoding="utf-8")
    assert floors.changes(table.as_json(good), old) == ()
    lines = floors.changes(table.as_json(bad), old)
    assert [line[0] for line in lines] == ["+", "-"]
    assert "missed" in lines[0] and "1250 grues" in lines[0]


def test_a_text_edited_without_its_gold_is_noticed(pair: GoldPair, tmp_path: Path) -> None:
    copy = shutil.copytree(CORPORA / pair.name, tmp_path / pair.name)
    path = copy / f"{pair.name}.fr.txt"
    path.write_text("Ah. " + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(GoldError, match="does not stand at"):
        load_pair(copy)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"holds no gold\.json"):
        load_folder(tmp_path)


def test_the_command_measures_writes_floors_and_keeps_them(tmp_path: Path) -> None:
    shutil.copytree(CORPORA / "grues-du-lac", tmp_path / "in" / "grues-du-lac")
    run = CliRunner().invoke
    arguments = ["evaluate", str(tmp_path / "in"), "--jobs", "1"]
    recorded = tmp_path / "floors.toml"
    first = run(
        app,
        [
            *arguments,
            "--format",
            "json",
            "--output",
            str(tmp_path / "r.json"),
            "--record-floors",
            str(recorded),
        ],
    )
    assert first.exit_code == 0, first.output
    values = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert values["signature"].startswith("checker:")
    again = run(app, [*arguments, "--floors", str(recorded), "--diff", str(tmp_path / "r.json")])
    assert again.exit_code == 0, again.output
    recorded.write_text("[overall]\nrecall = 1.01\n", encoding="utf-8")
    under = run(app, [*arguments, "--floors", str(recorded)])
    assert under.exit_code == 1
    assert "under 1.01" in under.output
