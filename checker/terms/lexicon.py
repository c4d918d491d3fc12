"""Bilingual lexicons shipped with the package: which words translate each other.

One file a pair of languages in ``checker/data`` (``lexicon.fr-de.tsv.gz``), with its source
and licence beside it. Words are kept as keys (see ``Grammar.key``).
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

_SHARED = 2
_NAME = re.compile(r"lexicon\.([a-z]+)-([a-z]+)\.tsv\.gz")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Translations of one language's keys into another's; empty where nothing is known.

    A value is the translations joined by "|", a tab, "n" for what can be
    a noun and "p" for what is only a name.
    """

    translations: Mapping[str, str] = field(default_factory=dict)
    exchanged: bool = False
    languages: tuple[str, str] | None = None

    def of(self, source: str) -> tuple[str, ...]:
        """Keys that translate the key ``source``; only in the direction of the file."""
        entry = self.translations.get(source, "").split("\t")[0]
        return tuple(filter(None, entry.split("|")))

    def is_noun(self, first: str) -> bool:
        """Whether a key of the file's first language can be a noun."""
        return self.translations.get(first, "").endswith("\tn")

    def pairs(self, source: str, target: str) -> bool:
        """Whether the keys translate each other."""
        if self.exchanged:
            source, target = target, source
        return target in self.of(source)

    def knows(self, source: str, target: str) -> bool:
        """Whether both keys are in the lexicon, the target's also as the end of a compound."""
        if self.exchanged:
            source, target = target, source
        if source not in self.translations:
            return False
        return any(target[cut:] in self.backwards for cut in range(max(1, len(target) - 3)))

    def related(self, source: str, target: str) -> bool:
        """Whether the source shares translations with a word that the target translates:
        compagnie and troupe are both Ensemble, Rotte and Rudel, so Truppe may be either."""
        if self.exchanged:
            source, target = target, source
        own = set(self.of(source))
        return any(
            len(own.intersection(self.of(other))) >= _SHARED
            for other in self.backwards.get(target, ())
        )

    @property
    def backwards(self) -> Mapping[str, tuple[str, ...]]:
        """Words of the file's first language by their translations."""
        return _backwards(*self.languages) if self.languages else {}

    def __bool__(self) -> bool:
        return bool(self.translations)


def lexicon(source: str, target: str) -> Lexicon:
    """The lexicon of two language codes, in whichever direction there is a file."""
    for first, second in ((source, target), (target, source)):
        table = _table(first, second)
        if table:
            return Lexicon(table, exchanged=first != source, languages=(first, second))
    return Lexicon()


def renderings(source: str, target: str, key: str) -> tuple[str, ...]:
    """Nouns of the language ``target`` that render a key of ``source``, as they are written."""
    entry = _renderings(source, target).get(key, "")
    return tuple(filter(None, entry.split("|")))


@cache
def vocabulary(code: str) -> frozenset[str]:
    """Keys of the words of a language that any lexicon has, names left out."""
    known: set[str] = set()
    for file in (resources.files("checker") / "data").iterdir():
        name = _NAME.fullmatch(file.name)
        if name and name.group(1) == code:
            table = _table(code, name.group(2))
            known.update(key for key, entry in table.items() if not entry.endswith("\tp"))
        elif name and name.group(2) == code:
            for entry in _table(name.group(1), code).values():
                if not entry.endswith("\tp"):
                    known.update(entry.split("\t")[0].split("|"))
    return frozenset(known)


@cache
def _backwards(first: str, second: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, entry in _table(first, second).items():
        for translation in entry.split("\t")[0].split("|"):
            found[translation].append(key)
    return {translation: tuple(keys) for translation, keys in found.items()}


@cache
def _table(first: str, second: str) -> Mapping[str, str]:
    return _read(f"lexicon.{first}-{second}.tsv.gz")


@cache
def _renderings(first: str, second: str) -> Mapping[str, str]:
    return _read(f"renderings.{first}-{second}.tsv.gz")


def _read(name: str) -> Mapping[str, str]:
    file = resources.files("checker") / "data" / name
    if not file.is_file():
        return {}
    text = gzip.decompress(file.read_bytes()).decode("utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines())
