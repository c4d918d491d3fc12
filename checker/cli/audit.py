"""``checker audit``: compares every pair of a folder."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for the results."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    help="Processes at a time.",
)
@click.option("--source-lang", default="fr", show_default=True, help="Language of the sources.")
@click.option("--target-lang", default="de", show_default=True, help="Language of the targets.")
@click.option("--only", default="", help="Run only these checks, separated by commas.")
@click.option("--skip", default="", help="Leave these checks out, separated by commas.")
def command(
    folder: Path, out: Path, jobs: int, source_lang: str, target_lang: str, only: str, skip: str
) -> None:
    """Compare every pair in FOLDER and leave the results in the --out folder."""
    from checker.audit.local import run
    from checker.audit.pairing import pairs_by_name
    from checker.model import Severity
    from checker.report.json import finding_as_dict
    from checker.settings import Settings

    settings = Settings(
        source_language=source_lang,
        target_language=target_lang,
        only=tuple(filter(None, only.split(","))),
        skip=tuple(filter(None, skip.split(","))),
    )
    out.mkdir(parents=True, exist_ok=True)
    errors = 0
    with (
        (out / "findings.jsonl").open("w", encoding="utf-8") as findings,
        (out / "pairs.jsonl").open("w", encoding="utf-8") as outcomes,
    ):
        for outcome in run(pairs_by_name(folder, source_lang, target_lang), settings, jobs):
            found = outcome.report.findings if outcome.report else ()
            errors += sum(f.severity is Severity.ERROR for f in found)
            row = {"pair": outcome.pair, "error": outcome.error, "findings": len(found)}
            outcomes.write(json.dumps(row, ensure_ascii=False) + "\n")
            for finding in found:
                row = {"pair": outcome.pair, **finding_as_dict(finding)}
                findings.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.exit(1 if errors else 0)
