"""What the archive changes about a finding of one pair: a habit is no slip, a proof is one.

The severity that a finding had by itself stays in its JSON; what is changed stands beside it
and is worked out anew each time, so that it never depends on earlier runs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from checker.audit.observe import NAME, TERM
from checker.languages import load as load_language
from checker.model import Severity
from checker.names.spelling import fold
from checker.terms.language import grammar

_HABIT = 3  # pairs in which the same two words face each other
_ESTABLISHED, _UNKNOWN = 5, 1  # pairs that prove a spelling; pairs of a slip
_FACING = ("name-swapped", "place-exchanged", "name-part", "departing-rendering")
_HABITS = """
CREATE TEMP TABLE habits AS
  SELECT rule, json_extract(finding, '$.source.text') AS here,
    json_extract(finding, '$.target.text') AS there, count(DISTINCT pair) AS pairs
  FROM findings WHERE NOT archive AND rule IN ({}) GROUP BY rule, here, there
  HAVING pairs >= ?
"""


def judge(db: sqlite3.Connection, languages: tuple[str, str]) -> None:
    """Judges the findings of all pairs anew by ``renderings`` and by each other.

    ``languages`` are the archive's own, of sources and of targets.
    """
    db.execute(
        "UPDATE findings SET severity = json_extract(finding, '$.severity'), judged = '{}'"
        " WHERE judged <> '{}'"
    )
    changes = [*_habits(db), *_spellings(db, languages), *_renderings(db, languages)]
    db.executemany(
        "UPDATE findings SET severity = ?, judged = ? WHERE rowid = ?",
        [(p["severity"], json.dumps(p, ensure_ascii=False), rowid) for rowid, p in changes],
    )


def _habits(db: sqlite3.Connection) -> Iterator[tuple[int, dict[str, Any]]]:
    """Two words that face each other in several articles were chosen, not mistaken."""
    marks = ", ".join("?" * len(_FACING))
    db.execute(_HABITS.format(marks), (*_FACING, _HABIT))
    for rowid, message, pairs in db.execute(
        "SELECT findings.rowid, json_extract(finding, '$.message'), pairs"
        " FROM findings JOIN habits ON findings.rule = habits.rule"
        " AND here = json_extract(finding, '$.source.text')"
        " AND there = json_extract(finding, '$.target.text') WHERE NOT archive"
    ):
        yield rowid, _note(message, f"so in {pairs} articles")
    db.execute("DROP TABLE habits")


def _note(message: str, why: str) -> dict[str, Any]:
    return {"severity": Severity.NOTE.value, "message": f"{message} ({why})"}


def _spellings(
    db: sqlite3.Connection, languages: tuple[str, str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Of two spellings, one that no other article has is a slip; two usual ones are not."""
    for rowid, values in _with_both_sides(db, "name-misspelt"):
        texts = [values[side]["text"] for side in ("source", "target")]
        here, there = (_articles(db, text, languages) for text in texts)
        rare, usual = sorted((here, there))
        if rare >= _ESTABLISHED:
            yield rowid, _note(values["message"], "both spellings are usual in this archive")
        elif rare <= _UNKNOWN and usual > _ESTABLISHED:
            right = texts[0] if here > there else texts[1]
            yield rowid, _proof(values["message"], right, usual - 1)


def _proof(message: str, right: str, articles: int) -> dict[str, Any]:
    return {
        "severity": Severity.ERROR.value,
        "confidence": 0.95,
        "message": f"{message} ({articles} other articles have “{right}”)",
        "suggestion": right,
    }


def _articles(db: sqlite3.Connection, name: str, languages: tuple[str, str]) -> int:
    """How many pairs write a name so, in the language that has more of them."""
    folded = fold(name).replace("-", "")
    counts = [_pairs(db, NAME, f"{code.split('-')[0]} {folded}") for code in languages]
    return max(counts)


def _renderings(
    db: sqlite3.Connection, languages: tuple[str, str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """A rendering that several other articles have is no departure from what is usual."""
    source, target = (grammar(load_language(code)) for code in languages)
    for rowid, values in _with_both_sides(db, "departing-rendering"):
        keys = source.key(values["source"]["text"]), target.key(values["target"]["text"])
        pairs = _pairs(db, TERM, *keys)
        if pairs > _HABIT:
            yield rowid, _note(values["message"], f"so in {pairs} articles")


def _pairs(db: sqlite3.Connection, kind: str, key: str, value: str | None = None) -> int:
    """How many pairs have the key, or the key with the value."""
    found = db.execute(
        "SELECT sum(pairs) FROM renderings WHERE kind = ? AND key = ? AND ? IN (value, '')",
        (kind, key, value or ""),
    ).fetchone()
    return int(found[0] or 0)


def _with_both_sides(db: sqlite3.Connection, rule: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for rowid, finding in db.execute(
        "SELECT rowid, finding FROM findings WHERE rule = ? AND NOT archive", (rule,)
    ).fetchall():
        values = json.loads(finding)
        if values["source"] and values["target"]:
            yield rowid, values
