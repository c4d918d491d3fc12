"""Cross-language cases of numbers, dates and units: tests/cases/numbers/pairs/*.tsv."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path

import pytest

from checker.checks import Comparison, Side, WordVectors, dates, numbers, units
from checker.embed import load as load_model
from checker.languages import load
from checker.model import Article, Block, Document, Finding, Link, Severity, Span
from checker.pipeline import CachedWords, article
from checker.quantities import recognise
from checker.settings import BUNDLED_MODEL, Settings

FOLDER = Path(__file__).parent.parent / "cases" / "numbers" / "pairs"
FEWEST = 200
FEWEST_OF_OTHERS = 40


@functools.cache
def real_words() -> WordVectors:
    return CachedWords(load_model(BUNDLED_MODEL))


def document(text: str, language: str) -> Article:
    blocks = []
    start = 0
    for line in text.splitlines(keepends=True):
        blocks.append(Block(Span(start, start + len(line.rstrip("\n")))))
        start += len(line)
    return article(Document("text", language, text, tuple(blocks)))


def compared(
    source: str, target: str, links: tuple[Link, ...] = (), languages: str = "fr-de"
) -> list[Finding]:
    """Findings of the three checks; one link over everything unless links are given."""
    one, other = (
        document(t, code) for t, code in zip((source, target), languages.split("-"), strict=True)
    )
    whole = Link(range(len(one.sentences)), range(len(other.sentences)), 0.9)
    sides = (Side(a, load(a.language), Settings(), real_words()) for a in (one, other))
    comparison = Comparison(*sides, links or (whole,))
    found: list[Finding] = []
    for check in (numbers.CHECK, dates.CHECK, units.CHECK):
        assert check.compare is not None
        found += check.compare(comparison)
    return found


def rows() -> list[object]:
    made: list[object] = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                expected, source, target, *mark = line.split("\t")
                marks = [pytest.mark.xfail(reason=mark[0], strict=True)] if mark else []
                made.append(
                    pytest.param(
                        path.stem, expected, source, target, marks=marks, id=f"{source}-{target}"
                    )
                )
    return made


@pytest.mark.parametrize(("languages", "expected", "source", "target"), rows())
def test_pairs(languages: str, expected: str, source: str, target: str) -> None:
    found = compared(source, target, languages=languages)
    loud = [f.rule for f in found if f.severity is not Severity.NOTE]
    if expected.startswith("?"):
        assert (loud, [f.rule for f in found]) == ([], [expected[1:]])
    else:
        assert loud == ([] if expected == "-" else [expected])


def test_there_are_enough_pairs() -> None:
    counts = Counter[str]()
    for path in FOLDER.glob("*.tsv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        count = sum(bool(line) and not line.startswith("#") for line in lines)
        for language in path.stem.split("-"):
            counts[language] += count
    assert min(counts["fr"], counts["de"]) >= FEWEST
    assert all(counts[language] >= FEWEST_OF_OTHERS for language in ("en", "es", "it", "nl"))


@pytest.mark.parametrize("check", [numbers.CHECK, dates.CHECK, units.CHECK], ids=lambda c: c.name)
def test_the_examples_of_the_rules_hold(check: object) -> None:
    assert isinstance(check, type(numbers.CHECK))
    for rule in check.rules:
        if rule.wrong.target:
            assert rule.id in [f.rule for f in compared(rule.wrong.source, rule.wrong.target)]
            assert rule.id not in [f.rule for f in compared(rule.right.source, rule.right.target)]


def test_the_message_shows_both_values_and_the_slip() -> None:
    (finding,) = compared("La ville compte 29 208 modèles.", "Die Stadt zählt 29.802 Modelle.")
    assert finding.message == ("29 208 in the French, 29.802 in the German: digits exchanged.")
    assert finding.source is not None and finding.source.text == "29 208"
    assert finding.target is not None and finding.target.text == "29.802"
    assert finding.severity is Severity.ERROR


def test_a_unit_finding_points_at_the_units() -> None:
    (finding,) = compared("La peine est de 15 ans.", "Die Strafe beträgt 15 Monate.")
    assert finding.source is not None and finding.source.text == "ans"
    assert finding.target is not None and finding.target.text == "Monate"


def test_a_missing_number_has_an_empty_place() -> None:
    (finding,) = compared("Les 350 employés sont partis.", "Die Angestellten gingen.")
    assert finding.target is not None
    assert (finding.target.text, finding.target.start) == ("", len("Die Angestellten gingen"))


def test_a_number_may_stand_in_the_next_link() -> None:
    source = "Il en vend 350.\nIl est content."
    target = "Er verkauft sie.\nMit 350 ist er zufrieden."
    links = (Link(range(0, 1), range(0, 1), 0.9), Link(range(1, 2), range(1, 2), 0.9))
    assert compared(source, target, links) == []


def test_numbers_of_an_omitted_sentence_are_left_to_omissions() -> None:
    links = (Link(range(0, 1), range(0, 0), 0.9), Link(range(1, 1), range(0, 1), 0.9))
    assert compared("Il en vend 350.", "Er lacht.", links) == []


def test_a_table_of_thousands_of_numbers_is_matched() -> None:
    cells = [str(n) for n in range(10_000, 13_000)]
    source, target = " ; ".join(cells), " ; ".join(reversed(cells))
    assert len(recognise(source, "fr").quantities) == len(cells)
    assert compared(source, target) == []
