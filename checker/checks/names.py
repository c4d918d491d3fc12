"""Names: people, places and organisations that are misspelt, exchanged or lost."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.model import Finding, Passage, Severity, Span
from checker.names.bead import beads, surplus, unmatched
from checker.names.misspelt import Misspelt, misspelt
from checker.names.swapped import ERROR, Swapped, rest, swapped
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

PART = Rule(
    "name-part",
    Severity.WARNING,
    "One version uses the given name where the other uses the surname.",
    "Readers may take them for two people, and the tone is another.",
    Example(
        "Le sénateur Achille Pontonnier a parlé. Dupraz et Pontonnier ont signé.",
        "Senator Achille Pontonnier hat gesprochen. Dupraz und Achille haben unterschrieben.",
    ),
    Example(
        "Le sénateur Achille Pontonnier a parlé. Il a signé.",
        "Senator Achille Pontonnier hat gesprochen. Pontonnier hat unterschrieben.",
    ),
    "Only where the full name stands somewhere in either version.",
)


def compare(comparison: Comparison) -> Iterator[Finding]:
    """Every difference in the names of two articles."""
    for bead in beads(comparison):
        left = unmatched(bead.source, bead.target)
        right = unmatched(bead.target, bead.source)
        slips = list(misspelt(bead, left, right, comparison.words))
        gone = (
            {t.start for s in slips if (t := s.source)},
            {t.start for s in slips if (t := s.target)},
        )
        free = (
            rest(
                bead.source,
                bead.target,
                [t for t in left if t.start not in gone[0]],
                surplus(bead.source, bead.target),
            ),
            rest(
                bead.target,
                bead.source,
                [t for t in right if t.start not in gone[1]],
                surplus(bead.target, bead.source),
            ),
        )
        yield from (_misspelt(comparison, s) for s in slips)
        yield from (_swapped(comparison, s) for s in swapped(bead, *free, comparison.words))


def _misspelt(comparison: Comparison, slip: Misspelt) -> Finding:
    source = _passage(comparison.source, slip.source)
    target = _passage(comparison.target, slip.target)
    return Finding(
        "names",
        MISSPELT.id,
        Severity.ERROR if slip.certain else Severity.WARNING,
        0.95 if slip.certain else 0.8,
        _misspelt_message(slip, source, target),
        source,
        target,
        slip.right or None,
    )


def _misspelt_message(slip: Misspelt, source: Passage | None, target: Passage | None) -> str:
    if source and target:
        says = f"“{source.text}” is spelt “{target.text}” in the other version"
        return f"{says}; elsewhere it is “{slip.right}”." if slip.right else f"{says}."
    written = (source or target or Passage(0, 0, "")).text
    return f"“{written}” stands only here; both versions write “{slip.right}” elsewhere."


def _swapped(comparison: Comparison, pair: Swapped) -> Finding:
    source = comparison.source.passage(Span(pair.source.start, pair.source.end))
    target = comparison.target.passage(Span(pair.target.start, pair.target.end))
    if pair.same_person:
        return Finding(
            "names",
            PART.id,
            Severity.WARNING,
            0.6,
            f"“{source.text}” here, “{target.text}” there: parts of one name; a reader may take "
            "them for two people.",
            source,
            target,
        )
    certain = pair.score >= ERROR
    return Finding(
        "names",
        SWAPPED.id,
        Severity.ERROR if certain else Severity.WARNING,
        round(min(0.97, 0.35 + 0.4 * pair.score), 2),
        f"“{source.text}” and “{target.text}” stand in the same place but are different names.",
        source,
        target,
    )


def _passage(side: Side, token: Token | None) -> Passage | None:
    return side.passage(Span(token.start, token.end)) if token else None


CHECK = Check(
    "names",
    "names of people, places and organisations that are misspelt, exchanged or lost",
    (MISSPELT, SWAPPED, PART),
    compare=compare,
    needs=("names",),
)
