"""What the whole archive shows, and what that says about each of its pairs.

A second pass over the store: every pair has left facts (see ``observe``); together they say
how a term is usually rendered and a name usually spelt. Nothing is read or aligned again,
the outcome depends only on what the store holds, and pairs that did not change are not
compared again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from checker.audit.judge import judge
from checker.audit.observe import FULL_NAME, NAME, SENTENCE, TERM, TITLE, Fact
from checker.model import Severity

_AGGREGATE = f"""
INSERT INTO renderings
  SELECT kind, key, value, sum(pairs), sum(times), min(text) FROM (
    SELECT kind, key, value, count(*) AS pairs, sum(times) AS times, first_value(written)
      OVER (PARTITION BY kind, key, value ORDER BY count(*) DESC, written) AS text
    FROM (SELECT *, iif(target_start < 0, source_text, target_text) AS written FROM facts)
    WHERE kind <> '{SENTENCE}' GROUP BY kind, key, value, written)
  GROUP BY kind, key, value
"""  # noqa: S608
_AGGREGATE_SENTENCES = f"""
INSERT INTO renderings
  SELECT kind, key, value, count(*), sum(times), min(target_text) FROM facts
  WHERE kind = '{SENTENCE}' AND key IN (
    SELECT key FROM facts WHERE kind = '{SENTENCE}' GROUP BY key HAVING min(value) < max(value))
  GROUP BY kind, key, value
"""  # noqa: S608
_ODD = """
CREATE TEMP TABLE odd AS SELECT * FROM (
  SELECT kind, key, value, pairs,
    sum(pairs) OVER (PARTITION BY kind, key) AS total,
    first_value(value) OVER best AS usual,
    first_value(text) OVER best AS usual_text,
    first_value(pairs) OVER best AS usual_pairs
  FROM renderings WINDOW best AS (PARTITION BY kind, key ORDER BY pairs DESC, value))
  WHERE value <> usual AND pairs < usual_pairs
"""
_PLACES = """
SELECT name, odd.pairs, total, usual, usual_text, usual_pairs, facts.kind, facts.key,
  facts.value, times, source_start, source_text, target_start, target_text
