"""Aligned texts to fit and measure the aligner on: gold files, and documents made from pairs.

Documents made from pairs take a run of translated lines as it stands, cut into sentences
by the splitter, and change what editors change: lines left out, foreign lines put in, two
sentences made one, paragraphs drawn differently. What a line became is known, so the gold
is exact, except that within a line with several sentences on both sides any split counts.
"""

from __future__ import annotations

import ast
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from checker.languages import load as load_language
from checker.model import Article, BlockKind, Document, Sentence, Span
from checker.segment import split


@dataclass(frozen=True)
class Region:
    """Sentences that belong together; ``exact`` when they are one bead, else any split is right."""

    source: range
    target: range
    exact: bool = True


@dataclass
class Draft:
    """One side of a document while it is made: (text, starts a block, kind) per sentence."""

    language: str
    sentences: list[tuple[str, bool, BlockKind]] = field(default_factory=list)

    def add(self, texts: list[str], starts: bool, kind: BlockKind) -> range:
        start = len(self.sentences)
        self.sentences += [(t, starts and not k, kind) for k, t in enumerate(texts)]
        return range(start, len(self.sentences))

    def article(self) -> Article:
        block, at, sentences = -1, 0, []
        for index, (text, starts, kind) in enumerate(self.sentences):
            block += starts or not index
            sentences.append(Sentence(index, text, Span(at, at + len(text)), block, kind))
            at += len(text) + 1
        text = "\n".join(s[0] for s in self.sentences)
        return Article(Document("made", self.language, text, ()), tuple(sentences))


Pair = tuple[Article, Article, list[Region]]


def read_gold(folder: Path, source: str = "de", target: str = "fr") -> Pair:
    """A gold alignment: dev.SOURCE, dev.TARGET and dev.SOURCETARGET in ``folder``."""
    articles = []
    for language in (source, target):
        draft = Draft(language)
        for line in (folder / f"dev.{language}").read_text("utf-8").splitlines():
            draft.add([line.strip()], False, BlockKind.PARAGRAPH)
        articles.append(draft.article())
    lines = (folder / f"dev.{source}{target}").read_text("utf-8").splitlines()
    beads = [tuple(ast.literal_eval(part) for part in line.split(":")[:2]) for line in lines]
    return articles[0], articles[1], _regions(beads, *(len(a.sentences) for a in articles))


def _regions(beads: list[tuple[list[int], list[int]]], n: int, m: int) -> list[Region]:
    """Gold beads in order. A bead with a hole counts to both its ends; what the gold does
    not name is alone."""
    regions, i, j = [], 0, 0
    for a, b in [*((a, b) for a, b in beads if a), ([n], [m])]:
        regions += (Region(range(i, i), range(k, k + 1)) for k in range(j, b[0] if b else j))
        j = b[0] if b else j
        regions += (Region(range(k, k + 1), range(j, j)) for k in range(i, a[0]))
        if a[0] < n:
            regions.append(Region(range(a[0], a[-1] + 1), range(j, b[-1] + 1 if b else j)))
            i, j = a[-1] + 1, b[-1] + 1 if b else j
    return regions


