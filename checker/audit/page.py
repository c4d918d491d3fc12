"""The report page of an audit: worst pairs first, figures, a page for each bad pair."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from checker.audit import charts
from checker.audit.restore import restore
from checker.audit.rows import Row, Run
from checker.audit.run import summarise
from checker.audit.several import Term
from checker.audit.store import Store
from checker.report import Style, renderers
from checker.report.html import asset, content_policy, environment

_STATIC_ROWS = 50
_PAIR_PAGES = 300
_ALONE = 500
_GROUPS = 14
_REPEATED = 100
_TERMS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One pair on the page; ``new`` counts the errors and warnings of the newest run."""

    pair: str
    section: str
    author: str
    month: str
    state: str
    error: str
    errors: int
    warnings: int
    new: int
    words: int
    coverage: float
    checks: tuple[str, ...]

    @property
    def badness(self) -> float:
        """Errors, then warnings, for each 1,000 words."""
        return (10 * self.errors + self.warnings) * 1000 / max(200, self.words)


def write_page(store: Store, folder: Path) -> None:
    """Writes ``report.html`` and the pages of the worst pairs into ``folder``."""
    lines, last = _lines(store), store.last_run()
    pages = _write_pair_pages(store, folder, lines)
    css, script = asset("report.css") + _asset("audit.css"), _asset("audit.js")
    rows = [_row(line, pages.get(line.pair, "")) for line in lines]
    terms = store.several()
    html = (
        environment()
        .from_string(_asset("audit.html"))
        .render(
            css=css,
            script=script,
            policy=content_policy(css, script),
            totals=_totals(lines),
            charts=_charts(lines, _by_check(store)),
            rows=rows[:_STATIC_ROWS],
            data=json.dumps(rows, ensure_ascii=False).replace("<", "\\u003c"),
            alone=list(islice(store.alone(), _ALONE)),
            alone_count=store.count_alone(),
            last=last,
            changes=_changes(store, last),
            pages=defaultdict(str, pages),
            repeated=store.repeated(_REPEATED),
            terms=[(term, _timeline(term)) for term in terms[:_TERMS]],
            term_count=len(terms),
            dated=any(r.months for t in terms for r in t.renderings),
            copies=store.copies(),
        )
    )
    (folder / "report.html").write_bytes(html.encode("utf-8", "replace"))


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _lines(store: Store) -> list[Line]:
    """All pairs, the worst first; what could not be compared before all others."""
    checks: defaultdict[str, set[str]] = defaultdict(set)
    for finding in store.findings():
        if finding.values["severity"] != "note":
            checks[finding.pair].add(str(finding.values["check"]))
    lines = [_line(row, tuple(sorted(checks[row.name]))) for row in store.rows()]
    return sorted(lines, key=lambda x: (x.state == "compared", -x.badness, x.pair))


def _line(row: Row, checks: tuple[str, ...]) -> Line:
    folder = row.name.split("/")[0] if "/" in row.name else ""
    return Line(
        row.name,
        row.metadata.get("section", folder),
        row.metadata.get("author", ""),
        row.metadata.get("date", "")[:7],
        row.state,
        row.error,
        row.errors,
        row.warnings,
        row.new,
        row.words,
        row.coverage,
        checks,
    )


def _write_pair_pages(store: Store, folder: Path, lines: Sequence[Line]) -> dict[str, str]:
    """Side-by-side pages of the worst pairs; their addresses by pair."""
    bad = [x for x in lines if x.state == "compared" and x.errors + x.warnings][:_PAIR_PAGES]
    (folder / "pairs").mkdir(exist_ok=True)
    pages = {}
    for number, line in enumerate(bad, 1):
        stored = store.report(line.pair)
        report = restore(stored) if stored else None
        if report is None:
            continue
        path = f"pairs/{number:04}.html"
        (folder / path).write_bytes(renderers()["html"].render(report, Style()))
        pages[line.pair] = path
    return pages


def _row(line: Line, page: str) -> dict[str, Any]:
    return {
        "pair": line.pair,
        "section": line.section,
        "author": line.author,
        "month": line.month,
        "state": line.state,
        "error": line.error,
        "errors": line.errors,
        "warnings": line.warnings,
        "new": line.new,
        "words": line.words,
        "coverage": line.coverage,
        "checks": list(line.checks),
        "page": page,
    }


