"""Weighs what the detector thinks together with what single words and documents show.

A logistic regression fitted by ``benchmarks/detector/judges.py`` on news that the detector was
not trained on; its weights are in ``checker/data/content_weights.tsv``.
"""

from __future__ import annotations

import numpy as np

from checker.content.weights import model
from checker.detector.network import NEGATED, SURPLUS
from checker.detector.opinion import NEVER, Opinion
from checker.model import Passage

NEGATION = ("plain", "cue", "elsewhere")
_OF_CLAUSE = 0.2  # weight of its mean view; fitted on planted clauses it was too trusting


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


def lost_there(log_odds: float, opinion: Opinion, on_source: bool, clause: Passage) -> float:
    """Log odds that a clause has no counterpart, given those without the detector."""
    here = opinion.of(on_source, clause, SURPLUS)
    return log_odds + _OF_CLAUSE * (float(here.mean()) if len(here) else NEVER)


def _highest(scores: np.ndarray) -> float:
    return float(scores.max()) if len(scores) else NEVER
