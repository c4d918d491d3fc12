"""The contextual detector on numpy: from a link to the log-odds of its words.

Layers of BERT (Devlin et al. 2019) with the weights of multilingual-e5-small: the lower ones see
each text alone, the joint ones, trained further, see both, with cosines and lexicon entries of
words as attention biases. Weights in ``checker/data/contextual.npz``, see docs/detector.md.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Self

import numpy as np
from numpy.typing import NDArray

from checker.detector.layers import Floats, Layer, Linear, Norm, gelu
from checker.detector.links import Reading
from checker.detector.pieces import Pieces

WRONG, NEGATED, SURPLUS = range(3)


@dataclass(frozen=True, slots=True)
class Weights:
    """What the file holds: the vocabulary, its quantised rows, and all else by name."""

    pieces: Pieces
    embedding: tuple[NDArray[np.float16], NDArray[np.uint8]]
    by_name: Mapping[str, Floats]

    def layers(self, part: str) -> int:
        """How many layers there are of the lower or the joint ones."""
        return len({n.split(".")[1] for n in self.by_name if n.startswith(f"{part}.")})


@dataclass(frozen=True, slots=True)
class Network:
    """The layers, ready to read links."""

    pieces: Pieces
    embedding: tuple[NDArray[np.float16], NDArray[np.uint8]]
    places: Floats
    first: Norm
    lower: tuple[Layer, ...]
    sides: Floats
    features: Linear
    joint: tuple[Layer, ...]
    last: tuple[Linear, Linear]

    @classmethod
    def of(cls, weights: Weights) -> Self:
        """The network with these weights."""
        named = weights.by_name
        lower, joint = (
            tuple(Layer.of(named, f"{part}.{i}") for i in range(weights.layers(part)))
            for part in ("lower", "joint")
        )
        return cls(
            weights.pieces,
            weights.embedding,
            named["places.weight"],
            Norm.of(named, "n0"),
            lower,
            named["sides.weight"],
            Linear.of(named, "e"),
            joint,
            (Linear.of(named, "out1"), Linear.of(named, "out2")),
        )

    def scores(self, read: Reading) -> Floats:
        """Log-odds of every kind for every word of a link, shape (words, 3)."""
        x = self._embedded(read)
        second = int(read.on_target.argmax())
        texts = slice(second), slice(second, len(x))
        for layer in self.lower:
            x = layer(x, texts)
        features, relations = read.spread()
        between = np.ascontiguousarray(relations.reshape(-1, relations.shape[-1]).T)
        below = x[read.first]
        x = x + self.sides[read.on_target.astype(np.int64)] + self.features(features)
        *joint, last = self.joint
        for layer in joint:
            x = layer(x, [slice(len(x))], between)
        words = last(x, [slice(len(x))], between, read.first)
        hidden, out = self.last
        return out(gelu(hidden(np.concatenate([words, below], -1))))

    def _embedded(self, read: Reading) -> Floats:
        scale, nibbles = self.embedding
        rows = dequantised(scale[read.ids], nibbles[read.ids])
        return self.first(rows + self.places[read.places])


def dequantised(scale: NDArray[np.float16], nibbles: NDArray[np.uint8]) -> Floats:
    """Rows of 4-bit numbers: ``scale`` (rows, blocks), ``nibbles`` (rows, blocks, 16); byte j
    of a block holds number j in its low and j + 16 in its high half."""
    both = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    rows: Floats = both * scale.astype(np.float32)[..., None]
    return rows.reshape(len(scale), -1)


@cache
def network() -> Network:
    """The network that comes with the package."""
    return Network.of(weights())


def weights() -> Weights:
    """The weights that come with the package."""
    return read_weights((resources.files("checker") / "data" / "contextual.npz").read_bytes())


def read_weights(data: bytes) -> Weights:
    """Weights from the bytes of their file."""
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    names = arrays.pop("pieces").tobytes().decode("utf-8").split("\n")
    scores = arrays.pop("piece_scores").tolist()
    table = {name: (i, s) for i, (name, s) in enumerate(zip(names, scores, strict=True))}
    embedding = arrays.pop("embedding.scale"), arrays.pop("embedding.nibbles")
    by_name: dict[str, Floats] = {}
    for name, array in arrays.items():
        stem, _, form = name.rpartition(".")
        if form == "int8":
            scaled = array * arrays[f"{stem}.scale"].astype(np.float32)[..., None]
            by_name[stem] = scaled.reshape(len(array), -1)
        elif form != "scale":
            by_name[name] = array.astype(np.float32)
    return Weights(Pieces(table), embedding, by_name)
