"""The fitted weights of the bead score, kept as data in ``weights.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each cue by name, and the calibration of confidences.

    ``calibration`` maps the log odds that the path gives a bead to the log odds that it
    is right: (slope, intercept).
    """

    cues: Mapping[str, float]
    calibration: tuple[float, float]

    def of(self, names: Sequence[str]) -> NDArray[np.float32]:
        """The weights of ``names``, in their order; 0 for a cue that is not used."""
        return np.array([self.cues.get(name, 0.0) for name in names], np.float32)


@cache
def fitted() -> Weights:
    """The weights that come with the package (``benchmarks/fit_alignment.py`` made them)."""
    text = resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    table = json.loads(text)
    slope, intercept = table["calibration"]
    return Weights(table["cues"], (slope, intercept))
