"""Keeps vectors on disk, so that a second run encodes only what changed.

One sqlite file a model and revision in the user's cache folder. Several processes may use
it at once (write-ahead log). It never grows beyond a limit: the oldest half is dropped
when it would. A cache that cannot be read or written is left alone and nothing is kept:
results depend on it in the last bits of vectors at most (see Encoder.anew).
"""

from __future__ import annotations

import hashlib
import itertools
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.embed._spans import ComposedSpans, Parts, Spans, Vectors

LIMIT_BYTES = 1 << 30
_AT_ONCE = 500
_WAIT_SECONDS = 10.0
_SCHEMA = """
create table if not exists vectors (key blob not null unique, value blob not null);
"""


class Store:
    """Values by key in a sqlite file. Every failure of the file counts as not found."""

    def __init__(self, path: Path, limit: int = LIMIT_BYTES) -> None:
        self._limit, self._lock = limit, Lock()
        self._file: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=_WAIT_SECONDS, check_same_thread=False)
            self._file.execute("pragma journal_mode = wal")
            self._file.execute("pragma synchronous = off")
            self._file.executescript(_SCHEMA)
        except (OSError, sqlite3.Error):
            self.close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are there."""
        found: dict[bytes, bytes] = {}
        with self._lock:
            try:
                for start in range(0, len(keys) if self._file else 0, _AT_ONCE):
                    found.update(self._select(keys[start : start + _AT_ONCE]))
            except sqlite3.Error:
                return {}
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Adds values; keys that are there already stay as they are."""
        with self._lock:
            if self._file is None or not values:
                return
            try:
                with self._file:
                    self._file.executemany(
                        "insert or ignore into vectors (key, value) values (?, ?)", values.items()
                    )
                self._shrink(self._file)
            except sqlite3.Error:
                return

    def close(self) -> None:
        """Lets go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _select(self, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        assert self._file is not None
        marks = ",".join("?" * len(keys))
        query = f"select key, value from vectors where key in ({marks})"  # noqa: S608
        return self._file.execute(query, keys).fetchall()

    def _shrink(self, file: sqlite3.Connection) -> None:
        """Drops the oldest half when the values no longer fit the limit; pages are reused."""
        pages, free, size = (
            int(file.execute(f"pragma {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size > self._limit:
            with file:
                file.execute(
                    "delete from vectors where rowid < "
                    "(select (min(rowid) + max(rowid)) / 2 from vectors)"
                )


class CachedEncoder:
    """An encoder that remembers, in a store, what it has encoded."""

    def __init__(self, encoder: Any, store: Store) -> None:
        self.name: str = encoder.name
        self.revision: str = encoder.revision
        self.dimensions: int = encoder.dimensions
        self._encoder, self._store = encoder, store

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), dimensions)."""
        rows = self._remembered("text", texts, self._encoder.encode, np.float32)
        return rows.astype(np.float32, copy=False)

    def spans(self, sentences: Sequence[str]) -> Spans:
        """Vectors of the runs of ``sentences`` (see Encoder.spans)."""
        return ComposedSpans(self.parts(sentences), self.joints(sentences), self.compose)

    def parts(self, sentences: Sequence[str]) -> Parts:
        """See Encoder.parts."""
        rows = self._remembered("part", sentences, self._encoder.parts, np.float16)
        return rows.astype(np.float16, copy=False)

    def joints(self, sentences: Sequence[str]) -> Parts:
        """See Encoder.joints."""
        pairs = [f"{a}\0{b}" for a, b in itertools.pairwise(sentences)]

        def of_pairs(missing: Sequence[str]) -> Parts:
            return self._joints_of([pair.split("\0", 1) for pair in missing])

        rows = self._remembered("joint", pairs, of_pairs, np.float16)
        return rows.astype(np.float16, copy=False)

    def compose(self, parts: Parts, joints: Parts, longest: int) -> Mapping[int, Vectors]:
        """See Encoder.compose."""
        runs: Mapping[int, Vectors] = self._encoder.compose(parts, joints, longest)
        return runs

    def anew(self) -> CachedEncoder:
        """See Encoder.anew; what the store keeps stays."""
        return CachedEncoder(self._encoder.anew(), self._store)

    def _joints_of(self, pairs: list[list[str]]) -> Parts:
        """Joints of pairs, those that follow one another in one go."""
        pieces: list[Parts] = [self._encoder.joints([])]
        run: list[str] = []
        for left, right in pairs:
            if run and run[-1] != left:
                pieces.append(self._encoder.joints(run))
                run = []
            run = [*run, right] if run else [left, right]
        if run:
            pieces.append(self._encoder.joints(run))
        return np.concatenate(pieces)

    def _remembered(
        self,
        kind: str,
        texts: Sequence[str],
        compute: Callable[[Sequence[str]], NDArray[Any]],
        dtype: type[np.floating[Any]],
    ) -> NDArray[Any]:
        keys = {text: _key(kind, text) for text in texts}
        found = self._store.get(list(keys.values()))
        missing = [text for text, key in keys.items() if key not in found]
        fresh = compute(missing)
        new = {keys[t]: row.astype(dtype).tobytes() for t, row in zip(missing, fresh, strict=True)}
        self._store.put(new)
        found.update(new)
        width = fresh.shape[1]
        joined = b"".join(found[keys[text]] for text in texts)
        return np.frombuffer(joined, dtype).reshape(len(texts), width)


def store_of(model: str, revision: str) -> Store:
    """The store of a model in the user's cache folder."""
    name = re.sub(r"[^\w.-]+", "_", f"{model}-{revision}")
    return Store(cache_folder() / "embeddings" / f"{name}.sqlite")


def cache_folder() -> Path:
    """The user's cache folder for this program; it may not exist yet."""
    from platformdirs import user_cache_path

    return user_cache_path("checker")


def _key(kind: str, text: str) -> bytes:
    encoded = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=16).digest()