def read_lines(path: Path, names: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """Line pairs of the sets whose name begins as one of ``names``, from set, fr, de rows."""
    sets: dict[str, list[tuple[str, str]]] = {}
    with lzma.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            name, french, german = row.rstrip("\n").split("\t")
            if name.startswith(names) and french.strip() and german.strip():
                sets.setdefault(name, []).append((french.strip(), german.strip()))
    return sets


def made_documents(
    sets: dict[str, list[tuple[str, str]]], count: int, lines: int, seed: int
) -> Iterator[Pair]:
    """Documents of about ``lines`` lines, each from one place of one set."""
    choose = random.Random(seed)
    names = sorted(sets)
    foreign = [pair for name in names for pair in sets[name][::7]]
    for _ in range(count):
        rows = sets[choose.choice(names)]
        start = choose.randrange(max(len(rows) - lines, 1))
        yield _made(rows[start : start + lines], foreign, choose)


def with_a_move(pair: Pair, choose: random.Random) -> tuple[Article, Article, set[tuple[int, int]]]:
    """The pair with one to four neighbouring regions moved elsewhere on the target side, and
    the pairs of sentences that moved. Nothing that stands alone moves."""
    source, target, regions = pair
    size = choose.choice((1, 1, 2, 4))
    starts = [k for k in range(len(regions) - size) if all(map(_both_sides, regions[k : k + size]))]
    start = choose.choice(starts)
    block = regions[start : start + size]
    there = range(block[0].target.start, block[-1].target.stop)
    rest = [j for j in range(len(target.sentences)) if j not in there]
    far = [k for k in range(len(rest) + 1) if abs(k - there.start) >= len(there) + 2]
    to = choose.choice(far)
    order = [*rest[:to], *there, *rest[to:]]
    place = {old: new for new, old in enumerate(order)}
    draft = Draft(target.language)
    for old in order:
        sentence = target.sentences[old]
        starts_block = not old or sentence.block != target.sentences[old - 1].block
        draft.add([sentence.text], starts_block, sentence.kind)
    moved = {(i, place[j]) for region in block for i in region.source for j in region.target}
    return source, draft.article(), moved


def _both_sides(region: Region) -> bool:
    return bool(region.source) and bool(region.target)


def _made(
    rows: list[tuple[str, str]], foreign: list[tuple[str, str]], choose: random.Random
) -> Pair:
    sides = Draft("fr"), Draft("de")
    blocks = choose.choice((0.0, 0.0, 0.3, 0.5, 1.0))
    sloppy = choose.choice((0.0, 0.1))
    regions: list[Region] = []
    k, gone = 0, (0, 0)
    while k < len(rows):
        starts = choose.random() < blocks
        flags = tuple(starts ^ (choose.random() < sloppy * (blocks < 1)) for _ in sides)
        texts = [_sentences(rows[k][n], sides[n].language) for n in (0, 1)]
        kind = _kind(texts, choose)
        if choose.random() < 0.03:
            n = choose.randrange(2)
            stranger = _sentences(choose.choice(foreign)[n], sides[n].language)
            regions.append(
                _one_sided(sides[n].add(stranger, starts, BlockKind.PARAGRAPH), n, sides)
            )
        if gone[0]:
            gone = gone[0] - 1, gone[1]
            regions.append(
                _one_sided(sides[gone[1]].add(texts[gone[1]], starts, kind), gone[1], sides)
            )
            k += 1
            continue
        action = choose.random()
        if action < 0.05:
            gone = choose.choice((1, 1, 1, 1, 2, 3, 6)), choose.randrange(2)
            continue
        if action < 0.20 and k + 1 < len(rows) and all(len(t) == 1 for t in texts):
            following = [_sentences(rows[k + 1][n], sides[n].language) for n in (0, 1)]
            if all(len(t) == 1 for t in following):
                n = choose.randrange(2)
                joined = [texts[m] + following[m] for m in (0, 1)]
                joined[n] = [_joined(*joined[n], choose)]
                regions.append(_both(sides, joined, flags, kind))
                k += 2
                continue
        regions.append(_both(sides, texts, flags, kind))
        k += 1
    return sides[0].article(), sides[1].article(), regions


def _both(
    sides: tuple[Draft, Draft], texts: list[list[str]], flags: tuple[bool, ...], kind: BlockKind
) -> Region:
    a, b = (s.add(t, f, kind) for s, t, f in zip(sides, texts, flags, strict=True))
    return Region(a, b, exact=min(len(a), len(b)) == 1)


def _one_sided(added: range, side: int, sides: tuple[Draft, Draft]) -> Region:
    here = range(len(sides[1 - side].sentences), len(sides[1 - side].sentences))
    return Region(added, here) if side == 0 else Region(here, added)


def _joined(first: str, second: str, choose: random.Random) -> str:
    """Two sentences as one: ``. B`` becomes ``; b``, ``, b`` or `` – b``."""
    return (
        first.rstrip(" .")
        + choose.choice((";", ",", " –", ":"))
        + " "
        + second[0].lower()
        + second[1:]
    )


def _kind(texts: list[list[str]], choose: random.Random) -> BlockKind:
    short = all(len(t) == 1 and len(t[0]) < 70 and t[0][-1] not in ".!?" for t in texts)
    return BlockKind.HEADING if short and choose.random() < 0.8 else BlockKind.PARAGRAPH


def _sentences(line: str, language: str) -> list[str]:
    spans = split(line, load_language(language))
    return [line[s.start : s.end] for s in spans]
