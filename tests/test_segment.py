"""Sentence segmentation: written cases per language, and what must hold for any text."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.languages import load
from checker.model import Block, BlockKind, Document, Span
from checker.segment import LONGEST, segment, split

CASES = Path(__file__).parent / "cases" / "segment"


def without_space(text):
    return "".join(text.split())


def cases():
    for file in sorted(CASES.glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                topic, text = line.split("\t")
                marks = [pytest.mark.xfail] if topic.startswith("!") else []
                yield pytest.param(file.stem, text, id=f"{file.stem}:{number}", marks=marks)


@pytest.mark.parametrize(("code", "marked"), list(cases()))
def test_written_cases(code, marked):
    text = marked.replace("‖", "")
    found = [text[s.start : s.end] for s in split(text, load(code))]
    assert found == [piece.strip() for piece in marked.split("‖")]


@given(st.text(alphabet="aZ éÄ.!?…»«„“\"'()[]0129\n\u00a0–-,", max_size=120))
def test_every_letter_is_in_exactly_one_sentence(text):
    spans = split(text, load("de"))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert without_space("".join(text[s.start : s.end] for s in spans)) == without_space(text)


@pytest.mark.parametrize(
    "unit", ["A. ", ". ", "? ", "»« ", "1. ", "(", ".[1][1", "… A", "a. ", "-", "\u00a0", "x"]
)
def test_hostile_text_stays_within_bounds(unit):
    text = (unit * 100_000)[:100_000]
    assert all(0 < len(s) <= LONGEST for s in split(text, load("fr")))


def test_sentences_never_cross_blocks_and_point_into_the_document():
    text = "Titre sans point\nUne phrase. Une autre."
    blocks = (Block(Span(0, 16), BlockKind.HEADING), Block(Span(17, len(text))))
    sentences = segment(Document("a.txt", "fr", text, blocks)).sentences
    assert [s.text for s in sentences] == ["Titre sans point", "Une phrase.", "Une autre."]
    assert all(text[s.span.start : s.span.end] == s.text for s in sentences)
    assert [(s.index, s.block, s.kind) for s in sentences] == [
        (0, 0, BlockKind.HEADING),
        (1, 1, BlockKind.PARAGRAPH),
        (2, 1, BlockKind.PARAGRAPH),
    ]


def test_a_region_uses_its_language():
    text = "Der Eintritt kostet Fr. 20.– im 12. Bezirk. Er lohnt sich."
    assert split(text, load("de-CH")) == split(text, load("de"))
