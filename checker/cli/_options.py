"""Options that several commands share, each with one meaning and one wording."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.cli._complete import checks, formats, languages, models
from checker.model import Severity
from checker.settings import BUNDLED_MODEL, Settings

_MOST_THREADS = 4

F = TypeVar("F", bound=Callable[..., Any])


def check_options(function: F) -> F:
    """Adds ``--only``, ``--skip`` and ``--model``."""
    return _with(
        function,
        click.option(
            "--only",
            default="",
            shell_complete=checks,
            help="Run only these checks, separated by commas.",
        ),
        click.option(
            "--skip",
            default="",
            shell_complete=checks,
            help="Leave these checks out, separated by commas.",
        ),
        click.option(
            "--model",
            default=BUNDLED_MODEL,
            show_default=True,
            shell_complete=models,
            help="Embedding model (see `checker models`).",
        ),
    )


def fast_option(function: F) -> F:
    """Adds ``--fast``."""
    return _with(
        function,
        click.option("--fast", is_flag=True, help="Leave the contextual detector out."),
    )


def cache_option(function: F) -> F:
    """Adds ``--cache/--no-cache``."""
    return _with(
        function,
        click.option(
            "--cache/--no-cache",
            default=True,
            help="Keep vectors on disk, so that a second run encodes only what changed.",
        ),
    )


def language_options(function: F) -> F:
    """Adds ``--source-lang`` and ``--target-lang``."""
    return _with(
        function,
        click.option(
            "--source-lang",
            default="",
            shell_complete=languages,
            help="Language of SOURCE (else detected).",
        ),
        click.option(
            "--target-lang",
            default="",
            shell_complete=languages,
            help="Language of TARGET (else detected).",
        ),
    )


def output_options(function: F) -> F:
    """Adds what decides how results are shown: see ``checker.cli._output``."""
    return _with(
        function,
        click.option(
            "--format",
            "formats",
            default="",
            shell_complete=formats,
            help="Formats, separated by commas (see `checker formats`). Default: what the "
            "name of --output says, else terminal.",
        ),
        click.option("--output", type=click.Path(path_type=Path), help="Write to this file."),
        click.option(
            "--output-dir",
            type=click.Path(path_type=Path),
            help="Write one file a format into this folder: report.json, report.html, ...",
        ),
        click.option(
            "--min-severity",
            type=click.Choice([s.value for s in Severity]),
            default=Severity.WARNING.value,
            show_default=True,
            help="Leave out what is quieter than this.",
        ),
        click.option(
            "--width",
            type=click.IntRange(30, 400),
            help="Columns of the terminal report. Default: those of the terminal, 80 in a pipe.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Only the summary line."),
    )


def settings_of(
    only: str,
    skip: str,
    model: str,
    source_lang: str = "",
    target_lang: str = "",
    cache: bool = True,
    fast: bool = False,
) -> Settings:
    """Settings from the values of the shared options; the model may use all cores, up to four."""
    return Settings(
        source_language=source_lang,
        target_language=target_lang,
        model=model,
        only=names(only),
        skip=names(skip),
        cache=cache,
        fast=fast,
        threads=min(_MOST_THREADS, os.cpu_count() or 1),
    )


def names(value: str) -> tuple[str, ...]:
    """The names of a comma-separated option, blanks and empty ones dropped."""
    return tuple(filter(None, (name.strip() for name in value.split(","))))


def _with(function: F, *options: Callable[[F], F]) -> F:
    return reduce(lambda f, option: option(f), reversed(options), function)
