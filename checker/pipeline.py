"""The main job on one screen: read, segment, embed, align, check, report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

import checker
from checker import checks as checks_package
from checker.align import align
from checker.align.given import align_units, in_units
from checker.bare import Way, bare_document, in_full, with_codes
from checker.checks import Check, Comparison, Side, Vectors
from checker.coverage import coverage
from checker.detect import with_language
from checker.detector.opinion import detector_name
from checker.embed import Encoder, load
from checker.errors import LanguageError, ReadError, worded
from checker.grading import doubted, fitted, graded
from checker.identity import identify
from checker.languages import load as load_language
from checker.mirrored import slips
from checker.model import Alignment, Article, Document, Finding, Report, Skipped
from checker.read import DocumentPair, read, read_pair
from checker.segment import segment
from checker.settings import BUNDLED_MODEL, Settings

Progress = Callable[[str], None]
Observer = Callable[[Comparison], None]

_LEAST_COVERAGE = 0.35
_MOST_WORDS = 8192  # vectors kept at a time: 16 MiB
_UNALIKE = Skipped(
    worded("the pair as a whole"),
    worded("so little could be aligned that these may be two different articles"),
)


def compare(
    source: Document | DocumentPair | Path | str,
    target: Document | Path | str | None = None,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    progress: Progress = lambda stage: None,
    observe: Observer = lambda comparison: None,
) -> Report:
    """Every difference between two language versions of one article.

    ``source`` and ``target`` are paths or documents already read; without ``target`` the
    source is a bilingual file, whose units are the links; ``encoder`` is a model
    already loaded, for callers with many pairs; ``progress`` is told each stage's name;
    ``observe`` gets to see what the checks saw, for callers that learn from many pairs.
    Raises a CheckerError when a document, a language or the model cannot be had.
    """
    settings = settings or Settings()
    chosen = checks_package.selected(settings)
    progress("reading")
    first, second = (source, target) if target is not None else _sides(source)
    source_article = article(first, settings.source_language)
    target_article = article(second, settings.target_language)
    _require_two_languages(source_article, target_article)
    progress("loading the model")
    encoder = (encoder or load(settings.model, settings.threads, settings.cache)).anew()
    progress("aligning")
    if target is None and not settings.realign:
        alignment = align_units(source_article, target_article)
    else:
        ways = Way.of(source_article), Way.of(target_article)
        found = align(ways[0].bare, ways[1].bare, encoder)
        alignment = Alignment(source_article, target_article, found.links)
    return check_alignment(alignment, settings, encoder, chosen, progress, observe)


def check_alignment(
    alignment: Alignment,
    settings: Settings,
    encoder: Encoder,
    chosen: Sequence[Check],
    progress: Progress = lambda stage: None,
    observe: Observer = lambda comparison: None,
) -> Report:
    """The report on two articles that are aligned already.

    What checks measure by vectors they measure by those of the bundled model, whichever
    model aligned: their thresholds and their networks were fitted with it.
    """
    judging = _judging(encoder, settings)
    words = CachedWords(judging)
    ways = Way.of(alignment.source), Way.of(alignment.target)
    comparison, whole = (
        Comparison(_side(source, settings, words), _side(target, settings, words), alignment.links)
        for source, target in ((w.bare for w in ways), (w.full for w in ways))
    )
    source, target = comparison.source, comparison.target
    covered = coverage(Alignment(source.article, target.article, alignment.links), judging.encode)
    findings: list[Finding] = []
    skipped = [_UNALIKE] if covered < _LEAST_COVERAGE else []
    for check in chosen:
        lacking = [s for s in (source, target) if check.lacks(s)]
        skipped += [_skip(check, side) for side in lacking]
        progress(f"checking {check.name}")
        if check.sees_codes:
            findings += check.compare(whole) if check.compare else ()
            continue
        seen = list(check.compare(comparison)) if check.compare and not lacking else []
        seen += slips(check, comparison)
        findings += (in_full(finding, *ways) for finding in seen)
    documents = alignment.source.document, alignment.target.document
    findings = [in_units(finding, *documents) for finding in findings]
    loud = graded(doubted(findings, alignment), fitted())
    observe(whole if any(way.origin for way in ways) else comparison)
    return Report(
        alignment.source,
        alignment.target,
        identify(loud, alignment.source, alignment.target),
        alignment.links,
        tuple(skipped),
        signature(settings, encoder, chosen),
        covered,
    )


def lint(
    document: Document | Path | str,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
) -> Report:
    """What is wrong inside one document, without another version to compare it with.

    ``encoder`` is a model already loaded, for callers with many documents.
    """
    settings = settings or Settings()
    chosen = [c for c in checks_package.selected(settings) if c.lint]
    only = article(document, settings.source_language)
    encoder = (encoder or load(settings.model, settings.threads, settings.cache)).anew()
    side = _side(only, settings, CachedWords(_judging(encoder, settings)))
    ready = [c for c in chosen if not c.lacks(side)]
    findings = [f for c in ready if c.lint for f in c.lint(side)]
    skipped = tuple(_skip(c, side) for c in chosen if c not in ready)
    return Report(
        only,
        None,
        identify(graded(findings, fitted()), only, None),
        (),
        skipped,
        signature(settings, encoder, chosen),
    )


def _judging(encoder: Encoder, settings: Settings) -> Encoder:
    """The bundled model, loaded once a process where it is not the one that aligns."""
    if encoder.name == BUNDLED_MODEL:
        return encoder
    return _bundled(settings.threads, settings.cache).anew()


@cache
def _bundled(threads: int, kept: bool) -> Encoder:
    return load(BUNDLED_MODEL, threads, kept)


def _side(article: Article, settings: Settings, words: CachedWords) -> Side:
    return Side(article, load_language(article.language), settings, words)


def _sides(source: Document | DocumentPair | Path | str) -> tuple[Document, Document]:
    """Both sides of a bilingual file."""
    if isinstance(source, Document):
        raise ReadError(
            "{path} is one document: give the other language version too.", path=source.path
        )
    pair = source if isinstance(source, DocumentPair) else read_pair(source)
    return pair.source, pair.target


def article(source: Document | DocumentPair | Path | str, language: str = "") -> Article:
    """The sentences of a document or of the file at a path."""
    if isinstance(source, DocumentPair):
        raise ReadError("{path} is two documents: name it alone.", path=source.source.path)
    document = source if isinstance(source, Document) else read(source)
    document = with_language(document, language)
    if not document.codes:
        return segment(document)
    plain, origin = bare_document(document)
    return with_codes(segment(plain), document, origin)


def signature(settings: Settings, encoder: Encoder, chosen: Sequence[Check]) -> str:
    """What a result depends on, in one line, so that figures can be compared honestly."""
    names = ",".join(check.name for check in chosen)
    model = f"{encoder.name}@{encoder.revision}|detector:{detector_name(settings)}"
    return f"checker:{checker.__version__}|model:{model}|checks:{names}"


@dataclass(frozen=True, slots=True)
class CachedWords:
    """Word vectors of an encoder, each word encoded once; a very long article starts anew."""

    encoder: Encoder
    _known: dict[str, Vectors] = field(default_factory=dict)

    def __call__(self, words: Sequence[str]) -> Vectors:
        new = [w for w in dict.fromkeys(words) if w not in self._known]
        if len(self._known) + len(new) > _MOST_WORDS:
            self._known.clear()
            new = list(dict.fromkeys(words))
        if new:
            self._known.update(zip(new, self.encoder.encode(new), strict=True))
        if not words:
            return np.zeros((0, self.encoder.dimensions), np.float32)
        return np.stack([self._known[w] for w in words])


def _require_two_languages(source: Article, target: Article) -> None:
    if source.language.split("-")[0] == target.language.split("-")[0]:
        name = load_language(source.language).name
        raise LanguageError(
            "{path} and {other} are both {name}: compare two languages, or say which "
            "with --source-lang and --target-lang.",
            path=source.document.path,
            other=target.document.path,
            name=name,
        )


def _skip(check: Check, side: Side) -> Skipped:
    why = worded(
        "the checker knows too little {language} for it", language=worded(side.language.name)
    )
    return Skipped(check.name, why)
