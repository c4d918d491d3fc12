"""One article as LibreOffice writes it in each format (tests/data/documents/make.sh)."""

from pathlib import Path

import pytest

from checker.model import BlockKind
from checker.read import read, read_pair

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
ARTICLE = [
    "Le marché couvert rouvre",
    "Le marché couvert de Vevey rouvre samedi après deux ans de travaux. "
    "Il compte cinquante étals, dont 12 nouveaux.",
    "Horaires",
    "le samedi de 8 à 12 h",
    "le dimanche, dès 9 h",
    "Étal",
    "Prix",
    "Miel",
    "12 fr.",
    "« C’est magnifique ! » s’est exclamée la syndique.\nLa fête dure deux jours.",
    "La suite est prévue en mai.",
    "À lire aussi en page 4.",
    "Selon la Ville.",
]


def texts(document):
    return [document.text[b.span.start : b.span.end] for b in document.blocks]


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf"])
def test_every_block_is_read(suffix):
    document = read(DOCUMENTS / f"article.{suffix}")
    assert document.format == suffix
    assert sorted(texts(document)) == sorted(ARTICLE)
    assert texts(document)[:11] == ARTICLE[:11]


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_kinds_and_places(suffix):
    blocks = read(DOCUMENTS / f"article.{suffix}").blocks
    kinds = [b.kind for b in blocks]
    assert kinds[:5] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
    ]
    assert [b.place for b in blocks][5:9] == [
        "table 1, cell A1",
        "table 1, cell B1",
        "table 1, cell A2",
        "table 1, cell B2",
    ]
    assert kinds[-1] is BlockKind.NOTE
    assert blocks[1].place == "paragraph 2"


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_tracked_changes_are_accepted_or_refused(suffix):
    path = DOCUMENTS / f"article.{suffix}"
    assert "2 tracked changes taken as accepted" in read(path).remarks[0]
    refused = read(f"{path}#refused")
    assert "Il compte quarante étals" in refused.text
    assert refused.remarks == ("read as it was before 2 tracked changes",)


def test_a_book_has_chapters_and_a_language():
    document = read(DOCUMENTS / "article.epub")
    assert document.language == "fr-CH"
    assert document.blocks[0].place == "chapter 1, paragraph 1"
    assert "dont 12 nouveaux." in document.text
    assert texts(document)[-1] == "Selon la Ville."


def test_a_pdf_has_paragraphs_and_pages():
    pytest.importorskip("pypdfium2")
    document = read(DOCUMENTS / "article.pdf")
    found = texts(document)
    assert found[0] == ARTICLE[0]
    assert found[1].startswith(
        "Le marché couvert de Vevey rouvre samedi après deux ans de travaux."
    )
    assert "le dimanche, dès 9 h" in found
    assert document.blocks[1].place == "page 1, paragraph 2"


def test_content_comes_before_the_suffix(tmp_path):
    for suffix in ("docx", "odt", "rtf", "epub"):
        path = tmp_path / f"{suffix}.txt"
        path.write_bytes((DOCUMENTS / f"article.{suffix}").read_bytes())
        assert read(path).format == suffix


def test_a_table_of_two_languages_in_word():
    pair = read_pair(DOCUMENTS / "table.docx")
    texts_of = [texts(side) for side in (pair.source, pair.target)]
    assert (pair.source.language, pair.target.language) == ("fr", "de")
    assert texts_of[0] == ["Le marché rouvre samedi.", "Il compte 40 étals.\nLa maire est ravie."]
    assert texts_of[1] == ["Der Markt öffnet am Samstag.", ""]
    assert read(DOCUMENTS / "table.docx").blocks[0].place == "table 1, cell A1"
