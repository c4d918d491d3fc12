"""Which documents of an archive are two versions of one article."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from checker.audit.files import address, exists, files_in, here, is_folder, is_remote, keep
from checker.errors import ReadError
from checker.read import readers

_SIDES = ("source", "target")
_KNOWN = frozenset(
    ("id", "both", *_SIDES, *(f"{s}_{c}" for s in _SIDES for c in ("text", "language")))
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that belong together, under the name people know the article by.

    ``target`` is None for a document without counterpart. ``metadata`` holds what the
    archive says of it (date, section, author), as text; ``languages`` are codes where the
    archive says them, else empty. A file that holds both languages is source and target.
    """

    name: str
    source: Path
    target: Path | None
    metadata: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, str] = ("", "")

    @property
    def bilingual(self) -> bool:
        """True for one file that holds both languages."""
        return self.source == self.target

    @property
    def second(self) -> Path | None:
        """What to compare the source with; None where the source is all there is."""
        return None if self.bilingual else self.target


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs of an archive, sorted by name, and the documents left without counterpart."""

    pairs: tuple[Pair, ...]
    alone: tuple[Path, ...] = ()


def printable(name: str) -> str:
    """A name as text; what is none is written out, so that no two names fall together."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def find_pairs(archive: Path, source: str, target: str, texts: Path | None = None) -> Pairing:
    """The pairs of a folder, or those that a manifest lists.

    In a folder ``<name>.fr.txt`` belongs to ``<name>.de.txt`` and ``fr/<name>`` to
    ``de/<name>``; a file of a format that holds both languages is a pair by itself. Texts
    that a manifest holds itself are kept as files in ``texts``. Raises ReadError for a
    missing folder or a broken manifest.
    """
    if is_folder(archive):
        return _in_folder(archive, source, target)
    if archive.suffix in _MANIFESTS:
        return Pairing(_sorted(_in_manifest(archive, texts)))
    if exists(archive):
        kinds = ", ".join(sorted(_MANIFESTS))
        raise ReadError(
            "{path} is no folder and no manifest ({kinds}): name one of these.",
            path=address(archive),
            kinds=kinds,
        )
    raise ReadError("{path} does not exist: check the name.", path=address(archive))


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: pair.name))


def _in_folder(folder: Path, source: str, target: str) -> Pairing:
    files = [path for path in files_in(folder) if not _hidden(path, folder)]
    both = [path for path in files if holds_both(path)]
    pairs = [Pair(printable(str(path.relative_to(folder))), path, path) for path in both]
    taken = set(both)
    files = [path for path in files if path not in taken]
    existing = set(files)
    for path in files:
        name, other = counterpart(path.relative_to(folder), source, target)
        if other is not None and folder / other in existing:
            pairs.append(Pair(printable(name), path, folder / other))
            taken |= {path, folder / other}
    alone = tuple(
        path
        for path in files
        if path not in taken
        and any(counterpart(path.relative_to(folder), a, a)[1] for a in (source, target))
    )
    return Pairing(_sorted(pairs), alone)


def holds_both(path: Path) -> bool:
    """True for the formats whose files always hold both languages: XLIFF, TMX, PO."""
    return path.suffix.lower() in _suffixes_of_both()


@cache
def _suffixes_of_both() -> frozenset[str]:
    found = [r for r in readers().values() if r.parse is None]
    return frozenset(suffix for reader in found for suffix in reader.suffixes)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def counterpart(path: Path, source: str, target: str) -> tuple[str, Path | None]:
    """Name of the article and path of the other version, None when ``path`` is no source.

    The last mark counts: ``fr/a.fr.txt`` belongs to ``fr/a.de.txt``.
    """
    pieces = path.name.split(".")
    if len(pieces) > 2 and pieces[-2] == source:
        stem, suffix = ".".join(pieces[:-2]), pieces[-1]
        return str(path.with_name(stem)), path.with_name(f"{stem}.{target}.{suffix}")
    parts = list(path.parts)
    for i in range(len(parts) - 2, -1, -1):
        if parts[i] == source:
            name = Path(*parts[:i], *parts[i + 1 :]).with_suffix("")
            return str(name), Path(*parts[:i], target, *parts[i + 1 :])
    return str(path), None


def _in_manifest(manifest: Path, texts: Path | None) -> Iterator[Pair]:
    with TemporaryDirectory() as folder, here(manifest, Path(folder)) as local:
        rows = _MANIFESTS[manifest.suffix](local)
    for number, row in enumerate(rows, 1):
        if row.get("both"):
            row = {**row, "source": row["both"], "target": row["both"]}
        missing = [side for side in _SIDES if not row.get(side) and not row.get(f"{side}_text")]
        if missing:
            raise ReadError(
                "{path}, entry {number}: no {known}; each entry needs both documents, as "
                "paths (source, target), as one file (both) or as texts (source_text, "
                "target_text).",
                path=address(manifest),
                number=number,
                known=" and no ".join(missing),
            )
        source, target = (_document(manifest, row, side, number, texts) for side in _SIDES)
        metadata = [(k, str(v)) for k, v in row.items() if k and k not in _KNOWN and v]
        name = str(row.get("id") or row.get("source") or number)
        languages = [str(row.get(f"{side}_language") or "") for side in _SIDES]
        yield Pair(
            printable(name if row.get("id") else str(Path(name).with_suffix(""))),
            source,
            target,
            tuple(sorted(metadata)),
            (languages[0], languages[1]),
        )


def _document(
    manifest: Path, row: dict[str, Any], side: str, number: int, texts: Path | None
) -> Path:
    """The path of one document of an entry; a text is written to a file named by its content."""
    if row.get(side):
        return _inside(manifest, str(row[side]), number)
    if texts is None:
        raise ReadError(
            "{path}, entry {number}: only `checker audit` takes texts.",
            path=address(manifest),
            number=number,
        )
    data = str(row[f"{side}_text"]).encode("utf-8", "replace")
    digest = hashlib.sha256(data).hexdigest()[:24]
    path = texts / digest[:2] / f"{digest}.txt"
    keep(path, data)
    return path


def _inside(manifest: Path, name: str, number: int) -> Path:
    """The path that a manifest names; it may not lead out of the manifest's folder."""
    path = manifest.parent / name
    inside = (
        path.is_relative_to(manifest.parent) and ".." not in path.parts
        if is_remote(manifest)
        else path.resolve().is_relative_to(manifest.parent.resolve())
    )
    if not inside:
        raise ReadError(
            "{path}, entry {number}: {name} lies outside the manifest's folder: put "
            "the manifest above the documents.",
            path=address(manifest),
            number=number,
            name=name,
        )
    return path


def _csv(manifest: Path) -> list[dict[str, Any]]:
    with manifest.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _jsonl(manifest: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(manifest.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line) if line.strip() else None
        except json.JSONDecodeError as error:
            raise ReadError(
                "{manifest}, line {number}: no JSON ({msg}).",
                manifest=manifest,
                number=number,
                msg=error.msg,
            ) from None
        if row is not None and not isinstance(row, dict):
            raise ReadError(
                "{manifest}, line {number}: a JSON object is needed.",
                manifest=manifest,
                number=number,
            )
        rows += [row] if row else []
    return rows


def _parquet(manifest: Path) -> list[dict[str, Any]]:
    try:
        import pyarrow.parquet
    except ImportError:
        raise ReadError(
            "{manifest} needs pyarrow: run `pip install "
            "'translation-consistency-checker[cluster]'`.",
            manifest=manifest,
        ) from None
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(manifest).to_pylist()
    return rows


_MANIFESTS = {".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet}
