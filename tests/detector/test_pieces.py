"""Cutting text into the pieces of a vocabulary."""

from __future__ import annotations

from checker.detector.pieces import UNKNOWN, Pieces

TABLE = {
    "▁": (4, -4.0),
    "▁Haus": (5, -6.0),
    "tür": (6, -7.0),
    "t": (7, -5.0),
    "ü": (8, -9.0),
    "r": (9, -5.0),
    "▁l": (10, -5.0),
    "’": (11, -6.0),
    "eau": (12, -7.0),
    "fi": (13, -7.0),
}


def shown(text: str) -> list[tuple[int, str]]:
    return [(piece, text[start:end]) for piece, start, end in Pieces(TABLE).cut(text)]


def test_the_likeliest_pieces_are_taken() -> None:
    assert shown("Haustür") == [(5, "Haus"), (6, "tür")]


def test_places_are_those_of_the_text() -> None:
    assert shown("Haustür  l’eau") == [(5, "Haus"), (6, "tür"), (10, "l"), (11, "’"), (12, "eau")]


def test_an_unknown_letter_is_one_piece() -> None:
    assert shown("Haus§") == [(5, "Haus"), (UNKNOWN, "§")]


def test_a_mark_alone_is_empty() -> None:
    assert shown("tür") == [(4, ""), (6, "tür")]


def test_compatible_letters_are_made_plain() -> None:
    text = "Hausﬁ"
    assert shown(text)[-1][0] == 13
    assert Pieces(TABLE).cut(text)[-1][2] == len(text)


def test_no_text_has_no_pieces() -> None:
    assert shown(" \n\t ") == []


def test_a_very_long_word_is_cut_in_reasonable_time() -> None:
    assert len(Pieces(TABLE).cut("ü" * 5000)) >= 5000
