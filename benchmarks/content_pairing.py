"""How well documents find their counterpart by what they say, and how the time grows.

    python benchmarks/content_pairing.py ARCHIVE [--pairs 600] [--many 15000] [--made 0]

Takes a random sample of the pairs of ARCHIVE (French-German, paired by name), forgets the
names, shuffles the documents, pairs them by content, and compares. Documents whose text
occurs twice on one side are left out: no reader could pair them. Then matches ``--many``
documents of each language, made of the real profiles with noise, for the time alone.

``--made 15000`` writes as many articles in two languages, each of eight paragraphs drawn from
one part of ARCHIVE (of articles with a paragraph a line and as many lines on both sides), and
pairs these 30,000 documents: about ten minutes of processor, most of it for reading them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from checker.audit.content import Match, Profile, match, profiled
from checker.audit.pairing import Pair, find_pairs
from checker.embed import load
from checker.settings import BUNDLED_MODEL


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--pairs", type=int, default=600)
    parser.add_argument("--many", type=int, default=15000)
    parser.add_argument("--made", type=int, default=0)
    given = parser.parse_args()
    everything = find_pairs(given.archive, "fr", "de").pairs
    profiles = paired(list(_sample(everything, given.pairs)))
    growth(profiles, given.many)
    if given.made:
        with TemporaryDirectory() as folder:
            paired(list(made(everything, given.made, Path(folder))))


def paired(pairs: Sequence[Pair]) -> list[Profile]:
    """Forgets which documents belong together and finds out again; the profiles made for it."""
    files = [path for pair in pairs for path in (pair.source, pair.target) if path]
    random.Random(1).shuffle(files)
    begin = time.process_time()
    profiles = list(profiled(files, load(BUNDLED_MODEL), ("fr", "de")))
    reading = time.process_time() - begin
    begin = time.process_time()
    found = _matched(profiles)
    print(
        f"{len(files)} documents: profiles {reading:.1f} s of processor "
        f"({1000 * reading / len(files):.0f} ms each), matching {time.process_time() - begin:.1f} s"
    )
    quality(found, {(p.source, p.target) for p in pairs})
    return profiles


def made(pairs: Sequence[Pair], size: int, folder: Path) -> Iterator[Pair]:
    """``size`` articles of eight paragraphs, all drawn from one part of the archive."""
    parts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        sides = [
            p.read_text(encoding="utf-8").splitlines() for p in (pair.source, pair.target) if p
        ]
        if len(sides[0]) == len(sides[-1]):
            lines = zip(sides[0], sides[-1], strict=True)
            parts[pair.name.split("/")[0]] += [x for x in lines if min(map(len, x)) > 60]
    large = [lines for _, lines in sorted(parts.items()) if len(lines) >= 500]
    drawn = random.Random(2)
    for number in range(size):
        lines = drawn.sample(large[number % len(large)], 8)
        paths = [folder / f"{number}.{code}.txt" for code in ("fr", "de")]
        for path, texts in zip(paths, zip(*lines, strict=True), strict=True):
            path.write_text("\n".join(texts), encoding="utf-8")
        yield Pair(str(number), *paths)


def quality(found: Sequence[Match], right: set[tuple[Path, Path | None]]) -> None:
    """Precision and recall of all matches and of those at least so certain."""
    for least in (0.0, 0.5, 0.8, 0.95):
        kept = [m for m in found if m.confidence >= least]
        good = sum((m.source.path, m.target.path) in right for m in kept)
        print(
            f"confidence from {least:.2f}: {len(kept)} pairs, "
            f"precision {good / max(1, len(kept)):.3f}, recall {good / len(right):.3f}"
        )


def growth(profiles: Sequence[Profile], many: int) -> None:
    """Time to match more and more documents made of the real ones with noise."""
    for size in (many // 4, many // 2, many):
        made = list(_noisy(profiles, "fr", size)) + list(_noisy(profiles, "de", size))
        begin = time.process_time()
        _matched(made)
        print(f"{2 * size} documents: matching {time.process_time() - begin:.1f} s of processor")


def _matched(profiles: Sequence[Profile]) -> list[Match]:
    sides = [[p for p in profiles if p.language == code] for code in ("fr", "de")]
    return match(*sides)


def _sample(pairs: Sequence[Pair], size: int) -> Iterator[Pair]:
    """Random pairs; of texts that occur more than once on a side, none."""
    texts = [tuple(p.read_bytes() for p in (x.source, x.target) if p) for x in pairs]
    counts = Counter(text for both in texts for text in both)
    clear = [p for p, both in zip(pairs, texts, strict=True) if all(counts[t] == 1 for t in both)]
    yield from random.Random(0).sample(clear, min(size, len(clear)))


def _noisy(profiles: Sequence[Profile], language: str, size: int) -> Iterator[Profile]:
    """``size`` profiles of one language: real ones again and again, each round a bit elsewhere."""
    own = [p for p in profiles if p.language == language]
    noise = np.random.default_rng(0)
    for number in range(size):
        base = own[number % len(own)]
        mark = f"#{number // len(own)}"
        vector = base.vector + noise.normal(0, 0.02, base.vector.shape).astype(np.float32)
        keys = frozenset(key + mark for key in base.keys)
        yield replace(base, vector=vector, keys=keys)


if __name__ == "__main__":
    main()
