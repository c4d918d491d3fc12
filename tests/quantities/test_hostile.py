"""Hostile input: whatever a text holds, recognition ends and its work grows with the length.

Growth is measured in calls, not in seconds, so that the test says the same on any machine.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.languages import codes
from checker.quantities import recognise

UNITS = [
    "7", " ", "-", "a", "1 ", "1.", "1,", "123 ", "1/", "1:", "A1-", "deux ", "cent-", "mille ",
    "million ", "1er mai ", "hundert", "zwei", "X", "$", "$1", "1h", "1 h ", "samedi ", "et ",
    "un ", "12.", "0 ", "00 ", "+1 ", "http://", "1x", "½", "2 février ", "pour ", "de ", "d'",
    "fünf vor ", "halb ", "moins ", "deux heures ", "3 francs ", "1 m 85 ", "9 mille ", "1 1/2 ",
    "6'2\"", "CH93 0076 ", "756.1234.", "1:25'", "2017/18 ", "03/2018-", "V. ", "un ministre ",
    "faire les cent ", "46° ", "46° 57′ ", "un virgule ", "null Komma ", "7 milles ", "12\"63 ",
    "2 :03 ", "1 million 2 mille ", "2 h 5 min ", "un demi - siècle ", "10h-18h", "1/25 000 ",
    "dreiviertel ", "sechs Uhr ", "25 derniers ", "– 1 °C ",
]  # fmt: skip


def calls(text: str, language: str) -> int:
    """Python function calls that recognising ``text`` takes."""
    count = 0

    def tick(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(tick)
    try:
        recognise(text, language)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("language", ["fr", "de"])
@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length(unit: str, language: str) -> None:
    recognise(unit * 40, language)
    small, large = (calls(unit * n, language) for n in (400, 1600))
    assert large <= 5 * small + 200


@pytest.mark.parametrize("unit", ["7", " ", "-", "a"])
def test_a_megabyte_of_one_character(unit: str) -> None:
    assert len(recognise(unit * 1_000_000, "de").quantities) <= 1


@pytest.mark.parametrize("language", codes())
@given(st.text(alphabet="0123456789 .,:;/-'’–%$€°hxXIV½aenudeux\u00a0\n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_is_cut_exactly(language: str, text: str) -> None:
    found = recognise(text, language)
    for q in found.quantities:
        assert text[q.span.start : q.span.end] == q.text != ""
    starts = [q.span.start for q in found.quantities]
    assert starts == sorted(starts)
