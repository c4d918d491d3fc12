"""Weighs what the detector thinks together with what single words and documents show.

Logistic regressions fitted by ``benchmarks/detector/judges.py`` on news that the detector was
not trained on; their weights are in ``checker/data/content_weights.tsv``.
"""

from __future__ import annotations

import numpy as np

from checker.content.weights import model
from checker.detector.network import NEGATED, SURPLUS
from checker.detector.opinion import NEVER, Opinion
from checker.model import Passage

NEGATION = ("plain", "cue", "elsewhere")
CLAUSE = ("plain", "mean", "highest", "elsewhere", "words")


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


def clause_features(
    log_odds: float, opinion: Opinion, on_source: bool, clause: Passage
) -> tuple[float, ...]:
    """The features named in ``CLAUSE``: log odds without the detector, mean and third highest
    of its view of the clause's words, its mean over the rest of the link, and their number."""
    here = np.sort(opinion.of(on_source, clause, SURPLUS))
    rest = opinion.others(on_source, clause, SURPLUS)
    return (
        log_odds,
        float(here.mean()) if len(here) else NEVER,
        float(here[-3:].mean()) if len(here) else NEVER,
        float(rest.mean()) if len(rest) else NEVER,
        float(np.log1p(len(here))),
    )


def surplus_here(log_odds: float, opinion: Opinion, on_source: bool, clause: Passage) -> float:
    """Log odds that a clause has no counterpart, given those without the detector."""
    features = clause_features(log_odds, opinion, on_source, clause)
    return model("clause-read", CLAUSE).log_odds(features)


def _highest(scores: np.ndarray) -> float:
    return float(scores.max()) if len(scores) else NEVER
