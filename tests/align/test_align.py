"""Aligning articles with the bundled model."""

from __future__ import annotations

import pytest

from checker.align import align
from checker.embed import Encoder
from checker.model import Alignment, Article, Document, LinkKind, Sentence, Span

FRENCH = [
    "Le conseil municipal a adopté mardi soir un budget de 42 millions de francs.",
    "La gauche avait demandé davantage de places de crèche.",
    "Pour la maire Claire Dufaux, l'équilibre financier passait avant tout.",
    "Une partie des recettes vient de la vente d'un terrain près de la gare.",
    "Les travaux de la piscine commenceront au printemps 2024.",
    "Le tram, lui, attendra encore deux ans.",
    "Plusieurs habitants ont applaudi depuis la tribune.",
]
GERMAN = [
    "Der Gemeinderat hat am Dienstagabend ein Budget von 42 Millionen Franken verabschiedet.",
    "Die Linke hatte mehr Krippenplätze verlangt.",
    "Für Stadtpräsidentin Claire Dufaux ging das finanzielle Gleichgewicht allem anderen vor.",
    "Ein Teil der Einnahmen stammt aus dem Verkauf eines Grundstücks beim Bahnhof.",
    "Die Arbeiten am Schwimmbad beginnen im Frühling 2024.",
    "Das Tram hingegen muss noch zwei Jahre warten.",
    "Mehrere Einwohnerinnen und Einwohner applaudierten auf der Tribüne.",
]


def article(lines: list[str], language: str) -> Article:
    """An article of one sentence a line, all in one block."""
    sentences, at = [], 0
    for index, line in enumerate(lines):
        sentences.append(Sentence(index, line, Span(at, at + len(line))))
        at += len(line) + 1
    return Article(Document("text", language, "\n".join(lines), ()), tuple(sentences))


def linked(
    encoder: Encoder, source: list[str], target: list[str]
) -> list[tuple[list[int], list[int]]]:
    return [(list(k.source), list(k.target)) for k in aligned(encoder, source, target).links]


def aligned(encoder: Encoder, source: list[str], target: list[str]) -> Alignment:
    return align(article(source, "fr"), article(target, "de"), encoder)


def test_translated_line_by_line(encoder: Encoder) -> None:
    assert linked(encoder, FRENCH, GERMAN) == [([n], [n]) for n in range(7)]


@pytest.mark.parametrize("gone", range(7))
def test_a_sentence_left_out(encoder: Encoder, gone: int) -> None:
    links = aligned(encoder, FRENCH, GERMAN[:gone] + GERMAN[gone + 1 :]).links
    alone = [k for k in links if not k.paired]
    assert [(list(k.source), k.kind) for k in alone] == [([gone], LinkKind.OMISSION)]


@pytest.mark.parametrize("new", range(7))
def test_a_sentence_added(encoder: Encoder, new: int) -> None:
    links = aligned(encoder, FRENCH[:new] + FRENCH[new + 1 :], GERMAN).links
    alone = [k for k in links if not k.paired]
    assert [(list(k.target), k.kind) for k in alone] == [([new], LinkKind.ADDITION)]


@pytest.mark.parametrize("at", range(6))
def test_two_sentences_made_one(encoder: Encoder, at: int) -> None:
    joined = f"{GERMAN[at][:-1]}, und {GERMAN[at + 1]}"
    links = linked(encoder, FRENCH, [*GERMAN[:at], joined, *GERMAN[at + 2 :]])
    assert ([at, at + 1], [at]) in links
    assert len(links) == 6


@pytest.mark.parametrize(("source", "target"), [(FRENCH, []), ([], GERMAN), ([], [])])
def test_nothing_on_one_side(encoder: Encoder, source: list[str], target: list[str]) -> None:
    links = aligned(encoder, source, target).links
    assert [k.kind for k in links if k.source] == [LinkKind.OMISSION] * len(source)
    assert [k.kind for k in links if k.target] == [LinkKind.ADDITION] * len(target)


def test_one_sentence_each(encoder: Encoder) -> None:
    assert linked(encoder, FRENCH[:1], GERMAN[:1]) == [([0], [0])]


@pytest.mark.parametrize("start", range(0, 5, 2))
def test_three_sentences(encoder: Encoder, start: int) -> None:
    french, german = FRENCH[start : start + 3], GERMAN[start : start + 3]
    assert linked(encoder, french, german) == [([n], [n]) for n in range(3)]
    assert linked(encoder, french, german[:2]) == [([0], [0]), ([1], [1]), ([2], [])]
    joined = [f"{german[0][:-1]}, und {german[1]}", german[2]]
    assert linked(encoder, french, joined) == [([0, 1], [0]), ([2], [1])]


