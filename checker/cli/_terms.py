"""Options of every command that checks against termbases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import click

from checker.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


def term_options(function: F) -> F:
    """Adds the options; the command takes them as ``**terms``."""
    options = (
        click.option(
            "--termbase",
            "termbases",
            multiple=True,
            metavar="FILE",
            help="Check terms against this termbase (TBX, CSV, TSV, XLSX, TOML); repeatable.",
        ),
        click.option(
            "--term-domain", "term_domains", multiple=True, help="Only concepts of this domain."
        ),
        click.option(
            "--term-project", "term_projects", multiple=True, help="Only concepts of this project."
        ),
        click.option(
            "--lenient-termbase",
            "lenient_termbases",
            is_flag=True,
            help="Leave broken entries of a termbase out instead of stopping.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def with_terms(settings: Settings, terms: Mapping[str, Any]) -> Settings:
    """The settings with what these options say."""
    return replace(settings, **terms)
