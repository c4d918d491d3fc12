"""What editors have excused: waivers in a file, and marks in the text itself.

    [[waiver]]
    id = "3f2a9c01b7de"                # the id of one finding
    reason = "the figures differ on purpose, see the correction of 3 May"
    by = "mk"
    until = 2027-01-31

    [[waiver]]                         # or every finding of a check about one word
    check = "terms"
    source = "mannequins"
    target = "Modelle"
    path = "fashion/**"
    reason = "house style of the fashion desk"

In Markdown and HTML ``<!-- checker: ignore numbers, dates -- reason -->`` excuses the
findings of these checks in the block it stands in, or the next when it stands alone.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from checker.checks import available
from checker.errors import PolicyError, did_you_mean
from checker.model import Article, Finding, Passage, Report

_KEYS = ("id", "check", "source", "target", "path", "reason", "by", "until")
_MARK = re.compile(r"<!--\s*checker:\s*ignore\s+([\w, ]{1,200}?)\s*(?:--\s*([^<>]{0,500}?)\s*)?-->")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One excuse. Either ``id``, or ``check`` with the texts it is about, is given."""

    reason: str
    id: str = ""
    check: str = ""
    source: str = ""
    target: str = ""
    path: str = "*"
    by: str = ""
    until: date | None = None
    line: int = 0

    def expired(self, today: date) -> bool:
        return self.until is not None and today > self.until

    def covers(self, finding: Finding, path: str) -> bool:
        """True when it excuses ``finding`` in the document at ``path``, date aside."""
        if self.id:
            return self.id == finding.id
        return (
            self.check == finding.check
            and fnmatchcase(path, self.path)
            and all(
                not wanted or (passage is not None and passage.text.lower() == wanted.lower())
                for wanted, passage in (
                    (self.source, finding.source),
                    (self.target, finding.target),
                )
            )
        )

    def __str__(self) -> str:
        return self.id or f"{self.check} {self.source}/{self.target}"


@dataclass(frozen=True, slots=True)
class Waived:
    """Findings divided into those that stand and those excused, and what is odd about waivers."""

    standing: tuple[Finding, ...]
    excused: tuple[tuple[Finding, str], ...]
    remarks: tuple[str, ...]


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file, none when there is no file.

    Raises PolicyError for a broken file, an entry without a reason, or an unknown key.
    """
    if not path.is_file():
        return ()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError("{path} is no waiver file: {error}.", path=path, error=error) from None
    entries = table.get("waiver", [])
    if not isinstance(entries, list) or set(table) - {"waiver"}:
        raise PolicyError("{path}: only [[waiver]] tables may stand here.", path=path)
    lines = _entry_lines(path)
    return tuple(_waiver(e, path, n) for e, n in zip(entries, lines, strict=False))


def _waiver(entry: dict[str, Any], path: Path, line: int) -> Waiver:
    where = f"{path}, line {line}"
    for key, value in entry.items():
        if key not in _KEYS:
            hint = did_you_mean(key, list(_KEYS))
            raise PolicyError(
                '{where}: no key "{key}"{hint}. Known: {known}.',
                where=where,
                key=key,
                hint=hint,
                known=", ".join(_KEYS),
            )
        if key != "until" and not isinstance(value, str):
            raise PolicyError(
                '{where}: "{key}" must be text in quotes, not {value}.',
                where=where,
                key=key,
                value=repr(value),
            )
    if not str(entry.get("reason", "")).strip():
        raise PolicyError("{where}: a waiver needs a reason.", where=where)
    if not isinstance(entry.get("until"), date | None):
        raise PolicyError('{where}: "until" must be a date such as 2027-01-31.', where=where)
    if not entry.get("id") and not (
        entry.get("check") in available() and (entry.get("source") or entry.get("target"))
    ):
        raise PolicyError(
            "{where}: give the id of a finding, or a check with the source or target text.",
            where=where,
        )
    return Waiver(**entry, line=line)


def _entry_lines(path: Path) -> list[int]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [n for n, line in enumerate(lines, 1) if line.strip().startswith("[[waiver]]")]


def add_waiver(path: Path, waiver: Waiver) -> None:
    """Appends a waiver to a file, which is made if need be. Raises PolicyError when it cannot."""
    lines = ["[[waiver]]", f"id = {_quoted(waiver.id)}", f"reason = {_quoted(waiver.reason)}"]
    lines += [f"by = {_quoted(waiver.by)}"] if waiver.by else []
    lines += [f"until = {waiver.until.isoformat()}"] if waiver.until else []
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    gap = "\n" if before else ""
    try:
        path.write_text(before + gap + "\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise PolicyError(
            "{path} cannot be written: {reason}.", path=path, reason=error.strerror or error
        ) from None


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def waive(
    report: Report, waivers: Sequence[Waiver], path: str, today: date, complete: bool = True
) -> Waived:
    """Divides the findings of a report by waivers and by the marks in its two texts.

    ``complete`` says that the report holds everything the waivers are about, so that one
    that matches nothing is worth a remark.
    """
    valid = [w for w in waivers if not w.expired(today)]
    standing, excused = [], []
    used: set[Waiver] = set()
    for finding in report.findings:
        matching = [w for w in valid if w.covers(finding, path)]
        used.update(matching)
        reason = matching[0].reason if matching else _mark_for(finding, report)
        if reason is None:
            standing.append(finding)
        else:
            excused.append((finding, reason))
    remarks = list(_expired(waivers, report.findings, path, today))
    if complete:
        remarks += [f"waiver {w} (line {w.line}) matches nothing" for w in valid if w not in used]
    return Waived(tuple(standing), tuple(excused), tuple(remarks))


def _expired(
    waivers: Iterable[Waiver], findings: Iterable[Finding], path: str, today: date
) -> Iterable[str]:
    found = list(findings)
    for waiver in waivers:
        if waiver.expired(today) and any(waiver.covers(f, path) for f in found):
            yield f"waiver {waiver} (line {waiver.line}) expired on {waiver.until}"


def _mark_for(finding: Finding, report: Report) -> str | None:
    for article, passage in ((report.source, finding.source), (report.target, finding.target)):
        if article is None or passage is None:
            continue
        for checks, reason, start, end in _marks(article):
            if finding.check in checks and _inside(passage, start, end):
                return reason
    return None


def _inside(passage: Passage, start: int, end: int) -> bool:
    return start <= passage.start and passage.end <= end


def _marks(article: Article) -> Iterable[tuple[set[str], str, int, int]]:
    """Checks, reason and reach (start, end) of every mark in a document."""
    document = article.document
    for mark in _MARK.finditer(document.text):
        checks = {name.strip() for name in mark.group(1).split(",")}
        reason = mark.group(2) or "marked in the text"
        for block in document.blocks:
            alone = block.span.start >= mark.end()
            around = block.span.start <= mark.start() and mark.end() <= block.span.end
            text = document.text[block.span.start : block.span.end]
            if alone or (around and text.strip() != mark.group()):
                yield checks, reason, block.span.start, block.span.end
                break
