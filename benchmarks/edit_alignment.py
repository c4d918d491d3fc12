"""What the aligner makes of sentences and paragraphs deleted, duplicated or moved.

    python benchmarks/edit_alignment.py FOLDER [--limit N] [--seed 1]

FOLDER holds <name>.fr.txt and <name>.de.txt, line n of one translating line n of the
other. Line breaks are taken away and the text cut by the splitter; a line counts by its
characters. Then one sentence, or a block of three, is deleted, duplicated or moved at
random on the German side of each pair, and the links are asked what became of it.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from checker.align import align
from checker.embed import Encoder, load
from checker.languages import load as load_language
from checker.model import Alignment, Article, Document, LinkKind, Sentence, Span
from checker.segment import split
from checker.settings import BUNDLED_MODEL

KINDS = ("delete", "duplicate", "move")


@dataclass(frozen=True)
class Piece:
    """A sentence and the line it comes from."""

    text: str
    line: int


def pieces(path: Path, language: str) -> list[Piece]:
    """The sentences of a file read as one paragraph, each with the line it begins in."""
    lines = path.read_text("utf-8").splitlines()
    text = " ".join(lines)
    ends, at = [], 0
    for line in lines:
        at += len(line) + 1
        ends.append(at)
    spans = split(text, load_language(language))
    middle = [(s.start + s.end) // 2 for s in spans]
    return [
        Piece(text[s.start : s.end], sum(end <= m for end in ends))
        for s, m in zip(spans, middle, strict=True)
    ]


def article(texts: list[Piece], language: str) -> Article:
    """One paragraph of the pieces."""
    sentences, at = [], 0
    for index, piece in enumerate(texts):
        sentences.append(Sentence(index, piece.text, Span(at, at + len(piece.text))))
        at += len(piece.text) + 1
    text = " ".join(p.text for p in texts)
    return Article(Document("made", language, text, ()), tuple(sentences))


def right_share(alignment: Alignment, source: list[Piece], target: list[Piece]) -> tuple[int, int]:
    """Characters of linked text that stand with their line, and of all linked text."""
    right = total = 0
    for link in alignment.links:
        if not link.paired:
            continue
        lines = [{source[i].line for i in link.source}, {target[j].line for j in link.target}]
        for own, other, side in ((link.source, lines[1], source), (link.target, lines[0], target)):
            for k in own:
                total += len(side[k].text)
                right += len(side[k].text) * (side[k].line in other)
    return right, total


def edited(
    target: list[Piece], kind: str, size: int, choose: random.Random
) -> tuple[list[Piece], range]:
    """The pieces after an edit; where the block stands (or stood) then."""
    start = choose.randrange(1, len(target) - size - 1)
    block, rest = target[start : start + size], target[:start] + target[start + size :]
    if kind == "delete":
        return rest, range(start, start)
    places = [k for k in range(len(rest) + 1) if abs(k - start) >= size + 2]
    place = choose.choice(places)
    kept = rest if kind == "move" else target
    return [*kept[:place], *block, *kept[place:]], range(place, place + size)


def recovered(alignment: Alignment, kind: str, lost: range, place: range) -> tuple[bool, bool]:
    """Whether a link of the right kind touches the block, and whether links name just it."""
    wanted = {
        "delete": LinkKind.OMISSION,
        "duplicate": LinkKind.ADDITION,
        "move": LinkKind.MOVED,
    }[kind]
    links = [k for k in alignment.links if k.kind is wanted]
    if kind == "delete":
        named = {i for k in links for i in k.source}
        return bool(named & set(lost)), named == set(lost)
    named = {j for k in links for j in k.target}
    return bool(named & set(place)), named == set(place)


def run(folder: Path, limit: int, seed: int, encoder: Encoder) -> None:
    """Prints the share of linked text that is right, and a row a kind of edit."""
    choose, counts = random.Random(seed), Counter[str]()
    for path in sorted(folder.glob("*.fr.txt"))[:limit]:
        source = pieces(path, "fr")
        target = pieces(path.with_name(path.name.replace(".fr.", ".de.")), "de")
        whole = align(article(source, "fr"), article(target, "de"), encoder)
        right, total = right_share(whole, source, target)
        counts.update(right=right, total=total, moved=sum(k.kind == "moved" for k in whole.links))
        counts.update(links=len(whole.links))
        if len(target) < 12:
            continue
        for size in (1, 3):
            kind = choose.choice(KINDS)
            changed, place = edited(target, kind, size, choose)
            lines = {p.line for p in target} - {p.line for p in changed}
            lost = [k for k, p in enumerate(source) if p.line in lines]
            if kind == "delete" and not lost:
                continue
            links = align(article(source, "fr"), article(changed, "de"), encoder)
            span = range(lost[0], lost[-1] + 1) if lost else range(0)
            touched, exact = recovered(links, kind, span, place)
            name = f"{kind} {size}"
            counts.update({name: 1, f"{name} touched": touched, f"{name} exact": exact})
    print(f"linked text right: {counts['right'] / counts['total']:.4f} of {counts['links']} links")
    print(f"moves claimed in unedited pairs: {counts['moved']}")
    print("| edit | sentences | pairs | named | named exactly |\n|---|---|---|---|---|")
    for kind in KINDS:
        for size in (1, 3):
            name = f"{kind} {size}"
            n = max(counts[name], 1)
            touched, exact = counts[f"{name} touched"] / n, counts[f"{name} exact"] / n
            print(f"| {kind} | {size} | {counts[name]} | {touched:.2f} | {exact:.2f} |")


def main() -> None:
    """Reads the options and runs."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--limit", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    run(chosen.folder, chosen.limit, chosen.seed, load(BUNDLED_MODEL, cache=True))


if __name__ == "__main__":
    main()
