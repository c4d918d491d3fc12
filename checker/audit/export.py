"""Writes what the store of an audit holds as files for other programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from checker.audit.store import Store
from checker.errors import SettingsError, did_you_mean

_COLUMNS = (
    "pair", "severity", "check", "rule", "confidence", "message", "source_start", "source_end",
    "source_text", "target_start", "target_end", "target_text", "suggestion", "id",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(store: Store, folder: Path, extra: tuple[str, ...] = ()) -> None:
    """Writes findings, pairs, lone documents, divided terms and copies, each as ``.jsonl``.

    ``extra`` names further formats. Raises SettingsError on an unknown one.
    """
    for name in extra:
        if name not in EXTRA:
            hint = did_you_mean(name, list(EXTRA))
            raise SettingsError(
                'No export "{name}"{hint}. Known: {known}.',
                name=name,
                hint=hint,
                known=", ".join(EXTRA),
            )
    _lines(folder / "findings.jsonl", _findings(store))
    _lines(folder / "pairs.jsonl", pair_rows(store))
    _lines(folder / "alone.jsonl", _alone(store))
    _lines(folder / "terms.jsonl", (term.as_dict() for term in store.several()))
    _lines(folder / "copies.jsonl", map(asdict, store.copies()))
    for name in extra:
        EXTRA[name](store, folder)


def pair_rows(store: Store) -> Iterator[dict[str, Any]]:
    """One row a pair: what became of it, how many findings of each severity."""
    for row in store.rows():
        yield {
            "pair": row.name,
            "state": row.state,
            "error": row.error or None,
            "source": str(row.source),
            "target": str(row.target),
            "words": row.words,
            "coverage": row.coverage,
            "findings": {"error": row.errors, "warning": row.warnings, "note": row.notes},
            "metadata": row.metadata,
        }


def _alone(store: Store) -> Iterator[dict[str, Any]]:
    """One row a document without counterpart, with what is wrong inside it."""
    for lone in store.alone():
        yield {
            "path": lone.path,
            "state": lone.state,
            "error": lone.error or None,
            "words": lone.words,
            "findings": lone.findings,
        }


def _findings(store: Store) -> Iterator[dict[str, Any]]:
    return ({"pair": f.pair, **f.values} for f in store.findings())


def _lines(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    """Writes beside the old file and then takes its place, so that no reader sees half of it."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    unfinished.replace(path)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat = {name: row.get(name) for name in _COLUMNS}
    for side in ("source", "target"):
        for part in ("start", "end", "text"):
            flat[f"{side}_{part}"] = (row[side] or {}).get(part)
    return flat


def _csv(store: Store, folder: Path) -> None:
    with (folder / "findings.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        writer.writerows({k: _inert(v) for k, v in _flat(row).items()} for row in _findings(store))


def _inert(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula, kept as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _parquet(store: Store, folder: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise SettingsError(
            "Parquet needs pyarrow: run `pip install 'translation-consistency-checker[cluster]'`."
        ) from None
    whole = {"source_start", "source_end", "target_start", "target_end"}
    schema = pa.schema(
        [
            (c, pa.int64() if c in whole else pa.float64() if c == "confidence" else pa.string())
            for c in _COLUMNS
        ]
    )
    rows = [_flat(row) for row in _findings(store)]
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / "findings.parquet")


EXTRA: dict[str, Callable[[Store, Path], None]] = {"csv": _csv, "parquet": _parquet}
