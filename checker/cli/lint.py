"""``checker lint``: looks at one document alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from checker.cli._complete import languages
from checker.cli._options import check_options, names, output_options, settings_of
from checker.cli._terms import term_options, with_terms


@click.command()
@click.argument("file", type=click.Path())
@output_options
@check_options
@term_options
@click.option(
    "--lang", default="", shell_complete=languages, help="Language of FILE (else detected)."
)
def command(
    file: str,
    formats: str,
    output: Path | None,
    output_dir: Path | None,
    min_severity: str,
    width: int | None,
    quiet: bool,
    only: str,
    skip: str,
    model: str,
    lang: str,
    **terms: Any,
) -> None:
    """Report what is wrong inside FILE itself, without another language version.

    Repetition, leftovers, sums that do not add up, two spellings of one name and the like.
    Exits with 0 when nothing was found, 1 when something was, 2 when it could not check.
    """
    from checker.cli._output import output_of
    from checker.pipeline import lint

    results = output_of(names(formats), output, output_dir, min_severity, width, quiet)
    report = lint(file, with_terms(settings_of(only, skip, model, lang), terms))
    sys.exit(1 if results.write(report).findings else 0)
