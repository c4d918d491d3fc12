"""Placeholders: the inline tags and placeholders of both sides are the same.

In files of translation tools they are told apart from the text; in a plain article only
what one version has and the other lacks altogether is worth a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.codes import Code, Syntax, codes
from checker.errors import to_say, worded
from checker.model import Finding, Link, Passage, Severity, Span

MISSING = Rule(
    "placeholder-missing",
    Severity.ERROR,
    "A placeholder of the source is missing in the translation.",
    "What the program would put there is lost, or the program stops with an error.",
    Example("Vous avez {count} messages.", "Sie haben Nachrichten."),
    Example("Vous avez {count} messages.", "Sie haben {count} Nachrichten."),
    "Only a note in documents that are not bilingual files: leftovers speaks there. A placeholder "
    "with a name or a number may be repeated; singular forms may leave the number out.",
)
ADDED = Rule(
    "placeholder-added",
    Severity.ERROR,
    "The translation has a placeholder that the source has not.",
    "Nothing is put in its place: readers see its name, or the program stops with an error.",
    Example("Bonjour et bienvenue.", "Guten Tag %(name)s, willkommen."),
    Example("Bonjour %(name)s, bienvenue.", "Guten Tag %(name)s, willkommen."),
    "Only a note in documents that are not bilingual files: leftovers speaks there.",
)
CHANGED = Rule(
    "placeholder-changed",
    Severity.ERROR,
    "A placeholder is translated, damaged or of another type.",
    "The program no longer knows it: readers see its name instead of the content.",
    Example("Le fichier {filename} est prêt.", "Die Datei {dateiname} ist bereit."),
    Example("Le fichier {filename} est prêt.", "Die Datei {filename} ist bereit."),
    "Only a note in documents that are not bilingual files: leftovers speaks there.",
)
ORDER = Rule(
    "placeholder-order",
    Severity.ERROR,
    "Placeholders without number stand in another order.",
    "They take their values by their place in the row: each gets the other's.",
    Example("%s a %d messages.", "%d Nachrichten für %s."),
    Example("%1$s a %2$d messages.", "%2$d Nachrichten für %1$s."),
    "Seen only where the types differ: with two %s nobody can tell.",
)
TAG_MISSING = Rule(
    "tag-missing",
    Severity.ERROR,
    "A tag of the source is missing in the translation.",
    "Formatting, a link or a picture is lost, and translation tools refuse the file.",
    Example("Cliquez sur <b>Envoyer</b>.", "Klicken Sie auf Senden."),
    Example("Cliquez sur <b>Envoyer</b>.", "Klicken Sie auf <b>Senden</b>."),
    "An error where half of a pair is missing, else a warning. Attributes are not compared.",
)
TAG_ADDED = Rule(
    "tag-added",
    Severity.ERROR,
    "The translation has a tag that the source has not.",
    "It formats or links what the source leaves plain, and translation tools refuse the file.",
    Example("Cliquez sur Envoyer.", "Klicken Sie auf <b>Senden</b>."),
    Example("Cliquez sur <b>Envoyer</b>.", "Klicken Sie auf <b>Senden</b>."),
    "An error where half of a pair is added, else a warning.",
)
NESTING = Rule(
    "tag-nesting",
    Severity.ERROR,
    "Tags of the translation close in the wrong order.",
    "A pair that crosses another, or closes before it opens, breaks the page.",
    Example("Lisez <b><i>ceci</i></b>.", "Lesen Sie <b><i>dies</b></i>."),
    Example("Lisez <b><i>ceci</i></b>.", "Lesen Sie <i><b>dies</b></i>."),
    "Not looked at where the source's own tags do not nest.",
)

_NAME = re.compile(r"[^\W\d]\w+")
_LONGEST_KEY = 60
_MOST = 20  # codes of one unit that are spoken of: where more differ, the first ones tell


@dataclass(frozen=True, slots=True)
class _Unit:
    """The two texts of a link with their codes; ``strict`` in files of translation tools."""

    comparison: Comparison
    source: Passage
    target: Passage
    codes: tuple[tuple[Code, ...], tuple[Code, ...]]
    strict: bool
    singular: bool

    def at(self, code: Code, *, target: bool) -> Passage:
        side = self.comparison.target if target else self.comparison.source
        return side.passage(code.span.shifted((self.target if target else self.source).start))


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Codes of one side that the other has not, link by link."""
    strict = bool(comparison.source.article.document.codes) or bool(
        comparison.target.article.document.codes
    )
    uneven = _uneven(comparison)
    for link in comparison.links:
        if link.paired:
            unit = _unit(comparison, link, strict)
            yield from _placeholders(unit, uneven)
            yield from _tags(unit, uneven)


