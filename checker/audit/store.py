"""The store of an audit: a sqlite file (WAL) that holds every outcome the moment it is there.

Killed at any instant, it keeps what was finished; the same command goes on from there.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checker.audit.pairing import Pair
from checker.audit.work import Result
from checker.errors import StoreError

VERSION = 1
FILE = "audit.sqlite"

_SCHEMA = """
CREATE TABLE pairs (
  name TEXT NOT NULL UNIQUE, source TEXT NOT NULL, target TEXT NOT NULL,
  metadata TEXT NOT NULL, key TEXT NOT NULL, run INTEGER NOT NULL,
  state TEXT NOT NULL, error TEXT NOT NULL, words INTEGER NOT NULL, coverage REAL NOT NULL,
  report BLOB NOT NULL
);
CREATE TABLE findings (
  pair TEXT NOT NULL, id TEXT NOT NULL, rule TEXT NOT NULL, "check" TEXT NOT NULL,
  severity TEXT NOT NULL, since INTEGER NOT NULL, finding TEXT NOT NULL
);
CREATE INDEX findings_by_pair ON findings (pair);
CREATE TABLE fixed (
  pair TEXT NOT NULL, id TEXT NOT NULL, run INTEGER NOT NULL, finding TEXT NOT NULL
);
CREATE TABLE alone (path TEXT NOT NULL UNIQUE);
CREATE TABLE runs (number INTEGER PRIMARY KEY, signature TEXT NOT NULL, started TEXT NOT NULL,
  finished TEXT, pairs INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of the store."""

    name: str
    source: Path
    target: Path
    metadata: dict[str, str]
    state: str
    error: str
    words: int
    coverage: float


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """One finding of the store, as the plain values of the JSON format."""

    pair: str
    since: int
    values: dict[str, Any]


class Store:
    """An open store. Every method that writes is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def start_run(self, signature: str, pairs: int) -> int:
        """Number of the run: that of the run broken off with the same signature, or a new one."""
        with self._db:
            row = self._db.execute(
                "SELECT number FROM runs WHERE finished IS NULL AND signature = ?", (signature,)
            ).fetchone()
            if row:
                self._db.execute("UPDATE runs SET pairs = ? WHERE number = ?", (pairs, row[0]))
                return int(row[0])
            cursor = self._db.execute(
                "INSERT INTO runs (signature, started, pairs) VALUES (?, ?, ?)",
                (signature, _now(), pairs),
            )
            return int(cursor.lastrowid or 0)

    def finish_run(self, number: int) -> None:
        with self._db:
            self._db.execute("UPDATE runs SET finished = ? WHERE number = ?", (_now(), number))

    def last_run(self) -> tuple[int, str, str, str | None, int] | None:
        """Number, signature, start, end and size of the newest run."""
        row: tuple[int, str, str, str | None, int] | None = self._db.execute(
            "SELECT number, signature, started, finished, pairs FROM runs ORDER BY number DESC"
        ).fetchone()
        return row

    def keys(self) -> dict[str, str]:
        """Content key of every stored pair by its name."""
        return dict(self._db.execute("SELECT name, key FROM pairs"))

    def put(self, pair: Pair, key: str, result: Result, run: int) -> None:
        """Keeps the result of a pair and what changed since it was last compared."""
        found = json.loads(zlib.decompress(result.report))["findings"] if result.report else []
        found = found if result.state == "compared" else []
        with self._db:
            before = {
                row[0]: row[1:]
                for row in self._db.execute(
                    "SELECT id, since, finding FROM findings WHERE pair = ?", (pair.name,)
                )
            }
            now = {finding["id"] for finding in found}
            self._db.executemany(
                "INSERT INTO fixed VALUES (?, ?, ?, ?)",
                [(pair.name, i, run, before[i][1]) for i in sorted(before.keys() - now)],
            )
            self._db.execute("DELETE FROM findings WHERE pair = ?", (pair.name,))
            self._db.executemany(
                "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)",
                [_finding_row(pair.name, f, before.get(f["id"], (run,))[0]) for f in found],
            )
            self._db.execute(
                "INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _pair_row(pair, key, result, run),
            )

    def keep_only(self, names: Iterable[str], alone: Iterable[Path]) -> None:
        """Forgets pairs that are no longer in the archive and renews the list of lone files."""
        with self._db:
            gone = self.keys().keys() - set(names)
            for table, column in (("pairs", "name"), ("findings", "pair")):
                self._db.executemany(
                    f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608
                    [(name,) for name in sorted(gone)],
                )
            self._db.execute("DELETE FROM alone")
            self._db.executemany("INSERT INTO alone VALUES (?)", [(str(p),) for p in alone])

    def rows(self) -> Iterator[Row]:
        """All pairs, sorted by name."""
        for row in self._db.execute(
            "SELECT name, source, target, metadata, state, error, words, coverage"
            " FROM pairs ORDER BY name"
        ):
            name, source, target, metadata, *rest = row
            yield Row(name, Path(source), Path(target), json.loads(metadata), *rest)

    def findings(self) -> Iterator[StoredFinding]:
        """All findings, sorted by pair, in reading order inside a pair."""
        for pair, since, finding in self._db.execute(
            "SELECT pair, since, finding FROM findings ORDER BY pair, rowid"
        ):
            yield StoredFinding(pair, since, json.loads(finding))

    def fixed(self, run: int) -> Iterator[StoredFinding]:
        """Findings that were there before ``run`` and are no longer."""
        for pair, finding in self._db.execute(
            "SELECT pair, finding FROM fixed WHERE run = ? ORDER BY pair, rowid", (run,)
        ):
            yield StoredFinding(pair, run, json.loads(finding))

    def alone(self) -> list[str]:
        """Paths of the documents without counterpart, sorted."""
        return [row[0] for row in self._db.execute("SELECT path FROM alone ORDER BY path")]

    def report(self, name: str) -> dict[str, Any] | None:
        """The stored JSON report of a pair, None when there is none."""
        row = self._db.execute("SELECT report FROM pairs WHERE name = ?", (name,)).fetchone()
        if not row or not row[0]:
            return None
        report: dict[str, Any] = json.loads(zlib.decompress(row[0]))
        return report


@contextmanager
def open_store(folder: Path, write: bool = True) -> Iterator[Store]:
    """The store in ``folder``, made if need be. One writer at a time, any number of readers.

    Raises StoreError when it is missing (for readers), in use, from a newer version, or
    cannot be written.
    """
    path = folder / FILE
    if not write and not path.is_file():
        raise StoreError(f"{folder} holds no audit: run `checker audit ARCHIVE --out {folder}`.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as open_files:
            if write:
                open_files.enter_context(closing(_lock(folder)))
            connection = open_files.enter_context(closing(sqlite3.connect(path, timeout=10)))
            _prepare(connection, path)
            yield Store(connection)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be used: {error}.") from error


def _lock(folder: Path) -> sqlite3.Connection:
    """Held as long as it is open, freed by the system even when the process is killed."""
    lock = sqlite3.connect(folder / "audit.lock", timeout=0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        raise StoreError(
            f"{folder} is in use by another audit: wait for it, or choose another --out folder."
        ) from None
    return lock


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer version of checker: update checker, "
            "or choose another --out folder."
        )
    if version == 0:
        db.executescript(f"BEGIN;{_SCHEMA}PRAGMA user_version = {VERSION};COMMIT;")


def _finding_row(pair: str, finding: dict[str, Any], since: int) -> tuple[Any, ...]:
    values = json.dumps(finding, ensure_ascii=False)
    ranks = finding["rule"], finding["check"], finding["severity"]
    return pair, finding["id"], *ranks, since, values


def _pair_row(pair: Pair, key: str, result: Result, run: int) -> tuple[Any, ...]:
    metadata = json.dumps(dict(pair.metadata), ensure_ascii=False, sort_keys=True)
    place = pair.name, str(pair.source), str(pair.target), metadata, key, run
    return *place, result.state, result.error, result.words, result.coverage, result.report


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
