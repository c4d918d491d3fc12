"""A little fuzzing in every run: inputs made from real ones, and all that ever failed.

``python benchmarks/fuzz/run.py`` does the same with many more inputs, guided by coverage.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from fuzz.seeds import seeds
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FOUND = Path(__file__).parent / "found"
CORPUS = Path(__file__).parents[2] / "benchmarks" / "fuzz" / "corpus"
SLOW = {"pipeline": 3}


def changed(data: st.DataObject, seed: bytes) -> bytes:
    """A seed with some bytes replaced, dropped or repeated."""
    raw = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        kind = data.draw(st.integers(0, 3))
        if kind == 0 and at < len(raw):
            raw[at] = data.draw(st.integers(0, 255))
        elif kind == 1:
            del raw[at : at + data.draw(st.integers(1, 16))]
        elif kind == 2:
            raw[at:at] = raw[max(0, at - 8) : at] * data.draw(st.integers(1, 4))
        else:
            raw[at:at] = data.draw(st.text(max_size=4)).encode("utf-8", "surrogatepass")
    return bytes(raw)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_changed_inputs_are_taken_or_refused(name: str) -> None:
    @settings(
        max_examples=SLOW.get(name, 25), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        TARGETS[name](changed(data, data.draw(st.sampled_from(seeds(name)))))

    run()


def kept(folder: Path) -> list[tuple[str, bytes]]:
    """Inputs by target: a file a target, an input a line in base64."""
    return [
        (path.stem, base64.b64decode(line))
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text("ascii").split()
    ]


@pytest.mark.parametrize(
    ("name", "data"), kept(FOUND), ids=lambda v: v if isinstance(v, str) else ""
)
def test_what_failed_once_fails_no_more(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.parametrize("name", sorted({name for name, _ in kept(CORPUS)} - set(SLOW)))
def test_the_kept_corpus_is_taken_or_refused(name: str) -> None:
    for target, data in kept(CORPUS):
        if target == name:
            TARGETS[name](data)
