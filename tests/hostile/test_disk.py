"""Disks that are full, folders that may not be written, stores in use: one sentence each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hostile.conftest import checker, refused, write

SMALL = 24 * 1024
# Detecting the language of so short a text needs room for a table in the temporary folder.
TOLD = ("--source-lang", "fr", "--target-lang", "de")
UNWRITABLE = next((p for p in ("/sys/kernel", "/proc") if Path(p).is_dir()), "")

needs_unwritable = pytest.mark.skipif(not UNWRITABLE, reason="no folder that nobody can write")


@pytest.mark.parametrize("name", ["json", "html", "xlsx", "sarif", "junit", "csv", "xliff", "tmx"])
def test_a_report_that_does_not_fit(pair: list[Path], tmp_path: Path, name: str) -> None:
    out = tmp_path / "report.x"
    done = checker("diff", *pair, *TOLD, "--format", name, "--output", out, file_size=100)
    assert "cannot be written" in refused(done)


@pytest.mark.parametrize(
    "arguments",
    [
        ["align", "a.fr.txt", "a.de.txt", "--output", "/dev/full"],
        ["diff", "a.fr.txt", "a.de.txt", "--output", "/dev/full"],
        ["terms", "convert", "house.csv", "/dev/full/x.tsv"],
        ["evaluate", "gold", "--output", "/dev/full"],
    ],
)
def test_a_full_disk_is_one_sentence(tmp_path: Path, arguments: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    write(tmp_path)
    (tmp_path / "house.csv").write_text("fr,de\ngrue,Kranich\n", encoding="utf-8")
    corpora = Path(__file__).parents[2] / "corpora"
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "derby-du-rhone").symlink_to(corpora / "derby-du-rhone")
    done = checker(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("checker: ")


def test_an_audit_on_a_disk_that_fills_up(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write(archive)
    done = checker("audit", archive, "--out", tmp_path / "out", "--jobs", "1", file_size=SMALL)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_a_cache_that_cannot_be_kept_costs_nothing_but_time(pair: list[Path]) -> None:
    done = checker("diff", *pair, *TOLD, "-q", file_size=1)
    assert (done.returncode, done.stderr) == (1, "")


@needs_unwritable
@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "a.fr.txt", "a.de.txt", "--output", f"{UNWRITABLE}/x.json"],
        ["diff", "a.fr.txt", "a.de.txt", "--format", "json", "--output-dir", f"{UNWRITABLE}/x"],
        ["align", "a.fr.txt", "a.de.txt", "--output", f"{UNWRITABLE}/x"],
        ["audit", ".", "--out", f"{UNWRITABLE}/x"],
        ["init", UNWRITABLE],
        ["waive", "0123456789ab", "--reason", "x", "--file", f"{UNWRITABLE}/x"],
        ["terms", "convert", "house.csv", f"{UNWRITABLE}/x.tsv"],
        ["terms", "extract", "a.fr.txt", "a.de.txt", "--output", f"{UNWRITABLE}/x.tsv"],
    ],
)
def test_a_folder_that_nobody_can_write(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path)
    (tmp_path / "house.csv").write_text("fr,de\ngrue,Kranich\n", encoding="utf-8")
    assert UNWRITABLE in refused(checker(*arguments, cwd=tmp_path))


def test_a_store_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with sqlite3.connect(out / "audit.sqlite") as store:
        store.execute("PRAGMA user_version = 9999")
    store.close()
    write(tmp_path)
    before = (out / "audit.sqlite").read_bytes()
    assert "newer version" in refused(checker("audit", tmp_path, "--out", out))
    assert (out / "audit.sqlite").read_bytes() == before


def test_a_store_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "audit.sqlite").write_text("not a store at all, but long enough to be read as one" * 99)
    write(tmp_path)
    assert "audit.sqlite" in refused(checker("audit", tmp_path, "--out", out))


@pytest.mark.parametrize(
    ("damage", "arguments"),
    [
        ("UPDATE runs SET started = CAST(x'95' AS TEXT)", ["audit", "status", "out"]),
        ("UPDATE pairs SET report = x'00'", ["terms", "extract", "out", "--output", "t.csv"]),
        ("UPDATE findings SET finding = '{'", ["audit", "status", "out", "--since", "0"]),
    ],
)
def test_a_damaged_store_is_one_sentence(tmp_path: Path, damage: str, arguments: list[str]) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in")
    checker("audit", "in", "--out", "out", "--jobs", "1", cwd=tmp_path)
    with closing(sqlite3.connect(tmp_path / "out" / "audit.sqlite")) as db:
        db.execute(damage)
        db.commit()
    assert "cannot be used" in refused(checker(*arguments, cwd=tmp_path))


def test_two_audits_on_one_store_do_not_mix(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write(tmp_path)
    lock = sqlite3.connect(out / "audit.lock", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    assert str(out) in refused(checker("audit", tmp_path, "--out", out))
    lock.close()
