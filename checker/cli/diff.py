"""``checker diff``: compares one pair."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker.model import Severity


@click.command()
@click.argument("source")
@click.argument("target")
@click.option(
    "--format",
    "format_name",
    default="terminal",
    show_default=True,
    help="Output format (see `checker formats`).",
)
@click.option(
    "--output", type=click.Path(path_type=Path), help="Write to this file instead of the terminal."
)
@click.option(
    "--min-severity",
    type=click.Choice([s.value for s in Severity]),
    default="warning",
    show_default=True,
    help="Leave out what is quieter than this.",
)
@click.option("--only", default="", help="Run only these checks, separated by commas.")
@click.option("--skip", default="", help="Leave these checks out, separated by commas.")
@click.option("--source-lang", default="", help="Language of SOURCE (otherwise detected).")
@click.option("--target-lang", default="", help="Language of TARGET (otherwise detected).")
@click.option(
    "--model",
    default="use-multilingual-v3",
    show_default=True,
    help="Embedding model (see `checker models`).",
)
@click.option("--width", type=click.IntRange(40, 400), help="Columns of the terminal report.")
@click.option("-q", "--quiet", is_flag=True, help="Only the summary line.")
def command(
    source: str,
    target: str,
    format_name: str,
    output: Path | None,
    min_severity: str,
    only: str,
    skip: str,
    source_lang: str,
    target_lang: str,
    model: str,
    width: int | None,
    quiet: bool,
) -> None:
    """Compare SOURCE with TARGET and report every real difference.

    Exits with 0 when nothing was found, 1 when something was, 2 when it could not check.
    """
    from checker.pipeline import compare
    from checker.report import Style, renderers, visible
    from checker.settings import Settings

    settings = Settings(
        source_language=source_lang,
        target_language=target_lang,
        model=model,
        only=tuple(filter(None, only.split(","))),
        skip=tuple(filter(None, skip.split(","))),
    )
    report = visible(compare(source, target, settings), Severity(min_severity))
    rendered = renderers()[format_name].render(report, Style(width=width or 80, quiet=quiet))
    sys.stdout.buffer.write(rendered)
    sys.exit(1 if report.findings else 0)
