"""Arithmetic: sums, shares, changes and ages that contradict the numbers beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise

from checker.checks import Check, Example, Rule, Side
from checker.checks._quantities import quantities
from checker.content.findings import lint_finding
from checker.errors import worded
from checker.model import Finding, Sentence, Severity, Span
from checker.quantities.model import Kind, Quantity
from checker.quantities.recognise import recognise

SUM = Rule(
    "sum-mismatch",
    Severity.ERROR,
    "Parts do not add up to the total given for them.",
    "One of the numbers is wrong, and nobody can tell which.",
    Example(
        "La ville a planté 1200 arbres. Il s'agit de 500 arbres au nord, 400 arbres au sud et "
        "350 arbres à l'est.",
        "",
        "fr",
        "",
    ),
    Example(
        "La ville a planté 1200 arbres. Il s'agit de 500 arbres au nord, 400 arbres au sud et "
        "300 arbres à l'est.",
        "",
        "fr",
        "",
    ),
    "Three parts of one noun, or two in brackets, whose sum misses the total by at most a tenth: "
    "anything further off is taken as numbers that were never meant to add up.",
)
SHARE = Rule(
    "share-mismatch",
    Severity.ERROR,
    "A percentage contradicts the two numbers it is taken of.",
    "Either the share or one of the numbers is wrong.",
    Example("660 von 694 Gesuchen, das sind 85,1 Prozent, wurden bewilligt.", "", "de", ""),
    Example("660 von 694 Gesuchen, das sind 95,1 Prozent, wurden bewilligt.", "", "de", ""),
)
OVER = Rule(
    "shares-over-100",
    Severity.WARNING,
    "Shares of one whole, said to be all of it, add up to more than 100 percent.",
    "One of the shares is wrong.",
    Example("60 % votent oui, 30 % votent non et le reste, 20 %, s'abstient.", "", "fr", ""),
    Example("60 % votent oui, 30 % votent non et le reste, 10 %, s'abstient.", "", "fr", ""),
    "Only where the sentence speaks of the rest.",
)
CHANGE = Rule(
    "change-mismatch",
    Severity.WARNING,
    "A change in percent does not fit the two values between which it leads.",
    "Either the change or one of the values is wrong.",
    Example("Der Umsatz stieg von 40 auf 50 Millionen Franken, um 15 Prozent.", "", "de", ""),
    Example("Der Umsatz stieg von 40 auf 50 Millionen Franken, um 25 Prozent.", "", "de", ""),
)
DIRECTION = Rule(
    "direction-mismatch",
    Severity.WARNING,
    "Something is said to rise although its values fall, or the reverse.",
    "The values were swapped, or the verb is wrong.",
    Example("Le prix a augmenté, passant de 50 à 40 francs.", "", "fr", ""),
    Example("Le prix a augmenté, passant de 40 à 50 francs.", "", "fr", ""),
)
AGE = Rule(
    "age-mismatch",
    Severity.WARNING,
    "An age at death does not fit the years of birth and death.",
    "One of the three is wrong.",
    Example("Sie wurde 1920 geboren und starb 1990 im Alter von 60 Jahren.", "", "de", ""),
    Example("Sie wurde 1920 geboren und starb 1990 im Alter von 69 Jahren.", "", "de", ""),
)

_NEAR = Fraction(1, 10)
_FEWEST = 2  # quantities of a sentence that can contradict each other
_BACK = 2  # sentences before the parts in which their total may stand
_FEWEST_LISTED = 3
_HUNDRED = Fraction(100)
_LIST = re.compile(r"\s*[\w'’ -]{0,40}[ \u00a0\u202f]?:\s+")
_NEXT = re.compile(r",|\b(?:et|und)\b")


@dataclass(frozen=True, slots=True)
class _Counted:
    """A sentence with its quantities, and the word each counts, in lower case."""

    sentence: Sentence
    quantities: tuple[Quantity, ...]

    def noun(self, quantity: Quantity) -> str:
        if quantity.counted is None:
            return ""
        return self.sentence.text[quantity.counted.start : quantity.counted.end].lower()

    def between(self, first: Quantity, second: Quantity) -> str:
        return self.sentence.text[first.whole.end : second.whole.start]

    def place(self, *quantities: Quantity) -> Span:
        start, end = quantities[0].whole.start, quantities[-1].whole.end
        return Span(start, end).shifted(self.sentence.span.start)


def lint(side: Side) -> Iterator[Finding]:
    """Numbers of one document that contradict each other."""
    patterns = {k: _pattern(v) for k, v in side.language.section("arithmetic").items()}
    sentences, code = side.article.sentences, side.language.code
    read = cache(lambda sentence: _read(sentence, code))
    for number, found in enumerate(side.once(quantities).sentences):
        if len(found) < _FEWEST:
            continue
        window = [read(near) for near in sentences[max(0, number - _BACK) : number + 1]]
        here = window[-1]
        yield from _sums(side, window)
        yield from _bracketed(side, here)
        yield from _listed(side, here, patterns)
        yield from _shares(side, here, patterns)
        yield from _over_hundred(side, here, patterns)
        yield from _changes(side, here, patterns)
        yield from _ages(side, here, patterns)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _read(sentence: Sentence, language: str) -> _Counted:
    found = recognise(sentence.text, language).quantities
    return _Counted(sentence, tuple(q for q in found if q.firm and q.readings))


def _sums(side: Side, window: Sequence[_Counted]) -> Iterator[Finding]:
    """Three and more numbers of one noun against the number of it given before."""
    here = window[-1]
    by_noun: dict[str, list[Quantity]] = defaultdict(list)
    for quantity in here.quantities:
        if here.noun(quantity) and _is_count(quantity):
            by_noun[here.noun(quantity)].append(quantity)
    for noun, parts in by_noun.items():
        totals = [(w, q) for w in window[:-1] for q in w.quantities if w.noun(q) == noun]
        if len(parts) > 3:
            totals.append((here, parts[0]))
        for where, total in reversed(totals):
            taken = [p for p in parts if p is not total]
            if len(taken) >= 3 and _is_count(total) and _misses(total, taken):
                yield _sum(side, where, total, here, taken)
                break


def _bracketed(side: Side, here: _Counted) -> Iterator[Finding]:
    """Numbers in brackets against the number before the bracket."""
    text = here.sentence.text
    for match in re.finditer(r"\([^()]{5,400}\)", text):
        inside = [
            q
            for q in here.quantities
            if match.start() < q.span.start < match.end() and _is_count(q) and here.noun(q)
        ]
        before = [q for q in here.quantities if q.span.end <= match.start() and _is_count(q)]
        if len(inside) < 2 or not before or match.start() - before[-1].span.end > 80:
            continue
        if _misses(before[-1], inside):
            yield _sum(side, here, before[-1], here, inside)


def _is_count(quantity: Quantity) -> bool:
    return quantity.kind is Kind.CARDINAL and quantity.digits and not quantity.unit


def _misses(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """True where the parts nearly, but not within their rounding, add up to the total."""
    missing = abs(sum((p.value for p in parts), Fraction(0)) - total.value)
    rounding = sum((q.step for q in (total, *parts) if q.step > 1), Fraction(0)) / 2
    larger = total.value > max(p.value for p in parts)
    return larger and total.value >= 10 and rounding < missing <= _NEAR * total.value


def _sum(
    side: Side, where: _Counted, total: Quantity, here: _Counted, parts: Sequence[Quantity]
) -> Finding:
    sum_of_parts = sum((p.value for p in parts), Fraction(0))
    message = worded(
        "{parts} = {sum}, but the total given is {total}.",
        parts=" + ".join(p.text for p in parts),
        sum=_written(sum_of_parts, total.text),
        total=total.text,
    )
    related = tuple(here.place(p) for p in parts)
    return lint_finding(CHECK.name, SUM, side, where.place(total), 0.85, message, related=related)


def _listed(side: Side, here: _Counted, patterns: dict[str, re.Pattern[str]]) -> Iterator[Finding]:
    """The parts of a total to the end of its sentence: "ten cars: three ..., four ... and two ...",
    "of the 950 letters 400 ..., 300 ... and 200 ..."."""
    if len(here.quantities) <= _FEWEST_LISTED:
        return
    total, *parts = here.quantities
    before, behind = here.sentence.text[: total.whole.start], here.between(total, parts[0])
    whole = patterns["among"].fullmatch(before.strip())
    counts = parts if whole else here.quantities  # of the 300 tonnes 120 ... have their unit once
    if not (whole or _LIST.fullmatch(behind)) or not all(_is_plain(q) for q in counts):
        return
    if all(_NEXT.search(here.between(*pair)) for pair in pairwise(parts)) and _misses(total, parts):
        yield _sum(side, here, total, here, parts)


def _is_plain(quantity: Quantity) -> bool:
    return quantity.kind is Kind.CARDINAL and not quantity.unit and len(quantity.readings) == 1


def _shares(side: Side, here: _Counted, patterns: dict[str, re.Pattern[str]]) -> Iterator[Finding]:
    """a of b (p %)."""
    for part, whole, share in _triples(here):
        if share.unit != "pct" or part.unit or whole.unit or not 0 < part.value < whole.value:
            continue
        if not patterns["ratio"].fullmatch(here.between(part, whole)):
            continue
        if not patterns["equals"].match(here.between(whole, share)):
            continue
        true = _HUNDRED * part.value / whole.value
        if abs(true - share.value) > max(share.step, Fraction(1, 10)):
            message = worded(
                "{part} of {whole} is {true} %, not {share} %.",
                part=part.text,
                whole=whole.text,
                true=f"{float(true):.1f}",
                share=share.text,
            )
            yield lint_finding(CHECK.name, SHARE, side, here.place(part, share), 0.85, message)


def _over_hundred(
    side: Side, here: _Counted, patterns: dict[str, re.Pattern[str]]
) -> Iterator[Finding]:
    shares = [q for q in here.quantities if q.unit == "pct"]
    text = here.sentence.text
    halves = len(shares) == 2 and patterns["halves"].search(text)
    if not halves and (len(shares) < 3 or not patterns["rest"].search(text)):
        return
    total = sum((s.value for s in shares), Fraction(0))
    if _HUNDRED + sum((s.step for s in shares), Fraction(0)) / 2 < total <= 150:
        message = worded(
            "{parts} = {sum} %, which is more than the whole.",
            parts=" + ".join(s.text for s in shares),
            sum=f"{float(total):g}",
        )
        yield lint_finding(CHECK.name, OVER, side, here.place(shares[0], shares[-1]), 0.7, message)


def _changes(side: Side, here: _Counted, patterns: dict[str, re.Pattern[str]]) -> Iterator[Finding]:
    """From a to b, by p %."""
    text = here.sentence.text
    for start, end in pairwise(here.quantities):
        if not _leads(here, start, end, patterns):
            continue
        rises, falls = (bool(patterns[k].search(text)) for k in ("rise", "fall"))
        if rises != falls and start.value != end.value and rises != (end.value > start.value):
            message = worded(
                "This is said to rise, but it goes from {start} to {end}."
                if rises
                else "This is said to fall, but it goes from {start} to {end}.",
                start=start.text,
                end=end.text,
            )
            yield lint_finding(CHECK.name, DIRECTION, side, here.place(start, end), 0.7, message)
            continue
        for share in (q for q in here.quantities if q.unit == "pct" and q not in (start, end)):
            finding = _change(side, here, start, end, share)
            if finding and len([q for q in here.quantities if q.unit == "pct"]) == 1:
                yield finding


def _leads(
    here: _Counted, start: Quantity, end: Quantity, patterns: dict[str, re.Pattern[str]]
) -> bool:
    """True where the words make two values the beginning and the end of a change."""
    text = here.sentence.text
    before = re.search(r"(\S+)\s*$", text[: start.whole.start])
    joint = here.between(start, end).split()
    same = start.kind is end.kind is Kind.CARDINAL and (start.unit == end.unit)
    same = same and not (_may_be_year(start) and _may_be_year(end))
    return bool(
        same
        and start.value > 0
        and before
        and patterns["from"].fullmatch(before.group(1))
        and joint
        and len(joint) <= 3
        and patterns["to"].fullmatch(joint[-1])
        and (patterns["rise"].search(text) or patterns["fall"].search(text))
    )


def _may_be_year(quantity: Quantity) -> bool:
    return not quantity.unit and quantity.value in range(1500, 2100)


def _change(
    side: Side, here: _Counted, start: Quantity, end: Quantity, share: Quantity
) -> Finding | None:
    true = abs(end.value - start.value) * _HUNDRED / start.value
    if not share.value or start.unit == "pct" or share.span.start - end.span.end > 60:
        return None
    slack = share.step + (start.step + end.step) * _HUNDRED / start.value / 2
    if abs(true - share.value) <= max(slack, Fraction(1)):
        return None
    message = worded(
        "From {start} to {end} is {true} %, not {share} %.",
        start=start.text,
        end=end.text,
        true=f"{float(true):.1f}",
        share=share.text,
    )
    first, last = sorted((start, share), key=lambda q: q.span.start)
    return lint_finding(CHECK.name, CHANGE, side, here.place(first, last), 0.8, message)


def _ages(side: Side, here: _Counted, patterns: dict[str, re.Pattern[str]]) -> Iterator[Finding]:
    """Born in y, died in z at the age of n."""
    text = here.sentence.text
    age = patterns["age"].search(text)
    if not age or not patterns["born"].search(text) or not patterns["died"].search(text):
        return
    years = list(re.finditer(r"(?<!\d)(1[5-9]|20)\d\d(?!\d)", text))
    if len(years) != 2:
        return
    lived = int(years[1].group()) - int(years[0].group())
    if lived > 0 and int(age.group(1)) not in (lived, lived - 1):
        start, end = min(age.start(), years[0].start()), max(age.end(), years[1].end())
        span = Span(start, end).shifted(here.sentence.span.start)
        message = worded(
            "{born} to {died} is an age of {less} or {more}.",
            born=years[0].group(),
            died=years[1].group(),
            less=lived - 1,
            more=lived,
        )
        yield lint_finding(CHECK.name, AGE, side, span, 0.8, message)


def _triples(here: _Counted) -> Iterator[tuple[Quantity, Quantity, Quantity]]:
    """Neighbouring quantities by threes."""
    yield from zip(here.quantities, here.quantities[1:], here.quantities[2:], strict=False)


def _written(value: Fraction, like: str) -> str:
    """A whole number with the separator that ``like`` has between thousands."""
    mark = next((c for c in like if not c.isdigit()), " ")
    return f"{int(value):,}".replace(",", mark) if value.denominator == 1 else f"{float(value):g}"


CHECK = Check(
    "arithmetic",
    "sums, shares, changes and ages that contradict the numbers beside them",
    (SUM, SHARE, OVER, CHANGE, DIRECTION, AGE),
    lint=lint,
    needs=("arithmetic",),
)
