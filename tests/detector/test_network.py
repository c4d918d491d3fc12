"""The forward pass on numpy, against numbers that torch gave with the same weights."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from checker.detector.links import Reading, reading
from checker.detector.network import Network, network
from checker.detector.opinion import translation
from checker.embed import Encoder
from checker.languages import load as load_language
from checker.pipeline import CachedWords
from checker.terms.language import grammar
from checker.terms.lexicon import lexicon

CASES = json.loads(
    (Path(__file__).parents[1] / "data" / "detector" / "reference.json").read_text("utf-8")
)
TOLERANCE = 1e-3


@pytest.fixture(scope="module")
def net() -> Network:
    return network()


def read(texts: tuple[str, str], net: Network, encoder: Encoder) -> Reading:
    french, german = (grammar(load_language(code)) for code in ("fr", "de"))
    known = lexicon("fr", "de")

    def translates(one: str, other: str) -> float:
        return translation(french.key(one), german.key(other), known.of(french.key(one)))

    functions = french.function_words, german.function_words
    found = reading(texts, functions, net.pieces, CachedWords(encoder), translates)
    assert found is not None
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["texts"][1][:24])
def test_the_numbers_are_those_of_the_training_framework(
    case: dict, net: Network, encoder: Encoder
) -> None:
    found = read((case["texts"][0], case["texts"][1]), net, encoder)
    assert [token.text for token in found.tokens] == case["words"]
    np.testing.assert_allclose(net.scores(found), case["scores"], atol=TOLERANCE)


def test_a_text_without_words_is_not_read(net: Network, encoder: Encoder) -> None:
    args = (frozenset(), frozenset()), net.pieces, CachedWords(encoder), lambda one, other: 0.0
    assert reading(("…", "Das Haus."), *args) is None
    assert reading(("La maison.", "!"), *args) is None


def test_a_very_long_link_is_not_read(net: Network, encoder: Encoder) -> None:
    args = (frozenset(), frozenset()), net.pieces, CachedWords(encoder), lambda one, other: 0.0
    assert reading(("La maison. " * 300, "Das Haus. " * 300), *args) is None


def test_another_process_gives_the_same_bytes(net: Network, encoder: Encoder) -> None:
    program = (
        "import sys, tests.detector.test_network as t\n"
        "from threadpoolctl import threadpool_limits\n"
        "from checker.embed import load\n"
        "from checker.settings import BUNDLED_MODEL\n"
        "net = t.network()\n"
        "with threadpool_limits(1, user_api='blas'):\n"
        "    found = t.read(tuple(t.CASES[1]['texts']), net, load(BUNDLED_MODEL))\n"
        "    sys.stdout.write(net.scores(found).tobytes().hex())\n"
    )
    from threadpoolctl import threadpool_limits

    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True
    )
    with threadpool_limits(1, user_api="blas"):
        here = net.scores(read(tuple(CASES[1]["texts"]), net, encoder.anew()))
    assert done.stdout == here.tobytes().hex()


def test_what_was_read_before_changes_nothing(net: Network, encoder: Encoder) -> None:
    from threadpoolctl import threadpool_limits

    readings = [read(tuple(case["texts"]), net, encoder) for case in CASES]
    with threadpool_limits(1, user_api="blas"):
        first = [net.scores(found) for found in readings]
        again = [net.scores(found) for found in reversed(readings)][::-1]
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)