def _uneven(comparison: Comparison) -> frozenset[str]:
    """Keys of the codes that stand more often in one document than in the other."""
    one, other = (
        Counter(c.key for c in codes(side.article.document.text))
        for side in (comparison.source, comparison.target)
    )
    return frozenset(key for key in one | other if one[key] != other[key])


def _unit(comparison: Comparison, link: Link, strict: bool) -> _Unit:
    source, target = comparison.source, comparison.target
    first = source.passage(source.article.span_of(link.source))
    second = target.passage(target.article.span_of(link.target))
    found = tuple(codes(first.text)), tuple(codes(second.text))
    return _Unit(comparison, first, second, found, strict, _is_singular(source, link))


def _is_singular(side: Side, link: Link) -> bool:
    """True for the singular form of a catalogue's entry: it may say "one" for the number."""
    block = side.article.document.blocks[side.article.sentences[link.source.start].block]
    return block.place.endswith("singular")


def _placeholders(unit: _Unit, uneven: frozenset[str]) -> Iterator[Finding]:
    source, target = (
        [c for c in found if c.syntax is not Syntax.TAG and (unit.strict or c.key in uneven)]
        for found in unit.codes
    )
    if unit.singular:
        return
    lost, extra = _without(source, target)[:_MOST], _without(target, source)[:_MOST]
    for code in lost:
        damaged = _damaged(unit, code, [c for c in unit.codes[1] if c not in extra])
        rival = next((c for c in extra if c.syntax is code.syntax), None)
        if damaged is not None:
            extra = [c for c in extra if not c.span.overlaps(damaged)]
            yield _changed(unit, code, damaged)
        elif rival is not None:
            extra.remove(rival)
            yield _changed(unit, code, rival.span)
        else:
            yield _missing(unit, code, MISSING, _severity(unit))
    for code in extra:
        yield _added(unit, code, ADDED, _severity(unit))
    if not lost and not extra:
        yield from _order(unit)


def _without(mine: Sequence[Code], theirs: Sequence[Code]) -> list[Code]:
    """Those of ``mine`` that the other side lacks; what has a name or a number may repeat."""
    left = Counter(c.key for c in theirs)
    found = []
    for code in mine:
        if left[code.key] > 0:
            left[code.key] -= code.positional or code.syntax is Syntax.TAG
        else:
            found.append(code)
    return found


def _severity(unit: _Unit) -> Severity:
    return Severity.ERROR if unit.strict else Severity.NOTE


def _damaged(unit: _Unit, code: Code, others: Sequence[Code]) -> Span | None:
    """Where the translation has the code with spaces in it, or with signs lost or changed."""
    if len(code.key) > _LONGEST_KEY:
        return None
    loose = r"\s{0,2}".join(re.escape(sign) for sign in code.key)
    patterns = [rf"(?<!\d)(?<!\d\s){loose}(?!\w)"]
    name = _NAME.search(code.key)
    if name is not None:
        word = re.escape(name.group())
        patterns.append(rf"[%$#{{}}<>]{{1,3}}\s?{word}\b|\b{word}\s?[%$#{{}}<>]{{1,3}}")
    for pattern in patterns:
        for match in re.finditer(pattern, unit.target.text, re.IGNORECASE):
            span = Span(*match.span())
            if not any(span.overlaps(other.span) for other in others):
                return span
    return None


def _order(unit: _Unit) -> Iterator[Finding]:
    rows = [[c for c in found if c.positional] for found in unit.codes]
    for code, other in zip(*rows, strict=False):
        if code.key != other.key:
            yield Finding(
                CHECK.name, ORDER.id, _severity(unit), 0.9,
                worded(
                    "“{first}” and “{second}” stand in another order in the two versions; "
                    "without numbers each takes the other's value.",
                    first=code.text, second=other.text,
                ),
                unit.at(code, target=False), unit.at(other, target=True),
            )  # fmt: skip
            return


