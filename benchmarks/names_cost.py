"""What the names of an article cost, beside embedding the same text.

    python benchmarks/names_cost.py [SOURCE TARGET]

Both are timed in one run on the same sentences, cold (tables loaded, caches empty) and
warm; only the ratios carry over to other machines.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from checker.align import align
from checker.checks import Comparison, Side
from checker.embed import load
from checker.languages import load as load_language
from checker.names.compare import differences
from checker.pipeline import CachedWords, article
from checker.settings import BUNDLED_MODEL, Settings

CORPORA = Path(__file__).parent.parent / "corpora"
REPEATS = 5


def main() -> None:
    """Print seconds and the ratio."""
    given = sys.argv[1:] or [
        str(CORPORA / f"grues-du-lac/grues-du-lac.{c}.txt") for c in ("fr", "de")
    ]
    encoder = load(BUNDLED_MODEL)
    source, target = article(given[0]), article(given[1])
    alignment = align(source, target, encoder)

    def compared() -> None:
        words = CachedWords(encoder)
        sides = [Side(a, load_language(a.language), Settings(), words) for a in (source, target)]
        differences(Comparison(sides[0], sides[1], alignment.links))

    sentences = [s.text for a in (source, target) for s in a.sentences]
    cold = seconds(compared)
    warm = min(seconds(compared) for _ in range(REPEATS))
    embedding = min(seconds(lambda: encoder.encode(sentences)) for _ in range(REPEATS))
    print(f"{len(sentences)} sentences, {sum(map(len, sentences))} characters")
    print(f"embedding     {embedding:.3f} s")
    print(f"names, warm   {warm:.3f} s, {warm / embedding:.2f} of embedding")
    print(f"names, cold   {cold:.3f} s, tables and first look-ups included")


def seconds(action: Callable[[], object]) -> float:
    """How long ``action`` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
