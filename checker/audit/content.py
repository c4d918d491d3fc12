"""Pairs documents by what they say, for archives whose file names say nothing.

A document is a mean sentence vector and a set of keys (numbers, capitalised words). Its
candidates are the nearest vectors of the other language, found through clusters (an
inverted file, Jégou et al. 2011), and documents that share a rare key; so the work grows
with n·√n, not with n². Candidates are scored by cosine, shared keys and length, and matched
one to one, the surest first.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from checker.audit.files import document
from checker.audit.pairing import Pair, Pairing
from checker.embed import Encoder, Vectors
from checker.errors import CheckerError
from checker.model import Sentence
from checker.pipeline import article

_SENTENCES = 12  # per document, spread over it: more gains nothing and costs time
_LETTERS = 300
_NEAREST = 8
_PROBES = 6
_RARE = 12  # a key that more documents share proves little and costs much
_KEY = re.compile(r"\d[\d.,'’ \u00a0\u202f]*\d|[A-ZÀ-ÝĀ-Ž][^\W\d_]{3,}")
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Profile:
    """What pairing needs to know of a document."""

    path: Path
    language: str
    vector: NDArray[np.float32]
    keys: frozenset[str]
    length: int


@dataclass(frozen=True, slots=True)
class Match:
    """Two documents that say the same, with the probability that they really do."""

    source: Profile
    target: Profile
    confidence: float


def pair_by_content(
    files: Sequence[Path], source: str, target: str, encoder: Encoder, root: Path
) -> Pairing:
    """One-to-one pairs among documents of two languages, named after the source's path."""
    profiles = list(profiled(files, encoder, (source, target)))
    found = match(
        [p for p in profiles if p.language == source],
        [p for p in profiles if p.language == target],
    )
    pairs = [
        Pair(
            str(m.source.path.relative_to(root)),
            m.source.path,
            m.target.path,
            (("pairing-confidence", f"{m.confidence:.2f}"),),
        )
        for m in found
    ]
    taken = {path for pair in pairs for path in (pair.source, pair.target)}
    alone = tuple(p.path for p in profiles if p.path not in taken)
    return Pairing(tuple(sorted(pairs, key=lambda pair: pair.name)), alone)


def profiled(
    files: Iterable[Path], encoder: Encoder, languages: tuple[str, ...]
) -> Iterator[Profile]:
    """Profiles of the readable documents in one of ``languages``."""
    for path in files:
        try:
            found = article(document(path))
        except CheckerError:
            continue
        if found.language not in languages or not found.sentences:
            continue
        texts = [s.text[:_LETTERS] for s in _spread(found.sentences, _SENTENCES)]
        vector = encoder.encode(texts).mean(0)
        text = found.document.text
        yield Profile(path, found.language, vector, keys(text), len(text))


def _spread(items: Sequence[Sentence], most: int) -> Sequence[Sentence]:
    if len(items) <= most:
        return items
    return [items[i * len(items) // most] for i in range(most)]


def keys(text: str) -> frozenset[str]:
    """Numbers as bare digits and capitalised words as plain letters: the same in any language."""
    found = set()
    for match in _KEY.finditer(text):
        token = match.group()
        if token[0].isdigit():
            found.add(re.sub(r"\D", "", token))
        else:
            found.add(anyascii(token).lower())
    return frozenset(found)


def match(sources: Sequence[Profile], targets: Sequence[Profile]) -> list[Match]:
    """One-to-one matches of two lists of profiles, the surest first."""
    if not sources or not targets:
        return []
    a, b = _centred(sources), _centred(targets)
    weights = _key_weights([*sources, *targets])
    scored: dict[tuple[int, int], float] = {}
    for i, j in sorted(_candidates(a, b, sources, targets)):
        scored[i, j] = _score(float(a[i] @ b[j]), sources[i], targets[j], weights)
    return list(_one_to_one(scored, sources, targets))


def _centred(profiles: Sequence[Profile]) -> Vectors:
    """Unit vectors without what all documents of a language have in common."""
    vectors = np.stack([p.vector for p in profiles])
    if len(profiles) > 2:
        vectors = vectors - vectors.mean(0)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
    return unit


def _key_weights(profiles: Sequence[Profile]) -> dict[str, float]:
    counts = Counter(key for p in profiles for key in p.keys)
    return {key: math.log(1 + len(profiles) / n) for key, n in counts.items()}


def _candidates(
    a: Vectors, b: Vectors, sources: Sequence[Profile], targets: Sequence[Profile]
) -> set[tuple[int, int]]:
    found = set(_nearest(a, b))
    found |= {(i, j) for j, i in _nearest(b, a)}
    by_key: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, profiles in enumerate((sources, targets)):
        for index, profile in enumerate(profiles):
            for key in profile.keys:
                by_key[key][side].append(index)
    for left, right in by_key.values():
        if len(left) * len(right) <= _RARE:
            found |= {(i, j) for i in left for j in right}
    return found


def _nearest(queries: Vectors, base: Vectors) -> Iterator[tuple[int, int]]:
    """For each query the nearest rows of ``base`` in the clusters nearest to it."""
    count = max(1, int(math.sqrt(len(base)) / 2))
    centres = _centres(base, count)
    home = np.argmax(base @ centres.T, axis=1)
    members = [np.flatnonzero(home == c) for c in range(count)]
    probes = np.argsort(-(queries @ centres.T), axis=1, kind="stable")[:, :_PROBES]
    for i, clusters in enumerate(probes):
        near = np.concatenate([members[c] for c in clusters])
        order = np.argsort(-(base[near] @ queries[i]), kind="stable")[:_NEAREST]
        yield from ((i, int(j)) for j in near[order])


def _centres(vectors: Vectors, count: int, rounds: int = 4) -> Vectors:
    """Cluster centres by a few rounds of spherical k-means from evenly spaced documents."""
    centres: Vectors = vectors[np.linspace(0, len(vectors) - 1, count).astype(int)]
    for _ in range(rounds):
        home = np.argmax(vectors @ centres.T, axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, home, vectors)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / np.maximum(norms, 1e-9), centres).astype(np.float32)
    return centres


def _score(cosine: float, source: Profile, target: Profile, weights: dict[str, float]) -> float:
    """Cosine, weighted share of common keys and likeness of length in one figure."""
    common = sum(weights[key] for key in sorted(source.keys & target.keys))
    least = min(
        sum(weights[key] for key in sorted(source.keys)),
        sum(weights[key] for key in sorted(target.keys)),
    )
    shared = common / (least + 5)
    ratio = abs(math.log((source.length + 100) / (target.length + 100)))
    return cosine + 0.6 * shared - 0.3 * max(0.0, ratio - 0.25)


def _one_to_one(
    scored: dict[tuple[int, int], float], sources: Sequence[Profile], targets: Sequence[Profile]
) -> Iterator[Match]:
    """Matches from the highest score down; confidence is the lead over the next best."""
    rivals: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for (i, j), score in scored.items():
        rivals["source", i].append(score)
        rivals["target", j].append(score)
    taken: set[tuple[str, int]] = set()
    for (i, j), score in sorted(scored.items(), key=lambda item: (-item[1], item[0])):
        ends = {("source", i), ("target", j)}
        if score < _LEAST or ends & taken:
            continue
        taken |= ends
        others = [s for end in sorted(ends) for s in rivals[end] if s != score]
        lead = score - max(others, default=0.0)
        yield Match(sources[i], targets[j], 1 / (1 + math.exp(-(12 * lead + 4 * (score - 0.6)))))
