"""Names: people, places and organisations that are misspelt, exchanged or lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.errors import to_say, worded
from checker.model import Finding, Passage, Severity, Span
from checker.names.compare import differences
from checker.names.document import names_of
from checker.names.full import whole
from checker.names.missing import Missing
from checker.names.misspelt import Misspelt
from checker.names.moved import Moved
from checker.names.parts import Kind, Part
from checker.names.swapped import WARNING, Swapped
from checker.names.tokens import Token

MISSPELT = Rule(
    "name-misspelt",
    Severity.ERROR,
    "A name is spelt differently in the two versions, by a slip of the pen.",
    "Readers look people and places up by name, and the person concerned will complain.",
    Example(
        "Le maire Antoine Kervadec a signé l'accord. Kervadec part en mai.",
        "Bürgermeister Antoine Kervadec unterzeichnete das Abkommen. Kervdaec geht im Mai.",
    ),
    Example("Vladimir Poutine est arrivé à Pékin.", "Wladimir Putin ist in Peking eingetroffen."),
    "A slip that makes an ordinary word, and names of three letters, are not seen.",
)
SWAPPED = Rule(
    "name-swapped",
    Severity.ERROR,
    "One version names somebody or something else than the other in the same place.",
    "It says of one person what another did.",
    Example(
        "Sandrine Molinier a battu Elena Rybakova en finale.",
        "Karine Molinier besiegte Elena Rybakova im Final.",
    ),
    Example("Merkel a quitté Berlin.", "Die Kanzlerin verliess Berlin."),
    "A name replaced by an ordinary word is not seen.",
)

PLACE = Rule(
    "place-exchanged",
    Severity.WARNING,
    "One version speaks of another country, region or town, or of its people.",
    "Slovenia and Slovakia, Valais and Ticino are easily taken for each other.",
    Example(
        "L'équipe a gagné en Slovénie devant mille spectateurs.",
        "Das Team gewann in der Slowakei vor tausend Zuschauern.",
    ),
    Example(
        "L'équipe slovène a gagné devant mille spectateurs.",
        "Das Team aus Slowenien gewann vor tausend Zuschauern.",
    ),
    "French and German; only where each version has one place that the other lacks.",
)
PART = Rule(
    "name-part",
    Severity.WARNING,
    "One version uses the given name where the other uses the surname.",
    "Readers may take them for two people, and the tone is another.",
    Example(
        "Selon Dupraz, Pontonnier a signé. La séance a duré trois heures. Le public est venu. "
        "Achille Pontonnier a remercié Dupraz.",
        "Laut Dupraz unterschrieb Achille. Die Sitzung dauerte drei Stunden. Das Publikum kam. "
        "Pontonnier dankte Dupraz.",
    ),
    Example(
        "Le sénateur Achille Pontonnier a parlé. Il a signé.",
        "Senator Achille Pontonnier hat gesprochen. Pontonnier hat unterschrieben.",
    ),
    "Only where the full name stands somewhere in either version. A note where both versions use "
    "both parts elsewhere.",
)

MISSING = Rule(
    "name-missing",
    Severity.NOTE,
    "A full name stands in only one of the versions.",
    "Readers of the other version do not learn who it was.",
    Example(
        "Le procès a commencé. Nolwenn Kerbrat a témoigné mardi.",
        "Der Prozess hat begonnen. Eine Zeugin sagte am Dienstag aus.",
    ),
    Example(
        "Nolwenn Kerbrat a témoigné mardi. Elle a pleuré.",
        "Nolwenn Kerbrat sagte am Dienstag aus. Kerbrat weinte.",
    ),
    "A note: translators replace names by descriptions. Single names are left alone.",
)

SURNAME = Rule(
    "surname-missing",
    Severity.ERROR,
    "One version calls a person by the given name alone where the other has the full name.",
    "Without the surname nobody knows who is meant.",
    Example(
        "La directrice Odile Kermarec a ouvert le musée jeudi.",
        "Direktorin Odile eröffnete das Museum am Donnerstag.",
    ),
    Example(
        "La directrice Odile Kermarec a ouvert le musée jeudi.",
        "Direktorin Kermarec eröffnete das Museum am Donnerstag.",
    ),
    "Only usual given names. A note where the version has the surname elsewhere.",
)
MIDDLE = Rule(
    "middle-name-lost",
    Severity.WARNING,
    "A middle name stands in one version only.",
    "In many languages the middle name tells one person from another.",
    Example(
        "Le ministre Nguyen Van Phong a ouvert la séance.",
        "Minister Nguyen Phong eröffnete die Sitzung.",
    ),
    Example(
        "Le ministre Nguyen Van Phong a ouvert la séance.",
        "Minister Nguyen Van Phong eröffnete die Sitzung.",
    ),
    "A note for initials, and where the version has the full name elsewhere.",
)
GIVEN = Rule(
    "given-name-missing",
    Severity.NOTE,
    "One version never gives the given name of a person whom the other names in full.",
    "At the first mention readers expect the full name.",
    Example(
        "La directrice Odile Kermarec a ouvert le musée jeudi.",
        "Direktorin Kermarec eröffnete das Museum am Donnerstag.",
    ),
    Example(
        "La directrice Odile Kermarec a ouvert le musée. Kermarec a remercié l'équipe.",
        "Direktorin Odile Kermarec eröffnete das Museum. Kermarec dankte dem Team.",
    ),
    "A note: titles and well-known surnames often stand alone.",
)
ROLE = Rule(
    "role-moved",
    Severity.ERROR,
    "An office or title belongs to another person, or a person has another office.",
    "It attributes words and acts of office to the wrong person.",
    Example(
        "Le ministre Yvon Kerlann a accueilli Bruno Talvat à Nantes.",
        "Yvon Kerlann empfing Minister Bruno Talvat in Nantes.",
    ),
    Example(
        "Le ministre Yvon Kerlann a accueilli Bruno Talvat à Nantes.",
        "Minister Yvon Kerlann empfing Bruno Talvat in Nantes.",
    ),
    "French and German, offices of state, church, army and clubs. A warning for a person with "
    "another office. Offices that may mean the same (Bundesrat, ministre) never contradict.",
)
_PARTS = {
    Kind.SURNAME: (SURNAME, 0.85, to_say("without the surname")),
    Kind.MIDDLE: (MIDDLE, 0.7, to_say("without the middle name")),
    Kind.GIVEN: (GIVEN, 0.4, to_say("without the given name")),
}


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Every difference in the names of two articles."""
    found = comparison.once(differences)
    slips = [_misspelt(comparison, s) for s in found.misspelt]
    swaps = [_swapped(comparison, s) for s in found.swapped]
    yield from once_each(slips)
    yield from once_each(swaps)
    yield from once_each(_exchanged(comparison, *pair) for pair in found.exchanged)
    yield from once_each(_missing(comparison, m) for m in found.missing)
    yield from once_each(_left_out(comparison, p) for p in found.parts)
    yield from once_each(_moved(comparison, m) for m in found.moved)


