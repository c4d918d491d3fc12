"""Writes the lists of given names and surnames in ``checker/data/words`` from Faker.

usage: pip install faker && python scripts/build_people.py

Folded (``checker.names.spelling.fold``), names in other scripts left out. ``given.bloom``
holds given names, ``surnames.bloom`` surnames; many a name is in both.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from faker.providers import person

from checker.names.spelling import fold
from checker.wordset import WordSet

FOLDER = Path(__file__).parent.parent / "checker" / "data" / "words"
SHORTEST = 3
LAST_LATIN = "\u024f"


def main() -> None:
    """Write the files."""
    for kind, name in (("first", "given"), ("last", "surnames")):
        words = WordSet.of(fold(word) for word in listed(kind))
        (FOLDER / f"{name}.bloom").write_bytes(words.bits)


def listed(kind: str) -> Iterator[str]:
    """Every word of the names of a kind, in all languages that Faker knows."""
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for table in dir(provider):
            names = getattr(provider, table)
            if table.startswith(f"{kind}_names") and isinstance(names, Iterable):
                yield from words_of(names)


def words_of(names: Iterable[object]) -> Iterator[str]:
    """The words of the names that are written in Latin letters."""
    for name in names:
        if isinstance(name, str) and all(c <= LAST_LATIN for c in name):
            yield from (w for w in name.split() if len(w) >= SHORTEST)


if __name__ == "__main__":
    main()
