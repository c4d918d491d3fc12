"""What an audit of an archive costs: time, processor, memory, and what processes bring.

    python benchmarks/audit_scale.py ARCHIVE [--pairs 300] [--processes 2] [--small 300]

Runs `checker audit` on a random sample of ARCHIVE (French-German) with one process and with
several, then samples of two sizes for the memory, then a second run where nothing changed.
Processor time is that of the audit and its workers together; memory is that of the largest
process. On a machine with other work to do, processor time is the figure to trust.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processor, MiB of the largest process, pairs done."""

    wall: float
    cpu: float
    peak: float
    pairs: int
    words: int


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--small", type=int, default=300)
    parser.add_argument("--large", type=int, default=3000)
    given = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        throughput(given.archive, Path(folder), given.pairs, given.processes)
        memory(given.archive, Path(folder), given.small, given.large)


def throughput(archive: Path, out: Path, pairs: int, processes: int) -> None:
    """One process against several on the same sample, then once more with nothing to do."""
    one = measured(archive, out / "one", pairs, 1)
    report(f"{one.pairs} pairs, 1 process", one)
    many = measured(archive, out / "many", pairs, processes)
    report(f"{many.pairs} pairs, {processes} processes", many)
    print(f"{processes} processes are {one.wall / many.wall:.2f} times as fast as one")
    same = all(
        (out / "one" / f).read_bytes() == (out / "many" / f).read_bytes()
        for f in ("findings.jsonl", "pairs.jsonl")
    )
    print(f"the results are {'the same, byte for byte' if same else 'NOT the same'}")
    report("the same again, nothing changed", measured(archive, out / "one", pairs, 1))


def memory(archive: Path, out: Path, small: int, large: int) -> None:
    """Peak memory of one process over few and over many pairs."""
    few = measured(archive, out / "small", small, 1)
    many = measured(archive, out / "large", large, 1)
    print(
        f"peak memory: {few.peak:.0f} MiB over {few.pairs} pairs, {many.peak:.0f} MiB over "
        f"{many.pairs}: {many.peak / few.peak:.2f} times"
    )


def report(what: str, cost: Cost) -> None:
    """One line of figures."""
    print(
        f"{what}: {cost.wall:.1f} s, {cost.pairs / cost.wall:.2f} pairs/s; processor "
        f"{cost.cpu:.1f} s, {cost.cpu / cost.pairs:.2f} s a pair, "
        f"{1000 * cost.cpu / cost.words:.2f} s for 1,000 words of both sides; "
        f"peak {cost.peak:.0f} MiB"
    )


def measured(archive: Path, out: Path, pairs: int, jobs: int) -> Cost:
    """An audit in a process of its own, so that its children are the only ones counted."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (archive, out, pairs, jobs))


def _run(archive: Path, out: Path, pairs: int, jobs: int) -> Cost:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "checker", "audit", str(archive), "--out", str(out)]
    subprocess.run([*command, "--sample", str(pairs), "--jobs", str(jobs), "--quiet"], check=False)
    wall = time.perf_counter() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = [json.loads(line) for line in (out / "pairs.jsonl").open(encoding="utf-8")]
    words = sum(row["words"] for row in rows)
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, len(rows), words)


if __name__ == "__main__":
    main()
