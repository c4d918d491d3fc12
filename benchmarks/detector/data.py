"""Sentence pairs, word vectors and the cut vocabulary that the training works with."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import e5
import numpy as np
from planting import LANGUAGES, SURPLUS, TOKEN, Pair

from checker.checks import Comparison, Side
from checker.detector.links import Reading, reading
from checker.detector.opinion import translation
from checker.detector.pieces import Pieces
from checker.embed import load as load_encoder
from checker.languages import load as load_language
from checker.model import Article, Document, Link, Sentence, Span
from checker.settings import BUNDLED_MODEL, Settings
from checker.terms.language import Grammar, grammar
from checker.terms.lexicon import lexicon

HELD_OUT = "newstest2013"
NEWS = ("news", "flores", "pud")
OTHERS = {
    "tatoeba": 2,
    "multi30k": 8,
    "debian-libreoffice": 8,
    "debian-gimp": 4,
    "debian-gnome": 4,
    "debian-manpages": 12,
    "debian-": 3,
}
Row = tuple[str, str, str]

RULES: dict[str, Grammar] = {code: grammar(load_language(code)) for code in LANGUAGES}
KNOWN = lexicon("fr", "de")


def all_rows(path: Path) -> list[tuple[str, ...]]:
    """Every line of the file but its first, cut at its tabs."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [tuple(line.rstrip("\n").split("\t")) for line in lines][1:]


def rows_of(path: Path) -> list[Row]:
    """All news and a share of the rest: manuals and captions are another world."""
    kept: list[Row] = []
    for number, row in enumerate(all_rows(path)):
        share = next((s for name, s in OTHERS.items() if row[0].startswith(name)), 0)
        wanted = row[0].startswith(NEWS) or (share and number % share == 0)
        if len(row) == 3 and wanted and all(2 < len(text) < 600 for text in row[1:]):
            kept.append((row[0], row[1], row[2]))
    return kept


class Words:
    """Vectors of words by the bundled encoder, kept in a file once computed."""

    def __init__(self, path: Path, words: Sequence[str]) -> None:
        if not path.exists():
            encoder, unique = load_encoder(BUNDLED_MODEL), sorted(set(words))
            parts = [encoder.encode(unique[i : i + 512]) for i in range(0, len(unique), 512)]
            np.savez(path, words=np.array(unique), vectors=np.concatenate(parts).astype("f2"))
        with np.load(path) as stored:
            self.vectors = stored["vectors"].astype(np.float32)
            self.rows = {word: row for row, word in enumerate(stored["words"].tolist())}
        self.fresh: dict[str, np.ndarray] = {}
        self.encoder = None

    def __call__(self, words: Sequence[str]) -> np.ndarray:
        new = [w for w in dict.fromkeys(words) if w not in self.rows and w not in self.fresh]
        if new:
            self.encoder = self.encoder or load_encoder(BUNDLED_MODEL)
            self.fresh.update(zip(new, self.encoder.encode(new), strict=True))
        if not self.fresh:
            return self.vectors[[self.rows[w] for w in words]]
        found = [self.fresh[w] if w in self.fresh else self.vectors[self.rows[w]] for w in words]
        return np.stack(found) if found else self.vectors[:0]


def words_in(rows: Sequence[Row]) -> list[str]:
    """Every word of the rows."""
    found: set[str] = set()
    for row in rows:
        for text in row[1:]:
            found.update(TOKEN.findall(text))
    return sorted(found)


def cut_vocabulary(model: e5.E5, texts: Sequence[str]) -> list[int]:
    """Numbers of the pieces that the texts or European letters need."""
    pieces = Pieces({t: (i, s) for i, (t, s) in enumerate(model.pieces)})
    keep = set(range(7))
    for number, (text, _) in enumerate(model.pieces):
        letter = text.removeprefix("▁")
        if (len(letter) <= 1 and letter < "ʀ") or letter in set("‘’‚“”„«»–—…€№"):
            keep.add(number)
    for text in texts:
        keep.update(piece for piece, _, _ in pieces.cut(text))
    return sorted(keep)


def table_of(model: e5.E5, kept: Sequence[int]) -> dict[str, tuple[int, float]]:
    """The cut vocabulary: number and log-probability by piece."""
    return {model.pieces[old][0]: (new, model.pieces[old][1]) for new, old in enumerate(kept)}


@cache
def translates(one: str, other: str) -> float:
    """What the lexicon says of a French and a German word."""
    first = RULES["fr"].key(one)
    return translation(first, RULES["de"].key(other), KNOWN.of(first))


FUNCTION_WORDS = (RULES["fr"].function_words, RULES["de"].function_words)


@dataclass(frozen=True)
class Example:
    """A link as the network reads it; ``labels`` (words, kinds), -1 where nothing is known."""

    reading: Reading
    labels: np.ndarray


def example(pair: Pair, pieces: Pieces, vectors: Words, kinds: int) -> Example | None:
    """The pair as network input with the label of every word."""
    read = reading((pair.texts[0], pair.texts[1]), FUNCTION_WORDS, pieces, vectors, translates)
    if read is None:
        return None
    labels = np.zeros((len(read.tokens), kinds), np.float32)
    for row, token in zip(labels, read.tokens, strict=True):
        side = int(token.on_target)
        if side in pair.unsure and not token.content:
            row[SURPLUS] = -1
        for s, start, end, kind in pair.spans:
            if s == side and token.start < end and start < token.end:
                row[kind] = 1
        for s, start, end in pair.unknown:
            if s == side and token.start < end and start < token.end and not row[SURPLUS]:
                row[SURPLUS] = -1
    return Example(read, labels)


def sources(rows: Sequence[Row]) -> dict[str, list[str]]:
    """The texts by language."""
    return {"fr": [r[1] for r in rows], "de": [r[2] for r in rows]}


def comparison_of(pairs: Sequence[Pair], words: Words) -> Comparison:
    """Two texts whose lines are the texts of the pairs."""
    sides = []
    for side, code in enumerate(LANGUAGES):
        sentences, start = [], 0
        for index, pair in enumerate(pairs):
            line = pair.texts[side]
            sentences.append(Sentence(index, line, Span(start, start + len(line)), index))
            start += len(line) + 1
        document = Document("training", code, "\n".join(p.texts[side] for p in pairs), ())
        article = Article(document, tuple(sentences))
        sides.append(Side(article, load_language(code), Settings(), words))
    links = tuple(Link(range(i, i + 1), range(i, i + 1), 1.0) for i in range(len(pairs)))
    return Comparison(sides[0], sides[1], links)
