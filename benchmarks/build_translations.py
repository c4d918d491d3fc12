"""Builds checker/data/translations.fr-de.tsv.gz and certainty.fr-de.tsv.gz: which words
translate each other how surely, and how often a word has a counterpart at all.

    python benchmarks/build_translations.py PAIRS.tsv

PAIRS.tsv (may be .xz) has the columns set, French, German: sentences that people translated.
Content words, reduced to the keys of the terms check, are aligned by IBM model 1 with a
diagonal prior (Brown et al. 1993; Dyer, Chahuneau and Smith 2013) in both directions; the
strength of a pair is the geometric mean of both probabilities, discounted where it was seen
once or twice. Half a minute of processor time and 5 GB of memory for 115,000 pairs. Certainty
is counted in the news, encyclopedia and everyday sentences among them; the file shipped was
counted on a part of these (news up to 2010), with a table made without the rest.
"""

from __future__ import annotations

import gzip
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from checker.embed import load as load_encoder
from checker.languages import load
from checker.settings import BUNDLED_MODEL
from checker.terms.kinship import relation
from checker.terms.language import Grammar, grammar

DATA = Path(__file__).parents[1] / "checker" / "data"
EVERYDAY = ("news", "flores", "pud", "tatoeba")
KIN, PRIOR = 0.6, 3
ROUNDS, TENSION, NOTHING, LONGEST = 5, 4.0, 0.1, 60
LEAST_COUNT, LEAST_STRENGTH = 0.8, 0.03
WORD = re.compile(r"[^\W\d_]+(?:[-\u2011][^\W\d_]+)*")
Sides = tuple[np.ndarray, np.ndarray]


class Keys:
    """The content words of one language's sentences as numbers from 1; 0 is no word."""

    def __init__(self, code: str) -> None:
        self.rules = grammar(load(code))
        self.key = lru_cache(None)(self.rules.key)
        self.numbers: dict[str, int] = {}

    def of(self, text: str) -> np.ndarray:
        """The numbers of the content words of a sentence, in order."""
        kept, numbers = content(text, self.rules), self.numbers
        return np.array([numbers.setdefault(self.key(w), len(numbers) + 1) for w in kept], int)


def content(text: str, rules: Grammar) -> list[str]:
    """The content words of a sentence, in order."""
    words = (m.group() for m in WORD.finditer(text))
    return [w for w in words if len(w) > 2 and w.lower() not in rules.function_words]


def aligned(pairs: Iterable[Sides], sources: int, targets: int) -> dict[tuple[int, int], Sides]:
    """Probability of a target word given a source word, and how often they were aligned."""
    source, target, prior, slot = [], [], [], []
    slots = 0
    for left, right in pairs:
        n, m = len(left), len(right)
        if not 0 < n <= LONGEST or not 0 < m <= LONGEST:
            continue
        apart = np.abs((np.arange(n)[:, None] + 0.5) / n - (np.arange(m)[None] + 0.5) / m)
        near = np.exp(-TENSION * apart)
        near = np.vstack([np.full(m, NOTHING), (1 - NOTHING) * near / near.sum(0)])
        source.append(np.repeat(np.r_[0, left], m))
        target.append(np.tile(right, n + 1))
        prior.append(near.ravel().astype(np.float32))
        slot.append(np.tile(np.arange(slots, slots + m), n + 1))
        slots += m
    code = np.concatenate(source).astype(np.int64) * targets + np.concatenate(target)
    weight, place = np.concatenate(prior), np.concatenate(slot)
    pair, inverse = np.unique(code, return_inverse=True)
    first = pair // targets
    chance = 1 / np.bincount(first, minlength=sources)[first]
    for _ in range(ROUNDS):
        share = chance[inverse] * weight
        share /= np.bincount(place, share, slots)[place]
        count = np.bincount(inverse, share, len(pair))
        chance = count / np.maximum(np.bincount(first, count, sources)[first], 1e-9)
    kept = (count >= LEAST_COUNT / 2) & (first > 0)
    rows = zip(first[kept], pair[kept] % targets, chance[kept], count[kept], strict=True)
    return {(int(a), int(b)): (p, n) for a, b, p, n in rows}


