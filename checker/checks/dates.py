"""Dates, weekdays and times: differences between the versions, and impossible dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.checks._quantities import findings, quantities
from checker.errors import Sentence, to_say, worded
from checker.model import Finding, Severity, Span
from checker.quantities import Date
from checker.quantities.calendar import exists, true_weekday

_RULES = (
    Rule(
        "month-mismatch",
        Severity.ERROR,
        "Another month.",
        "A date is a fact that readers act on.",
        Example("La loi entre en vigueur en septembre.", "Das Gesetz tritt im November in Kraft."),
        Example("La loi entre en vigueur en septembre.", "Das Gesetz tritt im September in Kraft."),
    ),
    Rule(
        "weekday-mismatch",
        Severity.ERROR,
        "Another weekday.",
        "A date is a fact that readers act on.",
        Example("Le vote a lieu samedi.", "Die Abstimmung findet am Sonntag statt."),
        Example("Le vote a lieu samedi.", "Die Abstimmung findet am Sonnabend statt."),
    ),
    Rule(
        "date-mismatch",
        Severity.ERROR,
        "Another day, year or decade.",
        "A date is a fact that readers act on.",
        Example("Elle est née le 3 mai 1975.", "Sie wurde am 8. Mai 1975 geboren."),
        Example("Elle est née le 3 mai 1975.", "Sie wurde am 3.5.1975 geboren."),
    ),
    Rule(
        "time-mismatch",
        Severity.ERROR,
        "Another time of day.",
        "A wrong time sends people to a closed door.",
        Example("La séance commence à 14h30.", "Die Sitzung beginnt um 15.30 Uhr."),
        Example("La séance commence à 14h30.", "Die Sitzung beginnt um halb drei."),
    ),
    Rule(
        "date-missing",
        Severity.WARNING,
        "A date or time has no counterpart in the linked or neighbouring sentences.",
        "Dates are what a translator must not drop.",
        Example("Le 14 juin 2016, la ville a voté.", "Die Stadt hat abgestimmt."),
        Example("Le 14 juin 2016, la ville a voté.", "Am 14. Juni 2016 hat die Stadt abgestimmt."),
    ),
    Rule(
        "weekday-contradicts-date",
        Severity.ERROR,
        "The weekday does not belong to the date it stands with.",
        "One of the two is wrong, and only the author knows which.",
        Example("Rendez-vous le lundi 29 septembre 2018."),
        Example("Rendez-vous le samedi 29 septembre 2018."),
        "Only dates with a year, from 1583 on.",
    ),
    Rule(
        "impossible-date",
        Severity.ERROR,
        "A day that does not exist.",
        "Nobody can do anything on 31 April.",
        Example("Le délai court jusqu'au 31 avril."),
        Example("Le délai court jusqu'au 30 avril."),
    ),
)


_WEEKDAYS = (
    to_say("Monday"),
    to_say("Tuesday"),
    to_say("Wednesday"),
    to_say("Thursday"),
    to_say("Friday"),
    to_say("Saturday"),
    to_say("Sunday"),
)


def _compare(comparison: Comparison) -> Iterator[Finding]:
    sides = comparison.source, comparison.target
    impossible = [[(date.span, why) for date, _, why in _wrong(side)] for side in sides]
    for finding in comparison.once(findings):
        if finding.check == "dates":
            yield _with_reasons(finding, comparison, impossible)


def _with_reasons(
    finding: Finding, comparison: Comparison, impossible: list[list[tuple[Span, str]]]
) -> Finding:
    """The finding, which says too which of its dates cannot be: it takes their place."""
    sides = comparison.source, comparison.target
    reasons = [
        worded("{said}: {remark}", said=side.passage(span).text, remark=why)
        for side, passage, wrong in zip(
            sides, (finding.source, finding.target), impossible, strict=True
        )
        for span, why in wrong
        if passage is not None and passage.span.overlaps(span)
    ]
    if not reasons or not isinstance(finding.message, Sentence):
        return finding
    said = worded(finding.message.template.removesuffix("."), **finding.message.values)
    for reason in reasons:
        said = worded("{one}; {other}", one=said, other=reason)
    return replace(finding, message=worded("{said}.", said=said))


def _lint(side: Side) -> Iterator[Finding]:
    for date, rule, why in _wrong(side):
        passage = side.passage(date.span)
        message = worded("{said}: {remark}.", said=passage.text, remark=why)
        yield Finding("dates", rule, Severity.ERROR, 0.97, message, passage, None)


def _wrong(side: Side) -> Iterator[tuple[Date, str, str]]:
    """The dates that do not exist or contradict their weekday, with the rule and the reason."""
    for date in side.once(quantities).dates:
        if not exists(date):
            yield date, "impossible-date", worded("there is no such day")
            continue
        true = true_weekday(date)
        if date.weekday is not None and true is not None and true != date.weekday:
            assert date.year is not None
            name = _WEEKDAYS[datetime.date(date.year, date.month, date.day).weekday()]
            why = worded("that day is a {weekday}", weekday=worded(name))
            yield date, "weekday-contradicts-date", why


CHECK = Check(
    "dates",
    "dates, weekdays and times that differ, contradict themselves or do not exist",
    _RULES,
    compare=_compare,
    lint=_lint,
    needs=("dates",),
)
