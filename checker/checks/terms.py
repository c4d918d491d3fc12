"""Terms: a word that stands for something else than its counterpart."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Comparison, Example, Rule, Side
from checker.model import Finding, Severity
from checker.terms import (
    anchored,
    false_friends,
    prescribed,
    senses,
    strangers,
    titles,
    twice,
    variants,
)

_COUNTED = Rule(
    id=anchored.RULE,
    severity=Severity.ERROR,
    what="The same number counts different things in the two versions.",
    why=(
        "Machine translation picks the wrong sense of a word: 160,013 models become 160,013 "
        "fashion models, and the reader is told something absurd."
    ),
    wrong=Example(
        "Les modèles sont exposés. La ville compte 3 412 modèles. Le jury a vu 3 412 mannequins.",
        "Die Modelle werden ausgestellt. Die Stadt hat 3412 Modelle. Die Jury sah 3412 Modelle.",
    ),
    right=Example(
        "Les modèles sont exposés. La ville compte 3 412 modèles. Le jury a vu 3 412 modèles.",
        "Die Modelle werden ausgestellt. Die Stadt hat 3412 Modelle. Die Jury sah 3412 Modelle.",
    ),
    limits=(
        "Only numbers in digits that count once in the sentences of both versions. An error "
        "needs proof in the document: the usual rendering elsewhere, or beside the same number."
    ),
)

_TWICE = Rule(
    id=twice.RULE,
    severity=Severity.WARNING,
    what="One precise number counts two different things inside one document.",
    why="Either the number or one of the nouns was copied or translated wrongly.",
    wrong=Example("La province a créé 3 412 modèles. Ces 3 412 maquettes plaisent."),
    right=Example("La province a créé 3 412 modèles. Ces 3 412 modèles plaisent."),
    limits=(
        "Only numbers of at least four digits that are not round, and no nouns as general as "
        '"people" or "cases". A synonym chosen for variety is reported too.'
    ),
)

_NAMES = Rule(
    id=titles.RULE,
    severity=Severity.WARNING,
    what="A name in quotation marks has several renderings.",
    why="Readers take two names for two things: a movement, a law or a programme has one name.",
    wrong=Example(
        "Le plan « Ville verte » démarre. Le plan « Ville verte » plaît. On salue « Ville verte ».",
        "Der Plan „Grüne Stadt“ beginnt. Der Plan „Grüne Stadt“ gefällt. Man lobt „Green City“.",
    ),
    right=Example(
        "Le plan « Ville verte » démarre. Le plan « Ville verte » plaît. On salue « Ville verte ».",
        "Der Plan „Grüne Stadt“ beginnt. Der Plan „Grüne Stadt“ gefällt. Man lobt „Grüne Stadt“.",
    ),
    limits=(
        "Names of two to five content words or one long compound, that the versions quote "
        "equally often in at least three places."
    ),
)
_VARIANT = Rule(
    id=variants.RULE,
    severity=Severity.WARNING,
    what="A name stands as adjective with noun and as one compound in the same document.",
    why="Vaterländische Front and Vaterlandsfront look like two organisations.",
    wrong=Example(
        "Gestern tagte die Vaterländische Front. Heute schweigt die Vaterlandsfront.",
        source_language="de",
    ),
    right=Example(
        "Gestern tagte die Vaterländische Front. Heute schweigt die Vaterländische Front.",
        source_language="de",
    ),
    limits="Only languages that build compounds, and only adjectives written as names are.",
)

_HOUSE = """[[concept]]
fr = ["votation"]
de = ["Volksabstimmung", "Abstimmung", { term = "Referendum", status = "forbidden" }]
"""
_REQUIRED = Rule(
    id=prescribed.REQUIRED,
    severity=Severity.WARNING,
    what="The termbase wants a term that the target does not use.",
    why="A house that has agreed on a term wants it everywhere, in every form.",
    wrong=Example(
        "La votation aura lieu en mars.", "Die Wahl findet im März statt.", termbase=_HOUSE
    ),
    right=Example(
        "La votation aura lieu en mars.",
        "Die Volksabstimmung findet im März statt.",
        termbase=_HOUSE,
    ),
    limits=(
        "A warning where another noun stands in the term's place, otherwise a note: pronouns "
        "and free renderings are normal. Nothing where a neighbouring sentence has the term."
    ),
)
_FORBIDDEN = Rule(
    id=prescribed.FORBIDDEN,
    severity=Severity.ERROR,
    what="A term is used that the termbase forbids (error) or calls deprecated (warning).",
    why="The house has decided against it.",
    wrong=Example(
        "La votation aura lieu en mars.", "Das Referendum findet im März statt.", termbase=_HOUSE
    ),
    right=Example(
        "La votation aura lieu en mars.", "Die Abstimmung findet im März statt.", termbase=_HOUSE
    ),
    limits=(
        "For a concept with terms in both languages, only where the source speaks of it; "
        "elsewhere the word may stand for something else and is a note."
    ),
)
_MIXED = Rule(
    id=prescribed.MIXED,
    severity=Severity.WARNING,
    what="An admitted term stands beside the preferred one in the same document.",
    why="Readers take two terms for two things.",
    wrong=Example(
        "Die Volksabstimmung naht. Die Abstimmung wird knapp.",
        source_language="de",
        termbase=_HOUSE,
    ),
    right=Example(
        "Die Volksabstimmung naht. Die Volksabstimmung wird knapp.",
        source_language="de",
        termbase=_HOUSE,
    ),
    limits="Reported once for each concept; terms inside compounds do not count.",
)

_FRIENDS = Rule(
    id=false_friends.RULE,
    severity=Severity.WARNING,
    what="A word faces its look-alike of the other language, which means something else.",
    why="A Konkurs is no concours but a faillite; look-alikes slip through every reading.",
    wrong=Example(
        "Le concours d'architecture est lancé.", "Der Konkurs der Architekten ist eröffnet."
    ),
    right=Example("Le concours d'architecture est lancé.", "Der Wettbewerb ist ausgeschrieben."),
    limits=(
        "Only pairs of its table; where the two sometimes translate each other (gymnase and "
        "Gymnasium in Switzerland) it is a note."
    ),
)

_SENSE = Rule(
    id=senses.RULE,
    severity=Severity.WARNING,
    what="A word with several senses is rendered in one that does not fit its surroundings.",
    why="Machines pick the commonest sense: a shoal of fish becomes a park bench.",
    wrong=Example(
        "Les bateaux restent au port. Les marins ont repéré un banc de thons, mais le "
        "poisson est trop loin des filets.",
        "Die Boote bleiben im Hafen. Die Seeleute haben eine Bank von Thunfischen "
        "gesichtet, doch der Fisch ist zu weit weg von den Netzen.",
    ),
    right=Example(
        "Les promeneurs s'arrêtent au parc. Un banc de bois attend les familles au fond du jardin.",
        "Die Spaziergänger halten im Park. Hinten im Garten wartet eine Bank aus Holz auf die "
        "Familien.",
    ),
    limits=(
        "Some hundred words of its table, French and German; only where the sentences around "
        "speak clearly of another sense than the one taken."
    ),
)


def _around(french: str, german: str) -> Example:
    """A short article in which one thing is named four times, the last time as given."""
    return Example(
        "Le maire a reçu les ouvriers lundi. Les ouvriers demandent des salaires plus élevés. "
        "Le syndicat soutient les ouvriers depuis le printemps. L'usine emploie des "
        "femmes et des hommes de toute la région. La direction présentera une offre en juin. "
        "Les habitants soutiennent la grève depuis des semaines. Les transports publics restent "
        "gratuits pour les enfants. Le gouvernement observe la situation dans la vallée. "
        f"Demain, {french} vont décider de la suite avec leurs familles.",
        "Der Bürgermeister empfing die Arbeiter am Montag. Die Arbeiter fordern höhere Löhne. "
        "Die Gewerkschaft unterstützt die Arbeiter seit dem Frühling. Die Fabrik beschäftigt "
        "Frauen und Männer aus der ganzen Region. Die Direktion legt im Juni ein Angebot vor. "
        "Die Einwohner unterstützen den Streik seit Wochen. Der öffentliche Verkehr bleibt für "
        "Kinder gratis. Die Regierung beobachtet die Situation im Tal. "
        f"Morgen entscheiden {german} mit ihren Familien, wie es weitergeht.",
    )


_STRANGER = Rule(
    id=strangers.STRANGER,
    severity=Severity.WARNING,
    what="A noun stands where the other version has another thing.",
    why="A word that slipped in where another belongs reads smoothly and says something else.",
    wrong=Example(
        "Le conseil a adopté le budget. Les écoles recevront deux millions. Le maire se réjouit "
        "de la décision. Les parents demandent des salles plus grandes. La piscine du quartier "
        "rouvrira au printemps après de longs travaux. Les habitants attendent depuis des années "
        "un nouveau pont sur la rivière. La situation économique reste difficile pour la région. "
        "Les entreprises cherchent des ouvriers qualifiés. Les transports publics seront gratuits "
        "pour les enfants. Le gouvernement présentera un rapport en automne.",
        "Der Rat hat das Budget verabschiedet. Die Schulen erhalten zwei Millionen. Der "
        "Vulkan freut sich über die Entscheidung. Die Eltern fordern größere Räume. Das "
        "Schwimmbad im Quartier öffnet im Frühling nach langen Arbeiten wieder. Die Einwohner "
        "warten seit Jahren auf eine neue Brücke über den Fluss. Die wirtschaftliche Situation "
        "bleibt für die Region schwierig. Die Unternehmen suchen qualifizierte Arbeiter. Der "
        "öffentliche Verkehr wird für Kinder gratis. Die Regierung legt im Herbst einen Bericht "
        "vor.",
    ),
    right=Example("Le tribunal entendra des témoins.", "Das Gericht hört Zeugen an."),
    limits=(
        "French and German only, from about 30 content words a text; names, weekdays and months "
        "belong to other checks. Only a note with --fast. One wrong noun in ten is found at one "
        "false warning per 10,000 words: free translation looks much the same."
    ),
)

_DEPARTING = Rule(
    id=strangers.DEPARTING,
    severity=Severity.WARNING,
    what="A noun stands where another is the usual rendering in this text.",
    why="Readers meet a second thing where the original speaks of the same one as before.",
    wrong=_around("les nuages", "die Arbeiter"),
    right=_around("les ouvriers", "die Arbeiter"),
    limits=(
        "As for stranger; besides, the usual rendering must stand in at least two other links."
    ),
)


def _compare(comparison: Comparison) -> Iterator[Finding]:
    yield from anchored.counted_differently(comparison)
    yield from titles.several_names(comparison)
    yield from false_friends.false_friends(comparison)
    yield from senses.wrong_senses(comparison)
    yield from strangers.strangers(comparison)
    yield from prescribed.differences(comparison)


def _lint(side: Side) -> Iterator[Finding]:
    yield from twice.counted_twice(side)
    yield from variants.compound_variants(side)
    yield from prescribed.habits(side)


CHECK = Check(
    "terms",
    "words that stand for something else than their counterpart",
    (
        _COUNTED,
        _TWICE,
        _NAMES,
        _VARIANT,
        _FRIENDS,
        _SENSE,
        _DEPARTING,
        _STRANGER,
        _REQUIRED,
        _FORBIDDEN,
        _MIXED,
    ),
    compare=_compare,
    lint=_lint,
    needs=("terms",),
)