def write_strengths(rows: list[list[str]]) -> None:
    """Aligns both ways and writes the pairs that are strong enough."""
    french, german = Keys("fr"), Keys("de")
    pairs = [(french.of(row[1]), german.of(row[2])) for row in rows]
    sizes = len(french.numbers) + 1, len(german.numbers) + 1
    forth = aligned(pairs, *sizes)
    back = aligned(((b, a) for a, b in pairs), *reversed(sizes))
    words = list(french.numbers), list(german.numbers)
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (a, b), (chance, count) in forth.items():
        other, often = back.get((b, a), (0.0, 0.0))
        most = max(count, often)
        strength = math.sqrt(chance * other) * most / (most + 1)
        if most >= LEAST_COUNT and strength >= LEAST_STRENGTH:
            found[words[0][a - 1]].append((round(100 * strength), words[1][b - 1]))
    text = "".join(
        f"{word}\t" + "|".join(f"{other}:{s}" for s, other in sorted(others, reverse=True)) + "\n"
        for word, others in sorted(found.items())
    )
    (DATA / "translations.fr-de.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(found)} French words, {sum(map(len, found.values()))} pairs")


def write_certainty(rows: list[list[str]]) -> None:
    """Writes how often each word has a counterpart, drawn to the mean where it is rare."""
    encoder = load_encoder(BUNDLED_MODEL)
    vectors: dict[str, np.ndarray] = {}
    kept, seen = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    rules = {code: grammar(load(code)) for code in ("fr", "de")}
    for row in rows:
        left, right = (content(text, rules[c]) for text, c in zip(row[1:], rules, strict=True))
        fresh = [word for word in dict.fromkeys(left + right) if word not in vectors]
        vectors.update(zip(fresh, encoder.encode(fresh), strict=True))
        if left and right:
            kin = kinship(left, right, vectors, rules)
            for code, words, best in (("fr", left, kin.max(1)), ("de", right, kin.max(0))):
                for word, value in zip(words, best, strict=True):
                    seen[code, rules[code].key(word)] += 1
                    kept[code, rules[code].key(word)] += int(value >= KIN)
    mean = sum(kept.values()) / sum(seen.values())
    lines = [
        f"{code}\t{key}\t{round(100 * (kept[code, key] + PRIOR * mean) / (n + PRIOR))}\n"
        for (code, key), n in sorted(seen.items())
        if n >= PRIOR
    ]
    out = gzip.compress("".join(lines).encode(), 9, mtime=0)
    (DATA / "certainty.fr-de.tsv.gz").write_bytes(out)
    print(f"{len(lines)} words; {mean:.2f} of all occurrences have a counterpart")


def kinship(
    left: list[str], right: list[str], vectors: dict[str, np.ndarray], rules: dict[str, Grammar]
) -> np.ndarray:
    """How likely each word stands for each word of the other side, 0 to 1."""
    known = np.array(
        [
            [relation(rules["fr"].key(a), rules["de"].key(b), "fr", "de") for b in right]
            for a in left
        ]
    )
    cosines = np.array([vectors[a] for a in left]) @ np.array([vectors[b] for b in right]).T
    listed, strong, parts, letters = np.moveaxis(known, -1, 0)
    return np.maximum.reduce(
        [
            np.clip((cosines - 0.4) / 0.5, 0, 1),
            0.9 * listed,
            np.clip(2.5 * strong, 0, 0.95),
            np.clip(1.8 * parts, 0, 0.8),
            np.clip(1.6 * (letters - 0.4), 0, 0.9),
        ]
    )


def main(path: str) -> None:
    """Builds both files from the sentence pairs."""
    opened = lzma.open if path.endswith(".xz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if len(row := line.rstrip("\n").split("\t")) == 3]
    write_strengths(rows)
    write_certainty([row for row in rows if row[0].startswith(EVERYDAY)])


if __name__ == "__main__":
    main(sys.argv[1])