def _tags(unit: _Unit, uneven: frozenset[str]) -> Iterator[Finding]:
    source, target = (
        [c for c in found if c.syntax is Syntax.TAG and (unit.strict or c.key in uneven)]
        for found in unit.codes
    )
    lost, extra = _without(source, target)[:_MOST], _without(target, source)[:_MOST]
    for code in lost:
        yield _missing(unit, code, TAG_MISSING, _tag_severity(unit, code, lost))
    for code in extra:
        yield _added(unit, code, TAG_ADDED, _tag_severity(unit, code, extra))
    if not lost and not extra and _crossing(unit.codes[0]) is None:
        crossing = _crossing(unit.codes[1])
        if crossing is not None:
            yield _nesting(unit, crossing)


def _tag_severity(unit: _Unit, code: Code, all_: Sequence[Code]) -> Severity:
    """A pair that is missing whole changes the look; half a pair breaks what is around it."""
    if any(other.key == _partner(code) for other in all_) and unit.strict:
        return Severity.WARNING
    return _severity(unit)


def _partner(code: Code) -> str:
    """Key of the other half of a pair."""
    return code.key.replace("</", "<") if code.key[1] == "/" else f"</{code.key[1:]}"


def _crossing(found: Sequence[Code]) -> Code | None:
    """The first closing tag that does not close the tag opened last; None where all nest."""
    tags = [c for c in found if c.syntax is Syntax.TAG]
    keys = {c.key for c in tags}
    waiting: list[str] = []
    for code in tags:
        if not code.key.startswith("</"):
            if _partner(code) in keys and not code.text.endswith("/>"):
                waiting.append(_partner(code))
        elif _partner(code) in keys and (not waiting or waiting.pop() != code.key):
            return code
    return None


def _nesting(unit: _Unit, code: Code) -> Finding:
    first = next(c for c in unit.codes[0] if c.key == code.key)
    return Finding(
        CHECK.name, NESTING.id, _severity(unit), 0.9,
        worded("“{tag}” closes another tag than the one opened last.", tag=code.text),
        unit.at(first, target=False), unit.at(code, target=True),
    )  # fmt: skip


def _changed(unit: _Unit, code: Code, span: Span) -> Finding:
    other = unit.comparison.target.passage(span.shifted(unit.target.start))
    return Finding(
        CHECK.name, CHANGED.id, _severity(unit), 0.9,
        worded(
            "The placeholder “{source}” has become “{target}”.",
            source=code.text, target=other.text,
        ),
        unit.at(code, target=False), other, code.text,
    )  # fmt: skip


_WHAT = {True: to_say("tag"), False: to_say("placeholder")}


def _missing(unit: _Unit, code: Code, rule: Rule, severity: Severity) -> Finding:
    what, name = _WHAT[code.syntax is Syntax.TAG], unit.comparison.target.language.name
    return Finding(
        CHECK.name, rule.id, severity, 0.9,
        worded(
            "The {what} “{text}” is missing in the {language} version.",
            what=worded(what), text=code.text, language=worded(name),
        ),
        unit.at(code, target=False), _gap(unit, code, in_target=True), code.text,
    )  # fmt: skip


def _added(unit: _Unit, code: Code, rule: Rule, severity: Severity) -> Finding:
    what, name = _WHAT[code.syntax is Syntax.TAG], unit.comparison.source.language.name
    return Finding(
        CHECK.name, rule.id, severity, 0.9,
        worded(
            "The {what} “{text}” is not in the {language} version.",
            what=worded(what), text=code.text, language=worded(name),
        ),
        _gap(unit, code, in_target=False), unit.at(code, target=True),
    )  # fmt: skip


def _gap(unit: _Unit, code: Code, *, in_target: bool) -> Passage:
    """The empty place for a code: behind the one it follows, else at the same end of the text."""
    own, other = unit.codes if in_target else unit.codes[::-1]
    mine, passage = (unit.source, unit.target) if in_target else (unit.target, unit.source)
    before = [c for c in own if c.span.end <= code.span.start]
    known = {c.key: c for c in other}
    previous = next((known[c.key] for c in reversed(before) if c.key in known), None)
    if previous is not None:
        at = previous.span.end
    else:
        at = 0 if 2 * code.span.start < len(mine.text) else len(passage.text)
    side = unit.comparison.target if in_target else unit.comparison.source
    return side.passage(Span(at, at).shifted(passage.start))


CHECK = Check(
    "placeholders",
    "inline tags and placeholders that are missing, added, changed or out of order",
    (MISSING, ADDED, CHANGED, ORDER, TAG_MISSING, TAG_ADDED, NESTING),
    compare=compare,
    sees_codes=True,
)
