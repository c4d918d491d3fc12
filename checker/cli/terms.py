"""``checker terms``: looks after termbases and proposes new ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli._echo import echo
from checker.cli._options import language_options
from checker.errors import TermbaseError
from checker.messages import say, say_many

if TYPE_CHECKING:
    from checker.audit.rows import Row, Run
    from checker.checks import Comparison
    from checker.embed import Encoder
    from checker.model import Alignment
    from checker.terms.extract import Collector

FILE = click.Path(path_type=Path)


@click.group()
def command() -> None:
    """Check, convert and extract termbases (TBX, CSV, TSV, XLSX, TOML)."""


@command.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
def check(files: tuple[Path, ...]) -> None:
    """Report broken entries, duplicates and contradictions in termbases.

    Exits with 0 when there are none, 1 when there are some, 2 when a file cannot be read.
    """
    from checker.terms.consistency import contradictions
    from checker.terms.termbase import load

    count = 0
    for path in files:
        base = load(path, lenient=True)
        for problem in (*base.problems, *contradictions(base.concepts)):
            echo(f"{path}: {problem}")
            count += 1
        echo(f"{path}: {_concepts(len(base.concepts))}")
    sys.exit(1 if count else 0)


@command.command()
@click.argument("source", type=FILE)
@click.argument("target", type=FILE)
@click.option("--lenient", is_flag=True, help="Leave broken entries out instead of stopping.")
def convert(source: Path, target: Path, lenient: bool) -> None:
    """Write the termbase SOURCE as TARGET; the suffixes tell the formats."""
    from checker.terms.termbase import format_of, load

    base = load(source, lenient)
    target.write_bytes(format_of(target).write(base.concepts))
    broken = len(base.problems)
    left_out = say_many("{count} broken entry left out", "{count} broken entries left out", broken)
    said = [_concepts(len(base.concepts)), *([left_out] if broken else [])]
    echo(f"{target}: {', '.join(said)}")


@command.command()
@click.argument("documents", nargs=-1, required=True, type=FILE)
@click.option("--output", required=True, type=FILE, help="A .csv, .xlsx, .tbx, .tsv or .toml file.")
@click.option("--min-count", default=2, show_default=True, help="Least links with both terms.")
@language_options
def extract(
    documents: tuple[Path, ...], output: Path, min_count: int, source_lang: str, target_lang: str
) -> None:
    """Propose a termbase from article pairs (SOURCE TARGET ...), a folder of pairs, or the
    store that an audit left (its --out folder), whose alignments are taken as they are.

    Best pairs first, with counts, variants and an example, for a person to edit.
    """
    from checker.terms.extract import Collector
    from checker.terms.termbase import format_of

    format_of(output)
    collector = Collector()
    for comparison in _comparisons(documents, source_lang, target_lang):
        collector.add(comparison)
    written = _write(collector, output, min_count)
    proposed = say_many("{count} proposed term", "{count} proposed terms", written)
    echo(f"{output}: {proposed}")


def _concepts(number: int) -> str:
    return say_many("{count} concept", "{count} concepts", number)


def _comparisons(
    documents: tuple[Path, ...], source_lang: str, target_lang: str
) -> Iterator[Comparison]:
    from checker.checks import Comparison, Side
    from checker.embed import load
    from checker.languages import load as load_language
    from checker.pipeline import CachedWords
    from checker.settings import Settings

    settings = Settings(source_language=source_lang, target_language=target_lang)
    encoder = load(settings.model, settings.threads)
    words = CachedWords(encoder)
    stored = len(documents) == 1 and _is_store(documents[0])
    for alignment in (
        _stored(documents[0]) if stored else _aligned(documents, source_lang, target_lang, encoder)
    ):
        left, right = (
            Side(a, load_language(a.language), settings, words)
            for a in (alignment.source, alignment.target)
        )
        yield Comparison(left, right, alignment.links)


def _is_store(folder: Path) -> bool:
    from checker.audit.store import FILE

    return (folder / FILE).is_file()


def _stored(folder: Path) -> Iterator[Alignment]:
    """What an audit aligned; pairs whose documents have changed since are named and left out."""
    from checker.audit.restore import restore
    from checker.audit.store import open_store
    from checker.model import Alignment

    with open_store(folder, write=False) as store:
        run = store.last_run()
        keys = store.keys(run.number) if run else {}
        for row in store.rows():
            stored = store.report(row.name) if row.state == "compared" else None
            if not run or not stored:
                continue
            languages = stored["source"]["language"] + stored["target"]["language"]
            report = restore(stored) if keys[row.name] in _keys(row, run, languages) else None
            if report and report.target:
                yield Alignment(report.source, report.target, report.links)
            else:
                changed = say("{name} has changed since the audit: it is left out.")
                echo(changed.format(name=row.name), err=True)


def _keys(row: Row, run: Run, languages: str) -> set[str]:
    """What the content key of a pair is now, whether or not the archive said its languages."""
    from checker.audit.pairing import Pair
    from checker.audit.work import content_key

    pair = Pair(row.name, row.source, row.target)
    return {content_key(pair, run.signature + said) for said in ("", languages)}


def _aligned(
    documents: tuple[Path, ...], source_lang: str, target_lang: str, encoder: Encoder
) -> Iterator[Alignment]:
    from checker.align import align
    from checker.pipeline import article

    for source, target in _pairs(documents, source_lang or "fr", target_lang or "de"):
        yield align(article(source, source_lang), article(target, target_lang), encoder)


def _pairs(
    documents: tuple[Path, ...], source_lang: str, target_lang: str
) -> Iterator[tuple[Path, ...]]:
    from checker.audit.pairing import find_pairs

    if len(documents) == 1:
        for pair in find_pairs(documents[0], source_lang, target_lang).pairs:
            yield tuple(filter(None, (pair.source, pair.target)))
    elif len(documents) % 2:
        raise TermbaseError("give a folder, or documents two by two: SOURCE TARGET ...")
    else:
        yield from zip(documents[::2], documents[1::2], strict=True)


def _write(collector: Collector, output: Path, least: int) -> int:
    from checker.terms.extract import as_concepts, as_rows
    from checker.terms.formats.csv import table
    from checker.terms.formats.xlsx import sheet
    from checker.terms.termbase import format_of

    proposals = collector.proposals(least)
    rows = as_rows(proposals, collector.languages)
    name = format_of(output).name
    if name in ("csv", "tsv"):
        data = table(rows, "\t" if name == "tsv" else ",")
    elif name == "xlsx":
        data = sheet(rows)
    else:
        data = format_of(output).write(as_concepts(proposals, collector.languages))
    output.write_bytes(data)
    return len(proposals)
