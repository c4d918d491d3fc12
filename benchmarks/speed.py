"""How fast the checker is, and where the time goes.

    python benchmarks/speed.py [FOLDER] [--limit N]

Compares the French-German pairs of FOLDER (corpora/ by default): pairs and words a second,
the share of each stage, the cost of a longer article, and what a second process brings.
Figures that depend on the machine are given with it; comparisons are ratios of one run.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from checker.audit.pairing import Pair, find_pairs
from checker.embed import Encoder, load
from checker.model import Block, Document, Span
from checker.pipeline import compare
from checker.read import read
from checker.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Settings(source_language="fr", target_language="de")
REPEATS = (1, 4, 16)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpora")
    parser.add_argument("--limit", type=int, default=30)
    arguments = parser.parse_args()
    pairs = find_pairs(arguments.folder, "fr", "de").pairs[: arguments.limit]
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}"
    )
    one = by_stage(pairs)
    by_length(pairs)
    two = by_processes(pairs, 2)
    print(f"two processes against one: {one / two:.2f} times as fast")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of one process: {peak:.0f} MiB")


def by_stage(pairs: tuple[Pair, ...]) -> float:
    """Prints throughput and shares of one process; its wall time in seconds."""
    spent: defaultdict[str, float] = defaultdict(float)
    start = time.perf_counter()
    encoder = _encoder()
    spent["loading the model"] = time.perf_counter() - start
    words, begin = 0, time.perf_counter()
    for pair in pairs:
        clock = _Clock(spent)
        report = compare(pair.source, pair.target, SETTINGS, encoder, clock)
        clock("")
        assert report.target
        words += len(report.target.document.text.split())
    wall = time.perf_counter() - begin
    print(
        f"{report.signature}\n{len(pairs)} pairs, {words} German words in {wall:.1f} s:"
        f" {len(pairs) / wall:.1f} pairs/s, {words / wall:.0f} words/s"
    )
    total = sum(spent.values())
    for stage, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {stage:28}{seconds:7.2f} s{seconds / total:7.1%}")
    return wall


def by_length(pairs: tuple[Pair, ...]) -> None:
    """Prints the cost per word of one article made of several, against short ones."""
    costs = []
    for count in REPEATS:
        chosen = pairs[:count]
        source, target = (
            _joined([read(p.source if side == 0 else p.target) for p in chosen]) for side in (0, 1)
        )
        begin = time.perf_counter()
        compare(source, target, SETTINGS, _encoder())
        costs.append((time.perf_counter() - begin) / len(target.text.split()))
        print(
            f"  {len(target.text.split()):6} words in one article:"
            f" {costs[-1] / costs[0]:.2f} times the cost per word of the shortest"
        )


def by_processes(pairs: tuple[Pair, ...], jobs: int) -> float:
    """Wall time in seconds with ``jobs`` processes that have the model loaded."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(_compare, pairs[: 2 * jobs]))
        begin = time.perf_counter()
        list(pool.map(_compare, pairs, chunksize=2))
        return time.perf_counter() - begin


class _Clock:
    """Adds the time until the next stage to the stage that was announced last."""

    def __init__(self, spent: defaultdict[str, float]) -> None:
        self.spent, self.stage, self.since = spent, "", time.perf_counter()

    def __call__(self, stage: str) -> None:
        now = time.perf_counter()
        if self.stage:
            self.spent[self.stage] += now - self.since
        self.stage, self.since = stage, now


@cache
def _encoder() -> Encoder:
    return load(SETTINGS.model, 1)


def _compare(pair: Pair) -> int:
    return len(compare(pair.source, pair.target, SETTINGS, _encoder()).findings)


def _joined(documents: list[Document]) -> Document:
    """One document of several, their blocks one after the other."""
    text, blocks = "", list[Block]()
    for document in documents:
        offset = len(text)
        blocks += [
            replace(b, span=Span(b.span.start + offset, b.span.end + offset))
            for b in document.blocks
        ]
        text += document.text + "\n"
    return replace(documents[0], text=text, blocks=tuple(blocks))


if __name__ == "__main__":
    main()
