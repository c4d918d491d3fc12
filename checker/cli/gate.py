"""``checker gate``: passes or blocks by a policy."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli._echo import echo
from checker.cli._options import check_options, fast_option, names, output_options, settings_of
from checker.cli._terms import term_options, with_terms
from checker.messages import said, say, say_many
from checker.model import Severity

if TYPE_CHECKING:
    from checker.cli._output import Output
    from checker.gate.policy import Policy
    from checker.gate.run import Gated

COULD_NOT_CHECK = 2


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--policy", "policy_file", type=click.Path(path_type=Path), help="Policy file.")
@click.option("--baseline", "baseline_file", type=click.Path(path_type=Path),
              help="JSON report whose findings are known and do not block.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Say which line of the policy decided.")
@click.option("--changed", is_flag=True,
              help="PATHS are edited files: gate the pairs they belong to.")  # fmt: skip
@click.option("--source-lang", default="", help="Language of the sources (else detected).")
@click.option("--target-lang", default="", help="Language of the targets (else detected).")
@output_options
@check_options
@fast_option
@term_options
def command(
    paths: tuple[Path, ...],
    policy_file: Path | None,
    baseline_file: Path | None,
    explain: bool,
    changed: bool,
    source_lang: str,
    target_lang: str,
    formats: str,
    output: Path | None,
    output_dir: Path | None,
    min_severity: str,
    width: int | None,
    quiet: bool,
    only: str,
    skip: str,
    model: str,
    fast: bool,
    **terms: Any,
) -> None:
    """Pass or block: SOURCE TARGET, one FILE of both languages or a FOLDER of pairs, by a policy.

    The policy is --policy, else checker.toml or [tool.checker] in pyproject.toml in this
    folder or above, else built in: errors block. Exits with 0 when everything passes, 1
    when something is blocked, 2 when something could not be checked.
    """
    from checker.cli._output import output_of
    from checker.gate.run import baseline, gate, pairs_of

    results = output_of(names(formats), output, output_dir, min_severity, width, quiet)
    policy = _policy(policy_file)
    known = baseline(baseline_file) if baseline_file else frozenset()
    chosen = settings_of(only, skip, model, source_lang, target_lang, fast=fast)
    settings = with_terms(chosen, terms)
    languages = (
        source_lang or policy.source_language or "fr",
        target_lang or policy.target_language or "de",
    )
    pairs = pairs_of(paths, changed, *(code.split("-")[0] for code in languages))
    today = datetime.now(UTC).date()
    several = len(pairs) > 1
    answers = set()
    for gated in gate(pairs, policy, settings, today, known):
        answers.add(gated.decision.verdict.passed)
        _show(gated, results.for_pair(gated.pair.name) if several else results, explain, quiet)
    if None in answers:
        sys.exit(COULD_NOT_CHECK)
    sys.exit(1 if False in answers else 0)


def _policy(file: Path | None) -> Policy:
    from checker.gate.policy import Policy, find_policy, load_policy

    found = file or find_policy(Path())
    return load_policy(found) if found else Policy()


def _word(passed: bool | None) -> str:
    if passed is None:
        return say("could not check")
    return say("passed") if passed else say("blocked")


def _show(gated: Gated, results: Output, explain: bool, quiet: bool) -> None:
    decision = gated.decision
    word = _word(decision.verdict.passed)
    files = dict.fromkeys(str(path) for path in (gated.pair.source, gated.pair.target))
    echo(f"{word}: {' / '.join(files)}", err=True)
    for reason in decision.explanation if explain else decision.verdict.reasons:
        echo(f"  {said(reason)}", err=True)
    if gated.waived and not quiet:
        for remark in gated.waived.remarks:
            echo(f"  {say('note:')} {remark}", err=True)
        if excused := len(gated.waived.excused):
            waived = say_many("{count} finding is waived", "{count} findings are waived", excused)
            echo(f"  {waived}", err=True)
    if gated.report is not None and decision.blocking:
        report = replace(gated.report, findings=decision.blocking)
        replace(results, least=Severity.NOTE).write(report)
