"""Codes of units compared, and other checks kept from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.checks import Rule
from checker.checks.placeholders import CHECK
from checker.embed import Encoder
from checker.model import Block, Document, Finding, Report, Span
from checker.pipeline import compare
from checker.read import DocumentPair
from checker.read._build import Builder
from checker.settings import Settings

UNITS = Path(__file__).parents[1] / "cases" / "codes" / "units.tsv"
ROWS = [
    row.split("\t")
    for row in UNITS.read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
# Enough text to be no stray units, and codes, so that the file is one of translation tools.
AROUND = (
    ("Le lac de Constance a <g1>trois</g1> rives.", "Der Bodensee hat <g1>drei</g1> Ufer."),
    ("La maire ouvre la fête %s.", "Die Bürgermeisterin eröffnet %s das Fest."),
)


def pair(*units: tuple[str, str], place: str = "unit") -> DocumentPair:
    builders = Builder(), Builder()
    for number, texts in enumerate((*AROUND, *units), 1):
        for builder, text in zip(builders, texts, strict=True):
            builder.add_unit(text, f"{place} {number}")
    documents: list[Document] = [
        b.document("units.xlf", "xliff", language)
        for b, language in zip(builders, ("fr", "de"), strict=True)
    ]
    return DocumentPair(documents[0], documents[1])


def run(encoder: Encoder, *units: tuple[str, str], only: tuple[str, ...] = ()) -> Report:
    return compare(pair(*units), None, Settings(only=only), encoder)


def found(encoder: Encoder, *units: tuple[str, str]) -> tuple[Finding, ...]:
    return run(encoder, *units, only=("placeholders",)).findings


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[3][:40]!a}")
def test_units(row: list[str], encoder: Encoder) -> None:
    rule, severity, source, target, marked = row
    findings = found(encoder, (source, target))
    if rule == "-":
        assert not findings
        return
    matching = [
        f
        for f in findings
        if f.rule == rule and f.severity == severity and f.target and f.target.text == marked
    ]
    assert matching, [(f.rule, f.severity.value, f.message, f.target) for f in findings]


def test_case(content_case: Any, assert_case: Callable[[Any], None]) -> None:
    assert_case(content_case)


@pytest.mark.parametrize("rule", CHECK.rules, ids=lambda rule: rule.id)
def test_rules_do_what_they_say(rule: Rule, encoder: Encoder) -> None:
    for example, flagged in ((rule.wrong, True), (rule.right, False)):
        texts = [
            ("article." + c, c, t) for c, t in (("fr", example.source), ("de", example.target))
        ]
        sides = [
            Document(name, code, text, (Block(Span(0, len(text))),)) for name, code, text in texts
        ]
        settings = Settings(only=("placeholders",))
        rules = [f.rule for f in compare(sides[0], sides[1], settings, encoder).findings]
        assert (rule.id in rules) is flagged, rules


def test_what_is_missing_has_a_place(encoder: Encoder) -> None:
    (finding,) = found(encoder, ("Bonjour {a}, {b} et {c}.", "Guten Tag {a} und {c}."))
    assert finding.source and finding.target
    text = pair(("Bonjour {a}, {b} et {c}.", "Guten Tag {a} und {c}.")).target.text
    assert text[: finding.target.start].endswith("Guten Tag {a}")
    assert finding.suggestion == "{b}"


@pytest.mark.parametrize(("form", "rules"), [("plural", ["placeholder-missing"]), ("singular", [])])
def test_only_a_singular_may_leave_the_number_out(
    form: str, rules: list[str], encoder: Encoder
) -> None:
    units = pair(("%d fichiers sont prêts", "eine Datei ist bereit"))
    blocks = [replace(b, place=f"{b.place}, {form}") for b in units.source.blocks]
    source = replace(units.source, blocks=tuple(blocks))
    settings = Settings(only=("placeholders",))
    findings = compare(DocumentPair(source, units.target), None, settings, encoder).findings
    assert [f.rule for f in findings] == rules


CODED = (
    ("Il a vendu <g1>1 500</g1> billets %s en <x2/> 14 jours.",
     "Er hat <g1>1500</g1> Karten %s in <x2/> 14 Tagen verkauft."),
    ("« <g3>Nous</g3> partons le <g4>3 mars</g4> », a dit {name}.",
     "„<g3>Wir</g3> gehen am <g4>3. März</g4>“, sagte {name}."),
    ("<g5>Le pont</g5> n'est <g6>pas</g6> ouvert.<br/>Il le sera <g7>mardi</g7>.",
     "<g5>Die Brücke</g5> ist <g6>nicht</g6> offen.<br/>Am <g7>Dienstag</g7> schon."),
)  # fmt: skip


def test_no_other_check_stumbles_over_codes(encoder: Encoder) -> None:
    assert run(encoder, *CODED).findings == ()


def test_findings_of_other_checks_stand_in_the_full_text(encoder: Encoder) -> None:
    wrong = ("Il y a <g1>40</g1> <g2>étals</g2> au marché.", "Am Markt gibt es <g1>50</g1> Stände.")
    report = run(encoder, wrong, only=("numbers",))
    (finding,) = report.findings
    assert finding.source and finding.target and report.target
    assert (finding.source.text, finding.target.text) == ("40", "50")
    for passage, article in ((finding.source, report.source), (finding.target, report.target)):
        assert article.document.text[passage.start : passage.end] == passage.text
    assert report.source.sentences[-1].text == wrong[0]


def test_sentences_keep_all_codes_of_their_unit(encoder: Encoder) -> None:
    text = "<b>Un.</b> <i>Deux.</i><br/>"
    report = run(encoder, (text, "<b>Eins.</b> <i>Zwei.</i><br/>"))
    assert [s.text for s in report.source.sentences[-2:]] == ["<b>Un.</b>", "<i>Deux.</i><br/>"]
