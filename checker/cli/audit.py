"""``checker audit``: compares every pair of an archive and keeps what it finds."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli import INTERRUPTED
from checker.cli._echo import echo
from checker.cli._options import check_options, fast_option, names, settings_of
from checker.cli._terms import term_options, with_terms
from checker.errors import SettingsError
from checker.messages import say, say_many

if TYPE_CHECKING:
    from checker.audit.rows import StoredFinding
    from checker.audit.run import Progress, Summary
    from checker.audit.store import Store

SINCE = click.option(
    "--since",
    metavar="RUN",
    help="List what is new, fixed and still there since run RUN (a number), or since LAST, "
    "the run before the newest.",
)


class WithDefault(click.Group):
    """``audit status DIR`` is a command of its own; anything else is an archive to audit."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=WithDefault)
def command() -> None:
    """Compare every pair of an archive: `checker audit ARCHIVE --out DIR`.

    `checker audit run --help` lists the options, `checker audit status DIR` tells how far
    an audit is.
    """


@command.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for results.")
@click.option("--jobs", type=click.IntRange(1), help="Processes at a time. Default: all cores.")
@click.option("--engine", default="local", show_default=True, help="Where pairs are compared.")
@click.option("--scheduler", default="", help="Address of the scheduler (engine dask).")
@click.option("--pair-by", type=click.Choice(["name", "metadata", "content"]), default="name",
              show_default=True, help="How documents find their counterpart.")  # fmt: skip
@click.option("--limit", type=click.IntRange(0), default=0, help="Only the first N pairs.")
@click.option("--sample", type=click.IntRange(0), default=0, help="Only N pairs drawn at random.")
@click.option("--timeout", type=click.FloatRange(0), default=600.0, show_default=True,
              help="Seconds a pair may take; 0 for no limit.")  # fmt: skip
