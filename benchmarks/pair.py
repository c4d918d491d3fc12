"""What one pair of about 800 words a side costs in a warm process, stage by stage.

    python benchmarks/pair.py [--words 800] [--rounds 9]

Articles of corpora/ one after the other make up the pairs, none used twice
by one encoder, so that nothing is remembered from an earlier round but common words.
Processor time on one BLAS thread, the median of the rounds.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from threadpoolctl import threadpool_limits

from checker.embed import Encoder, load
from checker.model import Document
from checker.pipeline import compare
from checker.read import parse
from checker.settings import BUNDLED_MODEL, Settings

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    pairs = long_pairs(options.words, options.rounds + 1)
    words = median(len(source.text.split()) for source, _ in pairs)
    print(f"{len(pairs) - 1} pairs, {words:.0f} French words")
    with threadpool_limits(1, user_api="blas"):
        for fast in (True, False):
            show(fast, pairs)


def show(fast: bool, pairs: list[tuple[Document, Document]]) -> None:
    """Prints the median processor time of the stages of all pairs but the first."""
    encoder = load(BUNDLED_MODEL, 1, False)
    rounds = [spent(source, target, fast, encoder) for source, target in pairs][1:]
    total = median(sum(stages.values()) for stages in rounds)
    print(f"{'without' if fast else 'with'} the contextual detector: {total * 1000:.0f} ms")
    medians = {name: median(stages[name] for stages in rounds) for name in rounds[0]}
    for name, seconds in sorted(medians.items(), key=lambda item: -item[1]):
        if seconds >= 0.001:
            print(f"  {name:24}{seconds * 1000:6.0f} ms")


def spent(
    source: Document, target: Document, fast: bool, encoder: Encoder
) -> defaultdict[str, float]:
    """Seconds of processor time by stage."""
    stages: defaultdict[str, float] = defaultdict(float)
    begun = [("", time.process_time())]

    def clock(stage: str) -> None:
        before, since = begun[0]
        now = time.process_time()
        stages[before] += now - since
        begun[0] = stage, now

    compare(source, target, Settings(fast=fast, cache=False), encoder, clock)
    clock("")
    return stages


def long_pairs(words: int, count: int) -> list[tuple[Document, Document]]:
    """Pairs of so many French words at least, of articles that no other pair has."""
    pairs: list[tuple[Document, Document]] = []
    french = german = ""
    for path in sorted((ROOT / "corpora").glob("*/*.fr.txt")):
        other = path.with_name(path.name.replace(".fr.", ".de."))
        if other.is_file() and len(pairs) < count:
            french += path.read_text("utf-8") + "\n"
            german += other.read_text("utf-8") + "\n"
            if len(french.split()) >= words:
                texts = (french, "a.fr.txt"), (german, "b.de.txt")
                first, second = (parse(text.encode(), name) for text, name in texts)
                pairs.append((first, second))
                french = german = ""
    return pairs


if __name__ == "__main__":
    main()
