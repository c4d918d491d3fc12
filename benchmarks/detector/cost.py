"""What the contextual detector costs: processor seconds a pair, with it and without it.

    python benchmarks/detector/cost.py SOURCE TARGET [TIMES]

Both ways run in one process, model and weights loaded before; the least of the runs is printed,
and which share of the links the detector read.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from checker.checks import Comparison
from checker.detector import opinion
from checker.detector.network import network
from checker.detector.opinion import opinions_of
from checker.embed import load
from checker.pipeline import article, compare
from checker.settings import BUNDLED_MODEL, Settings


def main() -> None:
    """The command line."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    encoder = load(BUNDLED_MODEL, 1, False)
    network()
    words = sum(len(s.text.split()) for s in article(source).sentences)
    least = {}
    for fast in (True, False):
        runs = []
        for _ in range(times):
            opinion._scores.cache_clear()
            begun = time.process_time()
            compare(source, target, Settings(fast=fast), encoder)
            runs.append(time.process_time() - begun)
        least[fast] = min(runs)
    print(f"{words} words: {least[True]:.2f} s without, {least[False]:.2f} s with the detector")
    print(f"links read: {share_read(source, target, encoder):.0%}")


def share_read(source: Path, target: Path, encoder) -> float:
    """The share of the paired links that the detector was asked about."""
    seen: list[Comparison] = []
    report = compare(source, target, Settings(), encoder, observe=seen.append)
    opinions = seen[0].once(opinions_of)
    paired = sum(link.paired for link in report.links)
    return (opinions.asked if opinions else 0) / max(1, paired)


if __name__ == "__main__":
    main()
