"""Archives and results that fsspec reaches give the same as those in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from audit.conftest import COUNT, audit, write_pair
from audit.test_audit import WRONG, rows
from click.testing import CliRunner, Result

from checker.audit.files import address, is_remote
from checker.cli import app
from checker.errors import CheckerError, ReadError

fsspec = pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")
ONLY = ("--only", "numbers", "--jobs", "1")


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """fsspec's file system in memory, empty before and after."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = fsspec.filesystem("memory")
    found.store.clear()
    yield found
    found.store.clear()


def run(*arguments: str | Path) -> Result:
    """The audit command in this process, whose memory the file system lives in."""
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def uploaded(memory: Any, archive: Path) -> str:
    for path in archive.iterdir():
        memory.pipe_file(f"/archive/news/{path.name}", path.read_bytes())
    return "memory://archive"


def lines(memory: Any, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in memory.cat_file(f"/results/{name}").splitlines()]


@pytest.mark.parametrize(
    ("written", "remote", "said"),
    [
        ("s3://bucket/a/b.txt", True, "s3://bucket/a/b.txt"),
        ("file:///shared/a", True, "file:///shared/a"),
        ("folder/a:b/c", False, "folder/a:b/c"),
        ("C:/texts", False, "C:/texts"),
    ],
)
def test_addresses_survive_as_paths(written: str, remote: bool, said: str) -> None:
    assert is_remote(Path(written)) == remote
    assert address(Path(written)) == said
    assert address(Path(said)) == said


def test_an_archive_and_results_on_object_storage(
    archive: Path, tmp_path: Path, memory: Any
) -> None:
    where = uploaded(memory, archive)
    told = run(where, "--out", "memory://results", *ONLY)
    assert told.exit_code == 1, told.output
    assert "memory://results/report.html" in told.output
    audit(archive, "--out", tmp_path / "out", *ONLY)
    ids = [(f["id"], f["source"]) for f in rows(tmp_path / "out" / "findings.jsonl")]
    assert [(f["id"], f["source"]) for f in lines(memory, "findings.jsonl")] == ids
    assert [p["pair"] for p in lines(memory, "pairs.jsonl")] == [
        f"news/article-{n:02}" for n in range(COUNT)
    ]
    assert memory.exists("/results/pairs/0001.html")
    assert not list((tmp_path / "cache").rglob("audit.sqlite"))


def test_a_later_run_takes_up_the_store_that_was_published(
    archive: Path, tmp_path: Path, memory: Any
) -> None:
    cache = tmp_path / "cache"
    where = uploaded(memory, archive)
    run(where, "--out", "memory://results", *ONLY)
    write_pair(archive, 5, wrong=False)
    uploaded(memory, archive)
    assert "(1 now)" in run(where, "--out", "memory://results", *ONLY).output
    assert "Run 2" in run("status", "memory://results").output
    assert not list(cache.rglob("audit.sqlite"))
    wrong = [f"news/{name}" for name in WRONG if name != "article-05"]
    assert [f["pair"] for f in lines(memory, "findings.jsonl")] == wrong


def test_a_manifest_on_object_storage_stays_in_its_folder(archive: Path, memory: Any) -> None:
    uploaded(memory, archive)
    entry = {"id": "a", "source": "news/article-00.fr.txt", "target": "news/article-00.de.txt"}
    memory.pipe_file("/archive/list.jsonl", json.dumps(entry).encode())
    run("memory://archive/list.jsonl", "--out", "memory://results", *ONLY)
    assert [p["state"] for p in lines(memory, "pairs.jsonl")] == ["compared"]
    memory.pipe_file("/archive/list.jsonl", json.dumps(entry | {"source": "../x.fr.txt"}).encode())
    told = run("memory://archive/list.jsonl", "--out", "memory://results", *ONLY)
    assert isinstance(told.exception, ReadError)
    assert "memory://archive/list.jsonl, entry 1: ../x.fr.txt lies outside" in str(told.exception)


def test_what_is_not_there_is_one_sentence(memory: Any) -> None:
    for where, said in (
        ("memory://nothing", "does not exist"),
        ("nosuch://bucket/a", "cannot be reached"),
    ):
        told = run(where, "--out", "memory://results", *ONLY)
        assert isinstance(told.exception, CheckerError)
        assert said in str(told.exception)
