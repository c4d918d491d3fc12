"""Terms that an archive renders in several ways: how often, when, and in which articles."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from checker.audit.observe import TERM

_TERMS = 1000
_ARTICLES = 20
_LEAST_PAIRS, _LEAST_VARIANT = 5, 2
_VARIANT_SHARE = 0.02

# A compound with the usual rendering is the same term, said more precisely.
_KEPT = """
CREATE TEMP TABLE kept AS
  SELECT key, value, text, pairs, value = usual AS is_usual FROM (
    SELECT *, sum(pairs) OVER (PARTITION BY key) AS total,
      first_value(value) OVER (PARTITION BY key ORDER BY pairs DESC, value) AS usual
    FROM renderings WHERE kind = ?)
  WHERE pairs >= max(?, ? * total)
    AND (value = usual OR instr(value, usual) + instr(usual, value) = 0)
"""
_WANTED = """
CREATE TEMP TABLE wanted AS SELECT key, sum(pairs) FILTER (WHERE NOT is_usual) AS departing
  FROM kept GROUP BY key HAVING count(*) > 1 AND sum(pairs) >= ? ORDER BY departing DESC, key
  LIMIT ?
"""
_USES = """
SELECT facts.key, facts.value, text, times, source_text, name,
  substr(json_extract(metadata, '$.date'), 1, 7)
FROM facts CROSS JOIN kept USING (key, value) JOIN wanted USING (key)
  JOIN pairs ON number = facts.pair
WHERE kind = ? ORDER BY name, facts.key, facts.value
"""


@dataclass(slots=True)
class Rendering:
    """One rendering of a term; ``pairs`` counts articles, ``months`` articles by month."""

    text: str
    pairs: int = 0
    times: int = 0
    months: Counter[str] = field(default_factory=Counter)
    articles: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The rendering as plain values."""
        months = dict(sorted(self.months.items()))
        return {
            "text": self.text,
            "pairs": self.pairs,
            "times": self.times,
            "months": months,
            "articles": self.articles,
        }


@dataclass(frozen=True, slots=True)
class Term:
    """A term and its renderings, the usual one first; at most 20 articles of each are named."""

    term: str
    renderings: tuple[Rendering, ...]

    def as_dict(self) -> dict[str, Any]:
        """The term as plain values."""
        return {"term": self.term, "renderings": [r.as_dict() for r in self.renderings]}


def several(db: sqlite3.Connection) -> list[Term]:
    """Up to 1,000 terms with several renderings that at least two articles each have.

    A rendering in fewer than 2 % of the articles that have the term is left to the findings.
    """
    db.execute(_KEPT, (TERM, _LEAST_VARIANT, _VARIANT_SHARE))
    db.execute("CREATE INDEX temp.kept_by_key ON kept (key, value)")
    db.execute(_WANTED, (_LEAST_PAIRS, _TERMS))
    order = [key for (key,) in db.execute("SELECT key FROM wanted ORDER BY departing DESC, key")]
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    found: defaultdict[str, dict[str, Rendering]] = defaultdict(dict)
    for key, value, text, times, written, name, month in db.execute(_USES, (TERM,)):
        forms[key][written] += 1
        _count(found[key].setdefault(value, Rendering(text)), times, name, month)
    db.execute("DROP TABLE wanted")
    db.execute("DROP TABLE kept")
    return [Term(_commonest(forms[key]), _ranked(found[key])) for key in order]


def _count(rendering: Rendering, times: int, article: str, month: str | None) -> None:
    rendering.pairs += 1
    rendering.times += times
    if month:
        rendering.months[month] += 1
    if len(rendering.articles) < _ARTICLES:
        rendering.articles.append(article)


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _ranked(renderings: dict[str, Rendering]) -> tuple[Rendering, ...]:
    return tuple(sorted(renderings.values(), key=lambda r: (-r.pairs, r.text)))
