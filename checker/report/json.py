"""JSON, version 1: the format other programs build on."""

from __future__ import annotations

import json
from typing import Any

from checker.model import Article, Finding, Link, Passage, Report
from checker.report import Renderer, Style

VERSION = 1


def render(report: Report, style: Style) -> bytes:
    """The report as one JSON object, UTF-8, ending in a line feed.

    A lone surrogate, which UTF-8 cannot hold, comes out as its JSON escape.
    """
    text = json.dumps(as_dict(report), ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "version": VERSION,
        "signature": report.signature,
        "source": _article(report.source),
        "target": _article(report.target) if report.target else None,
        "coverage": report.coverage,
        "links": [_link(link) for link in report.links],
        "findings": [finding_as_dict(f) for f in report.findings],
        "skipped": [{"what": s.what, "why": s.why} for s in report.skipped],
    }


def finding_as_dict(finding: Finding) -> dict[str, Any]:
    """One finding as plain values."""
    return {
        "id": finding.id,
        "check": finding.check,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 4),
        "message": finding.message,
        "source": _passage(finding.source),
        "target": _passage(finding.target),
        "suggestion": finding.suggestion,
        "related": [_passage(p) for p in finding.related],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "path": article.document.path,
        "language": article.language,
        "sentences": [{"start": s.span.start, "end": s.span.end} for s in article.sentences],
        "blocks": [
            {"start": b.span.start, "end": b.span.end, "place": b.place}
            for b in article.document.blocks
        ],
        "remarks": list(article.document.remarks),
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "source": list(link.source),
        "target": list(link.target),
        "confidence": round(link.confidence, 4),
        "kind": link.kind.value,
    }


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {"start": passage.start, "end": passage.end, "text": passage.text}


RENDERER = Renderer("json", "JSON for other programs", ".json", render)