FROM facts CROSS JOIN odd USING (kind, key, value) JOIN pairs ON number = facts.pair
ORDER BY name, source_start, target_start, facts.kind, facts.key, facts.value
"""
_FULL_NAMES = f"""
SELECT key, sum(pairs), min(text) FROM renderings WHERE kind = '{FULL_NAME}' GROUP BY key
"""  # noqa: S608
_LONG_ENOUGH = 5


class Odd(NamedTuple):
    """A fact of one pair that departs from what ``usual_pairs`` of ``total`` pairs show."""

    pair: str
    pairs: int
    total: int
    usual: str
    usual_text: str
    usual_pairs: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class Lesson:
    """A rule for one kind of fact: from when an odd one is told, how loudly, in which words."""

    check: str
    rule: str
    severity: Severity
    confidence: float
    usual: int  # pairs that must show what is usual
    share: float  # of all pairs with the key: what is not rarer is a choice, no slip
    message: str
    applies: Callable[[Odd], bool] = lambda odd: True


def _another_word(odd: Odd) -> bool:
    """False where one rendering is a part of the other: Datei, Textdatei."""
    return odd.usual not in odd.fact.value and odd.fact.value not in odd.usual


def _another_spelling(odd: Odd) -> bool:
    """False where only capitals or the width of letters differ."""
    written, usual = (
        unicodedata.normalize("NFKC", text).casefold() for text in (odd.fact.value, odd.usual)
    )
    return written != usual


LESSONS = {
    TERM: Lesson(
        "terms", "archive-rendering", Severity.NOTE, 0.3, 10, 0.04,
        "“{source}” is “{target}” here; {usual_pairs} other articles have “{usual}”.",
        _another_word,
    ),
    TITLE: Lesson(
        "terms", "archive-rendering", Severity.WARNING, 0.6, 4, 0.25,
        "“{source}” is called “{target}” here; {usual_pairs} other articles have “{usual}”.",
        _another_word,
    ),
    NAME: Lesson(
        "consistency", "archive-spelling", Severity.WARNING, 0.6, 5, 0.1,
        "“{written}” is spelled “{usual}” in {usual_pairs} other articles.",
        _another_spelling,
    ),
    SENTENCE: Lesson(
        "consistency", "archive-sentence", Severity.NOTE, 0.5, 2, 0.5,
        "{usual_pairs} other articles translate this sentence otherwise: “{usual} …”.",
    ),
}  # fmt: skip
MISSPELT = Lesson(
    "names", "archive-misspelt", Severity.WARNING, 0.6, 5, 0.0,
    "“{written}” stands in this article only; {usual_pairs} others write “{usual}”.",
)  # fmt: skip


def learn(db: sqlite3.Connection, run: int, languages: tuple[str, str]) -> None:
    """Learns from all facts and judges all pairs anew; the caller makes it one transaction."""
    db.execute("DELETE FROM renderings")
    db.execute(_AGGREGATE)
    db.execute(_AGGREGATE_SENTENCES)
    judge(db, languages)
    db.execute("CREATE TEMP TABLE before AS SELECT * FROM findings WHERE archive")
    db.execute("CREATE INDEX temp.before_by_pair ON before (pair, id)")
    db.execute("DELETE FROM findings WHERE archive")
    db.executemany(
        "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, 1, '{}')",
        (_row(odd, lesson, run) for odd, lesson in _lessons(db)),
    )
    _compare_with_before(db, run)
    db.execute("DROP TABLE before")


def _compare_with_before(db: sqlite3.Connection, run: int) -> None:
    """What stood there before keeps its run; what is gone from a compared pair is fixed."""
    db.execute(
        "UPDATE findings SET since = before.since FROM before WHERE findings.archive"
        " AND before.pair = findings.pair AND before.id = findings.id"
    )
    db.execute(
        "INSERT INTO fixed SELECT pair, id, ?, finding FROM before"
        " JOIN pairs ON name = pair AND state = 'compared' WHERE NOT EXISTS"
        " (SELECT 1 FROM findings WHERE findings.pair = before.pair AND findings.id = before.id)",
        (run,),
    )


def _lessons(db: sqlite3.Connection) -> Iterator[tuple[Odd, Lesson]]:
    db.execute(_ODD)
    db.execute("CREATE INDEX temp.odd_by_key ON odd (kind, key, value)")
    for row in db.execute(_PLACES):
        odd = Odd._make((*row[:6], Fact(*row[6:])))
        lesson = LESSONS.get(odd.fact.kind)
        if lesson and _unusual(odd, lesson) and lesson.applies(odd):
            yield odd, lesson
    db.execute("DROP TABLE odd")
    for odd in _misspelt(db):
        yield odd, MISSPELT


def _unusual(odd: Odd, lesson: Lesson) -> bool:
    return odd.usual_pairs >= lesson.usual and odd.pairs <= max(1, lesson.share * odd.total)


def _misspelt(db: sqlite3.Connection) -> Iterator[Odd]:
    """Full names of one article, one letter beside a full name of many.

    The given name must be the same, and no other article may have the surname, which
    would make it the name of somebody else.
    """
    usual: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for key, pairs, text in db.execute(f"{_FULL_NAMES} HAVING sum(pairs) >= ?", (MISSPELT.usual,)):
        given, _, surname = key.rpartition(" ")
        usual[given].append((surname, pairs, text))
    rare = db.execute(f"{_FULL_NAMES} HAVING sum(pairs) = 1 ORDER BY key").fetchall()
    for key, pairs, _ in rare:
        given, _, surname = key.rpartition(" ")
        for other, others, text in sorted(usual.get(given, ())):
            if _slip(surname, other) and _known_pairs(db, given, surname) <= 1:
                for name, *fact in _places_of(db, key):
                    yield Odd(name, pairs, others, other, text, others, Fact(*fact))
                break


def _slip(one: str, other: str) -> bool:
    long_enough = min(len(one), len(other)) >= _LONG_ENOUGH
    return long_enough and OSA.distance(one, other, score_cutoff=1) == 1


def _known_pairs(db: sqlite3.Connection, given: str, surname: str) -> int:
    """How many pairs have the surname alone or in any full name, in the language of ``given``."""
    key = f"{given.split(' ')[0]} {surname.replace('-', '')}"
    found = db.execute(
        "SELECT sum(pairs) FROM renderings WHERE kind = ? AND key = ?", (NAME, key)
    ).fetchone()
    return found[0] or 0


def _places_of(db: sqlite3.Connection, key: str) -> Iterator[tuple[Any, ...]]:
    return db.execute(
        "SELECT name, kind, facts.key, value, times, source_start, source_text, target_start,"
        " target_text FROM facts JOIN pairs ON number = facts.pair"
        " WHERE kind = ? AND facts.key = ? ORDER BY name, value",
        (FULL_NAME, key),
    )


def _row(odd: Odd, lesson: Lesson, run: int) -> tuple[Any, ...]:
    """A finding of the archive as a row of the store."""
    fact = odd.fact
    written = fact.source_text if fact.target_start < 0 else fact.target_text
    said = (lesson.check, lesson.rule, fact.key, fact.value)
    finding: dict[str, Any] = {
        "id": hashlib.sha256("\x1f".join(said).encode("utf-8", "replace")).hexdigest()[:12],
        "check": lesson.check,
        "rule": lesson.rule,
        "severity": lesson.severity.value,
        "confidence": lesson.confidence,
        "message": lesson.message.format(
            source=fact.source_text,
            target=fact.target_text,
            written=written,
            usual=odd.usual_text,
            usual_pairs=odd.usual_pairs,
        ),
        "source": _passage(fact.source_start, fact.source_text),
        "target": _passage(fact.target_start, fact.target_text),
        "suggestion": None if fact.kind == SENTENCE else odd.usual_text,
        "related": [],
    }
    values = json.dumps(finding, ensure_ascii=False)
    severity = lesson.severity.value
    return odd.pair, finding["id"], lesson.rule, lesson.check, severity, run, values


def _passage(start: int, text: str) -> dict[str, Any] | None:
    return {"start": start, "end": start + len(text), "text": text} if start >= 0 else None
