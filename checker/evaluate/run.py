"""Runs the checker on gold pairs and keeps what the measurements need."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

from checker.embed import Encoder, load
from checker.errors import CheckerError
from checker.evaluate.gold import GoldPair
from checker.evaluate.match import (
    BeadScore,
    Judged,
    Wanted,
    judge,
    judged_links,
    score_beads,
    wanted,
)
from checker.model import Report, Severity
from checker.pipeline import compare
from checker.settings import Settings


@dataclass(frozen=True, slots=True)
class PairResult:
    """What the checker made of one gold pair. ``words`` are those of the target."""

    name: str
    clean: bool
    words: int
    findings: tuple[Judged, ...]
    wanted: tuple[Wanted, ...]
    beads: BeadScore
    links: tuple[tuple[float, bool], ...]
    signature: str


def evaluate(
    pairs: Sequence[GoldPair], settings: Settings, least: Severity, jobs: int = 1
) -> Iterator[PairResult]:
    """The results of ``pairs`` in their order, counting findings of severity ``least`` up.

    Raises a CheckerError when a pair cannot be compared: a measurement with holes is none.
    """
    if jobs == 1:
        yield from (_check(pair, settings, least) for pair in pairs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(
            _check, pairs, [settings] * len(pairs), [least] * len(pairs), chunksize=4
        )


def measure(pair: GoldPair, report: Report, least: Severity) -> PairResult:
    """What gold says of one report."""
    shown = [f for f in report.findings if f.severity.at_least(least)]
    links = zip(report.links, judged_links(report, pair), strict=True)
    text = report.target.document.text if report.target else ""
    return PairResult(
        name=pair.name,
        clean=pair.clean,
        words=len(text.split()),
        findings=judge(shown, pair),
        wanted=wanted(shown, pair.findings),
        beads=score_beads(report, pair),
        links=tuple((link.confidence, right) for link, (_, right) in links),
        signature=report.signature,
    )


@cache
def _encoder(model: str, threads: int) -> Encoder:
    """One encoder a process."""
    return load(model, threads)


def _check(pair: GoldPair, settings: Settings, least: Severity) -> PairResult:
    encoder = _encoder(settings.model, settings.threads)
    languages = replace(
        settings, source_language=pair.source.language, target_language=pair.target.language
    )
    try:
        report = compare(pair.source.path, pair.target.path, languages, encoder)
    except CheckerError as error:
        raise type(error)(f"{pair.name}: {error}") from None
    return measure(pair, report, least)
