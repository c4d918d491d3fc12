"""Recall against false alarms with the contextual detector and without it, per kind.

    python benchmarks/detector/curve.py FOLDER [--jobs N]

FOLDER is laid out as ``benchmarks/planted.py`` says: clean/, planted/, planted.jsonl. Every pair is
checked twice, with notes; findings of the right check are ranked by their confidence, and for
some rates of false alarms per 10,000 target words on the clean pairs it prints as a table the
share of planted errors that a finding above that confidence, absent from the clean pair, touches.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from checker.model import Finding, Severity
from checker.pipeline import compare
from checker.settings import Settings

CHECKS = {
    "term_swap": "terms",
    "term_outlier": "terms",
    "negation": "negation",
    "omission_clause": "omissions",
}
RATES = (1, 2, 3, 5, 10)
Found = tuple[str, tuple[str, str, str], float, tuple[tuple[int, int], tuple[int, int]]]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    folder, jobs = arguments.folder, arguments.jobs
    lines = (folder / "planted.jsonl").read_text(encoding="utf-8").splitlines()
    records = [r for r in map(json.loads, lines) if r["kind"] in CHECKS]
    names = sorted(p.name[:-7] for p in (folder / "clean").glob("*.fr.txt"))
    words = sum(len(_text(folder / "clean", n, "de").split()) for n in names)
    print("| planted | detector | " + " | ".join(f"at {rate}" for rate in RATES) + " |")
    print("|---|---|" + "---|" * len(RATES))
    for fast in (True, False):
        clean = dict(zip(names, checked(folder / "clean", names, fast, jobs), strict=True))
        found = checked(folder / "planted", [r["doc"] for r in records], fast, jobs)
        for kind, check in CHECKS.items():
            alarms = sorted(f[2] for fs in clean.values() for f in fs if f[0] == check)[::-1]
            best = [
                highest(record, fresh(seen, clean[record["source_doc"]]), check, folder)
                for record, seen in zip(records, found, strict=True)
                if record["kind"] == kind
            ]
            cells = (f"{share(best, alarms, rate * words / 1e4):.2f}" for rate in RATES)
            print(f"| {kind} | {'without' if fast else 'with'} | " + " | ".join(cells) + " |")


def checked(folder: Path, names: list[str], fast: bool, jobs: int) -> list[list[Found]]:
    """The findings of each pair, however quiet."""
    one = partial(_checked, folder, fast)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(one, names, chunksize=4))


def _checked(folder: Path, fast: bool, name: str) -> list[Found]:
    settings = Settings("fr", "de", only=tuple(sorted(set(CHECKS.values()))), fast=fast)
    report = compare(folder / f"{name}.fr.txt", folder / f"{name}.de.txt", settings)
    return [_shown(f) for f in report.findings]


def _shown(finding: Finding) -> Found:
    source, target = finding.source, finding.target
    texts = (finding.message, source.text if source else "", target.text if target else "")
    spans = tuple((p.start, p.end) if p else (-1, -1) for p in (source, target))
    rank = finding.confidence + (finding.severity is not Severity.NOTE)
    return finding.check, texts, rank, (spans[0], spans[1])


def fresh(found: list[Found], clean: list[Found]) -> Iterator[Found]:
    """The findings that the clean pair does not have."""
    known = defaultdict(int)
    for finding in clean:
        known[finding[1]] += 1
    for finding in found:
        known[finding[1]] -= 1
        if known[finding[1]] < 0:
            yield finding


def highest(record: dict, found: Iterator[Found], check: str, folder: Path) -> float:
    """The rank of the best finding of a check that touches the altered sentence."""
    places = [
        _line(_text(folder / "planted", record["doc"], code), record["line"])
        for code in ("fr", "de")
    ]
    ranks = [
        rank
        for name, _, rank, spans in found
        if name == check
        and any(0 <= s[0] <= p[1] and s[1] >= p[0] for s, p in zip(spans, places, strict=True))
    ]
    return max(ranks, default=-1.0)


def share(best: list[float], alarms: list[float], allowed: float) -> float:
    """Share of errors ranked above all but ``allowed`` of the alarms."""
    cut = alarms[int(allowed)] if int(allowed) < len(alarms) else 0.0
    return sum(value > cut for value in best) / max(1, len(best))


def _text(folder: Path, name: str, code: str) -> str:
    return (folder / f"{name}.{code}.txt").read_text(encoding="utf-8")


def _line(text: str, number: int) -> tuple[int, int]:
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[:number]))
    return start, start + len(lines[number].rstrip("\n")) if number < len(lines) else start


if __name__ == "__main__":
    main()
