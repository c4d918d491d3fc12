"""Weighs what the detector thinks together with what single words and documents show.

A logistic regression fitted by ``benchmarks/detector/judges.py`` on news that the detector was
not trained on; its weights are in ``checker/data/content_weights.tsv``.
"""

from __future__ import annotations

import numpy as np

from checker.content.weights import model
from checker.detector.network import NEGATED
from checker.detector.opinion import NEVER, Opinion
from checker.model import Passage

NEGATION = ("plain", "cue", "elsewhere")


def negation_features(
    log_odds: float, opinion: Opinion, on_source: bool, cue: Passage
) -> tuple[float, ...]:
    """The features named in ``NEGATION``: log odds without the detector, its view of the cue
    and its highest of any other word."""
    here = opinion.of(on_source, cue, NEGATED)
    return log_odds, _highest(here), _highest(opinion.others(on_source, cue, NEGATED))


def reversed_here(log_odds: float, opinion: Opinion, on_source: bool, cue: Passage) -> float:
    """Log odds that a negation is on one side only, given those without the detector."""
    features = negation_features(log_odds, opinion, on_source, cue)
    return model("negation-read", NEGATION).log_odds(features)


def _highest(scores: np.ndarray) -> float:
    return float(scores.max()) if len(scores) else NEVER
