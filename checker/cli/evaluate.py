"""``checker evaluate``: precision and recall against gold."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from checker.cli._options import check_options, fast_option, names
from checker.messages import say
from checker.model import Severity


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to show the figures.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option(
    "--floors",
    type=click.Path(path_type=Path),
    help="Fail with 1 when a figure is under the floors in this file.",
)
@click.option(
    "--record-floors",
    type=click.Path(path_type=Path),
    help="Write floors that this measurement just meets.",
)
@click.option(
    "--diff",
    "old",
    type=click.Path(path_type=Path),
    help="Show what changed since an earlier result in JSON, finding by finding.",
)
@click.option(
    "--min-severity",
    type=click.Choice([s.value for s in Severity]),
    default="warning",
    show_default=True,
    help="Count findings from this severity up.",
)
@check_options
@fast_option
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    help="Processes at a time.",
)
def command(
    folder: Path,
    format_name: str,
    output: Path | None,
    floors: Path | None,
    record_floors: Path | None,
    old: Path | None,
    min_severity: str,
    only: str,
    skip: str,
    model: str,
    fast: bool,
    jobs: int,
) -> None:
    """Measure the checker on FOLDER, pairs with gold annotations (see corpora/README.md).

    Exits with 0, 1 when a figure is under its floor, 2 when it could not measure.
    """
    from checker.evaluate.floors import broken, changes, recorded
    from checker.evaluate.gold import load_folder
    from checker.evaluate.measure import measured
    from checker.evaluate.run import evaluate
    from checker.evaluate.table import FORMATS, as_json
    from checker.settings import Settings

    settings = Settings(
        model=model,
        only=names(only),
        skip=names(skip),
        fast=fast,
    )
    pairs = load_folder(folder)
    done = evaluate(pairs, settings, Severity(min_severity), jobs)
    with click.progressbar(done, length=len(pairs), label="evaluating", file=sys.stderr) as bar:
        measurement = measured(tuple(bar))
    shown = FORMATS[format_name](measurement)
    if output:
        output.write_text(shown, encoding="utf-8")
    else:
        click.echo(shown, nl=False)
    if record_floors:
        record_floors.write_text(recorded(measurement), encoding="utf-8")
    for line in changes(as_json(measurement), old) if old else ():
        click.echo(line)
    failures = broken(measurement, floors) if floors else ()
    for failure in failures:
        click.echo(f"checker: {say('under the floor:')} {failure}", err=True)
    sys.exit(1 if failures else 0)
