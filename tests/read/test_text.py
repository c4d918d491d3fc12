"""Plain text: charsets, line ends, wrapped lines, list items, places."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import ReadError
from checker.model import BlockKind
from checker.read.text import parse

TEXT = "Élève n° 12 – « déjà vu »\nZürich, 3. Mai: „schön“ – 20 €"


def texts(document):
    return [document.text[b.span.start : b.span.end] for b in document.blocks]


@pytest.mark.parametrize(
    ("data", "remarks"),
    [
        (TEXT.encode(), ()),
        (codecs.BOM_UTF8 + TEXT.encode(), ()),
        (TEXT.encode("cp1252"), ("read as Windows-1252",)),
        (TEXT.encode("mac_roman"), ("read as Mac Roman",)),
        (TEXT.encode("utf-16"), ("read as UTF-16",)),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), ("read as UTF-16",)),
        (TEXT.encode("utf-16-le"), ("read as UTF-16",)),
        (TEXT.encode("utf-16-be"), ("read as UTF-16",)),
        (TEXT.encode("utf-32"), ("read as UTF-32",)),
    ],
)
def test_charsets(data, remarks):
    document = parse(data, "a.txt")
    assert document.text == TEXT
    assert document.remarks == remarks


def test_dos_charset():
    text = "Größe, Äpfel, Übung, élève, français"
    document = parse(text.encode("cp850"), "a.txt")
    assert (document.text, document.remarks) == (text, ("read as DOS 850",))


def test_utf8_with_one_broken_character_is_still_utf8():
    document = parse(("déjà " * 20).encode() + b"\xe9 fin", "a.txt")
    assert document.text == "déjà " * 20 + "\ufffd fin"
    assert document.remarks == ("read as UTF-8 with 1 broken characters shown as \ufffd",)


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(1, 32)) * 20,
        bytes(range(128, 256)) * 20,
        b"\xff\xfea",
        "texte\0avec zéro".encode(),
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ReadError, match=r"a\.bin .*\.$"):
        parse(data, "a.bin")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_change_nothing(end):
    document = parse(end.join(["Un.", "", "  Deux.  ", "Trois."]).encode(), "a.txt")
    assert texts(document) == ["Un.", "Deux.", "Trois."]
    assert [b.place for b in document.blocks] == ["line 1", "line 3", "line 4"]


def test_wrapped_lines_are_one_paragraph():
    text = (
        "Le conseil a tranché mardi soir après\n"
        "cinq heures de débat: les écoles de la\n"
        "ville resteront ouvertes jusqu'à juin.\n"
        "\n"
        "La maire s'est dite soulagée, mais la\n"
        "facture sera lourde pour les parents.\n"
    )
    document = parse(text.encode(), "a.txt")
    assert [b.place for b in document.blocks] == ["lines 1–3", "lines 5–6"]
    assert texts(document)[1].endswith("mais la\nfacture sera lourde pour les parents.")


def test_lines_that_had_room_are_paragraphs():
    text = "Un titre\nUne phrase plus longue que le titre.\nUne autre.\nFin de cet article court.\n"
    assert len(parse(text.encode(), "a.txt").blocks) == 4


def test_bullets_are_left_out_and_numbers_kept():
    document = parse("- un point\n• deux points\n3. Oktober\n-12 Grad".encode(), "a.txt")
    assert texts(document) == ["un point", "deux points", "3. Oktober", "-12 Grad"]
    assert [b.kind for b in document.blocks][:2] == [BlockKind.LIST_ITEM] * 2


@given(st.text(max_size=200))
def test_any_text_is_read_with_its_offsets(text):
    try:
        document = parse(text.encode("utf-8", "surrogatepass"), "a.txt")
    except ReadError:
        return
    assert all(piece == piece.strip() != "" for piece in texts(document))
    assert "".join("".join(texts(document)).split()) in "".join(document.text.split()) or any(
        b.kind is BlockKind.LIST_ITEM for b in document.blocks
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    try:
        parse(data, "a.bin")
    except ReadError as error:
        assert str(error).endswith(".")
