"""Language detection: right, undecided, or another language; never a guess."""

import pytest

from checker.detect import detect, with_language
from checker.errors import LanguageError
from checker.model import Document

DECIDED = {
    "de": "Der Gemeinderat hat am Dienstag dem Umbau der Schule zugestimmt.",
    "fr": "Le conseil communal a approuvé mardi la rénovation de l'école.",
    "en": "The town council approved the renovation of the school on Tuesday.",
    "it": "Il consiglio comunale ha approvato martedì la ristrutturazione della scuola.",
    "es": "El ayuntamiento aprobó el martes la renovación de la escuela.",
    "nl": "De gemeenteraad heeft dinsdag de verbouwing van de school goedgekeurd.",
}


@pytest.mark.parametrize("code", DECIDED)
def test_one_sentence_is_enough(code):
    assert detect(DECIDED[code]) == code


@pytest.mark.parametrize("text", ["", "2018", "160 013", "Hanoi", "OK", "Nr. 12", "????", "\0"])
def test_what_says_too_little_is_undecided(text):
    assert detect(text) == ""


def test_undecided_says_what_to_type():
    with pytest.raises(LanguageError, match=r"a\.txt \(“2018”\) .* --source-lang or --target-lang"):
        with_language(Document("a.txt", "", "2018", ()))


def test_another_language_is_named():
    polish = "Rada miasta zatwierdziła we wtorek remont szkoły przy ulicy Długiej. " * 3
    with pytest.raises(LanguageError, match=r'a\.txt seems to be in "pl"'):
        with_language(Document("a.txt", "", polish, ()))
    assert with_language(Document("a.txt", "", polish, ()), "de-CH").language == "de-CH"


def test_what_the_document_says_comes_before_detection():
    document = Document("a.md", "fr-CH", DECIDED["de"], ())
    assert with_language(document).language == "fr-CH"
    assert with_language(document, "de").language == "de"


def test_a_long_text_is_believed_before_what_the_document_says():
    document = with_language(Document("a.epub", "en-US", DECIDED["de"] * 3, ()))
    assert document.language == "de"
    assert document.remarks == ('says it is in "en-US", the text is in "de"',)
    assert with_language(Document("a.epub", "de_AT", DECIDED["de"] * 3, ())).language == "de-AT"
