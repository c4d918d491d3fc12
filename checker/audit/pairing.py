"""Which files of a folder are two versions of one article."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that belong together, named as people would name the article."""

    name: str
    source: Path
    target: Path


def pairs_by_name(folder: Path, source: str, target: str) -> tuple[Pair, ...]:
    """Pairs ``<name>.fr.txt`` with ``<name>.de.txt``, sorted by name."""
    found = []
    for path in sorted(folder.rglob(f"*.{source}.*")):
        stem, _, suffix = path.name.rpartition(f".{source}.")
        other = path.with_name(f"{stem}.{target}.{suffix}")
        if other.is_file():
            name = str(path.with_name(stem).relative_to(folder))
            found.append(Pair(name, path, other))
    return tuple(found)
