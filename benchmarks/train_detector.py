"""Trains checker/data/detector.npz: the detector of strangers and the weights of its judge.

    python benchmarks/train_detector.py network PAIRS.tsv NET.pt [MINUTES]
    python benchmarks/train_detector.py judge PAIRS.tsv NET.pt

PAIRS.tsv has the columns set, French, German: sentence pairs that people translated, in the
order of their articles. In half of the sentences one noun is replaced by another noun of
about the same frequency (and number, in French), drawn anew every time; the network learns
which sentences have one and which word it is. The judge is a logistic regression over what
whole documents show, fitted on news the network has not seen (newstest2013). Needs torch.
The network shipped was trained for six minutes on one core of a shared machine by an earlier
form of this script; training stops by the clock, so a second run gives like, not equal, weights.
"""

from __future__ import annotations

import bisect
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import numpy as np

from checker.checks import Comparison, Side
from checker.embed import load as load_encoder
from checker.languages import load as load_language
from checker.model import Article, Document, Link, Sentence, Span
from checker.pipeline import CachedWords
from checker.settings import BUNDLED_MODEL, Settings
from checker.terms import detector, strangers
from checker.terms.language import grammar
from checker.terms.lexicon import lexicon
from checker.terms.words import Word, words_of

OUT = Path(detector.__file__).parents[1] / "data" / "detector.npz"
HELD_OUT = "newstest2013"
DIMENSIONS, BATCH, RATE = 96, 96, 1.5e-3
LANGUAGES = {code: load_language(code) for code in ("fr", "de")}
RULES = {code: grammar(language) for code, language in LANGUAGES.items()}
Row = tuple[str, str, str]
Lines = list[str]


def rows_of(path: str) -> list[Row]:
    """News, encyclopedia and everyday sentences; manuals and captions are another world."""
    wanted = ("news", "flores", "tatoeba")
    lines = (line.split("\t") for line in Path(path).read_text(encoding="utf-8").splitlines())
    return [
        (row[0], row[1], row[2]) for row in lines if len(row) == 3 and row[0].startswith(wanted)
    ]


def comparison_of(french: Lines, german: Lines, words: CachedWords) -> Comparison:
    """Two texts whose lines stand for each other."""
    sides = []
    for code, lines in (("fr", french), ("de", german)):
        sentences, start = [], 0
        for index, line in enumerate(lines):
            sentences.append(Sentence(index, line, Span(start, start + len(line)), index))
            start += len(line) + 1
        document = Document("training", code, "\n".join(lines), ())
        article = Article(document, tuple(sentences))
        sides.append(Side(article, LANGUAGES[code], Settings(fast=True), words))
    links = tuple(Link(range(i, i + 1), range(i, i + 1), 1.0) for i in range(len(french)))
    return Comparison(sides[0], sides[1], links)


class Planter:
    """Replaces nouns by other nouns, as often as each is used."""

    def __init__(self, rows: list[Row], seed: int) -> None:
        self.random = random.Random(seed)
        self.known = lexicon("fr", "de")
        self.count: dict[str, Counter[str]] = {"fr": Counter(), "de": Counter()}
        blank = CachedWords(load_encoder(BUNDLED_MODEL))
        for start in range(0, len(rows), 500):
            part = rows[start : start + 500]
            texts = comparison_of([r[1] for r in part], [r[2] for r in part], blank)
            for code, side in (("fr", texts.source), ("de", texts.target)):
                self.count[code].update(w.text for w in side.once(words_of).all)
        self.pools = {
            (code, plural): self._pool(code, plural)
            for code, plural in (("fr", True), ("fr", False), ("de", None))
        }

    def _pool(self, code: str, plural: bool | None) -> tuple[list[str], list[float]]:
        words = [
            (word, count**0.6)
            for word, count in sorted(self.count[code].items())
            if count > 2 and "-" not in word and self.noun(word, code)
        ]
        words = [(w, c) for w, c in words if plural is None or w.endswith(("s", "x")) == plural]
        return [w for w, _ in words], list(accumulate(c for _, c in words))

    def noun(self, word: str, code: str) -> bool:
        """A common noun as far as capitals and the lexicon tell."""
        if len(word) < 4:
            return False
        if code == "de":
            return word[0].isupper()
        return word[0].islower() and self.known.is_noun(RULES["fr"].key(word))

    def replace(self, line: str, words: list[Word], code: str) -> tuple[str, int] | None:
        """The line with another noun in place of one, and which word it is; None without nouns."""
        nouns = [
            i
            for i, w in enumerate(words)
            if self.noun(w.text, code) and self.count[code][w.text] > 1
        ]
        if not nouns:
            return None
        chosen = self.random.choice(nouns)
        word = words[chosen]
        pool, weights = self.pools[code, word.text.endswith(("s", "x")) if code == "fr" else None]
        new = word.text
        while RULES[code].key(new) == word.key:
            new = pool[bisect.bisect(weights, self.random.random() * weights[-1])]
        return line[: word.start] + new + line[word.end :], chosen


