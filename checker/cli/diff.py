"""``checker diff``: compares one pair."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli._options import (
    cache_option,
    check_options,
    fast_option,
    language_options,
    names,
    output_options,
    settings_of,
)
from checker.cli._terms import term_options, with_terms
from checker.messages import say

if TYPE_CHECKING:
    from checker.cli._output import Output
    from checker.settings import Settings


@click.command()
@click.argument("source", type=click.Path())
@click.argument("target", required=False, type=click.Path())
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="The SOURCE as it was: tell which sentences of TARGET are stale now.",
)
@click.option(
    "--realign", is_flag=True, help="Align a bilingual SOURCE anew instead of by its units."
)
@output_options
@check_options
@fast_option
@term_options
@language_options
@cache_option
def command(
    source: str,
    target: str | None,
    since: Path | None,
    realign: bool,
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
    source_lang: str,
    target_lang: str,
    cache: bool,
    **terms: Any,
) -> None:
    """Compare SOURCE with TARGET and report every real difference.

    Without TARGET, SOURCE holds both languages: XLIFF, TMX, PO or a table; its units are
    the links. FILE#NAME reads one field or column of FILE, - reads standard input.

    Exits with 0 when nothing was found, 1 when something was, 2 when it could not check.
    """
    from checker.cli._output import output_of
    from checker.cli._progress import progress
    from checker.pipeline import compare

    results = output_of(names(formats), output, output_dir, min_severity, width, quiet)
    settings = settings_of(only, skip, model, source_lang, target_lang, cache, fast)
    settings = replace(with_terms(settings, terms), realign=realign)
    if since is not None:
        if target is None:
            raise click.UsageError(say("--since needs SOURCE and TARGET."))
        sys.exit(_stale(since, source, target, settings, results))
    with progress(quiet) as tell:
        report = compare(source, target, settings, progress=tell)
    shown = results.write(report)
    sys.exit(1 if shown.findings else 0)


def _stale(since: Path, source: str, target: str, settings: Settings, results: Output) -> int:
    """Writes what the changes since the old source make stale; the exit code."""
    from checker.cli import _since
    from checker.cli._progress import progress
    from checker.embed import load
    from checker.pipeline import CachedWords, article, compare
    from checker.since import updates

    with progress(results.quiet) as tell:
        encoder = load(settings.model, settings.threads, settings.cache)
        report = compare(source, target, settings, encoder, tell)
        old = article(since, report.source.language)
        found = updates(old, report, CachedWords(encoder))
    render = _since.as_json if results.only("json", "terminal") == "json" else _since.as_text
    results.put(render(found, report).encode())
    return 1 if _since.stale(found) else 0
