"""What the aligner makes of sentences and paragraphs deleted, duplicated or moved.

    python benchmarks/edit_alignment.py FOLDER [--limit N] [--seed 1]

FOLDER holds <name>.fr.txt and <name>.de.txt, line n of one translating line n of the
other. Line breaks are taken away and the text cut by the splitter; a line counts by its
characters. Then one sentence, three in a row, or a paragraph is deleted, duplicated or
moved at random on the German side of each pair, and the links are asked what became of it.
Only the edits of paragraphs are made in texts with paragraphs (two to four lines, the same
on both sides).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from checker.align import align
from checker.embed import Encoder, load
from checker.languages import load as load_language
from checker.model import Alignment, Article, Document, LinkKind, Sentence, Span
from checker.segment import split
from checker.settings import BUNDLED_MODEL

KINDS = {
    "delete": LinkKind.OMISSION,
    "duplicate": LinkKind.ADDITION,
    "move": LinkKind.MOVED,
}
SIZES = ("sentence", "three sentences", "paragraph")


@dataclass(frozen=True)
class Piece:
    """A sentence, the line it comes from and the paragraph it stands in."""

    text: str
    line: int
    paragraph: int = 0


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
    """The article of the pieces."""
    sentences, at, block = [], 0, 0
    for index, piece in enumerate(texts):
        block += bool(index) and piece.paragraph != texts[index - 1].paragraph
        span = Span(at, at + len(piece.text))
        sentences.append(Sentence(index, piece.text, span, block))
        at += len(piece.text) + 1
    text = " ".join(p.text for p in texts)
    return Article(Document("made", language, text, ()), tuple(sentences))


def in_paragraphs(texts: list[Piece], ends: list[int]) -> list[Piece]:
    """The pieces in paragraphs that end before the lines ``ends``."""
    return [replace(p, paragraph=sum(end <= p.line for end in ends)) for p in texts]


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
    target: list[Piece], kind: str, size: str, choose: random.Random
) -> tuple[list[Piece], range]:
    """The pieces after an edit; where the block stands (or stood) then."""
    whole = size == "paragraph"
    if whole and target[-1].paragraph < 2:
        return target, range(0)
    if whole:
        number = choose.randrange(1, target[-1].paragraph)
        places = [k for k, p in enumerate(target) if p.paragraph == number]
        start, count = places[0], len(places)
    else:
        count = 1 if size == "sentence" else 3
        start = choose.randrange(1, len(target) - count - 1)
    block, rest = target[start : start + count], target[:start] + target[start + count :]
    if kind == "delete":
        return rest, range(start, start)
    kept = rest if kind == "move" else target
    free = [
        k
        for k in range(len(kept) + 1)
        if abs(k - start) >= count + 2
        and (not whole or k in (0, len(kept)) or kept[k - 1].paragraph != kept[k].paragraph)
    ]
    if not free:
        return target, range(0)
    place = choose.choice(free)
    own = -1 if whole else kept[min(place, len(kept) - 1)].paragraph
    block = [replace(piece, paragraph=own) for piece in block]
    return [*kept[:place], *block, *kept[place:]], range(place, place + count)


def recovered(alignment: Alignment, kind: str, block: range) -> tuple[float, bool]:
    """Which share of the block links of the right kind name, and whether they name just it."""
    links = [k for k in alignment.links if k.kind is KINDS[kind]]
    named = {i for k in links for i in (k.source if kind == "delete" else k.target)}
    return len(named & set(block)) / len(block), named == set(block)


def run(folder: Path, limit: int, seed: int, encoder: Encoder) -> None:
    """Prints the share of linked text that is right, and a row a kind of edit."""
    choose = random.Random(seed)
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.fr.txt"))[:limit]:
        source = pieces(path, "fr")
        target = pieces(path.with_name(path.name.replace(".fr.", ".de.")), "de")
        whole = align(article(source, "fr"), article(target, "de"), encoder)
        right, total = right_share(whole, source, target)
        counts.update(right=right, total=total, moved=sum(k.kind == "moved" for k in whole.links))
        counts.update(links=len(whole.links))
        if len(target) < 12:
            continue
        ends = paragraph_ends(target[-1].line, choose)
        for kind, size in product(KINDS, SIZES):
            borders = ends if size == "paragraph" else []
            sides = in_paragraphs(source, borders), in_paragraphs(target, borders)
            changed, place = edited(sides[1], kind, size, choose)
            lines = {p.line for p in target} - {p.line for p in changed}
            lost = [k for k, p in enumerate(source) if p.line in lines]
            block = range(lost[0], lost[-1] + 1) if kind == "delete" and lost else place
            if not block:
                continue
            links = align(article(sides[0], "fr"), article(changed, "de"), encoder)
            share, exact = recovered(links, kind, block)
            name = f"{kind} {size}"
            counts.update({name: 1, f"{name} share": share, f"{name} exact": exact})
    print(f"linked text right: {counts['right'] / counts['total']:.4f} of {counts['links']} links")
    print(f"moves claimed in unedited pairs: {counts['moved']}")
    print("| edit | of a | pairs | recovered | exactly |\n|---|---|---|---|---|")
    for kind, size in product(KINDS, SIZES):
        name = f"{kind} {size}"
        n = max(counts[name], 1)
        share, exact = counts[f"{name} share"] / n, counts[f"{name} exact"] / n
        print(f"| {kind} | {size} | {counts[name]} | {share:.3f} | {exact:.3f} |")


def paragraph_ends(lines: int, choose: random.Random) -> list[int]:
    """Lines with which a new paragraph begins, every two to four lines."""
    ends = [choose.randint(2, 4)]
    while ends[-1] < lines:
        ends.append(ends[-1] + choose.randint(2, 4))
    return ends


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
