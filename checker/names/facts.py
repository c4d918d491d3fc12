"""Facts about names that languages write differently: exonyms, transcriptions, acronyms.

Two kinds of table: groups of names that mean the same (``places.tsv``, ``facts.tsv``),
and word beginnings that mean the same place or people (``stems.tsv``), which cover
adjectives and inhabitants. Groups have no language: Genf, Genève and Ginevra are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from checker.names.spelling import fold

_ADJECTIVE_ENDING = re.compile(r"(?:e[nrsm]|e)(?= )")
_JOINTS = re.compile(r"[\s\-./‑]+")


@dataclass(frozen=True, slots=True)
class _Stems:
    """Rows of the stem table that a language's words can belong to."""

    whole: Mapping[str, frozenset[int]]
    beginnings: Mapping[str, frozenset[int]]


def phrase_key(text: str) -> str:
    """What a name is looked up by: folded, single spaces, adjective endings levelled."""
    return _ADJECTIVE_ENDING.sub("", _JOINTS.sub(" ", fold(text)).strip())


def longest_phrase(word: str) -> int:
    """How many words the longest known name that begins with the folded ``word`` has."""
    return _lengths().get(_ADJECTIVE_ENDING.sub("", f"{word} ").strip(), 1)


@lru_cache(maxsize=1 << 13)
def groups_of(text: str) -> frozenset[int]:
    """Numbers of the groups that have ``text`` as one of their names; mostly none."""
    return _groups().get(phrase_key(text), frozenset())


@lru_cache(maxsize=1 << 13)
def stems_of(word: str, language: str) -> frozenset[int]:
    """Numbers of the rows whose word or beginning in ``language`` is ``word`` or begins it."""
    stems = _stems(language)
    folded = fold(word)
    bare = folded[:-1] if folded.endswith("s") else folded
    found = stems.whole.get(folded, frozenset()) | stems.whole.get(bare, frozenset())
    return found.union(
        *(stems.beginnings.get(folded[:n], frozenset()) for n in range(2, len(folded) + 1))
    )


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("checker").joinpath(f"data/names/{name}").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1 << 13)
def places_of(word: str, language: str) -> frozenset[int]:
    """Like ``stems_of``, only the rows that are distinct countries, regions and towns."""
    return stems_of(word, language) & _places()


def of_kind(groups: frozenset[int], kind: str) -> frozenset[int]:
    """Those of some groups that are of one kind of ``facts.tsv``: person, organisation, ..."""
    return groups & _kinds().get(kind, frozenset())


@cache
def _kinds() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(_rows("facts.tsv")):
        found.setdefault(row[0], set()).add(number)
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


@cache
def _places() -> frozenset[int]:
    rows = _rows("stems.tsv")
    next(rows)
    return frozenset(number for number, row in enumerate(rows) if row[0] == "place")


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    facts = [[phrase_key(n) for n in row[-1].split("|")] for row in _rows("facts.tsv")]
    places = [row[0].split("|") for row in _rows("places.tsv")]
    found: dict[str, frozenset[int]] = {}
    for number, keys in enumerate(facts + places):
        alone = frozenset((number,))
        for key in keys:
            found[key] = found[key] | alone if key in found else alone
    return found


@cache
def _lengths() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for key in _groups():
        first, space, rest = key.partition(" ")
        if space:
            found[first] = max(found.get(first, 1), rest.count(" ") + 2)
    return found


@cache
def _stems(language: str) -> _Stems:
    rows = _rows("stems.tsv")
    columns = next(rows)
    whole: dict[str, frozenset[int]] = {}
    beginnings: dict[str, frozenset[int]] = {}
    if language not in columns:
        return _Stems({}, {})
    for number, row in enumerate(rows):
        for form in row[columns.index(language)].split("|"):
            table = beginnings if form.endswith("*") else whole
            key = fold(form.rstrip("*"))
            table[key] = table.get(key, frozenset()) | {number}
    return _Stems(whole, beginnings)
