"""Writes docs/accuracy.md: what the checker finds and what it cries wolf about.

    python benchmarks/accuracy.py [--planted DIR] [--record-floors FILE] [--jobs N]

Measures corpora/ with its gold. With --planted it also measures a folder of human
translations with planted errors: DIR/clean/<id>.fr.txt + .de.txt, DIR/planted/ with the
same names, and DIR/planted.jsonl saying for every planted pair ``doc``, ``kind``,
``side`` and ``line`` (counted from 0, ``to`` for a line that moved).
"""

from __future__ import annotations

import argparse
import json
import platform
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from checker.audit.pairing import Pair, find_pairs
from checker.embed import Encoder, load
from checker.evaluate.calibrate import new_findings
from checker.evaluate.floors import recorded
from checker.evaluate.gold import load_folder
from checker.evaluate.measure import measured, wilson
from checker.evaluate.run import evaluate
from checker.evaluate.table import as_markdown, markdown, shown
from checker.model import Finding, Report, Severity, Span
from checker.pipeline import compare
from checker.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
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


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--planted", type=Path)
    parser.add_argument("--record-floors", type=Path, help="also record floors from this run")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "accuracy.md")
    arguments = parser.parse_args()
    pairs = load_folder(ROOT / "corpora")
    results = tuple(evaluate(pairs, Settings(), Severity.WARNING, arguments.jobs))
    measurement = measured(results)
    if arguments.record_floors:
        arguments.record_floors.write_text(recorded(measurement), encoding="utf-8")
    parts = [HEAD, as_markdown(measurement)]
    if arguments.planted:
        parts.append(planted_section(arguments.planted, arguments.jobs))
    parts.append(f"Measured with Python {platform.python_version()} on {platform.machine()}.\n")
    arguments.output.write_text("\n".join(parts), encoding="utf-8")
    print(f"{arguments.output} written")


HEAD = """# Accuracy

Made by `python benchmarks/accuracy.py`; the floors in `corpora/floors.toml` keep it from
falling (`checker evaluate corpora --floors corpora/floors.toml`). Findings of severity
warning and error are counted. A finding is right when gold has a defect of its check at its
place, wrong when gold has none there; at the place of a defect that another check should
have reported it is neither. In brackets 95 % intervals: Wilson's for shares, a seeded
bootstrap over pairs for F1 and false alarms.

## corpora/: articles written for this project, with gold
"""


def planted_section(folder: Path, jobs: int) -> str:
    """Recall per kind on planted copies and what is said about the clean pairs."""
    records = {
        r["doc"]: r
        for r in map(json.loads, (folder / "planted.jsonl").read_text("utf-8").splitlines())
    }
    clean_jobs: list[Job] = [(p, None) for p in find_pairs(folder / "clean", "fr", "de").pairs]
    planted_jobs: list[Job] = [
        (p, records[p.name]) for p in find_pairs(folder / "planted", "fr", "de").pairs
    ]
    clean = {name: report for name, _, report in _run(clean_jobs, jobs)}
    found, typed, count = Counter(), Counter(), Counter()
    for _, record, report in _run(planted_jobs, jobs):
        assert record
        here = list(_at_the_place(report, clean[record["doc"].split("--")[0]], record))
        count[record["kind"]] += 1
        found[record["kind"]] += bool(here)
        typed[record["kind"]] += any(
            f.check in ANSWERS.get(record["kind"], ("omissions",)) for f in here
        )
    rows = [("error planted", "copies", "found", "found by the right check")]
    rows += [
        (k, str(n), shown(wilson(found[k], n)), shown(wilson(typed[k], n)))
        for k, n in count.items()
    ]
    return "\n".join([PLANTED_HEAD, markdown(rows), _clean_text(list(clean.values()))])


PLANTED_HEAD = """## Human translations with planted errors

News articles that people translated into French and German, and copies with one planted
error each. The planting is mechanical, so some errors are no errors and some sentences
ungrammatical; the clean pairs are translated twice from English and have real differences.
"""


def _clean_text(reports: list[Report]) -> str:
    words = sum(len(r.target.document.text.split()) for r in reports if r.target)
    blocked = sum(any(f.severity is Severity.ERROR for f in r.findings) for r in reports)
    rows = [("severity", "check", "findings", "per 10,000 words")]
    told = Counter((f.severity, f.check) for r in reports for f in r.findings)
    rows += [
        (severity.value, check, str(n), f"{10_000 * n / words:.2f}")
        for (severity, check), n in sorted(told.items(), key=lambda x: (x[0][0].rank, -x[1]))
        if severity is not Severity.NOTE
    ]
    return (
        f"Clean pairs: {len(reports)}, {words:,} German words; with an error:"
        f" {shown(wilson(blocked, len(reports)))}.\n\n{markdown(rows)}"
    )


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


if __name__ == "__main__":
    main()
