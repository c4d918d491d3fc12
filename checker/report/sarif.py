"""SARIF 2.1.0, the format of code scanning services."""

from __future__ import annotations

import json
from typing import Any

import checker
from checker.model import Finding, Passage, Report, Severity
from checker.report import Renderer, RuleText, Style
from checker.report._excerpt import Locations, Locator
from checker.report._file import main_side, message, uri
from checker.report._words import remarks

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "checkerFinding/v1"


def render(report: Report, style: Style) -> bytes:
    """One SARIF log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, style)]}
    text = json.dumps(log, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _run(report: Report, style: Style) -> dict[str, Any]:
    locations = Locations(report)
    known = {(r.check, r.id): r for r in style.rules}
    used = sorted({(f.check, f.rule): f for f in report.findings}.items())
    rules = [_rule(f, known.get(key)) for key, f in used]
    index = {key: number for number, (key, _) in enumerate(used)}
    paths = dict.fromkeys(a.document.path for a in (report.source, report.target) if a)
    return {
        "tool": {
            "driver": {
                "name": "checker",
                "version": checker.__version__,
                "semanticVersion": checker.__version__,
                "rules": rules,
            }
        },
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": _notifications(report)}
        ],
        "artifacts": [{"location": {"uri": uri(path)}} for path in paths],
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, f, locations, index[f.check, f.rule]) for f in report.findings],
        "properties": {"signature": report.signature},
    }


def _rule(finding: Finding, rule: RuleText | None) -> dict[str, Any]:
    """A rule with its help; one that nothing is known of is described by its name."""
    severity = rule.severity if rule else finding.severity
    described: dict[str, Any] = {
        "id": f"{finding.check}/{finding.rule}",
        "name": "".join(part.capitalize() for part in finding.rule.split("-")),
        "defaultConfiguration": {"level": severity.value},
        "properties": {"tags": [finding.check]},
    }
    if rule is None:
        return described | {"shortDescription": {"text": f"{finding.check}: {finding.rule}"}}
    limits = f"\n\nLimits: {rule.limits}" if rule.limits else ""
    return described | {
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {"text": f"{rule.what}\n\n{rule.why}{limits}"},
    }


def _result(report: Report, finding: Finding, locations: Locations, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": f"{finding.check}/{finding.rule}",
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": message(finding)},
        "rank": round(finding.confidence * 100, 1),
        "partialFingerprints": {FINGERPRINT: finding.id},
    }
    main = main_side(report, finding)
    if main is None:
        return result
    side, _, passage = main
    result["locations"] = [_location(locations.sides[side], passage)]
    others = [(s, p) for s, p in locations.passages(finding) if s != side]
    related = [
        _location(locations.sides[s], p, f"{locations.sides[s].article.language} version")
        for s, p in others
    ]
    related += [_location(locations.sides[s], p, "compare") for s, p in locations.related(finding)]
    if related:
        result["relatedLocations"] = [{"id": n, **place} for n, place in enumerate(related, 1)]
    return result


def _location(where: Locator, passage: Passage, said: str = "") -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(where.article.document.path)},
            "region": _region(where, passage),
        },
        "logicalLocations": [{"fullyQualifiedName": where.place(passage.start)}],
    }
    return location | ({"message": {"text": said}} if said else {})


def _region(where: Locator, passage: Passage) -> dict[str, Any]:
    """Lines and columns where the format has them, else positions in the text."""
    region: dict[str, Any] = {"charOffset": passage.start, "charLength": len(passage.text)}
    start = where.line_and_column(passage.start)
    end = where.line_and_column(passage.end)
    if start and end:
        region |= {"startLine": start[0], "startColumn": start[1]}
        region |= {"endLine": end[0], "endColumn": end[1]}
    if passage.text:
        region["snippet"] = {"text": passage.text}
    return region


def _notifications(report: Report) -> list[dict[str, Any]]:
    """What could not be checked, and how the documents were read."""
    skipped = [f"{s.what} was not checked, because {s.why}" for s in report.skipped]
    said = [(Severity.WARNING, t) for t in skipped] + [(Severity.NOTE, t) for t in remarks(report)]
    return [{"level": level.value, "message": {"text": text}} for level, text in said]


RENDERER = Renderer("sarif", "SARIF 2.1.0 for code scanning services", ".sarif", render)
