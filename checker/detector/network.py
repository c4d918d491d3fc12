"""The forward pass of the contextual detector, on numpy.

Layers of BERT (Devlin et al. 2019) with the weights of multilingual-e5-small: the lower ones see
each text alone, the joint ones, trained further, see both, with cosines and lexicon entries of
words as attention biases. Weights in ``checker/data/contextual.npz``, see docs/detector.md.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.detector.links import Reading
from checker.detector.pieces import Pieces

Floats = NDArray[np.float32]

WRONG, NEGATED, SURPLUS = range(3)
HEADS, HIDDEN = 12, 384
_EPSILON = 1e-12
_NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Network:
    """The weights by name and the vocabulary they are for."""

    weights: Mapping[str, Floats]
    embedding: tuple[NDArray[np.float16], NDArray[np.uint8]]
    pieces: Pieces
    lower: int
    joint: int

    def scores(self, read: Reading) -> Floats:
        """Log-odds of every kind for every word of a link, shape (words, 3)."""
        x = self._embedded(read)
        targets = int(read.on_target.argmax())
        for number in range(self.lower):
            name = f"lower.{number}"
            x = np.concatenate(
                [self._layer(part, name, None) for part in (x[:targets], x[targets:])]
            )
        features, relations = read.spread()
        w = self.weights
        below = x
        x = x + w["sides.weight"][read.on_target.astype(np.int64)] + self._linear(features, "e")
        for number in range(self.joint):
            x = self._layer(x, f"joint.{number}", relations)
        words = np.concatenate([x[read.first], below[read.first]], -1)
        return self._linear(_gelu(self._linear(words, "out1")), "out2")

    def _embedded(self, read: Reading) -> Floats:
        scale, nibbles = self.embedding
        rows = dequantised(scale[read.ids], nibbles[read.ids])
        return self._norm(rows + self.weights["places.weight"][read.places], "n0")

    def _layer(self, x: Floats, name: str, relations: Floats | None) -> Floats:
        count, size = len(x), HIDDEN // HEADS
        q, k, v = (
            self._linear(x, f"{name}.{part}").reshape(count, HEADS, size).transpose(1, 0, 2)
            for part in "qkv"
        )
        logits = q @ k.transpose(0, 2, 1) / np.sqrt(np.float32(size))
        if relations is not None:
            logits = logits + (relations @ self.weights[f"{name}.bias"].T).transpose(2, 0, 1)
        mixed = (_softmax(logits) @ v).transpose(1, 0, 2).reshape(count, HIDDEN)
        x = self._norm(x + self._linear(mixed, f"{name}.o"), f"{name}.n1")
        hidden = _gelu(self._linear(x, f"{name}.f1"))
        return self._norm(x + self._linear(hidden, f"{name}.f2"), f"{name}.n2")

    def _linear(self, x: Floats, name: str) -> Floats:
        result: Floats = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _norm(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + _EPSILON)
        result: Floats = scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result


def dequantised(scale: NDArray[np.float16], nibbles: NDArray[np.uint8]) -> Floats:
    """Rows of 4-bit numbers: ``scale`` (rows, blocks), ``nibbles`` (rows, blocks, 16); byte j
    of a block holds number j in its low and j + 16 in its high half."""
    both = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    rows: Floats = both * scale.astype(np.float32)[..., None]
    return rows.reshape(len(scale), -1)


@cache
def network() -> Network | None:
    """The network that comes with the package; None in a package built without it."""
    file = resources.files("checker") / "data" / "contextual.npz"
    return read_network(file.read_bytes()) if file.is_file() else None


def read_network(data: bytes) -> Network:
    """A network from the bytes of its file."""
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    names = arrays.pop("pieces").tobytes().decode("utf-8").split("\n")
    scores = arrays.pop("piece_scores").tolist()
    table = {name: (i, s) for i, (name, s) in enumerate(zip(names, scores, strict=True))}
    embedding = arrays.pop("embedding.scale"), arrays.pop("embedding.nibbles")
    weights: dict[str, Floats] = {}
    for name, array in arrays.items():
        if name.endswith(".nibbles"):
            stem = name.removesuffix(".nibbles")
            weights[stem] = dequantised(arrays[f"{stem}.scale"], array)
        elif name.endswith(".int8"):
            stem = name.removesuffix(".int8")
            scaled = array.astype(np.float32) * arrays[f"{stem}.scale"][..., None]
            weights[stem] = scaled.astype(np.float32).reshape(len(array), -1)
        elif not name.endswith(".scale"):
            weights[name] = array.astype(np.float32)
    lower, joint = (_layers(weights, part) for part in ("lower", "joint"))
    return Network(weights, embedding, Pieces(table), lower, joint)


def _layers(names: Sequence[str] | Mapping[str, Any], part: str) -> int:
    return len({name.split(".")[1] for name in names if name.startswith(f"{part}.")})


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max(-1, keepdims=True))
    result: Floats = raised / raised.sum(-1, keepdims=True)
    return result


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution; erf after Abramowitz and Stegun 7.1.26, exact to 2e-7."""
    scaled = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * scaled)
    series = t * (
        np.float32(0.254829592)
        + t
        * (
            np.float32(-0.284496736)
            + t
            * (
                np.float32(1.421413741)
                + t * (np.float32(-1.453152027) + t * np.float32(1.061405429))
            )
        )
    )
    erf = np.sign(x) * (1 - series * np.exp(-scaled * scaled))
    result: Floats = np.float32(0.5) * x * (1 + erf)
    return result