def _by_check(store: Store) -> Counter[tuple[str, str]]:
    """Findings that are no notes, by pair and check."""
    found: Counter[tuple[str, str]] = Counter()
    for finding in store.findings():
        if finding.values["severity"] != "note":
            found[finding.pair, str(finding.values["check"])] += 1
    return found


def _changes(store: Store, last: Run | None) -> dict[str, int] | None:
    """Against the run before: what is new, fixed, still there. None after the first run."""
    if last is None or last.number == 1:
        return None
    summary = summarise(store, last.number)
    return {"new": summary.new, "fixed": summary.fixed, "still": summary.still}


def _timeline(term: Term) -> str:
    """Articles with the term by month, those with another than the usual rendering apart."""
    usual, *others = (r.months for r in term.renderings)
    other: Counter[str] = sum(others, Counter())
    months = sorted({*usual, *other})
    return charts.timeline(f"{term.term} over time", [(m, usual[m], other[m]) for m in months])


def _totals(lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "pairs": len(lines),
        "words": sum(x.words for x in lines),
        "states": Counter(x.state for x in lines),
        "errors": sum(x.errors for x in lines),
        "warnings": sum(x.warnings for x in lines),
        "clean": sum(x.state == "compared" and not x.errors + x.warnings for x in lines),
    }


def _charts(lines: Sequence[Line], found: Counter[tuple[str, str]]) -> list[str]:
    compared = [x for x in lines if x.state == "compared"]
    by_check: Counter[str] = Counter()
    for (_, check), count in found.items():
        by_check[check] += count
    drawn = [
        charts.bars("Findings by check", charts.top(by_check, 20), "errors and warnings"),
        charts.histogram(
            "Findings in a pair", [x.errors + x.warnings for x in compared],
            (0, 1, 2, 3, 5, 8, 13, 21), "pairs with so many errors and warnings",
        ),
        charts.histogram(
            "Text aligned", [100 * x.coverage for x in compared],
            (0, 35, 50, 60, 70, 80, 90, 95), "pairs, from so many per cent",
        ),
    ]  # fmt: skip
    months = _rate_by_month(compared)
    if len(months) > 1:
        drawn.append(charts.line("Findings over time", months, "for 1,000 words"))
    authors = _rate_by_author(compared)
    if len(authors) > 1:
        drawn.append(charts.bars("Findings by author", authors, "for 1,000 words"))
    cells = _by_section(compared, found)
    if len({section for section, _ in cells}) > 1:
        drawn.append(charts.heat_map("Check by section", cells, "findings for 1,000 words"))
    return drawn


def _rate_by_month(lines: Sequence[Line]) -> list[tuple[str, float]]:
    rates, words = _rates(lines, lambda line: line.month)
    return [(month, rates[month]) for month in sorted(words)]


def _rate_by_author(lines: Sequence[Line]) -> list[tuple[str, float]]:
    """The authors with the most text, those with the most findings for it first."""
    rates, words = _rates(lines, lambda line: line.author)
    largest = [name for name, _ in charts.top(words, _GROUPS)]
    return sorted(((name, rates[name]) for name in largest), key=lambda item: (-item[1], item[0]))


def _rates(
    lines: Sequence[Line], group: Callable[[Line], str]
) -> tuple[dict[str, float], Counter[str]]:
    """Findings for 1,000 words, and words, of each group that has a name."""
    found: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for line in lines:
        if name := group(line):
            found[name] += line.errors + line.warnings
            words[name] += line.words
    return {name: 1000 * found[name] / max(1, words[name]) for name in words}, words


def _by_section(
    lines: Sequence[Line], found: Counter[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    section = {line.pair: line.section for line in lines}
    words: Counter[str] = Counter()
    for line in lines:
        words[line.section] += line.words
    largest = {name for name, _ in charts.top(words, _GROUPS)}
    counts: Counter[tuple[str, str]] = Counter()
    for (pair, check), count in found.items():
        if section.get(pair, "") in largest:
            counts[section[pair] or "(none)", check] += count
    return {
        (name, check): 1000 * count / max(1, words["" if name == "(none)" else name])
        for (name, check), count in counts.items()
    }
