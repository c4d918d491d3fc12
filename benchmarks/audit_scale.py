"""What an audit of an archive costs: time, processor, memory, and what processes bring.

    python benchmarks/audit_scale.py ARCHIVE [--pairs 300] [--processes 2] [--no-whole]

Runs `checker audit` on a random sample of ARCHIVE (French-German, named <name>.fr.txt and
<name>.de.txt) with one process and with several, and on the whole archive; then again with
nothing changed and with one article edited; then tells where the processor goes. Ends with a
table for docs/audit.md.

Processor time is that of the audit and its workers together. Memory is that of the largest
process, and of all of them together, what they share counted once, looked at twice a second.
Wall time, and what processes bring, mean something only on a machine without other work.
The whole sample archive (3,354 pairs) takes about half an hour of processor.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

import psutil

from checker.audit.pairing import Pair, find_pairs
from checker.detector import opinion
from checker.detector.network import network
from checker.embed import load
from checker.embed._spans import ComposedSpans
from checker.pipeline import compare
from checker.settings import Settings

Row = tuple[str, str]

_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """One audit: seconds on the clock and of processor, MiB of the largest process and of all
    together, pairs and words in the store, pairs that this run compared."""

    wall: float
    cpu: float
    peak: float
    together: float
    pairs: int
    words: int
    compared: int

    def __str__(self) -> str:
        return (
            f"{self.wall:.0f} s, {self.pairs / self.wall:.2f} pairs/s; processor {self.cpu:.0f} s, "
            f"{1000 * self.cpu / self.words:.2f} s for 1,000 words of both sides; "
            f"largest process {self.peak:.0f} MiB, all together {self.together:.0f} MiB"
        )

    @property
    def again(self) -> str:
        """What a later run did."""
        return f"{self.wall:.0f} s, {self.compared} of {self.pairs} pairs compared"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--staged", type=int, default=60, help="pairs timed stage by stage")
    parser.add_argument("--no-whole", action="store_true", help="leave out the whole archive")
    given = parser.parse_args()
    load_before = os.getloadavg()[0]
    pairs = find_pairs(given.archive, "fr", "de").pairs
    sample = random.Random(0).sample(pairs, min(given.pairs, len(pairs)))
    with tempfile.TemporaryDirectory() as folder:
        few, rows = throughput(Path(folder), sample, given.processes)
        if not given.no_whole:
            rows += whole(Path(folder), pairs, given.processes, few)
    rows += stages(sample[: given.staged])
    print(f"\n{platform.machine()}, {os.cpu_count()} cores, load {load_before:.1f} at the start\n")
    print("| | |\n|---|---|")
    for what, figure in rows:
        print(f"| {what} | {figure} |")


def told(what: str, figure: object) -> Row:
    """A row of the table, said at once as well."""
    print(f"{what}: {figure}", flush=True)
    return what, str(figure)


def throughput(folder: Path, sample: Sequence[Pair], processes: int) -> tuple[Cost, list[Row]]:
    """One process against several on the same sample; what the several cost, and all rows."""
    archive = folder / "sample"
    linked(sample, archive)
    one = measured(archive, folder / "one", 1)
    many = measured(archive, folder / "many", processes)
    same = all(
        (folder / "one" / f).read_bytes() == (folder / "many" / f).read_bytes()
        for f in ("findings.jsonl", "pairs.jsonl", "terms.jsonl", "copies.jsonl")
    )
    return many, [
        told(f"{one.pairs} pairs, 1 process", one),
        told(f"{many.pairs} pairs, {processes} processes", many),
        told(f"{processes} processes against one", f"{one.wall / many.wall:.2f} times as fast"),
        told("their results", "the same, byte for byte" if same else "NOT the same"),
    ]


def whole(folder: Path, pairs: Sequence[Pair], processes: int, few: Cost) -> list[Row]:
    """All pairs, then once more unchanged, then with one article edited."""
    archive, out = folder / "whole", folder / "all"
    linked(pairs, archive)
    first = measured(archive, out, processes)
    again = measured(archive, out, processes)
    victim = min(archive.rglob("*.fr.txt"))
    text = victim.read_text(encoding="utf-8")
    victim.unlink()
    victim.write_text(text + "\nUne phrase de plus.\n", encoding="utf-8")
    edited = measured(archive, out, processes)
    store = sum(path.stat().st_size for path in out.glob("audit.sqlite*"))
    return [
        told(f"{first.pairs} pairs, {processes} processes", first),
        told(f"memory against that of {few.pairs} pairs",
             f"largest process {first.peak / few.peak:.2f} times, "
             f"all together {first.together / few.together:.2f} times"),
        told("again, nothing changed", again.again),
        told("again, one article edited", edited.again),
        told("store", f"{store / first.pairs / 1000:.1f} KB a pair"),
    ]  # fmt: skip


def stages(sample: Sequence[Pair]) -> list[Row]:
    """Where the processor goes: the forward passes of both networks, wherever they are asked,
    and each stage without the encoder."""
    encoder = _Timed(load("use-multilingual-v3", 1, cache=False))
    settings = Settings(source_language="fr", target_language="de")
    compare(sample[0].source, sample[0].target, settings, encoder)
    seconds: Counter[str] = Counter()
    stage, since, before = "other", time.process_time(), encoder.seconds

    def at(name: str) -> None:
        nonlocal stage, since, before
        now = time.process_time()
        seconds[stage] += now - since - (encoder.seconds - before)
        stage, since, before = name, now, encoder.seconds

    encoder.seconds = before = 0.0
    reader = _Timed(network())
    with mock.patch.object(opinion, "network", lambda: reader):
        _all_compared(sample, settings, encoder, at)
    seconds["embedding"] = encoder.seconds
    total = sum(seconds.values())
    shares = ", ".join(
        f"{name.removeprefix('checking ')} {100 * part / total:.1f}"
        for name, part in seconds.most_common(12)
    )
    both = encoder.seconds + reader.seconds
    return [
        told("outside embedding", f"{100 * (1 - encoder.seconds / total):.1f} % of the processor"),
        told("outside both networks", f"{100 * (1 - both / total):.1f} % of the processor"),
        told(f"per cent of the processor, {len(sample)} pairs", shares),
    ]


def _all_compared(
    sample: Sequence[Pair], settings: Settings, encoder: _Timed, at: Callable[[str], None]
) -> None:
    for pair in sample:
        compare(pair.source, pair.target, settings, encoder, at)
        at("other")


class _Timed:
    """An encoder or another network that adds up the processor time spent in it."""

    def __init__(self, encoder: Any) -> None:
        self._encoder, self.seconds = encoder, 0.0

    def spans(self, sentences: Sequence[str]) -> ComposedSpans:
        return ComposedSpans(self.parts(sentences), self.joints(sentences), self.compose)

    def anew(self) -> _Timed:
        """Remembers nothing; the seconds go on."""
        self._encoder = self._encoder.anew()
        return self

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._encoder, name)
        if not callable(found):
            return found

        def timed(*arguments: Any) -> Any:
            begin = time.process_time()
            try:
                return found(*arguments)
            finally:
                self.seconds += time.process_time() - begin

        return timed


def linked(pairs: Sequence[Pair], folder: Path) -> None:
    """The documents of some pairs in a folder of their own."""
    for pair in pairs:
        for path, code in ((pair.source, "fr"), (pair.target, "de")):
            there = folder / f"{pair.name}.{code}.txt"
            there.parent.mkdir(parents=True, exist_ok=True)
            if path is not None and not there.exists():
                there.symlink_to(path.resolve())


def measured(archive: Path, out: Path, jobs: int) -> Cost:
    """An audit in a process of its own, so that its children are the only ones counted."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (archive, out, jobs))


def _run(archive: Path, out: Path, jobs: int) -> Cost:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "checker", "audit", str(archive), "--out", str(out)]
    audit = subprocess.Popen([*command, "--jobs", str(jobs)], stdout=subprocess.PIPE, text=True)
    together = 0.0
    while audit.poll() is None:
        together = max(together, _memory(audit.pid))
        time.sleep(_LOOK_SECONDS)
    wall = time.perf_counter() - begin
    summary = audit.stdout.read() if audit.stdout else ""
    now = re.search(r"\((\d+) now\)", summary)
    if audit.returncode not in (0, 1) or now is None:
        sys.exit(f"the audit failed with {audit.returncode}: {summary}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = [json.loads(line) for line in (out / "pairs.jsonl").open(encoding="utf-8")]
    words = sum(row["words"] for row in rows)
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return Cost(wall, cpu, peak, together, len(rows), words, int(now.group(1)))


def _memory(pid: int) -> float:
    """MiB of a process and those that it started, what they share counted once (Linux)."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        audit = psutil.Process(pid)
        for process in (audit, *audit.children(recursive=True)):
            with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
                rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
                total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE).group(1))
    return total / 1024


if __name__ == "__main__":
    main()