def once_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each message; where else it stands is told beside the first."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(finding.message, []).append(finding)
    for first, *others in alike.values():
        passages = (p for f in others for p in (f.source, f.target) if p)
        yield replace(first, related=tuple(passages))


def _misspelt(comparison: Comparison, slip: Misspelt) -> Finding:
    source = _passage(comparison.source, slip.source)
    target = _passage(comparison.target, slip.target)
    return Finding(
        "names",
        MISSPELT.id,
        Severity.ERROR if slip.certain else Severity.WARNING,
        0.95 if slip.certain else 0.8,
        _misspelt_message(slip),
        source,
        target,
        _corrected(slip, source, target),
    )


def _misspelt_message(slip: Misspelt) -> str:
    if slip.source and slip.target:
        said = {"source": slip.source.text, "target": slip.target.text}
        if not slip.right:
            return worded("“{source}” is spelt “{target}” in the other version.", **said)
        return worded(
            "“{source}” is spelt “{target}” in the other version; “{right}” is the usual form.",
            **said,
            right=slip.right,
        )
    written = slip.source or slip.target
    return worded(
        "“{written}” stands only here; both versions write “{right}” elsewhere.",
        written=written.text if written else "",
        right=slip.right,
    )


def _corrected(slip: Misspelt, source: Passage | None, target: Passage | None) -> str | None:
    """The whole name of the side that is wrong as it should be; None where nothing tells."""
    sides = ((slip.source, source), (slip.target, target))
    for word, passage in sides:
        if slip.right and word and passage and word.text != slip.right:
            return passage.text.replace(word.text, slip.right, 1)
    return slip.right or None


