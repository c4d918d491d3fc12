"""Sentence segmentation: written cases, re-joined articles and speed, beside other splitters.

Run: python benchmarks/segmentation.py   (pip install yasbd-lib opus-fast-mosestokenizer to compare)
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from checker.languages import load
from checker.segment import split

ROOT = Path(__file__).parents[1]
Splitter = Callable[[str], list[str]]
_STOP = re.compile(r"[.!?…][»«“”\"')\]\s]*$")


def ours(code: str) -> Splitter:
    """This project's own rules."""
    language = load(code)
    return lambda text: [text[s.start : s.end] for s in split(text, language)]


def yasbd(code: str) -> Splitter:
    """yasbd-lib."""
    from yasbd import BoundaryDetector

    detector = BoundaryDetector(code)
    return lambda text: [str(piece) for piece in detector.segment(text)]


def moses(code: str) -> Splitter:
    """opus-fast-mosestokenizer."""
    from mosestokenizer import MosesTokenizer

    return MosesTokenizer(code).split


def cases(code: str) -> list[list[str]]:
    """The written cases of a language, each as its sentences."""
    lines = (ROOT / f"tests/cases/segment/{code}.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t")[1] for line in lines if line and not line.startswith("#")]
    return [text.split("‖") for text in texts]


def articles(code: str) -> Iterator[list[str]]:
    """Paragraphs of the project's own articles, to be joined and cut again."""
    for path in sorted((ROOT / "corpora").glob(f"*/*.{code}.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        yield [line for line in lines if _STOP.search(line)]


def same(found: list[str], wanted: list[str]) -> bool:
    """Equal but for white space: some splitters change it."""
    return ["".join(f.split()) for f in found] == ["".join(w.split()) for w in wanted]


def missed(splitter: Splitter, code: str) -> tuple[int, int]:
    """Ends of joined paragraphs, and how many of them were not found."""
    ends = lost = 0
    for lines in articles(code):
        wanted = set(accumulate(sum(map(str.isalnum, line)) for line in lines))
        found = set(accumulate(sum(map(str.isalnum, s)) for s in splitter(" ".join(lines))))
        ends += len(wanted)
        lost += len(wanted - found)
    return ends, lost


def speed(splitter: Splitter, code: str) -> float:
    """Megabytes a second over all articles, joined and repeated."""
    text = " ".join(" ".join(lines) for lines in articles(code)) * 4
    start = time.process_time()
    splitter(text)
    return len(text.encode()) / 1e6 / (time.process_time() - start)


def main() -> None:
    """Prints one line a splitter and language."""
    for name, make in (("checker", ours), ("yasbd", yasbd), ("moses", moses)):
        for code in ("de", "fr"):
            try:
                splitter = make(code)
            except ImportError:
                print(f"{name} {code}: not installed")
                continue
            right = sum(same(splitter("".join(c)), c) for c in cases(code))
            ends, lost = missed(splitter, code)
            print(
                f"{name} {code}: {right}/{len(cases(code))} cases, {lost} of {ends} paragraph "
                f"ends missed, {speed(splitter, code):.1f} MB/s"
            )


if __name__ == "__main__":
    main()