def planted(
    planter: Planter, french: Lines, german: Lines, share: float, words: CachedWords
) -> tuple[Comparison, dict[int, tuple[bool, int]]]:
    """Texts with a noun replaced in this share of their lines; which word by line and side."""
    before = comparison_of(french, german, words)
    sides = (before.source.once(words_of), before.target.once(words_of))
    texts, where = (list(french), list(german)), {}
    for line in range(len(french)):
        if planter.random.random() < share:
            side = planter.random.randrange(2)
            found = list(sides[side].of(range(line, line + 1)))
            result = planter.replace(texts[side][line], found, ("fr", "de")[side])
            if result:
                texts[side][line], word = result
                where[line] = (side == 0, word)
    return comparison_of(*texts, words), where


def network(path: str, out: str, minutes: float) -> None:
    """Trains the network on everything but the held-out news."""
    import torch
    from torch.nn import functional

    torch.manual_seed(7)
    torch.set_num_threads(1)
    rows = [row for row in rows_of(path) if row[0] != HELD_OUT]
    planter, words = Planter(rows, 7), CachedWords(load_encoder(BUNDLED_MODEL))
    net = _network()
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02)
    begun, step = time.monotonic(), 0
    while time.monotonic() - begun < 60 * minutes:
        part = sorted(planter.random.sample(rows, BATCH * 8), key=lambda r: len(r[1]))
        for start in range(0, len(part), BATCH):
            chosen = part[start : start + BATCH]
            texts, where = planted(
                planter, [r[1] for r in chosen], [r[2] for r in chosen], 0.5, words
            )
            batch, labels, positions = _batch(texts, where)
            scores = net(*batch)
            strange = functional.binary_cross_entropy_with_logits(
                torch.logsumexp(scores, -1) - 2, labels
            )
            located = labels > 0
            loss = strange + (
                0.5 * functional.cross_entropy(scores[located], positions[located])
                if located.any()
                else 0
            )
            left = 1 - (time.monotonic() - begun) / (60 * minutes)
            optimiser.param_groups[0]["lr"] = RATE * min(1, step / 100) * max(0.02, left)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
        print(step, round(float(loss.detach()), 3), flush=True)
    torch.save(net.state_dict(), out)


def _batch(texts: Comparison, where: dict[int, tuple[bool, int]]):
    """Padded tensors of every line with words on both sides, labels and positions."""
    import torch

    items, labels, positions = [], [], []
    sides = (texts.source.once(words_of), texts.target.once(words_of))
    for line in range(len(texts.links)):
        left, right = (side.of(range(line, line + 1)) for side in sides)
        if left and right and len(left) + len(right) <= strangers.MOST_WORDS:
            items.append(strangers.sentences_of(texts, left, right, lexicon("fr", "de")))
            on_source, word = where.get(line, (True, 0))
            labels.append(float(line in where))
            positions.append(word if on_source else len(left) + word)
    size = max(len(item.position) for item in items)

    def padded(name: str) -> torch.Tensor:
        arrays = [getattr(item, name) for item in items]
        shape = (len(items), size, size) if name == "lexicon" else (len(items), size)
        shape = (*shape, arrays[0].shape[1]) if name == "vectors" else shape
        out = np.zeros(shape, arrays[0].dtype)
        for row, array in zip(out, arrays, strict=True):
            row[tuple(slice(0, n) for n in array.shape)] = array
        return torch.from_numpy(out)

    mask = torch.tensor([[i < len(item.position) for i in range(size)] for item in items])
    names = ("vectors", "on_target", "position", "noun", "lexicon")
    return (
        (mask, *(padded(name) for name in names)),
        torch.tensor(labels),
        torch.tensor(positions),
    )


