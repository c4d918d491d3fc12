"""Runs an audit on the cores of this machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from checker.audit.pairing import Pair
from checker.embed import Encoder, load
from checker.errors import CheckerError
from checker.model import Outcome
from checker.pipeline import compare
from checker.settings import Settings


@cache
def _encoder(model: str, threads: int) -> Encoder:
    """One encoder a worker process."""
    return load(model, threads)


def run(pairs: Sequence[Pair], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """Outcomes of ``pairs``, in their order. A bad pair is an outcome, never an end."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(_check, pairs, [settings] * len(pairs), chunksize=8)


def _check(pair: Pair, settings: Settings) -> Outcome:
    try:
        encoder = _encoder(settings.model, settings.threads)
        return Outcome(pair.name, compare(pair.source, pair.target, settings, encoder), None)
    except CheckerError as error:
        return Outcome(pair.name, None, str(error))
