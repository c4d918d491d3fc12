"""The tables of an audit's store, and the rows that results become."""

from __future__ import annotations

import json
import zlib
from typing import Any

from checker.audit.files import address
from checker.audit.observe import Fact
from checker.audit.pairing import Pair, printable
from checker.audit.work import Result

VERSION = 2

# ``findings.archive`` is 1 for what only the whole archive shows; ``judged`` is what the
# archive changes about a finding of its pair, as JSON, and ``severity`` says the outcome.
SCHEMA = """
CREATE TABLE pairs (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, source TEXT NOT NULL, target TEXT NOT NULL,
  metadata TEXT NOT NULL, key TEXT NOT NULL, run INTEGER NOT NULL,
  state TEXT NOT NULL, error TEXT NOT NULL, words INTEGER NOT NULL, coverage REAL NOT NULL,
  report BLOB NOT NULL
);
CREATE TABLE findings (
  pair TEXT NOT NULL, id TEXT NOT NULL, rule TEXT NOT NULL, "check" TEXT NOT NULL,
  severity TEXT NOT NULL, since INTEGER NOT NULL, finding TEXT NOT NULL,
  archive INTEGER NOT NULL DEFAULT 0, judged TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX findings_by_pair ON findings (pair);
CREATE TABLE fixed (
  pair TEXT NOT NULL, id TEXT NOT NULL, run INTEGER NOT NULL, finding TEXT NOT NULL
);
CREATE TABLE alone (
  path TEXT NOT NULL UNIQUE, key TEXT NOT NULL, state TEXT NOT NULL, error TEXT NOT NULL,
  words INTEGER NOT NULL, findings TEXT NOT NULL
);
CREATE TABLE runs (number INTEGER PRIMARY KEY, signature TEXT NOT NULL, started TEXT NOT NULL,
  finished TEXT, pairs INTEGER NOT NULL);
CREATE TABLE facts (
  pair INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  times INTEGER NOT NULL, source_start INTEGER NOT NULL, source_text TEXT NOT NULL,
  target_start INTEGER NOT NULL, target_text TEXT NOT NULL
);
CREATE INDEX facts_by_pair ON facts (pair);
CREATE TABLE renderings (
  kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, pairs INTEGER NOT NULL,
  times INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX renderings_by_key ON renderings (kind, key);
CREATE TABLE sketches (path TEXT NOT NULL UNIQUE, language TEXT NOT NULL, sketch BLOB NOT NULL);
"""


def findings_of(result: Result) -> list[dict[str, Any]]:
    """The findings of a comparison or a lint as plain values."""
    if result.state not in ("compared", "alone"):
        return []
    found: list[dict[str, Any]] = json.loads(zlib.decompress(result.report))["findings"]
    return found


def lone_row(
    pair: Pair, key: str, result: Result, found: list[dict[str, Any]]
) -> tuple[str | int, ...]:
    """The row of a document without counterpart."""
    values = json.dumps(found, ensure_ascii=False)
    return pair.name, key, result.state, result.error, result.words, values


def finding_row(pair: str, finding: dict[str, Any], since: int) -> tuple[Any, ...]:
    """The row of a finding that was new in the run ``since``."""
    values = json.dumps(finding, ensure_ascii=False)
    ranks = finding["rule"], finding["check"], finding["severity"]
    return pair, finding["id"], *ranks, since, values


def pair_row(pair: Pair, key: str, result: Result, run: int) -> tuple[Any, ...]:
    """The row of a pair and what became of it."""
    metadata = json.dumps(dict(pair.metadata), ensure_ascii=False, sort_keys=True)
    paths = printable(address(pair.source)), printable(address(pair.target or pair.source))
    place = pair.name, *paths, metadata, key, run
    return *place, result.state, result.error, result.words, result.coverage, result.report


def fact_row(number: int, fact: Fact) -> tuple[Any, ...]:
    """The row of a fact of the pair ``number``."""
    return number, *fact


def sketch_rows(pair: Pair, result: Result) -> list[tuple[str, str, bytes]]:
    """Path, language and sketch of each document of a pair that has a sketch."""
    paths = [printable(address(path)) for path in (pair.source, pair.target) if path]
    return [
        (path, language, sketched)
        for path, (language, sketched) in zip(paths, result.seen.sketches, strict=False)
        if sketched
    ]
