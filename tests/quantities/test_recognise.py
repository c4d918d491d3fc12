"""Recognition against our own cases: tests/cases/numbers/<language>.tsv.

A line holds a sentence, a tab, and what is in it, in order, separated by " ; ":

    text|value[ unit][ kind]      text is the number as it stands in the sentence
    -                             nothing firm

Values are fractions; scores are written a:b, identifiers =KEY. Kinds other than cardinal may
be named; units are given where there are some. A third column "known failure: why" marks what
does not work yet. Words that only explain numbers of the other language are not listed.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checker.quantities import Quantity, recognise

CASES = Path(__file__).parent.parent / "cases" / "numbers"
FEWEST = {"fr": 400, "de": 400, "en": 120, "es": 120, "it": 120, "nl": 120}


def cases(language: str) -> list[list[str]]:
    lines = (CASES / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def parameters(marked: bool = True) -> list[object]:
    made: list[object] = []
    for path in sorted(CASES.glob("??.tsv")):
        for sentence, expected, *mark in cases(path.stem):
            marks = [pytest.mark.xfail(reason=mark[0], strict=True)] if mark and marked else []
            made.append(
                pytest.param(
                    path.stem, sentence, expected, marks=marks, id=f"{path.stem}-{sentence}"
                )
            )
    return made


def value(quantity: Quantity) -> str:
    if quantity.parts:
        return ":".join(str(part) for part in quantity.parts)
    return str(quantity.value) if quantity.readings else f"={quantity.key}"


def described(quantity: Quantity, like: str) -> str:
    """A quantity in the notation of the cases, as detailed as ``like`` is."""
    words = like.partition("|")[2].split()
    told = [value(quantity)]
    told += [quantity.unit] if quantity.units else []
    told += [quantity.kind.value] if quantity.kind.value in words[1:] else []
    return f"{quantity.text}|{' '.join(told)}"


@pytest.mark.parametrize(("language", "sentence", "expected"), parameters())
def test_recognised(language: str, sentence: str, expected: str) -> None:
    firm = [q for q in recognise(sentence, language).quantities if q.firm]
    wanted = [] if expected == "-" else expected.split(" ; ")
    likes = [*wanted, *[""] * len(firm)]
    assert [described(q, like) for q, like in zip(firm, likes, strict=False)] == wanted


@pytest.mark.parametrize(("language", "sentence", "expected"), parameters(marked=False))
def test_spans_cut_out_their_text(language: str, sentence: str, expected: str) -> None:
    for q in recognise(sentence, language).quantities:
        assert sentence[q.span.start : q.span.end] == q.text
        assert all(isinstance(v, Fraction) for v in q.readings)


@pytest.mark.parametrize("language", sorted(FEWEST))
def test_there_are_enough_cases(language: str) -> None:
    sentences = [sentence for sentence, *_ in cases(language)]
    assert len(sentences) >= FEWEST[language]
    assert len(set(sentences)) == len(sentences)
