"""An audit on a real Dask cluster gives the same bytes, even when a worker is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from audit.conftest import audit
from audit.test_audit import results

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.filterwarnings("default")


def test_a_killed_worker_costs_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    audit(archive, "--out", tmp_path / "local", "--only", "numbers", "--jobs", "1")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        victim = next(iter(cluster.workers.values()))

        def kill() -> None:
            time.sleep(3)
            os.kill(victim.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        result = audit(
            archive, "--out", tmp_path / "dask", "--only", "numbers",
            "--engine", "dask", "--scheduler", cluster.scheduler_address,
        )  # fmt: skip
        killer.join()
        shared = audit(
            f"file://{archive}", "--out", f"file://{tmp_path / 'shared'}", "--only", "numbers",
            "--engine", "dask", "--scheduler", cluster.scheduler_address,
        )  # fmt: skip
    assert result.returncode == 1, result.stderr
    assert results(tmp_path / "dask") == results(tmp_path / "local")
    assert shared.returncode == 1, shared.stderr
    found = [(tmp_path / name / "findings.jsonl").read_bytes() for name in ("shared", "local")]
    assert found[0] == found[1]


def test_no_cluster_there_is_one_sentence(archive: Path, tmp_path: Path) -> None:
    result = audit(
        archive, "--out", tmp_path / "o", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"
    )
    assert result.returncode == 2
    assert "No Dask scheduler answers" in result.stderr
