from __future__ import annotations

from pathlib import Path

import pytest

from checker.model import Sentence, Span
from checker.names.correspondence import corresponds
from checker.names.language import name_words
from checker.names.tokens import Token, tokens_of

FOLDER = Path(__file__).parents[1] / "cases" / "names" / "pairs"


def pairs(name: str) -> list[tuple[str, str]]:
    rows = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return [(french, german) for french, german, _ in cells]


def tokens(text: str, language: str) -> tuple[Token, ...]:
    return tokens_of(Sentence(0, text, Span(0, len(text))), name_words(language))


def one_name(french: str, german: str) -> bool:
    """Whether every name-like word of either has a counterpart in the other."""
    left, right = tokens(french, "fr"), tokens(german, "de")
    return all(any(corresponds(a, "fr", b, "de") for b in right) for a in left) and all(
        any(corresponds(a, "fr", b, "de") for a in left) for b in right
    )


@pytest.mark.parametrize(("french", "german"), pairs("same.tsv"))
def test_one_name_in_two_languages(french: str, german: str) -> None:
    assert one_name(french, german)


@pytest.mark.parametrize(("french", "german"), pairs("different.tsv"))
def test_two_names(french: str, german: str) -> None:
    assert not one_name(french, german)
