"""Embedding models. One file a backend in this folder, each defining ``BACKEND``.

``models.txt`` says which models are known and which backend loads each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from checker.embed._cache import CachedEncoder, cache_folder, store_of
from checker.embed._spans import EncodedSpans as EncodedSpans
from checker.embed._spans import Parts
from checker.embed._spans import Spans as Spans
from checker.embed._spans import single_vectors as single_vectors
from checker.errors import ModelError, did_you_mean
from checker.registry import discover

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """A loaded model."""

    @property
    def name(self) -> str: ...

    @property
    def revision(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), dimensions)."""

    def spans(self, sentences: Sequence[str]) -> Spans:
        """Vectors of all runs of neighbouring ``sentences``, made when asked for."""

    def parts(self, sentences: Sequence[str]) -> Parts:
        """What each sentence adds to a run, a row each; only ``compose`` knows its meaning."""

    def joints(self, sentences: Sequence[str]) -> Parts:
        """What joining sentence i and i + 1 adds to a run, len(sentences) - 1 rows."""

    def compose(self, parts: Parts, joints: Parts, longest: int) -> Mapping[int, Vectors]:
        """Unit vectors of all runs of 1 to ``longest`` sentences, as ``Spans.runs`` gives."""

    def anew(self) -> Encoder:
        """The same model that remembers no text.

        Some libraries of linear algebra round the vector of a text by its place in a batch, so
        what a memory keeps from one comparison must never reach another.
        """


@dataclass(frozen=True, slots=True)
class Model:
    """A line of ``models.txt``."""

    name: str
    backend: str
    revision: str
    dimensions: int
    licence: str
    languages: str
    prefix: str = ""
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Backend:
    """How to load models of one kind.

    ``missing`` returns what to install for a model, or an empty string when it can be
    loaded; ``load`` takes a model, a number of threads and a folder where it may keep
    files for later runs (None: nowhere), and raises ModelError when it cannot load.
    """

    name: str
    missing: Callable[[Model], str]
    load: Callable[[Model, int, Path | None], Encoder]


def known_models() -> Mapping[str, Model]:
    """The models of ``models.txt`` by name. Raises ModelError on a broken line."""
    models: dict[str, Model] = {}
    for number, line in enumerate(_models_file().read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 7 or not parts[3].isdigit():
            raise ModelError(
                "models.txt, line {number}: seven fields separated by | are needed.", number=number
            )
        name, backend, revision, dimensions, licence, languages, prefix = parts
        spaced = f"{prefix} " if prefix else ""
        models[name] = Model(name, backend, revision, int(dimensions), licence, languages, spaced)
    return models


def backends() -> Mapping[str, Backend]:
    """Every backend of this folder by name."""
    return discover(__name__, "BACKEND", Backend)


def load(name: str, threads: int = 1, cache: bool = False) -> Encoder:
    """The encoder called ``name``: a model of ``models.txt`` or a local model folder.

    With ``cache``, vectors are kept on disk and reused, also by later runs, and so are the
    weights as they are in memory.
    Raises ModelError for a name that is neither, or a model that is not installed. Never
    loads another model instead.
    """
    model = require(name)
    folder = cache_folder() / "models" if cache else None
    encoder = backends()[model.backend].load(model, threads, folder)
    if not cache or model.folder:
        return encoder
    return CachedEncoder(encoder, store_of(encoder.name, encoder.revision))


def require(name: str) -> Model:
    """The model called ``name``, not loaded yet. Raises ModelError when it cannot be had."""
    model = _model(name)
    missing = backends()[model.backend].missing(model)
    if missing:
        hint = did_you_mean(name, [m for m in known_models() if m != name])
        raise ModelError(
            'Model "{name}"{hint} cannot be loaded: {missing}',
            name=name,
            hint=hint,
            missing=missing,
        )
    return model


def _model(name: str) -> Model:
    models = known_models()
    if name in models:
        return models[name]
    is_folder = (Path(name) / "modules.json").is_file()
    if is_folder or name.count("/") == 1:
        return Model(name, "sentence-transformers", "main", 0, "", "", folder=is_folder)
    hint = did_you_mean(name, list(models))
    raise ModelError(
        'No model "{name}"{hint}: type a name that `checker models` lists, or '
        "the folder of a sentence-transformers model.",
        name=name,
        hint=hint,
    )


def _models_file() -> Path:
    """``models.txt``: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "models.txt"
    return installed if installed.is_file() else package.parent / "models.txt"
