"""What the detector thinks of own sentences, and when it is not asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.checks import Comparison, Side
from checker.detector.network import NEGATED, SURPLUS, WRONG
from checker.detector.opinion import Opinion, _scores, detector_name, opinions_of
from checker.embed import Encoder
from checker.languages import load as load_language
from checker.model import Block, Document, Link, Passage, Span
from checker.pipeline import CachedWords, article, compare
from checker.settings import Settings

GERMAN = {"Der", "Die", "der", "die", "das", "hat"}


def comparison(first: str, second: str, encoder: Encoder, **settings: bool | str) -> Comparison:
    """One link between a French and a German text, in the order given."""
    words, sides = CachedWords(encoder), []
    for text in (first, second):
        code = "de" if GERMAN & set(text.split()) else "fr"
        document = Document("text", code, text, (Block(Span(0, len(text))),))
        sides.append(Side(article(document), load_language(code), Settings(**settings), words))
    whole = (range(len(side.article.sentences)) for side in sides)
    return Comparison(sides[0], sides[1], (Link(next(whole), next(whole), 1.0),))


def opinion(first: str, second: str, encoder: Encoder) -> Opinion:
    texts = comparison(first, second, encoder)
    opinions = texts.once(opinions_of)
    assert opinions is not None
    found = opinions.of(texts.links[0])
    assert found is not None
    return found


def place(text: str, words: str) -> Passage:
    start = text.index(words)
    return Passage(start, start + len(words), words)


SWAPS = [
    (
        "Le conseil d'État a présenté mardi son budget pour l'année prochaine.",
        "Der Staatsrat hat am Dienstag sein {} für das kommende Jahr vorgestellt.",
        "Budget",
        "Gebäck",
    ),
    (
        "La police recherche toujours les auteurs du cambriolage commis dans la bijouterie.",
        "Die Polizei sucht weiterhin nach den Tätern des {} in dem Juweliergeschäft.",
        "Einbruchs",
        "Frühlings",
    ),
    (
        "Selon les médecins, le patient a pu quitter l'hôpital après trois semaines.",
        "Nach Angaben der Ärzte konnte der Patient das {} nach drei Wochen verlassen.",
        "Krankenhaus",
        "Theaterstück",
    ),
    (
        "Les agriculteurs de la vallée craignent que la sécheresse ne détruise leurs récoltes.",
        "Die Bauern des Tals fürchten, dass die {} ihre Ernten vernichtet.",
        "Trockenheit",
        "Gewerkschaft",
    ),
]


@pytest.mark.parametrize(("french", "german", "right", "wrong"), SWAPS, ids=lambda v: v[:20])
def test_a_wrong_noun_stands_out(
    french: str, german: str, right: str, wrong: str, encoder: Encoder
) -> None:
    scores = []
    for noun in (right, wrong):
        text = german.format(noun)
        scores.append(
            float(opinion(french, text, encoder).of(False, place(text, noun), WRONG).max())
        )
    assert scores[1] > scores[0] + 1


def test_a_negation_on_one_side_stands_out(encoder: Encoder) -> None:
    french = "Le directeur a confirmé que l'usine {} fermée cet automne."
    german = "Der Direktor hat bestätigt, dass die Fabrik in diesem Herbst nicht geschlossen wird."
    right = opinion(french.format("ne sera pas"), german, encoder)
    wrong = opinion(french.format("sera"), german, encoder)
    cue = place(german, "nicht")
    assert wrong.of(False, cue, NEGATED)[0] > right.of(False, cue, NEGATED)[0] + 1


def test_words_that_the_other_side_lacks_stand_out(encoder: Encoder) -> None:
    french = "Le pont{}, sera fermé à la circulation pendant deux mois."
    clause = ", construit en 1962 par des ingénieurs bernois"
    german = (
        "Die Brücke, 1962 von Berner Ingenieuren gebaut, bleibt zwei Monate lang für den "
        "Verkehr gesperrt."
    )
    right = opinion(french.format(clause), german, encoder)
    wrong = opinion(french.format("").replace(",", ""), german, encoder)
    words = place(german, "von Berner Ingenieuren gebaut")
    assert wrong.of(False, words, SURPLUS).mean() > right.of(False, words, SURPLUS).mean() + 1


def test_the_order_of_the_languages_does_not_matter(encoder: Encoder) -> None:
    french, german, _, wrong = SWAPS[1]
    text = german.format(wrong)
    forth = opinion(french, text, encoder).of(False, place(text, wrong), WRONG)
    back = opinion(text, french, encoder).of(True, place(text, wrong), WRONG)
    assert forth.tolist() == back.tolist()


def test_threads_do_not_matter(encoder: Encoder) -> None:
    from threadpoolctl import threadpool_limits

    found = []
    for threads in (1, 2):
        with threadpool_limits(threads, user_api="blas"):
            _scores.cache_clear()
            found += [opinion(f, g.format(right), encoder).scores for f, g, right, _ in SWAPS]
    for one, other in zip(found[: len(SWAPS)], found[len(SWAPS) :], strict=True):
        assert one.tolist() == other.tolist()


def test_it_is_not_asked_when_left_out(encoder: Encoder) -> None:
    french, german, right, _ = SWAPS[0]
    texts = comparison(french, german.format(right), encoder, fast=True)
    assert opinions_of(texts) is None
    assert detector_name(Settings(fast=True)) == "none"


def test_the_signature_says_whether_it_was_used(tmp_path: Path, encoder: Encoder) -> None:
    paths = tmp_path / "a.fr.txt", tmp_path / "a.de.txt"
    for path, text in zip(paths, ("Le train est parti.", "Der Zug ist abgefahren."), strict=True):
        path.write_text(text + "\n", encoding="utf-8")
    for fast, name in ((False, "contextual-3"), (True, "none")):
        settings = Settings("fr", "de", only=("negation",), fast=fast)
        report = compare(*paths, settings, encoder)
        assert f"|detector:{name}|" in report.signature
