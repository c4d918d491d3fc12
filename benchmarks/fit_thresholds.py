"""Fits checker/data/thresholds.toml: how sure each check's errors and warnings must be.

    python benchmarks/fit_thresholds.py [--planted DIR] [--jobs N]

Measures the checks as they propose their findings (the table is emptied first) on corpora/
and, with --planted, on human translations with planted errors (planted.py says how such a
folder looks). A finding is right when gold, or the planted error, stands at its place; on
the clean translations every finding counts as wrong, although some are real differences.

For each check and severity the threshold is the least confidence from which on the share
of right findings reaches the goal: nine in ten for errors, one in two for warnings, the
figures that the README promises. Where fewer than LEAST findings speak for or against a
check, it keeps its own severities (threshold 0): the comment beside it says how many.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from planted import compared

from checker.checks import available
from checker.evaluate.gold import load_folder
from checker.evaluate.match import Verdict
from checker.evaluate.run import evaluate
from checker.model import Finding, Severity
from checker.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "checker" / "data" / "thresholds.toml"
GOALS = {Severity.ERROR: 0.9, Severity.WARNING: 0.5}
LEAST = 10  # of fewer, half right may as well be four in five

Evidence = tuple[Finding, bool]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--planted", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    before = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    TABLE.write_text(HEAD, encoding="utf-8")
    try:
        evidence = list(own(arguments.jobs))
        if arguments.planted:
            evidence += planted(arguments.planted, arguments.jobs)
    except BaseException:
        TABLE.write_text(before, encoding="utf-8")
        raise
    TABLE.write_text(written(evidence), encoding="utf-8")
    print(f"{TABLE} written from {len(evidence)} findings")


HEAD = """# From which confidence on a check's errors and warnings speak at that severity.
# Written by benchmarks/fit_thresholds.py; the comment gives the findings right and wrong
# at that severity before and after the threshold.
"""


def own(jobs: int) -> Iterator[Evidence]:
    """Findings on corpora/ that its gold calls right or wrong."""
    decided = {Verdict.RIGHT: True, Verdict.WRONG: False}
    for result in evaluate(load_folder(ROOT / "corpora"), Settings(), Severity.WARNING, jobs):
        for judged in result.findings:
            if judged.verdict in decided:
                yield judged.finding, decided[judged.verdict]


def planted(folder: Path, jobs: int) -> Iterator[Evidence]:
    """Findings at planted errors (right) and on the clean translations (wrong)."""
    clean, copies = compared(folder, jobs)
    for copy in copies:
        yield from ((f, True) for f in copy.findings if copy.answers(f))
    for report in clean:
        yield from ((f, False) for f in report.findings)


def written(evidence: Sequence[Evidence]) -> str:
    """The table as TOML."""
    by_check: dict[tuple[str, Severity], list[tuple[float, bool]]] = defaultdict(list)
    for finding, right in evidence:
        by_check[finding.check, finding.severity].append((finding.confidence, right))
    lines = [HEAD]
    for check in available():
        lines.append(f"[{check}]")
        for severity, goal in GOALS.items():
            lines.append(_line(severity, by_check[check, severity], goal))
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _line(severity: Severity, said: Sequence[tuple[float, bool]], goal: float) -> str:
    least = threshold(said, goal)
    kept = [right for confidence, right in said if confidence >= least]
    return (
        f"{severity.value} = {least}  # {_counts([r for _, r in said])}"
        f"{f' -> {_counts(kept)}' if least else ''}"
    )


def _counts(right: Sequence[bool]) -> str:
    return f"{sum(right)} right, {len(right) - sum(right)} wrong"


def threshold(said: Sequence[tuple[float, bool]], goal: float) -> float:
    """The least confidence from which on the share of right findings reaches ``goal``.

    ``said`` are (confidence, right); 0 with fewer than LEAST of them, 1.01 (never) where no
    confidence reaches the goal.
    """
    if len(said) < LEAST:
        return 0.0
    for least in (0.0, *sorted({confidence for confidence, _ in said})):
        kept = [right for confidence, right in said if confidence >= least]
        if sum(kept) >= goal * len(kept):
            return least
    return 1.01


if __name__ == "__main__":
    main()
