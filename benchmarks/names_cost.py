"""What the names of articles cost, beside embedding the same text.

    python benchmarks/names_cost.py [SOURCE TARGET]...

Processor time of one run, every text for the first time (an encoder remembers texts): the
first pair loads models and tables, the others are counted. Only the ratio carries over to
other machines.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from checker.align import align
from checker.checks import Comparison, Side
from checker.embed import Encoder, load
from checker.languages import load as load_language
from checker.names.compare import differences
from checker.pipeline import CachedWords, article
from checker.settings import BUNDLED_MODEL, Settings

CORPORA = Path(__file__).parent.parent / "corpora"
LANGUAGES = ("fr", "de")


def main() -> None:
    """Print seconds and the ratio."""
    paths = sys.argv[1:]
    given = list(zip(paths[::2], paths[1::2], strict=True)) or [
        tuple(str(folder / f"{folder.name}.{code}.txt") for code in LANGUAGES)
        for folder in sorted(CORPORA.iterdir())
        if all((folder / f"{folder.name}.{code}.txt").exists() for code in LANGUAGES)
    ]
    encoder = load(BUNDLED_MODEL)
    first, *others = (cost(pair, encoder) for pair in given)
    embedding, names = (sum(costs) for costs in zip(*(others or [first]), strict=True))
    print(f"{len(others)} pairs after the first")
    print(f"embedding the sentences  {embedding:.2f} s")
    print(f"names                    {names:.2f} s, {names / embedding:.2f} of embedding")
    print(f"names of the first pair  {first[1]:.2f} s with all tables to load")


def cost(pair: Sequence[str], encoder: Encoder) -> tuple[float, float]:
    """Seconds for embedding all sentences of a pair and for comparing its names."""
    source, target = (article(path) for path in pair)
    sentences = [s.text for a in (source, target) for s in a.sentences]
    embedding = seconds(lambda: encoder.encode(sentences))
    alignment = align(source, target, encoder)
    words = CachedWords(encoder)
    sides = [Side(a, load_language(a.language), Settings(), words) for a in (source, target)]
    names = seconds(lambda: differences(Comparison(sides[0], sides[1], alignment.links)))
    return embedding, names


def seconds(action: Callable[[], object]) -> float:
    """Processor time that ``action`` takes."""
    start = time.process_time()
    action()
    return time.process_time() - start


if __name__ == "__main__":
    main()
