"""Human translations with planted errors, compared: what the measuring scripts share.

A folder holds clean/<id>.fr.txt + .de.txt, planted/ with the same names, and planted.jsonl
saying for every planted pair ``doc``, ``kind``, ``side`` and ``line`` (counted from 0,
``to`` for a line that moved).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from checker.audit.pairing import Pair, find_pairs
from checker.embed import Encoder, load
from checker.evaluate.calibrate import new_findings
from checker.model import Finding, Report, Span
from checker.pipeline import compare
from checker.settings import Settings

ANSWERS = {
    "number_digit": ("numbers", "dates", "units"),
    "number_word": ("numbers", "dates", "units"),
    "scale": ("numbers", "units"),
    "unit": ("units", "numbers", "dates"),
    "month": ("dates",),
    "weekday": ("dates",),
    "name_swap": ("names",),
    "name_typo": ("names",),
    "term_swap": ("terms",),
    "term_outlier": ("terms", "consistency"),
    "negation": ("negation",),
    "untranslated": ("untranslated",),
}

Job = tuple[Pair, dict | None]
Row = tuple[str, dict | None, Report]


@dataclass(frozen=True, slots=True)
class Copy:
    """A planted copy and the new findings at the place of its error."""

    kind: str
    findings: tuple[Finding, ...]

    def answers(self, finding: Finding) -> bool:
        """True when the finding comes from a check whose business this kind is."""
        return finding.check in ANSWERS.get(self.kind, ("omissions",))


def compared(folder: Path, jobs: int) -> tuple[list[Report], list[Copy]]:
    """The reports on the clean pairs, and the planted copies."""
    lines = (folder / "planted.jsonl").read_text("utf-8").splitlines()
    records = {record["doc"]: record for record in map(json.loads, lines)}
    clean_jobs: list[Job] = [(p, None) for p in find_pairs(folder / "clean", "fr", "de").pairs]
    planted_jobs: list[Job] = [
        (p, records[p.name]) for p in find_pairs(folder / "planted", "fr", "de").pairs
    ]
    clean = {name: report for name, _, report in _run(clean_jobs, jobs)}
    copies = [
        Copy(r["kind"], tuple(_at_the_place(report, clean[r["doc"].split("--")[0]], r)))
        for _, r, report in _run(planted_jobs, jobs)
        if r
    ]
    return list(clean.values()), copies


@cache
def _encoder() -> Encoder:
    return load(Settings().model, 1)


def _compared(job: Job) -> Row:
    pair, record = job
    settings = Settings(source_language="fr", target_language="de")
    return pair.name, record, compare(pair.source, pair.target, settings, _encoder())


def _run(jobs: list[Job], processes: int) -> Iterator[Row]:
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_compared, jobs, chunksize=8)


def _at_the_place(report: Report, clean: Report, record: dict) -> Iterator[Finding]:
    """New findings that touch the altered line, on either side."""
    assert report.target
    sides = {"fr": report.source, "de": report.target}
    other = "de" if record["side"] == "fr" else "fr"
    lines = {other: record["line"], record["side"]: record.get("to", record["line"])}
    if record["kind"] == "omission_sentence":
        del lines[record["side"]]
    if record["kind"] == "addition_sentence":
        del lines[other]
    spans = {s: _line(sides[s].document.text, n) for s, n in lines.items()}
    for finding in new_findings(report, clean):
        places = {"fr": finding.source, "de": finding.target}
        if any(
            (p := places[s]) and p.start <= span.end and span.start <= p.end
            for s, span in spans.items()
        ):
            yield finding


def _line(text: str, number: int) -> Span:
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[:number]))
    return Span(start, start + (len(lines[number].rstrip("\n")) if number < len(lines) else 0))
