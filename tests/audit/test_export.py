"""Further formats of an audit's findings, and what a spreadsheet must not run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from audit.conftest import audit, write_pair

NUMBERS = ("--only", "numbers", "--jobs", "1")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """One wrong pair whose name a spreadsheet would take for a formula."""
    folder = tmp_path / "in"
    folder.mkdir()
    write_pair(folder, 0, wrong=True)
    for path in sorted(folder.iterdir()):
        path.rename(folder / path.name.replace("article-00", "=1+1"))
    return folder


def test_findings_in_tables_are_those_of_the_lines(small: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "out"
    done = audit(small, "--out", out, *NUMBERS, "--export", "csv,parquet")
    assert done.returncode == 1, done.stderr
    lines = (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    (finding,) = map(json.loads, lines)
    (row,) = parquet.read_table(out / "findings.parquet").to_pylist()
    assert (row["pair"], row["rule"], row["id"]) == ("=1+1", finding["rule"], finding["id"])
    assert row["source_start"] == finding["source"]["start"]
    assert (row["source_text"], row["target_text"]) == ("100", "150")
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        (cells,) = csv.DictReader(file)
    assert cells["pair"] == "'=1+1"
    assert (cells["message"], cells["target_text"]) == (finding["message"], "150")


def test_an_unknown_export_names_the_nearest(small: Path, tmp_path: Path) -> None:
    done = audit(small, "--out", tmp_path / "out", *NUMBERS, "--export", "parqet")
    assert done.returncode == 2
    assert 'No export "parqet" (did you mean "parquet"?)' in done.stderr