TEAMS = ["Aarau", "Brig", "Chiasso", "Delsberg", "Ebikon", "Flawil", "Gossau", "Horgen", "Ilanz"]
PLACES = (150, 901, 902, 1700, 2200)


@pytest.fixture(scope="module")
def results() -> list[str]:
    """2,300 sentences of sports news that say nothing of the town council."""
    pairs = [(a, b) for a in TEAMS for b in TEAMS if a != b]
    return [
        f"{a} schlägt {b} {3 + n % 4} zu {n % 3} vor {400 + 7 * n} Leuten."
        for n, (a, b) in enumerate(pairs * 32)
    ][:2300]


@pytest.mark.parametrize("few_first", [True, False])
def test_a_few_sentences_of_a_very_long_text(
    encoder: Encoder, results: list[str], few_first: bool
) -> None:
    """A short summary beside a whole archive: more columns than one window holds."""
    long = list(results)
    for place, sentence in zip(PLACES, GERMAN, strict=False):
        long.insert(place, sentence)
    texts = (FRENCH[:5], long) if few_first else (long, FRENCH[:5])
    links = aligned(encoder, *texts).links
    found = [(k.source, k.target) if few_first else (k.target, k.source) for k in links if k.paired]
    assert found == [(range(n, n + 1), range(p, p + 1)) for n, p in enumerate(PLACES)]
    assert len(links) == 2305


def test_the_other_direction_gives_the_mirror_image(encoder: Encoder) -> None:
    there = linked(encoder, FRENCH, GERMAN[:3] + GERMAN[4:])
    back = linked(encoder, GERMAN[:3] + GERMAN[4:], FRENCH)
    assert there == [(b, a) for a, b in back]


def test_every_sentence_is_in_exactly_one_link(encoder: Encoder) -> None:
    links = linked(encoder, FRENCH * 3, [*GERMAN, GERMAN[2], *GERMAN[3:], *GERMAN])
    assert [i for a, _ in links for i in a] == list(range(21))
    assert sorted(j for _, b in links for j in b) == list(range(19))


@pytest.mark.parametrize(("there", "to"), [(0, 4), (1, 5), (5, 1), (6, 2), (3, 6)])
def test_a_sentence_that_stands_elsewhere_is_moved(encoder: Encoder, there: int, to: int) -> None:
    rest = GERMAN[:there] + GERMAN[there + 1 :]
    links = aligned(encoder, FRENCH, [*rest[:to], GERMAN[there], *rest[to:]]).links
    moved = [k for k in links if k.kind is LinkKind.MOVED]
    assert [(list(k.source), list(k.target)) for k in moved] == [([there], [to])]
    assert [k.source.start for k in links] == list(range(7))
    assert len(links) == 7


def test_a_block_that_stands_elsewhere_is_one_move(encoder: Encoder) -> None:
    more_french = ["Le vote a duré trois heures.", "Dehors, il neigeait."]
    more_german = ["Die Abstimmung dauerte drei Stunden.", "Draussen schneite es."]
    source = FRENCH + more_french
    target = [GERMAN[0], *more_german, *GERMAN[1:]]
    moved = [k for k in aligned(encoder, source, target).links if k.kind is LinkKind.MOVED]
    assert [(k.source, k.target) for k in moved] == [(range(7, 9), range(1, 3))]


def test_the_target_of_a_gap_says_where_it_would_stand(encoder: Encoder) -> None:
    links = aligned(encoder, FRENCH, GERMAN[:3] + GERMAN[4:]).links
    assert [k.target for k in links if not k.target] == [range(3, 3)]


def test_the_number_of_threads_changes_nothing(encoder: Encoder) -> None:
    from checker.embed import load

    target = [GERMAN[0], *GERMAN[2:], GERMAN[1]] * 4
    once = aligned(encoder, FRENCH * 4, target).links
    assert aligned(load("use-multilingual-v3", 3), FRENCH * 4, target).links == once


def test_a_long_text_goes_through_windows(encoder: Encoder) -> None:
    french = [f"{n}. {text}" for n in range(90) for text in FRENCH]
    german = [f"{n}. {text}" for n in range(90) for text in GERMAN]
    links = linked(encoder, french, german[:100] + german[103:])
    expected = [([n], [n]) for n in range(100)] + [([n], [n - 3]) for n in range(103, 630)]
    assert [k for k in links if k[0] and k[1]] == expected
    assert [k for k in links if not k[1]] == [([n], []) for n in range(100, 103)]
