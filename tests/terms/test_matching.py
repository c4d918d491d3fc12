"""Every line of tests/cases/terms/matching.tsv: a term, a text, and what is found."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from checker.languages import load
from checker.terms.language import grammar
from checker.terms.lemmas import base_form
from checker.terms.lexicon import vocabulary
from checker.terms.matching import index_of
from checker.terms.termbase import Concept, Term

LINES = (Path(__file__).parents[1] / "cases" / "terms" / "matching.tsv").read_text(encoding="utf-8")
CASES = [line.split("\t") for line in LINES.splitlines() if line and not line.startswith("#")]


def found(terms: list[Term], language: str, text: str) -> list[str]:
    concepts = [Concept(str(number), (term,)) for number, term in enumerate(terms)]
    index = index_of(concepts, language, grammar(load(language)), vocabulary(language))
    matches = index.matches(text, partial(base, code=language))
    return [text[m.start : m.end] for m in matches]


def base(word: str, code: str) -> str:
    return base_form(word, code)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case[0]} in {case[3]}",
            marks=[pytest.mark.xfail(reason=case[5])] if len(case) > 5 else [],
        )
        for case in CASES
    ],
)
def test_a_term_is_found_in_its_forms_and_nowhere_else(case: list[str]) -> None:
    text, language, options, passage, expected = case[:5]
    part = options.split("pos=")[1].split()[0] if "pos=" in options else ""
    term = Term(text, language, part_of_speech=part, case_sensitive="case" in options.split())
    assert found([term], language, passage) == [w for w in expected.split("|") if w != "-"]


def test_the_longest_term_wins() -> None:
    terms = [Term("mobilisation", "fr"), Term("mobilisation de masse", "fr"), Term("masse", "fr")]
    assert found(terms, "fr", "La mobilisation de masse continue.") == ["mobilisation de masse"]


def test_a_term_of_a_region_counts_for_the_language() -> None:
    assert found([Term("Velo", "de-CH")], "de", "Das Velo steht da.") == ["Velo"]


def test_a_hostile_word_takes_no_time() -> None:
    assert found([Term("Haus", "de")], "de", "haus" * 20_000) == []
