"""The price of a move, fitted on made documents in which blocks were moved.

Moves are not on the aligner's path, so the weights of its cues cannot be fitted together
with their price. The price is the one under which the log odds of the candidates for a
move are most likely, given which of them did move.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

import numpy as np
from alignment_data import Pair, with_a_move
from scipy.optimize import minimize_scalar

from checker.align.anchors import find_anchors
from checker.align.moved import Search, candidates
from checker.align.text import text_of
from checker.align.weights import Weights
from checker.align.windows import beads
from checker.embed import Encoder
from checker.model import Article

_NEVER = -1e4
"""A price that no candidate can pay, to learn its odds without any."""


def fit_move_price(documents: Iterable[Pair], cues: Mapping[str, float], encoder: Encoder) -> float:
    """The price under ``cues``; every second document has a block moved before it is aligned."""
    weights = Weights({**cues, "moved": _NEVER}, (1.0, 0.0))
    choose = random.Random(1)
    odds, right, all_moved = [], [], 0
    for number, pair in enumerate(documents):
        source, target, moved = pair[0], pair[1], set[tuple[int, int]]()
        if number % 2:
            source, target, moved = with_a_move(pair, choose)
        all_moved += len(moved)
        for i, j, value in _candidates(source, target, encoder, weights):
            odds.append(value - _NEVER)
            right.append((i, j) in moved)
    x, y = np.array(odds), np.array(right)

    def loss(price: float) -> float:
        return float(np.sum(np.logaddexp(0, x + price)) - price * y.sum())

    price = round(float(minimize_scalar(loss, bounds=(-20, 5), method="bounded").x), 3)
    taken = x + price > 0
    print(
        f"price of a move {price}: {(taken & y).sum()} of {y.sum()} moved pairs found"
        f" ({all_moved} moved in all), {(taken & ~y).sum()} of {(~y).sum()} others taken"
    )
    return price


def _candidates(
    source: Article, target: Article, encoder: Encoder, weights: Weights
) -> list[tuple[int, int, float]]:
    """Pairs of sentences that may have moved, each with its log odds."""
    a, b = (text_of(article.sentences, encoder) for article in (source, target))
    anchors = find_anchors(a.singles, b.singles)
    search = Search(a, b, anchors, weights, beads(a, b, anchors, weights))
    return [(i, j, search.try_move(i, j)) for i, j in candidates(a, b, search.path)]
