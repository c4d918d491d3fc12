"""The store of an audit: a sqlite file (WAL) that holds every outcome the moment it is there.

Killed at any instant, it keeps what was finished; the same command goes on from there.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checker.audit import knowledge
from checker.audit.likeness import Copies, copies
from checker.audit.pairing import Pair
from checker.audit.rows import Listed, Lone, Repeated, Row, Run, StoredFinding
from checker.audit.schema import (
    SCHEMA,
    VERSION,
    fact_row,
    finding_row,
    findings_of,
    lone_row,
    pair_row,
    sketch_rows,
)
from checker.audit.several import Term, several
from checker.audit.work import Result
from checker.errors import StoreError

FILE = "audit.sqlite"
_DAMAGED = (UnicodeDecodeError, json.JSONDecodeError, zlib.error)
"""What bytes that were changed in the file look like to whoever reads them."""

_FORGET_FACTS = "DELETE FROM facts WHERE pair = (SELECT number FROM pairs WHERE name = ?)"
_ROWS = """
SELECT name, source, target, metadata, state, error, words, coverage,
  (SELECT count(*) FROM findings WHERE pair = name AND severity = 'error'),
  (SELECT count(*) FROM findings WHERE pair = name AND severity = 'warning'),
  (SELECT count(*) FROM findings WHERE pair = name AND severity = 'note'),
  (SELECT count(*) FROM findings WHERE pair = name AND severity <> 'note' AND since > ?)
FROM pairs ORDER BY name
"""

_REPEATED = """
SELECT "check", severity, json_extract(finding, '$.message') AS message,
  count(DISTINCT pair) AS pairs, min(pair)
FROM findings WHERE severity <> 'note' AND NOT archive
GROUP BY rule, severity, message, json_extract(finding, '$.source.text'),
  json_extract(finding, '$.target.text')
