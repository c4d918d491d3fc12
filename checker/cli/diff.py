"""``checker diff``: compares one pair."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker.cli._options import (
    check_options,
    language_options,
    names,
    output_options,
    settings_of,
)


@click.command()
@click.argument("source")
@click.argument("target")
@output_options
@check_options
@language_options
def command(
    source: str,
    target: str,
    formats: str,
    output: Path | None,
    output_dir: Path | None,
    min_severity: str,
    width: int | None,
    quiet: bool,
    only: str,
    skip: str,
    model: str,
    source_lang: str,
    target_lang: str,
) -> None:
    """Compare SOURCE with TARGET and report every real difference.

    Exits with 0 when nothing was found, 1 when something was, 2 when it could not check.
    """
    from checker.cli._output import output_of
    from checker.cli._progress import progress
    from checker.pipeline import compare

    results = output_of(names(formats), output, output_dir, min_severity, width, quiet)
    settings = settings_of(only, skip, model, source_lang, target_lang)
    with progress(quiet) as tell:
        report = compare(source, target, settings, progress=tell)
    shown = results.write(report)
    sys.exit(1 if shown.findings else 0)
