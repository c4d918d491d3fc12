"""The terms check: every own case file, run through the whole pipeline."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.align import align
from checker.checks import Rule, Side
from checker.checks.terms import CHECK
from checker.embed import Encoder
from checker.errors import TermbaseError
from checker.languages import load
from checker.model import Block, Document, Finding, Severity, Span
from checker.pipeline import CachedWords, article, check_alignment
from checker.settings import Settings

CASES = Path(__file__).parents[1] / "cases" / "terms"
SETTINGS = Settings(only=("terms",))


def cases(*files: str) -> list[Any]:
    found = []
    for file in files:
        for case in tomllib.loads((CASES / file).read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["fails"])] if "fails" in case else []
            found.append(pytest.param(case, id=f"{Path(file).stem}: {case['name']}", marks=marks))
    return found


def document(text: str, language: str) -> Document:
    blocks = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(Span(start, start + len(line.rstrip("\n")))))
        start += len(line)
    return Document("case", language, text, tuple(blocks))


def compared(
    case: Mapping[str, Any], encoder: Encoder, settings: Settings = SETTINGS
) -> list[Finding]:
    source = article(document(case["source"].strip(), case.get("source_language", "fr")))
    target = article(document(case["target"].strip(), case.get("target_language", "de")))
    alignment = align(source, target, encoder)
    return list(check_alignment(alignment, settings, encoder, [CHECK]).findings)


def expected(case: Mapping[str, Any], findings: list[Finding]) -> list[dict[str, str]]:
    """The findings that an editor sees, with as much of each as the case speaks of."""
    loud = [
        f
        for f in findings
        if f.severity is not Severity.NOTE and f.rule not in case.get("also", ())
    ]
    keys = {key for entry in case.get("expect", ()) for key in entry} or {"rule", "source"}
    shown = []
    for finding in loud:
        entry = {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "source": finding.source.text if finding.source else "",
            "target": finding.target.text if finding.target else "",
            "suggestion": finding.suggestion or "",
        }
        shown.append({key: entry[key] for key in entry if key in keys})
    return shown


@pytest.mark.parametrize(
    "case",
    cases("counted.toml", "names.toml", "false_friends.toml", "senses.toml", "departing.toml"),
)
def test_a_pair_gives_exactly_the_expected_findings(
    case: Mapping[str, Any], encoder: Encoder
) -> None:
    assert expected(case, compared(case, encoder)) == case.get("expect", [])


@pytest.mark.parametrize("case", cases("termbase.toml"))
def test_a_termbase_gives_exactly_the_expected_findings(
    case: Mapping[str, Any], encoder: Encoder, tmp_path: Path
) -> None:
    path = tmp_path / "house.toml"
    path.write_text(case["termbase"], encoding="utf-8")
    findings = compared(case, encoder, Settings(only=("terms",), termbases=(str(path),)))
    assert expected(case, findings) == case.get("expect", [])
    assert case.get("says", "") in "".join(f.message for f in findings)


def test_domains_narrow_a_termbase(encoder: Encoder, tmp_path: Path) -> None:
    path = tmp_path / "house.csv"
    path.write_text(
        "concept,language,term,status,domain\n"
        "1,fr,modèle,,politics\n1,de,Modell,,politics\n1,de,Mannequin,forbidden,politics\n",
        encoding="utf-8",
    )
    case = {"source": "Le modèle est exposé.", "target": "Das Mannequin wird ausgestellt."}
    for domains, count in (((), 1), (("politics",), 1), (("fashion",), 0)):
        settings = Settings(only=("terms",), termbases=(str(path),), term_domains=domains)
        assert len(expected(case, compared(case, encoder, settings))) == count


def test_a_broken_termbase_stops_the_comparison_unless_lenient(
    encoder: Encoder, tmp_path: Path
) -> None:
    path = tmp_path / "house.csv"
    path.write_text("language,term,status\nfr,modèle,\nfr,voiture,fobidden\n", encoding="utf-8")
    case = {"source": "Le modèle est exposé.", "target": "Das Mannequin wird ausgestellt."}
    settings = Settings(only=("terms",), termbases=(str(path),))
    with pytest.raises(TermbaseError, match=r'line 3: no status "fobidden" .*"forbidden"'):
        compared(case, encoder, settings)
    assert compared(case, encoder, replace(settings, lenient_termbases=True)) == []


@pytest.mark.parametrize("case", cases("twice.toml"))
def test_a_document_alone_gives_exactly_the_expected_findings(
    case: Mapping[str, Any], encoder: Encoder
) -> None:
    text = article(document(case["source"].strip(), case.get("language", "fr")))
    side = Side(text, load(text.language), SETTINGS, CachedWords(encoder))
    assert CHECK.lint is not None
    assert expected(case, list(CHECK.lint(side))) == case.get("expect", [])


def test_sides_exchanged_give_the_same_error(encoder: Encoder) -> None:
    case = cases("counted.toml")[0].values[0]
    exchanged = {
        "source": case["target"],
        "target": case["source"],
        "source_language": "de",
        "target_language": "fr",
    }
    errors = [f for f in compared(exchanged, encoder) if f.severity is Severity.ERROR]
    assert [(f.source and f.source.text, f.target and f.target.text) for f in errors] == [
        ("Modelle", "mannequins")
    ]
    assert errors[0].suggestion == "modèles"


@pytest.mark.parametrize("rule", CHECK.rules, ids=lambda rule: rule.id)
def test_every_rule_flags_its_wrong_example_and_not_its_right_one(
    rule: Rule, encoder: Encoder, tmp_path: Path
) -> None:
    for example, flagged in ((rule.wrong, True), (rule.right, False)):
        path = tmp_path / "house.toml"
        path.write_text(example.termbase, encoding="utf-8")
        paths = (str(path),) if example.termbase else ()
        settings = Settings(only=("terms",), termbases=paths)
        case = {
            "source": example.source,
            "target": example.target,
            "source_language": example.source_language,
            "target_language": example.target_language,
        }
        if example.target:
            findings = compared(case, encoder, settings)
        else:
            text = article(document(example.source, example.source_language))
            side = Side(text, load(text.language), settings, CachedWords(encoder))
            findings = list(CHECK.lint(side)) if CHECK.lint else []
        assert (rule.id in {f.rule for f in findings}) is flagged