def _swapped(comparison: Comparison, pair: Swapped) -> Finding:
    source = _whole(comparison.source, pair.source)
    target = _whole(comparison.target, pair.target)
    if pair.same_person:
        message = worded(
            "“{source}” here, “{target}” there: parts of one name; a reader may take them for "
            "two people.",
            source=source.text,
            target=target.text,
        )
        severity = Severity.WARNING if pair.score >= WARNING else Severity.NOTE
        return Finding("names", PART.id, severity, 0.6, message, source, target)
    return Finding(
        "names",
        SWAPPED.id,
        Severity.ERROR if pair.certain else Severity.WARNING,
        0.95 if pair.certain else round(min(0.8, 0.2 + 0.4 * pair.score), 2),
        worded(
            "“{source}” and “{target}” stand in the same place but are different names.",
            source=source.text,
            target=target.text,
        ),
        source,
        target,
    )


def _exchanged(comparison: Comparison, one: Token, other: Token) -> Finding:
    source = comparison.source.passage(Span(one.start, one.end))
    target = comparison.target.passage(Span(other.start, other.end))
    return Finding(
        "names",
        PLACE.id,
        Severity.WARNING,
        0.75,
        worded(
            "“{source}” in one version, “{target}” in the other: different places.",
            source=source.text,
            target=target.text,
        ),
        source,
        target,
    )


def _missing(comparison: Comparison, lost: Missing) -> Finding:
    own, other = comparison.source, comparison.target
    if not lost.of_source:
        own, other = other, own
    here, there = own.passage(lost.span), other.passage(lost.place)
    return Finding(
        "names",
        MISSING.id,
        Severity.NOTE,
        0.4,
        worded("“{name}” stands in only one of the versions.", name=here.text),
        here if lost.of_source else there,
        there if lost.of_source else here,
    )


def _moved(comparison: Comparison, found: Moved) -> Finding:
    left, right = (
        side.passage(Span(min(o.span.start, name.start), max(o.span.end, name.end)))
        for side, o in ((comparison.source, found.source), (comparison.target, found.target))
        for name in (Span(o.person[0].start, o.person[-1].end),)
    )
    return Finding(
        CHECK.name,
        ROLE.id,
        ROLE.severity if found.certain else Severity.WARNING,
        0.85 if found.certain else 0.65,
        worded(
            "“{source}” in one version, “{target}” in the other: another person."
            if found.other_person
            else "“{source}” in one version, “{target}” in the other: another office.",
            source=left.text,
            target=right.text,
        ),
        left,
        right,
    )


def _left_out(comparison: Comparison, part: Part) -> Finding:
    rule, confidence, said = _PARTS[part.kind]
    own, other = comparison.source, comparison.target
    if not part.of_source:
        own, other = other, own
    here, there = own.passage(part.full), other.passage(part.rest)
    return Finding(
        CHECK.name,
        rule.id,
        rule.severity if part.certain else Severity.NOTE,
        confidence if part.certain else 0.4,
        worded(
            "“{full}” is only “{rest}” in the {language} version: {what}.",
            full=here.text,
            rest=there.text,
            language=worded(other.language.name),
            what=worded(said),
        ),
        here if part.of_source else there,
        there if part.of_source else here,
        here.text,
    )


def _passage(side: Side, token: Token | None) -> Passage | None:
    return _whole(side, token) if token else None


def _whole(side: Side, token: Token) -> Passage:
    """The whole name that a word is part of, with particles, initials and titles."""
    return side.passage(whole(token, side.once(names_of)))


CHECK = Check(
    "names",
    "names of people, places and organisations that are misspelt, exchanged or lost",
    (MISSPELT, SWAPPED, PLACE, PART, MISSING, SURNAME, MIDDLE, GIVEN, ROLE),
    compare=compare,
    needs=("names",),
)
