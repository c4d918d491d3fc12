"""What is fuzzed: one function a target, from bytes to nothing.

A target returns, or raises the one kind of error it may raise. Anything else is a defect. The
same functions are run by ``tests/fuzz`` with a few examples and by ``benchmarks/fuzz`` with many.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

from fuzz.seeds import PARTS, part_of, template, workbook

from checker.embed import Encoder, load
from checker.errors import CheckerError, PolicyError, ReadError, TermbaseError
from checker.gate.policy import load_policy
from checker.gate.waivers import load_waivers
from checker.languages import codes
from checker.languages import load as load_language
from checker.model import Article, Block, Document, Report, Span
from checker.names.language import name_words
from checker.names.tokens import tokens_of
from checker.pipeline import compare
from checker.quantities.recognise import recognise
from checker.read import Reader, parse, readers
from checker.segment import segment, split
from checker.settings import BUNDLED_MODEL, Settings
from checker.terms.termbase import Format, formats

Target = Callable[[bytes], None]
OPTIONS = {"json": "a", "csv": "a", "xlsx": "A", "tmx": "fr,de"}


def text_of(data: bytes) -> str:
    """Text with everything in it that a document may hold, lone surrogates too."""
    return data.decode("utf-8", "surrogateescape")


def document_of(text: str, language: str) -> Document:
    """A document with a block a line."""
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            at = start + line.index(bare)
            blocks.append(Block(Span(at, at + len(bare))))
        start += len(line)
    return Document("a", language, text, tuple(blocks))


def reading(reader: Reader, data: bytes) -> None:
    """A format: text whose blocks lie in it in order, or a ReadError."""
    for call in filter(None, (reader.parse, reader.pair)):
        try:
            made = call(data, "a", OPTIONS.get(reader.name, ""))
        except ReadError as error:
            _is_sentence(error)
            continue
        for document in (made,) if isinstance(made, Document) else (made.source, made.target):
            _has_blocks_in_order(document)


def part(name: str, data: bytes) -> None:
    """A zipped format with ``data`` in place of the part that holds the text."""
    reading(readers()[name], zipped({**template(name), part_of(name): data}))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def any_document(data: bytes) -> None:
    """The format recognised by its content, as a file without a suffix is read."""
    try:
        document = parse(data, "a")
    except ReadError as error:
        _is_sentence(error)
    else:
        _has_blocks_in_order(document)


def sentences(code: str, data: bytes) -> None:
    """Sentence splitting: spans in order that leave out nothing but white space."""
    text = text_of(data)
    spans = split(text, load_language(code))
    assert [s for s in spans if not len(s)] == []
    assert all(a.end <= b.start for a, b in pairwise(spans))


def quantities(code: str, data: bytes) -> None:
    """Numbers and dates: every span cuts its own text."""
    text = text_of(data)
    found = recognise(text, code)
    for quantity in found.quantities:
        assert text[quantity.span.start : quantity.span.end] == quantity.text != ""


def names(code: str, data: bytes) -> None:
    """Names: every token is where it says."""
    article = segment(document_of(text_of(data), code))
    for sentence in article.sentences:
        for token in tokens_of(sentence, name_words(code)):
            assert article.document.text[token.start : token.end] == token.text != ""


def termbase(form: Format, data: bytes) -> None:
    """A termbase format: concepts, or a TermbaseError."""
    try:
        entries = list(form.read(data))
    except TermbaseError as error:
        _is_sentence(error)
        return
    concepts = [entry for entry in entries if hasattr(entry, "terms")]
    form.write(concepts)


def sheet(data: bytes) -> None:
    """A termbase in Excel whose sheet is ``data``."""
    termbase(formats()["xlsx"], zipped({**workbook(), PARTS["xlsx"]: data}))


def policy(data: bytes) -> None:
    """Policies and waivers: values, or a PolicyError."""
    path = _folder() / "checker.toml"
    path.write_bytes(data)
    for call in (load_policy, load_waivers):
        try:
            call(path)
        except PolicyError as error:
            _is_sentence(error)


def pipeline(data: bytes) -> None:
    """The whole: both halves of the input as French and German."""
    text = text_of(data)
    half = text.find("\x00") if "\x00" in text else len(text) // 2
    source, target = document_of(text[:half], "fr"), document_of(text[half:], "de")
    try:
        report = compare(source, target, Settings(cache=False), _encoder())
    except CheckerError as error:
        _is_sentence(error)
    else:
        has_sound_spans(report)


def has_sound_spans(report: Report) -> None:
    """Links cover each side once, and every passage of a finding is the slice it names."""
    assert report.target is not None
    for article, name in ((report.source, "source"), (report.target, "target")):
        covered = sorted(i for link in report.links for i in getattr(link, name))
        assert covered == list(range(len(article.sentences)))
    for finding in report.findings:
        sides = ((finding.source, report.source), (finding.target, report.target))
        for passage, article in sides:
            if passage is not None:
                assert article.document.text[passage.start : passage.end] == passage.text


def _has_blocks_in_order(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.span.start <= block.span.end <= len(document.text)
        end = block.span.end
    article: Article = segment(Document("a", "de", document.text, document.blocks))
    for sentence in article.sentences:
        assert document.text[sentence.span.start : sentence.span.end] == sentence.text


def _is_sentence(error: Exception) -> None:
    text = str(error)
    assert text.rstrip().endswith((".", "\u2026")) or text.endswith(")"), text


@cache
def _folder() -> Path:
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))


@cache
def _encoder() -> Encoder:
    return load(BUNDLED_MODEL)


TARGETS: Mapping[str, Target] = {
    **{f"read-{name}": partial(reading, reader) for name, reader in sorted(readers().items())},
    **{f"part-{name}": partial(part, name) for name in PARTS},
    "read-anything": any_document,
    **{f"sentences-{code}": partial(sentences, code) for code in ("fr", "de")},
    **{f"quantities-{code}": partial(quantities, code) for code in codes()},
    **{f"names-{code}": partial(names, code) for code in ("fr", "de")},
    **{f"terms-{name}": partial(termbase, form) for name, form in sorted(formats().items())},
    "terms-sheet": sheet,
    "policy": policy,
    "pipeline": pipeline,
}
