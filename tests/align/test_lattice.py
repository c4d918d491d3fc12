"""The dynamic program agrees with listing every path."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from checker.align.lattice import (
    NEVER,
    Lattice,
    Step,
    alone_probability,
    backward,
    best_path,
    forward,
    posterior,
)
from checker.align.shapes import STEPS

SIZES = [(1, 1), (1, 3), (3, 1), (2, 2), (3, 4), (4, 3), (0, 2), (2, 0)]


def random_lattice(n: int, m: int, seed: int) -> Lattice:
    """Random scores for every bead of an n by m rectangle."""
    draw = np.random.default_rng(seed)
    scores = []
    for i in range(n + 1):
        row = np.full((len(STEPS), m + 1), NEVER, np.float32)
        for k, (p, q) in enumerate(STEPS):
            if p <= i:
                row[k, q:] = draw.normal(size=m + 1 - q) if q <= m else row[k, q:]
        scores.append(row)
    low = np.zeros(n + 1, np.intp)
    return Lattice(low, low + m + 1, scores, draw.normal(size=m))


def every_path(grid: Lattice, i: int = 0, j: int = 0) -> Iterator[list[Step]]:
    """All paths from a cell to the end."""
    if (i, j) == (grid.rows, grid.columns):
        yield []
        return
    steps = [
        Step(range(i, i + p), range(j, j + q), float(grid.scores[i + p][k, j + q]))
        for k, (p, q) in enumerate(STEPS)
        if i + p <= grid.rows and j + q <= grid.columns
    ]
    if j < grid.columns:
        steps.append(Step(range(i, i), range(j, j + 1), float(grid.alone[j])))
    for step in steps:
        for rest in every_path(grid, step.source.stop, step.target.stop):
            yield [step, *rest]


def score(path: list[Step]) -> float:
    return sum(step.score for step in path)


@pytest.mark.parametrize(("n", "m"), SIZES)
@pytest.mark.parametrize("seed", range(3))
def test_the_best_path_is_the_best_of_all(n: int, m: int, seed: int) -> None:
    grid = random_lattice(n, m, seed)
    best = max(map(score, every_path(grid)))
    assert score(best_path(grid)) == pytest.approx(best, abs=1e-5)


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_probabilities_are_shares_of_all_paths(n: int, m: int) -> None:
    grid = random_lattice(n, m, 7)
    paths = list(every_path(grid))
    total = sum(math.exp(score(p)) for p in paths)
    before, after = forward(grid), backward(grid)
    for step in best_path(grid):
        if step.source and step.target:
            with_it = [p for p in paths if step in p]
            found = posterior(step, before, after)
        else:
            with_it = [p for p in paths if any(_leaves_alone(s, step) for s in p)]
            found = alone_probability(step, grid, before, after)
        share = sum(math.exp(score(p)) for p in with_it) / total
        assert found == pytest.approx(share, abs=1e-5)


def _leaves_alone(step: Step, other: Step) -> bool:
    if other.source:
        return step.source == other.source and not step.target
    return step.target == other.target and not step.source


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_the_path_is_in_order_and_without_gaps(n: int, m: int) -> None:
    i = j = 0
    for step in best_path(random_lattice(n, m, seed=1)):
        assert (step.source.start, step.target.start) == (i, j)
        i, j = step.source.stop, step.target.stop
    assert (i, j) == (n, m)
