"""Any sentence-transformers model, by name or folder (extra ``transformers``).

Code that a model repository brings along is never run (``trust_remote_code`` stays off).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from checker.embed import Backend, Encoder, Model, Vectors
from checker.embed._spans import ComposedSpans, Parts, Spans
from checker.errors import ModelError

_SAME = 0.9999
_INSTALL = "run `pip install 'translation-consistency-checker[transformers]'`."


class SentenceTransformerEncoder:
    """A sentence-transformers model on the CPU or whatever accelerator torch finds."""

    def __init__(self, model: Model, network: Any) -> None:
        self.name = model.name
        self.revision = model.revision
        self.dimensions = int(network.encode([""], show_progress_bar=False).shape[1])
        self._prefix = model.prefix
        self._network = network
        self._pools_by_mean = self._averages_tokens()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        vectors: Vectors = self._network.encode(
            [self._prefix + text for text in texts],
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return vectors.astype(np.float32, copy=False)

    def spans(self, sentences: Sequence[str]) -> Spans:
        """Vectors of the runs of ``sentences``: their tokens pooled, each encoded once."""
        return ComposedSpans(self.parts(sentences), self.joints(sentences), self.compose)

    def parts(self, sentences: Sequence[str]) -> Parts:
        """Mean token vector and number of tokens, shape (len(sentences), dimensions + 1).

        For models that do not pool by the mean, the sentence's own vector stands for the
        mean of its tokens.
        """
        rows = np.empty((len(sentences), self.dimensions + 1), np.float16)
        prefixed = [self._prefix + text for text in sentences]
        if not sentences:
            return rows
        if not self._pools_by_mean:
            rows[:, :-1] = self.encode(sentences)
            rows[:, -1] = [len(text.split()) for text in prefixed]
            return rows
        tokens = self._network.encode(
            prefixed, output_value="token_embeddings", show_progress_bar=False
        )
        for row, vectors in zip(rows, tokens, strict=True):
            row[:-1] = vectors.mean(0).float().cpu().numpy()
            row[-1] = len(vectors)
        return rows

    def joints(self, sentences: Sequence[str]) -> Parts:
        """Nothing: sentences are encoded apart, so joining them adds no tokens."""
        return np.zeros((max(len(sentences) - 1, 0), 0), np.float16)

    def compose(self, parts: Parts, joints: Parts, longest: int) -> Mapping[int, Vectors]:
        """Unit vectors of all runs of sentences: the mean over all their tokens."""
        wide = parts.astype(np.float64)
        sums = np.zeros((len(parts) + 1, self.dimensions))
        np.cumsum(wide[:, :-1] * wide[:, -1:], axis=0, out=sums[1:])
        runs = {}
        for k in range(1, min(longest, len(parts)) + 1):
            total = sums[k:] - sums[:-k]
            norms = np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
            runs[k] = (total / norms).astype(np.float32)
        return runs

    def anew(self) -> Encoder:
        """See Encoder.anew: there is no memory."""
        return self

    def _averages_tokens(self) -> bool:
        """True when the model's vector is the mean of its token vectors and no more."""
        probe = [f"{self._prefix}a b c"]
        tokens = self._network.encode(
            probe, output_value="token_embeddings", show_progress_bar=False
        )[0]
        mean = tokens.mean(0).float().cpu().numpy()
        if mean.shape != (self.dimensions,):
            return False
        return float(mean @ self.encode(["a b c"])[0] / np.linalg.norm(mean)) > _SAME


def _missing(model: Model) -> str:
    if not importlib.util.find_spec("sentence_transformers"):
        return _INSTALL
    if model.folder or _downloaded(model):
        return ""
    return (
        f"it is not on this machine; run `hf download {model.name}` once where there is a network, "
        "or give the folder of a copy."
    )


def _downloaded(model: Model) -> bool:
    from huggingface_hub import try_to_load_from_cache

    return isinstance(try_to_load_from_cache(model.name, "modules.json"), str)


def _load(model: Model, threads: int, folder: Path | None) -> Encoder:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    torch.set_num_threads(threads)
    try:
        network = SentenceTransformer(
            model.name,
            revision=None if model.folder else model.revision,
            trust_remote_code=False,
            local_files_only=True,
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = str(error).strip().split("\n")[0]
        place = Path(model.name).resolve() if model.folder else model.name
        raise ModelError(
            "The model in {place} cannot be loaded: {reason}", place=place, reason=reason
        ) from error
    return SentenceTransformerEncoder(model, network)


BACKEND = Backend("sentence-transformers", _missing, _load)
