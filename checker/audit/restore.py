"""Rebuilds a report from the JSON the store keeps and the documents it was made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.audit.files import both, document
from checker.errors import CheckerError
from checker.model import (
    Article,
    Document,
    Finding,
    Link,
    LinkKind,
    Passage,
    Report,
    Sentence,
    Severity,
    Skipped,
    Span,
)


def restore(stored: dict[str, Any]) -> Report | None:
    """The report that ``stored`` (JSON, version 1) was; None when a document has changed."""
    try:
        documents = _documents(*(Path(stored[side]["path"]) for side in ("source", "target")))
        source, target = (
            _article(read, stored[side])
            for read, side in zip(documents, ("source", "target"), strict=True)
        )
    except CheckerError:
        return None
    findings = tuple(_finding(f) for f in stored["findings"])
    for finding in findings:
        for passage, article in ((finding.source, source), (finding.target, target)):
            if passage and article.document.passage(passage.span) != passage:
                return None
    return Report(
        source,
        target,
        findings,
        tuple(_links(stored["links"])),
        tuple(Skipped(s["what"], s["why"]) for s in stored["skipped"]),
        stored["signature"],
        stored["coverage"],
    )


def _documents(source: Path, target: Path) -> tuple[Document, Document]:
    """Both documents; one file that is both sides holds both languages."""
    if source != target:
        return document(source), document(target)
    pair = both(source)
    return pair.source, pair.target


def _article(read: Document, stored: dict[str, Any]) -> Article:
    found = replace(read, language=stored["language"])
    spans = [Span(s["start"], s["end"]) for s in stored["sentences"]]
    return Article(found, tuple(_sentences(found, spans)))


def _sentences(document: Document, spans: list[Span]) -> list[Sentence]:
    """Sentences at ``spans``, each in the block that holds its start."""
    sentences: list[Sentence] = []
    block = 0
    for index, span in enumerate(spans):
        while block + 1 < len(document.blocks) and (
            document.blocks[block + 1].span.start <= span.start
        ):
            block += 1
        kind = document.blocks[block].kind
        text = document.text[span.start : span.end]
        sentences.append(Sentence(index, text, span, block, kind))
    return sentences


def _links(stored: list[dict[str, Any]]) -> list[Link]:
    """The links; an empty side stands where the link before it ended."""
    links: list[Link] = []
    at = {"source": 0, "target": 0}
    for link in stored:
        ranges = {}
        for side, before in at.items():
            ids = link[side]
            ranges[side] = range(ids[0], ids[-1] + 1) if ids else range(before, before)
            at[side] = ranges[side].stop
        links.append(Link(**ranges, confidence=link["confidence"], kind=LinkKind(link["kind"])))
    return links


def _finding(stored: dict[str, Any]) -> Finding:
    return Finding(
        stored["check"],
        stored["rule"],
        Severity(stored["severity"]),
        stored["confidence"],
        stored["message"],
        _passage(stored["source"]),
        _passage(stored["target"]),
        stored["suggestion"],
        tuple(p for p in map(_passage, stored["related"]) if p),
        stored["id"],
    )


def _passage(stored: dict[str, Any] | None) -> Passage | None:
    return Passage(**stored) if stored else None
