"""What the checker finds in a user's own articles once known errors are planted into them.

Every planted copy has one error and lives in memory; it counts as found when a finding that
the trusted pair does not have touches the sentence of the error, on either side.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from random import Random
from types import MappingProxyType
from typing import Any, TypeVar

from checker.audit.pairing import Pair
from checker.checks import selected
from checker.embed import Encoder, load
from checker.errors import CheckerError
from checker.evaluate.kinds import ANSWERS, KINDS
from checker.evaluate.measure import Figure, wilson
from checker.evaluate.plant import Planted, plan
from checker.evaluate.recommend import Recommendation, recommend
from checker.languages import codes
from checker.languages import load as load_language
from checker.model import Article, Finding, Report, Severity, Span
from checker.pipeline import compare
from checker.settings import Settings

THRESHOLDS = tuple(
    (severity, confidence)
    for severity in (Severity.WARNING, Severity.ERROR)
    for confidence in (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
)
T = TypeVar("T")
R = TypeVar("R")


class CalibrationError(CheckerError):
    """There is nothing to calibrate on."""


@dataclass(frozen=True, slots=True)
class Caught:
    """The findings that a planted error brought about at its place."""

    planted: Planted
    findings: tuple[Finding, ...]

    @property
    def found(self) -> bool:
        return bool(self.findings)

    @property
    def typed(self) -> bool:
        """Found by a check whose business this kind is."""
        return any(f.check in ANSWERS[self.planted.kind] for f in self.findings)


@dataclass(frozen=True, slots=True)
class KindRow:
    """How often errors of one kind were found, and named rightly."""

    kind: str
    planted: int
    found: Figure
    typed: Figure


@dataclass(frozen=True, slots=True)
class CheckRow:
    """What a check says about pairs that are trusted, per article."""

    check: str
    errors: float
    warnings: float
    blocked: Figure


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """What a gate would block that stops on this severity with at least this confidence."""

    severity: Severity
    confidence: float
    trusted_blocked: Figure
    planted_blocked: Figure


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole result."""

    signature: str
    seed: int
    pairs: int
    skipped: tuple[str, ...]
    kinds: tuple[KindRow, ...]
    checks: tuple[CheckRow, ...]
    thresholds: tuple[ThresholdRow, ...]
    recommended: Recommendation
    missed: tuple[Planted, ...]
    false_alarms: tuple[tuple[str, Finding], ...]


def sample(pairs: Sequence[Pair], limit: int, seed: int) -> list[Pair]:
    """At most ``limit`` of the pairs, chosen by ``seed``, in their order."""
    if not pairs:
        raise CalibrationError(
            "No pairs here: name versions of one article <name>.fr.txt and <name>.de.txt, "
            "and say the languages with --source-lang and --target-lang."
        )
    if len(pairs) <= limit:
        return list(pairs)
    return [pairs[i] for i in sorted(Random(seed).sample(range(len(pairs)), limit))]


def calibrate(
    pairs: Sequence[Pair],
    settings: Settings,
    errors: int,
    seed: int,
    jobs: int,
    progress: Callable[[str, int, Iterator[Any]], Iterator[Any]],
) -> Calibration:
    """Runs everything. ``progress`` is handed each stage's name, length and results.

    Raises CalibrationError when not one pair could be compared.
    """
    with _pool(jobs) as run:
        outcomes = list(
            progress(
                "trusted pairs", len(pairs), run(_trusted, [(pair, settings) for pair in pairs])
            )
        )
        reports = {name: r for name, r in outcomes if isinstance(r, Report)}
        skipped = tuple(f"{name}: {r}" for name, r in outcomes if isinstance(r, str))
        if not reports:
            raise CalibrationError("No pair could be compared. " + " ".join(skipped[:3]))
        plants = plan(reports, KINDS, plant_tables(), errors, seed)
        # Copies of one pair one after the other: what they share is encoded and read once.
        order = sorted(range(len(plants)), key=lambda number: plants[number].pair)
        jobs_left = [(plants[n], reports[plants[n].pair], settings) for n in order]
        results = progress("planted errors", len(plants), run(_planted, jobs_left))
        caught = [c for _, c in sorted(zip(order, results, strict=True), key=lambda pair: pair[0])]
    return summary(reports, caught, skipped, settings, seed)


def plant_tables() -> Mapping[str, Mapping[str, Any]]:
    """The ``[plant]`` table of every language."""
    return MappingProxyType({code: load_language(code).section("plant") for code in codes()})


