"""Words that several formats say alike: counts, next steps, text made safe to show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from checker.messages import ENGLISH, Catalogue
from checker.model import Finding, Report, Severity

# The words of places stand in front of a number, a letter of a cell, or alone ("start").
_PLACE = re.compile(r"\b[a-z]+(?= \d| [A-Z]+\d)|^start$")
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys((0x09, 0x0A, 0x0D, 0x2028, 0x2029), " "),
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), *_BIDI), "\ufffd"),
}


def shown(text: str) -> str:
    """Text that can do nothing but be read: every control character replaced by a visible one.

    Line breaks and tabs become spaces. The length stays the same, so positions hold.
    """
    return text.translate(_VISIBLE)


def counts(findings: Iterable[Finding], words: Catalogue = ENGLISH) -> str:
    """``2 errors, 1 warning``; "no differences" when there is nothing."""
    found = Counter(f.severity for f in findings)
    said = [severity_count(s, found[s], words) for s in Severity if found[s]]
    return ", ".join(said) or words.gettext("no differences")


def severity_count(severity: str, number: int, words: Catalogue = ENGLISH) -> str:
    """``1 error``, ``2 errors``."""
    said: dict[str, str] = {
        Severity.ERROR: words.ngettext("{count} error", "{count} errors", number),
        Severity.WARNING: words.ngettext("{count} warning", "{count} warnings", number),
        Severity.NOTE: words.ngettext("{count} note", "{count} notes", number),
    }
    return said[severity].format(count=number)


def place(named: str, words: Catalogue) -> str:
    """A place as the readers name it ("line 3", "page 2, paragraph 3") in other words."""
    said = {
        "line": words.gettext("line"),
        "lines": words.gettext("lines"),
        "paragraph": words.gettext("paragraph"),
        "table": words.gettext("table"),
        "cell": words.gettext("cell"),
        "footnote": words.gettext("footnote"),
        "page": words.gettext("page"),
        "chapter": words.gettext("chapter"),
        "cue": words.gettext("cue"),
        "cues": words.gettext("cues"),
        "unit": words.gettext("unit"),
        "start": words.gettext("start"),
    }
    return _PLACE.sub(lambda match: said.get(match.group(), match.group()), named)


def next_step(finding: Finding, words: Catalogue = ENGLISH) -> str:
    """What the reader can do about a finding, from which side lacks what."""
    source, target = finding.source, finding.target
    if source and target and not target.text:
        return words.gettext("add what is missing to the translation, or cut it from the source.")
    if source and target and not source.text:
        return words.gettext("remove it from the translation, or add it to the source.")
    if source and target and finding.suggestion:
        return words.gettext("write what is suggested, or correct the other side.")
    if source and target:
        return words.gettext("correct the side that is wrong.")
    if finding.suggestion:
        return words.gettext("write what is suggested.")
    return words.gettext("correct the marked words.")


def loudest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then notes, each in reading order."""
    return sorted(findings, key=lambda f: f.severity.rank)


def grouped(findings: Iterable[Finding]) -> list[Sequence[Finding]]:
    """Findings that say the same of the same words, together; in order of the first."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_sameness(finding), []).append(finding)
    return list(groups.values())


def _sameness(finding: Finding) -> tuple[str, ...]:
    words = tuple(p.text.casefold() if p else "\0" for p in (finding.source, finding.target))
    if not any(w.strip("\0") for w in words):
        return (finding.id,)
    return (finding.severity, finding.check, finding.rule, *words, finding.suggestion or "")


def remarks(report: Report) -> list[str]:
    """What the readers want said of each document, with its name in front."""
    articles = [a for a in (report.source, report.target) if a]
    return [f"{a.document.path}: {r}" for a in articles for r in a.document.remarks]


def names(report: Report) -> str:
    """``a.fr.txt → a.de.txt``, or the one name."""
    return shown(" → ".join(_paths(report)))


def short_names(report: Report) -> str:
    """The names without their folders, unless that makes both the same."""
    paths = _paths(report)
    short = [re.split(r"[/\\]", path)[-1] or path for path in paths]
    return shown(" → ".join(short if len(set(short)) == len(short) else paths))


def _paths(report: Report) -> list[str]:
    """The paths of a report's documents, one only where both sides are in one file."""
    return list(dict.fromkeys(a.document.path for a in (report.source, report.target) if a))
