"""The terminal: a summary line, then each finding with its sentences, loudest first.

Marks, severities and places are words and brackets before they are colours, so the same
report reads well in a pipe, in a log and for people who see colours differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from checker.messages import Catalogue, catalogue, said_in
from checker.model import Finding, Report, Severity
from checker.report import Renderer, Style
from checker.report._excerpt import Excerpt, Locations
from checker.report._words import (
    counts,
    grouped,
    loudest_first,
    names,
    next_step,
    place,
    remarks,
    shown,
)

_SEVERITY = {
    Severity.ERROR: "bold red reverse",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold blue",
}
_MARK = "bold underline"
_AROUND = 220
_TWO_COLUMNS = 130
_MORE = 8


def render(report: Report, style: Style) -> bytes:
    """The report as text, UTF-8, coloured with ANSI sequences when ``style`` asks for it."""
    page = _Page(report, style)
    lines = [page.summary()] if style.quiet else page.lines()
    return page.print(lines)


class _Page:
    """One report on its way to lines of at most ``style.width`` columns."""

    def __init__(self, report: Report, style: Style) -> None:
        self.report = report
        self.style = style
        self.locations = Locations(report)
        self.words = catalogue(style.language)
        self.out = StringIO()
        self.console = Console(
            file=self.out,
            width=style.width,
            color_system="standard" if style.colour else None,
            force_terminal=style.colour,
            legacy_windows=False,
            _environ={},
        )

    def print(self, lines: Sequence[Text]) -> bytes:
        for line in lines:
            line.rstrip()
            self.console.print(line, soft_wrap=True, highlight=False)
        return self.out.getvalue().encode()

    def lines(self) -> list[Text]:
        groups = grouped(loudest_first(self.locations.ordered()))
        return [
            *self.wrap(self.summary()),
            *(line for text in self.remarks() for line in self.wrap(text, hang=2)),
            *(line for group in groups for line in (Text(), *self.group(group))),
            *self.footer(),
        ]

    def summary(self) -> Text:
        findings = self.report.findings
        loudest = min((f.severity for f in findings), key=lambda s: s.rank, default=None)
        text = Text(counts(findings, self.words), _SEVERITY[loudest] if loudest else "bold green")
        where = self.words.gettext("in {names}").format(names=names(self.report))
        text.append(f" {where}", "not bold not reverse default")
        if not findings:
            text.append(f", {self.amount()}", "not bold not reverse default")
        if self.style.hidden:
            hidden = self.words.ngettext(
                "({count} quieter not shown)", "({count} quieter not shown)", self.style.hidden
            )
            text.append(
                f" {hidden.format(count=self.style.hidden)}", "not bold not reverse default"
            )
        return text

    def amount(self) -> str:
        articles = [self.report.source, *([self.report.target] if self.report.target else [])]
        return self.words.gettext(" and ").join(
            self.words.ngettext(
                "{count} {language} sentence", "{count} {language} sentences", len(a.sentences)
            ).format(count=len(a.sentences), language=a.language)
            for a in articles
        )

    def remarks(self) -> Iterator[Text]:
        for remark in remarks(self.report):
            yield Text(shown(remark), "dim")
        for skipped in self.report.skipped:
            said = self.words.gettext("not checked: {what}, because {why}")
            what, why = (said_in(text, self.words) for text in (skipped.what, skipped.why))
            yield Text(shown(said.format(what=what, why=why)), "dim")

    def group(self, group: Sequence[Finding]) -> Iterator[Text]:
        finding = group[0]
        yield from self.wrap(self.title(finding))
        yield from self.wrap(Text(shown(said_in(finding.message, self.words))), indent=2)
        yield from self.sides(self.locations.excerpts(finding))
        for other in self.locations.elsewhere(finding):
            said = (
                self.words.gettext('compare {language} "{text}"')
                if other.text
                else self.words.gettext("again in {language}")
            ).format(language=other.language, text=shown(other.text))
            text = Text(f"{said}: {shown(other.listed(self.place))}")
            yield from self.wrap(text, indent=2, hang=3)
        if finding.suggestion is not None:
            suggestion = Text(self.words.gettext("write:") + " ").append(
                shown(finding.suggestion), "bold"
            )
            yield from self.wrap(suggestion, indent=2, hang=2)
        step = f"{self.words.gettext('next:')} {next_step(finding, self.words)}"
        yield from self.wrap(Text(step, "dim"), indent=2, hang=2)
        if len(group) > 1:
            yield from self.wrap(self.more(group[1:]), indent=2, hang=2)

    def title(self, finding: Finding) -> Text:
        title = Text(_severity(finding.severity, self.words), _SEVERITY[finding.severity])
        title.append(f"  {finding.check}/{finding.rule}", "not reverse default bold")
        return title.append(f"  {finding.id}", "not bold not reverse default dim")

    def more(self, group: Sequence[Finding]) -> Text:
        listed = [f"{self.where(f)} ({f.id})" for f in group[:_MORE]]
        if len(group) > _MORE:
            left = len(group) - _MORE
            more = self.words.ngettext("{count} more place", "{count} more places", left)
            listed.append(more.format(count=left))
        said = self.words.ngettext("also, {count} time:", "also, {count} times:", len(group))
        return Text(f"{said.format(count=len(group))} {', '.join(listed)}")

    def where(self, finding: Finding) -> str:
        places = (self.place(e.place) for e in self.locations.excerpts(finding))
        return " / ".join(dict.fromkeys(map(shown, places)))

    def place(self, named: str) -> str:
        """A place in the words of this page."""
        return place(named, self.words)

    def marked(self, excerpt: Excerpt) -> Text:
        """``fr line 12: text`` with the mark in brackets and underlined."""
        where = f"{excerpt.language} {shown(self.place(excerpt.place))}: "
        missing = self.words.gettext("missing here")
        return Text(where, "dim").append_text(_marked(excerpt.clipped(_AROUND), missing))

    def sides(self, excerpts: Sequence[Excerpt]) -> Iterator[Text]:
        if self.style.width < _TWO_COLUMNS or len(excerpts) < 2:
            for excerpt in excerpts:
                yield from self.wrap(self.marked(excerpt), indent=2, hang=3)
            return
        half = (self.style.width - 6) // 2
        left, right = (self.marked(e).wrap(self.console, half) for e in excerpts)
        for one, other in zip_longest(left, right, fillvalue=Text()):
            cell = one.copy()
            cell.rstrip()
            cell.pad_right(half - cell.cell_len)
            yield Text("  ") + cell + Text("  ") + other

    def footer(self) -> Iterator[Text]:
        if not self.report.findings:
            return
        yield Text()
        first = loudest_first(self.locations.ordered())[0]
        more = self.words.gettext("more about a rule:")
        yield from self.wrap(Text(f"{more} checker explain {first.rule}", "dim"))
        waive = self.words.gettext("when a finding is right as it stands:")
        yield from self.wrap(Text(f'{waive} checker waive {first.id} --reason "..."', "dim"))

    def wrap(self, text: Text, indent: int = 0, hang: int = 0) -> Iterator[Text]:
        """Lines of ``text`` indented, those after the first by ``hang`` columns more."""
        width = max(10, self.style.width - indent - hang)
        for number, line in enumerate(text.wrap(self.console, width, tab_size=1)):
            line.rstrip()
            yield Text(" " * (indent + (hang if number else 0))) + line


def _severity(severity: Severity, words: Catalogue) -> str:
    said = {
        Severity.ERROR: words.gettext("ERROR"),
        Severity.WARNING: words.gettext("WARNING"),
        Severity.NOTE: words.gettext("NOTE"),
    }
    return said[severity]


def _marked(part: Excerpt, missing: str) -> Text:
    """The text of an excerpt with the mark in brackets and underlined."""
    said = shown(part.text)
    text = Text()
    if part.mark is None:
        return text.append(said, "not dim")
    start, end = part.mark.start, part.mark.end
    opening, closing = "{}" if set("[]") & set(said) else "[]"
    marked = said[start:end]
    if not marked:
        marked = missing
        opening = f" {opening}" if said[:start].strip() else opening
    text.append(said[:start], "not dim")
    text.append(f"{opening}{marked}{closing}", f"not dim {_MARK}")
    return text.append(said[end:], "not dim")


RENDERER = Renderer("terminal", "text for people, loudest findings first", ".txt", render)
