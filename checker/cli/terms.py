"""``checker terms``: looks after termbases and proposes new ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli._options import language_options
from checker.errors import TermbaseError
from checker.messages import say_many

if TYPE_CHECKING:
    from checker.checks import Comparison
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
            click.echo(f"{path}: {problem}")
            count += 1
        click.echo(f"{path}: {_concepts(len(base.concepts))}")
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
    click.echo(f"{target}: {', '.join(said)}")


@command.command()
@click.argument("documents", nargs=-1, required=True, type=FILE)
@click.option("--output", required=True, type=FILE, help="A .csv, .xlsx, .tbx, .tsv or .toml file.")
@click.option("--min-count", default=2, show_default=True, help="Least links with both terms.")
@language_options
def extract(
    documents: tuple[Path, ...], output: Path, min_count: int, source_lang: str, target_lang: str
) -> None:
    """Propose a termbase from article pairs (SOURCE TARGET ...) or from a folder of pairs.

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
    click.echo(f"{output}: {proposed}")


def _concepts(number: int) -> str:
    return say_many("{count} concept", "{count} concepts", number)


def _comparisons(
    documents: tuple[Path, ...], source_lang: str, target_lang: str
) -> Iterator[Comparison]:
    from checker.align import align
    from checker.checks import Comparison, Side
    from checker.embed import load
    from checker.languages import load as load_language
    from checker.pipeline import CachedWords, article
    from checker.settings import Settings

    settings = Settings(source_language=source_lang, target_language=target_lang)
    encoder = load(settings.model, settings.threads)
    words = CachedWords(encoder)
    for source, target in _pairs(documents, source_lang or "fr", target_lang or "de"):
        alignment = align(article(source, source_lang), article(target, target_lang), encoder)
        left, right = (
            Side(a, load_language(a.language), settings, words)
            for a in (alignment.source, alignment.target)
        )
        yield Comparison(left, right, alignment.links)


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