def _network():
    """The network of ``checker.terms.detector`` in torch, its names and its arithmetic."""
    import torch
    from torch import nn

    class Layer(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.qkv, self.o = (
                nn.Linear(DIMENSIONS, 3 * DIMENSIONS),
                nn.Linear(DIMENSIONS, DIMENSIONS),
            )
            self.f1, self.f2 = (
                nn.Linear(DIMENSIONS, 2 * DIMENSIONS),
                nn.Linear(2 * DIMENSIONS, DIMENSIONS),
            )
            self.n1, self.n2 = nn.LayerNorm(DIMENSIONS), nn.LayerNorm(DIMENSIONS)
            self.bias = nn.Parameter(torch.randn(detector.HEADS, 5) * 2)

        def forward(self, x, mask, relations):
            batch, size, _ = x.shape
            shape = (batch, size, 3, detector.HEADS, DIMENSIONS // detector.HEADS)
            query, key, value = self.qkv(self.n1(x)).view(shape).permute(2, 0, 3, 1, 4)
            logits = query @ key.transpose(-1, -2) / (DIMENSIONS // detector.HEADS) ** 0.5
            logits = logits + torch.einsum("bijr,hr->bhij", relations, self.bias)
            weights = logits.masked_fill(~mask[:, None, None], -1e9).softmax(-1)
            x = x + self.o((weights @ value).transpose(1, 2).reshape(x.shape))
            return x + self.f2(nn.functional.gelu(self.f1(self.n2(x))))

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.p, self.e = nn.Linear(512, DIMENSIONS), nn.Linear(9, DIMENSIONS)
            self.layers = nn.ModuleList([Layer(), Layer()])
            self.n, self.out = nn.LayerNorm(DIMENSIONS), nn.Linear(DIMENSIONS, 1)
            self.drop = nn.Dropout(0.1)

        def forward(self, mask, vectors, on_target, position, noun, known):
            cross = (on_target[:, :, None] != on_target[:, None]) & mask[:, None] & mask[:, :, None]
            cosines = vectors @ vectors.transpose(1, 2)
            across = cosines.masked_fill(~cross, -1)
            (best, second), facing = across.topk(2, -1)[0].unbind(-1), across.argmax(-1)
            mutual = best >= across.max(-1)[0].gather(1, facing) - 1e-4
            apart = (position[:, :, None] - position[:, None]).abs()
            relations = torch.stack(
                [across.clamp(0, 1) * cross, known * cross, cross, -apart * cross, -apart * ~cross],
                -1,
            )
            own = (1 - cosines.masked_fill(cross | ~mask[:, None], 0).clamp(max=0.99)).min(-1)[0]
            distance = (position - position.gather(1, facing)).abs()
            columns = [
                best, second, mutual, (known * cross).max(-1)[0], position, on_target, noun,
                distance, own,
            ]  # fmt: skip
            features = torch.stack([column.float() for column in columns], -1)
            x = self.drop(self.p(vectors)) + self.e(features)
            for layer in self.layers:
                x = layer(x, mask, relations.float())
            return self.out(self.n(x))[..., 0].masked_fill(~(noun & mask), detector.NEVER)

    return Network()


def judge(path: str, net: str) -> None:
    """Fits the judge on held-out news and writes network and judge together."""
    import torch

    arrays = {k: v.numpy().astype(np.float16) for k, v in torch.load(net).items()}
    np.savez_compressed(OUT, **arrays, judge=np.ones(6, np.float32))
    rows = [row for row in rows_of(path) if row[0] == HELD_OUT]
    planter, words = Planter(rows_of(path), 3), CachedWords(load_encoder(BUNDLED_MODEL))
    samples = [sample for part in _articles(rows) for sample in _samples(planter, part, words)]
    x, y = np.array([s[0] for s in samples]), np.array([s[1] for s in samples])
    weights = _logistic(x, y)
    np.savez_compressed(OUT, **arrays, judge=weights.astype(np.float32))
    score = x @ weights
    print("weights", weights.round(2))
    for per_10k in (0.5, 2, 5, 10):
        cut = np.sort(score[y == 0])[::-1][int(per_10k * len(rows) * 22 / 1e4)]
        print(f"{per_10k} a 10,000 words: {cut:.2f}, found {np.mean(score[y == 1] > cut):.3f}")


def _articles(rows: list[Row]) -> Iterator[list[Row]]:
    """Stretches as long as articles; where articles begin is not known."""
    lengths, start = random.Random(3), 0
    while start < len(rows) - 8:
        length = lengths.randint(10, 22)
        yield rows[start : start + length]
        start += length


def _samples(
    planter: Planter, rows: list[Row], words: CachedWords
) -> Iterator[tuple[np.ndarray, float]]:
    french, german = [r[1] for r in rows], [r[2] for r in rows]
    for _, features in strangers.judged(comparison_of(french, german, words)):
        yield features, 0.0
    for _ in range(3):
        texts, where = planted(planter, french, german, 0.33, words)
        for suspicion, features in strangers.judged(texts):
            on_source, word = where.get(suspicion.link, (None, 0))
            side = texts.source if on_source else texts.target
            here = side.once(words_of).of(range(suspicion.link, suspicion.link + 1))
            if suspicion.on_source == on_source and here[word] is suspicion.word:
                yield features, 1.0


def _logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method with a little shrinkage."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) / len(y) + 1e-3 * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x / len(y) + 1e-3 * np.eye(len(weights))
        weights -= np.linalg.solve(curvature, gradient)
    return weights


if __name__ == "__main__":
    if sys.argv[1] == "network":
        network(sys.argv[2], sys.argv[3], float(sys.argv[4]) if len(sys.argv) > 4 else 6.0)
    else:
        judge(sys.argv[2], sys.argv[3])
