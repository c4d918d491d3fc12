"""``checker align``: which sentences belong together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli._options import cache_option, language_options
from checker.settings import BUNDLED_MODEL

if TYPE_CHECKING:
    from checker.cli._lines import Lines
    from checker.model import Alignment

_OWN = ("beads", "tsv")
_SHARED = ("json", "tmx")


@click.command()
@click.argument("source", type=click.Path())
@click.argument("target", type=click.Path())
@click.option("--sentences", is_flag=True, help="The files hold one sentence a line.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*_OWN, *_SHARED]),
    default="beads",
    show_default=True,
    help="beads: [0]:[0, 1]:0.812, ids from 0; tsv: the sentences side by side.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--model", default=BUNDLED_MODEL, show_default=True, help="Embedding model.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True,
              help="Threads of the model.")  # fmt: skip
@language_options
@cache_option
def command(
    source: str,
    target: str,
    sentences: bool,
    format_name: str,
    output: Path | None,
    model: str,
    threads: int,
    source_lang: str,
    target_lang: str,
    cache: bool,
) -> None:
    """Link the sentences of SOURCE and TARGET.

    Nothing needs to be known of the languages with --sentences; without it, a language
    tells how to cut the text into sentences. Exits with 0, or 2 when it could not align.
    """
    from checker.align import align
    from checker.embed import load

    texts = _read(source, source_lang, sentences), _read(target, target_lang, sentences)
    alignment = align(texts[0].article, texts[1].article, load(model, threads, cache))
    if format_name in _SHARED:
        rendered = _as_report(alignment, format_name, model)
    else:
        lines = _beads(alignment, texts) if format_name == "beads" else _rows(alignment, texts)
        rendered = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    if output is None:
        sys.stdout.buffer.write(rendered)
    else:
        output.write_bytes(rendered)


def _read(path: str, language: str, sentences: bool) -> Lines:
    from checker.cli._lines import Lines, read_lines
    from checker.pipeline import article

    if sentences:
        return read_lines(path, language)
    whole = article(path, language)
    return Lines(whole, tuple(range(len(whole.sentences))))


def _beads(alignment: Alignment, texts: tuple[Lines, Lines]) -> Iterator[str]:
    for link in alignment.links:
        source = [texts[0].numbers[i] for i in link.source]
        target = [texts[1].numbers[j] for j in link.target]
        yield f"{source}:{target}:{link.confidence:.3f}"


def _rows(alignment: Alignment, texts: tuple[Lines, Lines]) -> Iterator[str]:
    yield "source ids\ttarget ids\tkind\tconfidence\tsource\ttarget"
    for link in alignment.links:
        ids = (
            " ".join(str(text.numbers[k]) for k in side)
            for text, side in zip(texts, (link.source, link.target), strict=True)
        )
        words = (
            " ".join(" ".join(article.sentences[k].text for k in side).split())
            for article, side in (
                (alignment.source, link.source),
                (alignment.target, link.target),
            )
        )
        yield "\t".join([*ids, link.kind.value, f"{link.confidence:.4f}", *words])


def _as_report(alignment: Alignment, format_name: str, model: str) -> bytes:
    from checker import __version__
    from checker.model import Report
    from checker.report import Style, renderers

    signature = f"checker:{__version__}|model:{model}"
    report = Report(alignment.source, alignment.target, (), alignment.links, (), signature)
    return renderers()[format_name].render(report, Style())