@click.option("--export", "exports", default="", help="Also write these: csv, parquet.")
@click.option("--source-lang", default="fr", show_default=True, help="Language of the sources.")
@click.option("--target-lang", default="de", show_default=True, help="Language of the targets.")
@click.option("--live", is_flag=True, help="Show counts and the worst pairs while it runs.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@SINCE
@check_options
@fast_option
@term_options
def run(
    archive: Path,
    out: Path,
    jobs: int | None,
    engine: str,
    scheduler: str,
    pair_by: str,
    limit: int,
    sample: int,
    timeout: float,
    exports: str,
    source_lang: str,
    target_lang: str,
    live: bool,
    quiet: bool,
    since: str | None,
    only: str,
    skip: str,
    model: str,
    fast: bool,
    **terms: Any,
) -> None:
    """Compare every pair of ARCHIVE, a folder or a manifest (CSV, JSONL, Parquet).

    Stopped at any instant, the same command goes on where it was; pairs that have not
    changed are not compared again. Exits with 0 when no error was found, 1 when some
    were, 2 when nothing could be checked.
    """
    from checker.audit.engines import Resources
    from checker.audit.export import export
    from checker.audit.files import address, results
    from checker.audit.page import write_page
    from checker.audit.run import Plan, audit
    from checker.audit.store import open_store

    chosen = settings_of(only, skip, model, source_lang, target_lang, fast=fast)
    settings = with_terms(chosen, terms)
    resources = Resources(jobs or os.cpu_count() or 1, scheduler)
    texts = out / "texts"
    plan = Plan(archive, settings, engine, resources, limit, sample, timeout, pair_by, texts)
    with results(out) as folder, open_store(folder) as store:
        try:
            with _shown(store, live, quiet) as tell:
                summary = audit(plan, store, tell)
        except KeyboardInterrupt:
            click.echo(
                say("Stopped. What is finished is kept: the same command goes on."), err=True
            )
            sys.exit(INTERRUPTED)
        export(store, folder, names(exports))
        write_page(store, folder)
        changes = _changes(store, since) if since else ""
    click.echo(changes, nl=False)
    if not quiet:
        click.echo(_sentence(summary))
        echo(f"{say('Report:')} {address(out / 'report.html')}")
    if not summary.states["compared"]:
        sys.exit(2)
    sys.exit(1 if summary.errors else 0)


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--live", is_flag=True, help="Keep showing it until the run is finished.")
@SINCE
def status(folder: Path, live: bool, since: str | None) -> None:
    """Tell how far the audit in FOLDER is and what it found."""
    from checker.audit.files import results
    from checker.audit.run import summarise
    from checker.audit.store import open_store
    from checker.cli._live import follow

    with results(folder, publish=False) as local, open_store(local, write=False) as store:
        last = store.last_run()
        if last is None:
            click.echo(say("No run yet."))
            return
        if live:
            follow(store)
            last = store.last_run() or last
        click.echo(
            say("Run {number} of {pairs} documents and pairs, started {started}, {state}.").format(
                number=last.number,
                pairs=last.pairs,
                started=last.started,
                state=_state(last.finished),
            )
        )
        click.echo(_sentence(summarise(store, last.number, store.compared_in(last.number))))
        click.echo(_changes(store, since) if since else "", nl=False)
        click.echo(last.signature)


def _shown(store: Store, live: bool, quiet: bool) -> AbstractContextManager[Progress]:
    from checker.cli._live import watched
    from checker.cli._progress import counted

    return watched(store) if live and not quiet else counted("pairs", quiet)


def _changes(store: Store, since: str) -> str:
    """One line a change since a run: new and fixed findings; those still there counted."""
    last = store.last_run()
    newest = last.number if last else 0
    if since.upper() != "LAST" and not since.isdigit():
        raise SettingsError(
            '--since {since}: give the number of a run or the word "LAST".', since=since
        )
    run = newest - 1 if since.upper() == "LAST" else int(since)
    if not 0 <= run <= newest:
        raise SettingsError(
            "There is no run {run}: the newest is run {newest}.", run=run, newest=newest
        )
    new, fixed = list(store.new(run)), list(store.fixed(run))
    width = max(len(say("new")), len(say("fixed"))) + 2
    lines = [f"{say('new'):<{width}}{_line(f)}" for f in new]
    lines += [f"{say('fixed'):<{width}}{_line(f)}" for f in fixed]
    counts = store.severities()
    still = counts["error"] + counts["warning"] - len(new)
    since_run = say("Since run {run}: {new} new, {fixed} fixed, {still} still there.")
    lines.append(since_run.format(run=run, new=len(new), fixed=len(fixed), still=still))
    return "\n".join(lines) + "\n"


def _line(finding: StoredFinding) -> str:
    from checker.report._words import shown

    values = finding.values
    return shown(f"{values['severity']}  {finding.pair}  {values['check']}: {values['message']}")


def _state(finished: str | None) -> str:
    if finished:
        return say("finished {time}").format(time=finished)
    return say("not finished: the same command goes on")


def _sentence(summary: Summary) -> str:
    severities, states = summary.severities, summary.states
    found = ", ".join(
        (
            say_many("{count} error", "{count} errors", severities["error"]),
            say_many("{count} warning", "{count} warnings", severities["warning"]),
            say_many("{count} note", "{count} notes", severities["note"]),
        )
    )
    compared = say_many("{count} pair compared", "{count} pairs compared", states["compared"])
    now = say("({count} now)").format(count=summary.compared_now)
    parts = [f"{compared} {now}: {found}."]
    if unrelated := states["unrelated"]:
        parts.append(
            say_many(
                "{count} pair is not the same article.",
                "{count} pairs are not the same article.",
                unrelated,
            )
        )
    if failed := states["failed"]:
        parts.append(
            say_many(
                "{count} pair could not be checked.", "{count} pairs could not be checked.", failed
            )
        )
    if summary.alone:
        parts.append(
            say_many(
                "{count} document has no counterpart.",
                "{count} documents have no counterpart.",
                summary.alone,
            )
        )
    if summary.run > 1:
        since = say("Since the run before: {new} new, {fixed} fixed, {still} still there.")
        parts.append(since.format(new=summary.new, fixed=summary.fixed, still=summary.still))
    return " ".join(parts)