HAVING pairs > 2 ORDER BY severity, pairs DESC, message LIMIT ?
"""


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

    def last_run(self) -> Run | None:
        """The newest run, None before the first."""
        row = self._db.execute(
            "SELECT number, signature, started, finished, pairs FROM runs ORDER BY number DESC"
        ).fetchone()
        return Run(*row) if row else None

    def keys(self, run: int) -> dict[str, str]:
        """Content key by name of what ``run`` need not compare again.

        What failed in an earlier run is left out: more time or memory may help it now.
        """
        return dict(
            self._db.execute(
                "SELECT name, key FROM pairs WHERE state <> 'failed' OR run = ?", (run,)
            )
        ) | dict(self._db.execute("SELECT path, key FROM alone"))

    def put(self, pair: Pair, key: str, result: Result, run: int) -> None:
        """Keeps the result of a pair and what changed since it was last compared."""
        found = findings_of(result)
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO sketches VALUES (?, ?, ?)", sketch_rows(pair, result)
            )
            if pair.target is None:
                self._db.execute(
                    "INSERT OR REPLACE INTO alone VALUES (?, ?, ?, ?, ?, ?)",
                    lone_row(pair, key, result, found),
                )
                return
            self._put_findings(pair.name, found, result, run)
            self._db.execute(_FORGET_FACTS, (pair.name,))
            number = self._db.execute(
                "INSERT OR REPLACE INTO pairs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                pair_row(pair, key, result, run),
            ).lastrowid
            self._db.executemany(
                "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (fact_row(number or 0, fact) for fact in result.seen.facts),
            )

    def _put_findings(
        self, name: str, found: list[dict[str, Any]], result: Result, run: int
    ) -> None:
        before = {
            row[0]: row[1:]
            for row in self._db.execute(
                "SELECT id, since, json_patch(finding, judged) FROM findings"
                " WHERE pair = ? AND NOT archive",
                (name,),
            )
        }
        now = {finding["id"] for finding in found}
        # A pair that could not be compared this time has had nothing fixed.
        fixed = sorted(before.keys() - now) if result.state == "compared" else []
        self._db.executemany(
            "INSERT INTO fixed VALUES (?, ?, ?, ?)", [(name, i, run, before[i][1]) for i in fixed]
        )
        self._db.execute("DELETE FROM findings WHERE pair = ? AND NOT archive", (name,))
        self._db.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, 0, '{}')",
            [finding_row(name, f, before.get(f["id"], (run,))[0]) for f in found],
        )

    def keep_only(self, pairs: Iterable[str], alone: Iterable[str]) -> None:
        """Forgets the pairs and the lone documents that are no longer in the archive."""
        with self._db:
            self._db.execute("CREATE TEMP TABLE present (name TEXT PRIMARY KEY)")
            for names, tables in (
                (pairs, (("pairs", "name"), ("findings", "pair"), ("fixed", "pair"))),
                (alone, (("alone", "path"),)),
            ):
                self._db.execute("DELETE FROM present")
                self._db.executemany(
                    "INSERT OR IGNORE INTO present VALUES (?)", ((name,) for name in names)
                )
                for table, column in tables:
                    self._db.execute(
                        f"DELETE FROM {table} WHERE {column} NOT IN present"  # noqa: S608
                    )
            self._db.execute("DROP TABLE present")
            self._db.execute("DELETE FROM facts WHERE pair NOT IN (SELECT number FROM pairs)")
            self._db.execute(
                "DELETE FROM sketches WHERE path NOT IN (SELECT source FROM pairs UNION"
                " SELECT target FROM pairs UNION SELECT path FROM alone)"
            )

    def learn(self, run: int, languages: tuple[str, str]) -> None:
        """Judges all pairs by what the whole archive shows (see ``knowledge``)."""
        with self._db:
            knowledge.learn(self._db, run, languages)

    def rows(self) -> Iterator[Row]:
        """All pairs, sorted by name."""
        last = self.last_run()
        # After the first run all is new, which tells nothing.
        before = max(last.number - 1, 1) if last else 0
        for row in self._db.execute(_ROWS, (before,)):
            name, source, target, metadata, *rest = row
            yield Row(name, Path(source), Path(target), json.loads(metadata), *rest)

    def states(self) -> Counter[str]:
        """How many pairs are compared, unrelated and failed."""
        return Counter(dict(self._db.execute("SELECT state, count(*) FROM pairs GROUP BY state")))

    def severities(self) -> Counter[str]:
        """How many findings of each severity the pairs have."""
        return Counter(
            dict(self._db.execute("SELECT severity, count(*) FROM findings GROUP BY severity"))
        )

    def worst(self, most: int) -> list[tuple[str, int, int]]:
        """Names of the pairs with the most errors, then warnings, with both counts."""
        return self._db.execute(
            "SELECT pair, sum(severity = 'error') AS e, sum(severity = 'warning') AS w"
            " FROM findings WHERE severity <> 'note' GROUP BY pair ORDER BY e DESC, w DESC, pair"
            " LIMIT ?",
            (most,),
        ).fetchall()

    def compared_in(self, run: int) -> int:
        """How many pairs ``run`` has compared so far."""
        row = self._db.execute("SELECT count(*) FROM pairs WHERE run = ?", (run,)).fetchone()
        return int(row[0])

    def listed(
        self, search: str, only_errors: bool, check: str, limit: int, offset: int
    ) -> list[Listed]:
        """Pairs whose name holds ``search``, those with most errors first, then warnings.

        ``check`` counts only the findings of one check and drops pairs without any.
        """
        rows = self._db.execute(
            "SELECT * FROM (SELECT name, error, words,"
            " COALESCE(SUM(severity = 'error'), 0) AS errors,"
            " COALESCE(SUM(severity = 'warning'), 0) AS warnings FROM pairs"
            " LEFT JOIN findings ON pair = name AND ? IN (\"check\", '')"
            " WHERE instr(lower(name), lower(?)) GROUP BY name)"
            " WHERE (errors OR NOT ?) AND (errors OR warnings OR ? = '')"
            " ORDER BY errors DESC, warnings DESC, name LIMIT ? OFFSET ?",
            (check, search, only_errors, check, limit, offset),
        )
        return [Listed(*row) for row in rows]

    def findings(self) -> Iterator[StoredFinding]:
        """All findings, sorted by pair, in reading order inside a pair."""
        for pair, since, finding in self._db.execute(
            "SELECT pair, since, json_patch(finding, judged) FROM findings"
            " ORDER BY pair, archive, rowid"
        ):
            yield StoredFinding(pair, since, json.loads(finding))

    def new(self, run: int) -> Iterator[StoredFinding]:
        """Errors and warnings that are there now and were not after ``run``."""
        for pair, since, finding in self._db.execute(
            "SELECT pair, since, json_patch(finding, judged) FROM findings"
            " WHERE since > ? AND severity <> 'note' ORDER BY pair, archive, rowid",
            (run,),
        ):
            yield StoredFinding(pair, since, json.loads(finding))

    def fixed(self, run: int) -> Iterator[StoredFinding]:
        """Errors and warnings that were there after ``run`` and are no longer."""
        for pair, fixed_in, finding in self._db.execute(
            "SELECT pair, run, finding FROM fixed WHERE run > ? AND NOT EXISTS"
            " (SELECT 1 FROM findings WHERE findings.pair = fixed.pair"
            "  AND findings.id = fixed.id) ORDER BY pair, rowid",
            (run,),
        ):
            values = json.loads(finding)
            if values["severity"] != "note":
                yield StoredFinding(pair, fixed_in, values)

    def alone(self) -> Iterator[Lone]:
        """The documents without counterpart, sorted by path."""
        for path, state, error, words, findings in self._db.execute(
            "SELECT path, state, error, words, findings FROM alone ORDER BY path"
        ):
            yield Lone(path, state, error, words, tuple(json.loads(findings)))

    def count_alone(self) -> int:
        """How many documents have no counterpart."""
        return int(self._db.execute("SELECT count(*) FROM alone").fetchone()[0])

    def several(self) -> list[Term]:
        """Terms that the archive renders in several ways, the most divided first."""
        return several(self._db)

    def copies(self) -> list[Copies]:
        """Documents of one language that say nearly the same."""
        return copies(self._db)

    def repeated(self, most: int) -> list[Repeated]:
        """Errors and warnings with the same words in several pairs, the most frequent first."""
        rows = self._db.execute(_REPEATED, (most,))
        return [Repeated(*row) for row in rows]

    def report(self, name: str) -> dict[str, Any] | None:
        """The stored JSON report of a pair, None when there is none.

        Its findings are as the archive judges them, with those that only the archive shows.
        """
        row = self._db.execute("SELECT report FROM pairs WHERE name = ?", (name,)).fetchone()
        if not row or not row[0]:
            return None
        report: dict[str, Any] = json.loads(zlib.decompress(row[0]))
        judged = self._db.execute(
            "SELECT json_patch(finding, judged) FROM findings WHERE pair = ?"
            " ORDER BY archive, rowid",
            (name,),
        )
        report["findings"] = [json.loads(finding) for (finding,) in judged]
        return report


@contextmanager
def open_store(folder: Path, write: bool = True) -> Iterator[Store]:
    """The store in ``folder``, made if need be. One writer at a time, any number of readers.

    Raises StoreError when it is missing (for readers), in use, from a newer version, damaged,
    or cannot be written.
    """
    path = folder / FILE
    if not write and not path.is_file():
        raise StoreError(
            "{folder} holds no audit: run `checker audit ARCHIVE --out {folder}`.", folder=folder
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as open_files:
            if write:
                open_files.enter_context(closing(_lock(folder)))
            connection = open_files.enter_context(closing(sqlite3.connect(path, timeout=10)))
            _prepare(connection, path)
            yield Store(connection)
    except (OSError, sqlite3.Error, *_DAMAGED) as error:
        raise StoreError("{path} cannot be used: {error}.", path=path, error=error) from error


def _lock(folder: Path) -> sqlite3.Connection:
    """Held as long as it is open, freed by the system even when the process is killed."""
    lock = sqlite3.connect(folder / "audit.lock", timeout=0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        raise StoreError(
            "{folder} is in use by another audit: wait for it, or choose another --out folder.",
            folder=folder,
        ) from None
    return lock


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StoreError(
            "{path} was written by a newer version of checker: update checker, or "
            "choose another --out folder.",
            path=path,
        )
    if 0 < version < VERSION:
        raise StoreError(
            "{path} was written by an older version of checker: delete it, and the "
            "same command compares all pairs again.",
            path=path,
        )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    if version == 0:
        db.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version = {VERSION};COMMIT;")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