def summary(
    reports: Mapping[str, Report],
    caught: Sequence[Caught],
    skipped: tuple[str, ...],
    settings: Settings,
    seed: int,
) -> Calibration:
    """The figures of a finished run."""
    shown = {n: [f for f in r.findings if _loud(f)] for n, r in reports.items()}
    thresholds = tuple(_threshold(s, c, list(shown.values()), caught) for s, c in THRESHOLDS)
    checks = [check.name for check in selected(settings)]
    return Calibration(
        signature=next(iter(reports.values())).signature,
        seed=seed,
        pairs=len(reports),
        skipped=skipped,
        kinds=tuple(_kind(k, [c for c in caught if c.planted.kind == k]) for k in KINDS),
        checks=tuple(
            _check(c, list(shown.values()))
            for c in sorted({f.check for fs in shown.values() for f in fs})
        ),
        thresholds=thresholds,
        recommended=recommend(checks, list(shown.values()), [c.findings for c in caught]),
        missed=tuple(c.planted for c in caught if not c.found),
        false_alarms=tuple(
            (n, f) for n, fs in shown.items() for f in fs if f.severity is Severity.ERROR
        ),
    )


def new_findings(report: Report, trusted: Report) -> list[Finding]:
    """Findings of the planted pair that the trusted pair does not have."""
    known = Counter(_key(f) for f in trusted.findings)
    new = []
    for finding in filter(_loud, report.findings):
        if known[_key(finding)]:
            known[_key(finding)] -= 1
        else:
            new.append(finding)
    return new


def catches(finding: Finding, planted: Planted, report: Report) -> bool:
    """True when the finding touches a sentence of the planted error, on either side."""
    if report.target is None:
        return False
    source = _sentences_at(report.source, planted.source_places)
    target = _sentences_at(report.target, planted.target_places)
    return any(
        passage is not None
        and any(s.start <= passage.end and passage.start <= s.end for s in spans)
        for passage, spans in ((finding.source, source), (finding.target, target))
    )


def _sentences_at(article: Article, places: Sequence[Span]) -> list[Span]:
    touched = [
        s.span
        for s in article.sentences
        if any(s.span.start < max(p.end, p.start + 1) and p.start < s.span.end for p in places)
    ]
    return [*places, *touched]


@cache
def _encoder(model: str, threads: int) -> Encoder:
    """One encoder a process."""
    return load(model, threads)


def _trusted(job: tuple[Pair, Settings]) -> tuple[str, Report | str]:
    pair, settings = job
    try:
        encoder = _encoder(settings.model, settings.threads)
        return pair.name, compare(pair.source, pair.target, settings, encoder)
    except CheckerError as error:
        return pair.name, str(error)


def _planted(job: tuple[Planted, Report, Settings]) -> Caught:
    planted, trusted, settings = job
    encoder = _encoder(settings.model, settings.threads)
    report = compare(planted.source, planted.target, settings, encoder)
    new = new_findings(report, trusted)
    return Caught(planted, tuple(f for f in new if catches(f, planted, report)))


@contextmanager
def _pool(jobs: int) -> Iterator[Callable[[Callable[[T], R], Sequence[T]], Iterator[R]]]:
    """Maps a function over tasks in ``jobs`` processes, or in this one."""
    if jobs == 1:
        yield map
        return
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, mp_context=context)
    try:
        yield partial(executor.map, chunksize=4)
    finally:
        executor.shutdown(cancel_futures=True)


def _loud(finding: Finding) -> bool:
    return finding.severity.at_least(Severity.WARNING)


def _key(finding: Finding) -> tuple[str, str | None, str | None, str]:
    source, target = (p.text if p else None for p in (finding.source, finding.target))
    return finding.check, source, target, finding.message


def _stops(findings: Sequence[Finding], severity: Severity, confidence: float) -> bool:
    return any(f.severity.at_least(severity) and f.confidence >= confidence for f in findings)


def _threshold(
    severity: Severity,
    confidence: float,
    trusted: Sequence[Sequence[Finding]],
    caught: Sequence[Caught],
) -> ThresholdRow:
    return ThresholdRow(
        severity,
        confidence,
        wilson(sum(_stops(fs, severity, confidence) for fs in trusted), len(trusted)),
        wilson(sum(_stops(c.findings, severity, confidence) for c in caught), len(caught)),
    )


def _kind(kind: str, caught: Sequence[Caught]) -> KindRow:
    count = len(caught)
    found, typed = sum(c.found for c in caught), sum(c.typed for c in caught)
    return KindRow(kind, count, wilson(found, count), wilson(typed, count))


def _check(check: str, trusted: Sequence[Sequence[Finding]]) -> CheckRow:
    mine = [[f.severity for f in fs if f.check == check] for fs in trusted]
    count = len(trusted)
    return CheckRow(
        check,
        sum(s is Severity.ERROR for ss in mine for s in ss) / count,
        sum(s is Severity.WARNING for ss in mine for s in ss) / count,
        wilson(sum(Severity.ERROR in ss for ss in mine), count),
    )
