"""The cache of vectors: the same results, less work, never in the way."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checker.embed import Encoder
from checker.embed._cache import CachedEncoder, Store

TEXTS = ["Le lac est gelé.", "Der See ist zugefroren.", "Le lac est gelé.", "", "1,5 %"]


class Counting:
    """The encoder, counting what it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.asked = encoder, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.encoder, name)

    def encode(self, texts: Sequence[str]) -> Any:
        self.asked += len(texts)
        return self.encoder.encode(texts)

    def parts(self, sentences: Sequence[str]) -> Any:
        self.asked += len(sentences)
        return self.encoder.parts(sentences)


def test_vectors_are_those_of_the_model(encoder: Encoder, tmp_path: Path) -> None:
    cached = CachedEncoder(encoder, Store(tmp_path / "a.sqlite"))
    for _ in range(2):
        assert np.allclose(cached.encode(TEXTS), encoder.encode(TEXTS), atol=1e-6)
    assert cached.encode([]).shape == (0, 512)


def test_runs_are_those_of_the_model(encoder: Encoder, tmp_path: Path) -> None:
    expected = encoder.spans(TEXTS).runs(0, 5, 3)
    for _ in range(2):
        cached = CachedEncoder(encoder, Store(tmp_path / "a.sqlite"))
        runs = cached.spans(TEXTS).runs(0, 5, 3)
        assert all((runs[k] * expected[k]).sum(1).min() > 0.9999 for k in (1, 2, 3))


def test_a_second_run_encodes_only_what_changed(encoder: Encoder, tmp_path: Path) -> None:
    for texts, asked in ((TEXTS, 4), (TEXTS, 0), ([*TEXTS, "Neu."], 1)):
        counting = Counting(encoder)
        cached = CachedEncoder(counting, Store(tmp_path / "a.sqlite"))
        cached.spans(texts)
        assert counting.asked == asked


def test_the_oldest_go_when_it_is_full(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite", limit=200_000)
    for n in range(100):
        store.put({b"%d" % n: bytes(4000)})
    assert store.get([b"99"])
    assert not store.get([b"0"])
    store.close()
    assert (tmp_path / "a.sqlite").stat().st_size < 500_000


def test_a_broken_file_is_left_alone(encoder: Encoder, tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"this is no database" * 100)
    cached = CachedEncoder(encoder, Store(path))
    assert np.allclose(cached.encode(TEXTS), encoder.encode(TEXTS), atol=1e-6)
    assert path.read_bytes().startswith(b"this is no database")


def test_a_folder_that_cannot_be_made_is_no_error(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cached = CachedEncoder(encoder, Store(tmp_path / "file" / "a.sqlite"))
    assert cached.encode(TEXTS).shape == (5, 512)


_WRITER = """
import sys
from pathlib import Path
from checker.embed._cache import Store
store = Store(Path(sys.argv[1]))
for n in range(100):
    store.put({f"{sys.argv[2]}-{n}".encode(): bytes(2000), f"both-{n}".encode(): bytes(100)})
"""


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    running = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(path), str(n)]) for n in range(3)
    ]
    assert [p.wait(60) for p in running] == [0, 0, 0]
    with sqlite3.connect(path) as file:
        assert file.execute("select count(*) from vectors").fetchone() == (400,)
    file.close()


@pytest.mark.parametrize("keep", [True, False])
def test_a_model_is_loaded_with_or_without_a_cache(
    keep: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker.embed import load

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load("use-multilingual-v3", cache=keep).encode(["eins"])
    assert any(tmp_path.rglob("*.sqlite")) is (keep and sys.platform == "linux")
