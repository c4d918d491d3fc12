"""Scores every noun of a link: how likely it stands where another word should.

A small transformer over the word vectors of both sides (Vaswani et al. 2017; two layers, 96
dimensions, four heads), with cosines, lexicon entries and relative positions as attention
biases in the manner of ALiBi (Press et al. 2022), so that words can look for their
counterpart and see what is left over. Trained on planted noun swaps by
``benchmarks/train_detector.py``; weights in ``checker/data/detector.npz``. Runs on numpy.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

HEADS = 4
_EPSILON = 1e-5
NEVER = -30.0


@dataclass(frozen=True, slots=True)
class Sentences:
    """The content words of one link: those of the source, then those of the target.

    ``vectors`` has shape (n, 512); ``lexicon`` (n, n) holds 1 where the lexicon knows two
    words of different sides as translations, 0.6 where a part of a compound is one.
    """

    vectors: Floats
    on_target: NDArray[np.bool_]
    position: Floats
    noun: NDArray[np.bool_]
    lexicon: Floats


@cache
def weights() -> Mapping[str, Floats]:
    """The trained weights by name, as 32-bit floats."""
    data = (resources.files("checker") / "data" / "detector.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        return {name: archive[name].astype(np.float32) for name in archive.files}


def judge() -> Floats:
    """Weights of what a document says about a suspicion: the score, whether the word stands
    elsewhere, the logarithm of the lines that prove another rendering, how the word fits its
    own document and its neighbours opposite, and a constant."""
    return weights()["judge"]


def scores(words: Sentences, w: Mapping[str, Floats]) -> Floats:
    """One score a word (log-odds, about), shape (n,); -30 for words that are no nouns."""
    relations, features = _inputs(words)
    x = _linear(words.vectors, w, "p") + _linear(features, w, "e")
    for layer in (0, 1):
        x = _layer(x, relations, w, f"layers.{layer}")
    out: Floats = _linear(_norm(x, w, "n"), w, "out")[:, 0]
    return np.where(words.noun, out, np.float32(NEVER))


def _inputs(words: Sentences) -> tuple[Floats, Floats]:
    """Relations between all words, shape (n, n, 5), and features of each, shape (n, 9)."""
    side, position = words.on_target, words.position
    cross = side[:, None] != side[None]
    cosines = words.vectors @ words.vectors.T
    across = np.where(cross, cosines, np.float32(-1))
    known = words.lexicon * cross
    apart = np.abs(position[:, None] - position[None])
    relations = np.stack(
        [np.clip(across, 0, 1) * cross, known, cross, -apart * cross, -apart * ~cross], -1
    ).astype(np.float32)
    ranked = np.sort(across, 1)[:, ::-1]
    best, facing = ranked[:, 0], across.argmax(1)
    mutual = best >= across.max(1)[facing] - 1e-4
    own = 1 - np.minimum(np.where(cross, 0, cosines), np.float32(0.99))
    columns = [
        best, ranked[:, 1], mutual, known.max(1), position, side, words.noun,
        np.abs(position - position[facing]), own.min(1),
    ]  # fmt: skip
    return relations, np.stack(columns, -1).astype(np.float32)


def _layer(x: Floats, relations: Floats, w: Mapping[str, Floats], name: str) -> Floats:
    count, width = x.shape
    size = width // HEADS
    qkv = _linear(_norm(x, w, f"{name}.n1"), w, f"{name}.qkv")
    query, key, value = qkv.reshape(count, 3, HEADS, size).transpose(1, 2, 0, 3)
    logits = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(size))
    logits = logits + (relations @ w[f"{name}.bias"].T).transpose(2, 0, 1)
    mixed = (_softmax(logits) @ value).transpose(1, 0, 2).reshape(count, width)
    x = x + _linear(mixed, w, f"{name}.o")
    hidden = _gelu(_linear(_norm(x, w, f"{name}.n2"), w, f"{name}.f1"))
    return x + _linear(hidden, w, f"{name}.f2")


def _linear(x: Any, w: Mapping[str, Floats], name: str) -> Floats:
    result: Floats = x @ w[f"{name}.weight"].T + w[f"{name}.bias"]
    return result


def _norm(x: Floats, w: Mapping[str, Floats], name: str) -> Floats:
    width = np.float32(x.shape[-1])
    centred = x - x.sum(-1, keepdims=True) / width
    spread = (centred**2).sum(-1, keepdims=True) / width
    scaled = centred / np.sqrt(spread + _EPSILON)
    result: Floats = scaled * w[f"{name}.weight"] + w[f"{name}.bias"]
    return result


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max(-1, keepdims=True))
    result: Floats = raised / raised.sum(-1, keepdims=True)
    return result


def _gelu(x: Floats) -> Floats:
    """The usual approximation with tanh (Hendrycks and Gimpel 2016), exact to 0.001."""
    result: Floats = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + 0.044715 * x * x * x)))
    return result
