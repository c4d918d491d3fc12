"""Layers of BERT (Devlin et al. 2019) on numpy, as they read one link.

Weights lie transposed and those of queries, keys and values side by side, which is how the
products are quickest. Arrays that a function has made itself are written over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

HEADS, HIDDEN = 12, 384
_SIZE = HIDDEN // HEADS
_DENSE = ("o", "f1", "f2")
_EPSILON = np.float32(1e-12)
_HALF = np.float32(0.5)
# erf after Abramowitz and Stegun 7.1.26, exact to 2e-7: halves of its coefficients, last first.
_SLOPE = np.float32(0.3275911 * 0.7071067811865476)
_SERIES = tuple(
    np.float32(c / 2) for c in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
)


@dataclass(frozen=True, slots=True)
class Linear:
    """Rows times ``weight`` (in, out) plus ``bias``."""

    weight: Floats
    bias: Floats

    @classmethod
    def of(cls, weights: Mapping[str, Floats], *names: str) -> Self:
        """The matrices called ``names``, stored as (out, in), side by side."""
        matrix = np.concatenate([weights[f"{name}.weight"] for name in names])
        bias = np.concatenate([weights[f"{name}.bias"] for name in names])
        return cls(np.ascontiguousarray(matrix.T), bias)

    def __call__(self, x: Floats) -> Floats:
        result: Floats = x @ self.weight
        result += self.bias
        return result


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation."""

    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, weights: Mapping[str, Floats], name: str) -> Self:
        """The one called ``name``."""
        return cls(weights[f"{name}.weight"], weights[f"{name}.bias"])

    def __call__(self, x: Floats) -> Floats:
        """``x`` normalised in place."""
        x -= np.add.reduce(x, -1, keepdims=True) / np.float32(HIDDEN)
        spread = np.einsum("ij,ij->i", x, x) / np.float32(HIDDEN)
        x /= np.sqrt(spread + _EPSILON)[:, None]
        x *= self.gain
        x += self.shift
        return x


@dataclass(frozen=True, slots=True)
class Layer:
    """Attention and what follows it. ``bias`` (heads, 4) weighs relations; None without."""

    qkv: Linear
    mixed: Linear
    widened: Linear
    narrowed: Linear
    norms: tuple[Norm, Norm]
    bias: Floats | None

    @classmethod
    def of(cls, weights: Mapping[str, Floats], name: str) -> Self:
        """The layer called ``name``."""
        mixed, widened, narrowed = (Linear.of(weights, f"{name}.{part}") for part in _DENSE)
        return cls(
            Linear.of(weights, *(f"{name}.{part}" for part in "qkv")),
            mixed,
            widened,
            narrowed,
            (Norm.of(weights, f"{name}.n1"), Norm.of(weights, f"{name}.n2")),
            weights.get(f"{name}.bias"),
        )

    def __call__(
        self,
        x: Floats,
        texts: Sequence[slice],
        relations: Floats | None = None,
        rows: Integers | slice = slice(None),
    ) -> Floats:
        """The next state of pieces, ``x`` being (n, 384); only of ``rows`` where they are given.

        Pieces see those of their own one of the ``texts``. ``relations`` (4, n * n) only
        where that is all of them, and ``rows`` likewise.
        """
        heads = self.qkv(x).reshape(len(x), 3, HEADS, _SIZE).transpose(1, 2, 0, 3)
        seen = [self._attended(heads[:, :, text], relations, rows) for text in texts]
        after = self.mixed(np.concatenate(seen) if len(seen) > 1 else seen[0])
        after += x[rows]
        after = self.norms[0](after)
        result = self.narrowed(gelu(self.widened(after)))
        result += after
        return self.norms[1](result)

    def _attended(self, heads: Floats, relations: Floats | None, rows: Integers | slice) -> Floats:
        """What ``rows`` of a text take from all of it; ``heads`` (3, 12, n, 32)."""
        q, k, v = heads
        logits = q @ k.transpose(0, 2, 1)
        logits *= np.float32(1 / np.sqrt(_SIZE))
        if relations is not None and self.bias is not None:
            logits += (self.bias @ relations).reshape(logits.shape)
        mixed: Floats = softmax(logits[:, rows]) @ v
        return mixed.transpose(1, 0, 2).reshape(-1, HIDDEN)


def softmax(x: Floats) -> Floats:
    """Shares along the last axis; ``x`` is written over."""
    x -= x.max(-1, keepdims=True)
    np.exp(x, out=x)
    x /= np.add.reduce(x, -1, keepdims=True)
    return x


def gelu(x: Floats) -> Floats:
    """x times the normal distribution; ``x`` is written over.

    With h(a), the upper tail at a = |x|, that is max(x, 0) - a h(a).
    """
    size = np.abs(x)
    t = size * _SLOPE
    t += 1
    np.reciprocal(t, out=t)
    tail = t * _SERIES[0]
    for coefficient in _SERIES[1:]:
        tail += coefficient
        tail *= t
    np.multiply(size, size, out=t)
    t *= -_HALF
    tail *= np.exp(t, out=t)
    tail *= size
    np.maximum(x, 0, out=x)
    x -= tail
    return x
