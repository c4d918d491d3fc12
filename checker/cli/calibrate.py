"""``checker calibrate``: what the checker finds in errors planted into your own articles."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from checker.cli._options import fast_option
from checker.messages import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--errors",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Errors of each kind to plant.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="Pairs to take, chosen by the seed.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed plants the same errors."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show the figures.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option(
    "--policy", type=click.Path(path_type=Path), help="Write the recommended policy to this file."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    help="Processes at a time.",
)
@click.option("--source-lang", default="fr", show_default=True, help="Language of the sources.")
@click.option("--target-lang", default="de", show_default=True, help="Language of the targets.")
@click.option("--model", default="use-multilingual-v3", show_default=True, help="Embedding model.")
@fast_option
def command(
    folder: Path,
    errors: int,
    limit: int,
    seed: int,
    format_name: str,
    output: Path | None,
    policy: Path | None,
    jobs: int,
    source_lang: str,
    target_lang: str,
    model: str,
    fast: bool,
) -> None:
    """Plant errors into trusted pairs of FOLDER and report what is found.

    Shows recall for each kind of error, false alarms per article, and what a gate with each
    threshold would block. Your files are only read: the copies with errors live in memory.
    """
    from checker.audit.pairing import find_pairs
    from checker.evaluate.advice import as_json, as_policy, as_text
    from checker.evaluate.calibrate import calibrate, sample
    from checker.settings import Settings

    settings = Settings(
        source_language=source_lang, target_language=target_lang, model=model, fast=fast
    )
    pairs = sample(find_pairs(folder, source_lang, target_lang).pairs, limit, seed)
    result = calibrate(pairs, settings, errors, seed, jobs, _with_bar)
    shown = (as_json if format_name == "json" else as_text)(result)
    if output:
        output.write_text(shown, encoding="utf-8")
    else:
        click.echo(shown, nl=False)
    if policy:
        policy.write_text(as_policy(result), encoding="utf-8")
        click.echo(say("The policy is written to {path}.").format(path=policy), err=True)


def _with_bar(label: str, length: int, results: Iterator[Any]) -> Iterator[Any]:
    with click.progressbar(results, length=length, label=label, file=sys.stderr) as bar:
        yield from bar
