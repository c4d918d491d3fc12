from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checker.content.foreign import stretch


def test_case(content_case: Any, assert_case: Callable[[Any], None]) -> None:
    assert_case(content_case)


@pytest.mark.parametrize(
    ("text", "own", "other", "run"),
    [
        (
            "Er rief: Sortez tous de chez vous, und alle liefen.",
            "de",
            "fr",
            "Sortez tous de chez vous",
        ),
        ("Le maire parle von der neuen Brücke depuis hier.", "fr", "de", "von der neuen Brücke"),
        (
            "Il a répondu this was never what they wanted, puis il est parti.",
            "fr",
            "en",
            "this was never what they wanted",
        ),
    ],
)
def test_a_stretch_is_cut_out_exactly(text: str, own: str, other: str, run: str) -> None:
    found = stretch(text, own, other)
    assert found
    assert text[found.start : found.end] == run


def test_names_are_no_evidence() -> None:
    assert stretch("Genève, Zürich, Bern.", "de", "it") is None
