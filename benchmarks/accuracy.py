"""Writes docs/accuracy.md: what the checker finds and what it cries wolf about.

    python benchmarks/accuracy.py [--planted DIR] [--record-floors FILE] [--jobs N]

Measures corpora/ with its gold. With --planted it also measures a folder of human
translations with planted errors (planted.py says how such a folder looks).
"""

from __future__ import annotations

import argparse
import platform
from collections import Counter
from pathlib import Path

from planted import compared

from checker.evaluate.floors import recorded
from checker.evaluate.gold import load_folder
from checker.evaluate.measure import measured, wilson
from checker.evaluate.run import evaluate
from checker.evaluate.table import as_markdown, markdown, shown
from checker.model import Report, Severity
from checker.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


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
    clean, copies = compared(folder, jobs)
    found, typed, count = Counter(), Counter(), Counter()
    for copy in copies:
        count[copy.kind] += 1
        found[copy.kind] += bool(copy.findings)
        typed[copy.kind] += any(copy.answers(f) for f in copy.findings)
    rows = [("error planted", "copies", "found", "found by the right check")]
    rows += [
        (k, str(n), shown(wilson(found[k], n)), shown(wilson(typed[k], n)))
        for k, n in count.items()
    ]
    return "\n".join([PLANTED_HEAD, markdown(rows), _clean_text(clean)])


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


if __name__ == "__main__":
    main()
