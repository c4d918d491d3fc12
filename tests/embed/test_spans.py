"""Vectors of runs composed from sentences agree with those of the runs encoded as texts."""

from __future__ import annotations

import pytest

from checker.embed import EncodedSpans, Encoder, single_vectors

SENTENCES = [
    "Le conseil a voté.",
    "Non.",
    "Le 3 mai 2021, la rivière a débordé après trois jours de pluie sans aucune interruption.",
    "« Jamais », répond-elle !",
    "Der Stadtrat hat am Dienstagabend den Haushalt beschlossen, und zwar ohne Gegenstimme.",
    "",
    "Das Orchester spielt eine Sinfonie von Mahler im ausverkauften Saal.",
    "1,5 %",
    "Die Eisenbahner haben ihren Streik nach langen Verhandlungen ausgesetzt.",
]


@pytest.mark.parametrize("length", range(1, 9))
def test_composed_runs_agree_with_encoded_ones(encoder: Encoder, length: int) -> None:
    full = [s for s in SENTENCES if s]
    composed = encoder.spans(full).runs(0, len(full), 8)[length]
    encoded = EncodedSpans(full, encoder.encode).runs(0, len(full), 8)[length]
    assert composed.shape == encoded.shape
    assert (composed * encoded).sum(1).min() > 0.995


def test_single_sentences_have_their_own_vector(encoder: Encoder) -> None:
    full = [s for s in SENTENCES if s]
    singles = single_vectors(encoder.spans(full))
    assert (singles * encoder.encode(full)).sum(1).min() > 0.9995


def test_a_stretch_gives_the_same_as_the_whole(encoder: Encoder) -> None:
    spans = encoder.spans(SENTENCES)
    whole, part = spans.runs(0, 9, 3), spans.runs(2, 7, 3)
    for length in (1, 2, 3):
        expected = whole[length][2 : 2 + len(part[length])]
        assert (part[length] * expected).sum(1).min() > 0.99999


def test_runs_longer_than_the_text_are_left_out(encoder: Encoder) -> None:
    assert sorted(encoder.spans(SENTENCES[:2]).runs(0, 2, 8)) == [1, 2]
