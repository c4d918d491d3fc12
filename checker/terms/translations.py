"""How surely words translate each other, learned once from sentences that people translated.

``checker/data/translations.fr-de.tsv.gz`` holds the strength of pairs of keys,
``certainty.fr-de.tsv.gz`` how often a word has a counterpart at all in such sentences: police
nearly always has, façon rarely. Both are made by ``benchmarks/build_translations.py``.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib import resources

# The certainty of words that were seen too rarely to be listed.
UNKNOWN = 0.6


@cache
def strengths(first: str, second: str) -> Mapping[str, str]:
    """Lines of the table by the key of the first language: "polizei:86|polizist:7"."""
    return dict(line.split("\t", 1) for line in _lines(f"translations.{first}-{second}.tsv.gz"))


def strength(source: str, target: str, table: Mapping[str, str]) -> float:
    """How surely two keys translate each other, 0 to 1; 0 where nothing is known."""
    line = table.get(source, "")
    begins = line.find(target + ":")
    if begins < 0 or (begins and line[begins - 1] != "|"):
        begins = line.find(f"|{target}:")
        if begins < 0:
            return 0.0
        begins += 1
    return int(line[begins + len(target) + 1 :].split("|", 1)[0]) / 100


def certainty(code: str, key: str) -> float:
    """How likely a word has a counterpart in a good translation."""
    return _certainties(code).get(key, UNKNOWN)


@cache
def _certainties(code: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for line in _lines("certainty.fr-de.tsv.gz"):
        language, key, share = line.split("\t")
        if language == code:
            found[key] = int(share) / 100
    return found


def _lines(name: str) -> list[str]:
    file = resources.files("checker") / "data" / name
    if not file.is_file():
        return []
    return gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()
