"""Any sentence-transformers model, by name or folder (extra ``transformers``).

Code that a model repository brings along is never run (``trust_remote_code`` stays off).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from checker.embed import Backend, Encoder, Model, Vectors, encode_runs
from checker.errors import ModelError

_INSTALL = "run `pip install 'translation-consistency-checker[transformers]'`."


class SentenceTransformerEncoder:
    """A sentence-transformers model on the CPU or whatever accelerator torch finds."""

    def __init__(self, model: Model, network: Any) -> None:
        self.name = model.name
        self.revision = model.revision
        self.dimensions = int(network.encode([""], show_progress_bar=False).shape[1])
        self._prefix = model.prefix
        self._network = network

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

    def spans(self, sentences: Sequence[str], longest: int) -> Mapping[int, Vectors]:
        """Unit vectors of all runs of 1 to ``longest`` sentences (see Encoder.spans)."""
        return encode_runs(self, sentences, longest)


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


def _load(model: Model, threads: int) -> Encoder:
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
        raise ModelError(f"The model in {place} cannot be loaded: {reason}") from error
    return SentenceTransformerEncoder(model, network)


BACKEND = Backend("sentence-transformers", _missing, _load)
