"""Logistic models of the content checks, kept as data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in the order of the features, and the intercept."""

    weights: tuple[float, ...]
    intercept: float

    def log_odds(self, features: Sequence[float]) -> float:
        """Log odds of ``features``; their number must be that of the weights."""
        return self.intercept + sum(w * f for w, f in zip(self.weights, features, strict=True))


@cache
def model(name: str, features: tuple[str, ...]) -> Model:
    """The model of that name in the package's data. Raises KeyError on a missing feature."""
    table = resources.files("checker").joinpath("data/content_weights.tsv")
    rows = (r.split("\t") for r in table.read_text(encoding="utf-8").splitlines())
    found = {r[1]: float(r[2]) for r in rows if r[0] == name}
    return Model(tuple(found[f] for f in features), found["intercept"])


def probability(log_odds: float) -> float:
    """The probability that log odds stand for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
