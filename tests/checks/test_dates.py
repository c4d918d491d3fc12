"""Weekdays that contradict their date, and dates that do not exist."""

from __future__ import annotations

import numpy as np
import pytest

from checker.checks import Side, Vectors, dates
from checker.languages import load
from checker.model import Block, Document, Finding, Span
from checker.pipeline import article
from checker.settings import Settings


def no_words(words: object) -> Vectors:
    return np.zeros((0, 1), np.float32)


def linted(text: str, language: str) -> list[Finding]:
    document = Document("text", language, text, (Block(Span(0, len(text))),))
    assert dates.CHECK.lint is not None
    return list(dates.CHECK.lint(Side(article(document), load(language), Settings(), no_words)))


@pytest.mark.parametrize(
    ("language", "text", "rule", "touched"),
    [
        (
            "fr",
            "Le lundi 29 septembre 2018.",
            "weekday-contradicts-date",
            "lundi 29 septembre 2018",
        ),
        ("de", "Am Montag, den 29. September 2018.", "weekday-contradicts-date", ""),
        ("de", "Am Freitag (29.9.2018) war Ruhe.", "weekday-contradicts-date", ""),
        ("fr", "Le délai court jusqu'au 31 avril.", "impossible-date", "31 avril"),
        ("fr", "Le 29 février 2019, il neigeait.", "impossible-date", "29 février 2019"),
        ("de", "Die Frist endet am 31.6.2020 um Mitternacht.", "impossible-date", "31.6.2020"),
        ("de", "Geboren am 30. Februar.", "impossible-date", "30. Februar"),
        ("en", "On Monday, September 29, 2018, it rained.", "weekday-contradicts-date", ""),
    ],
)
def test_found(language: str, text: str, rule: str, touched: str) -> None:
    (finding,) = linted(text, language)
    assert finding.rule == rule
    assert finding.source is not None
    assert touched in ("", finding.source.text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le samedi 29 septembre 2018, il a plu."),
        ("fr", "Le 29 février 2020, il neigeait."),
        ("fr", "Le mardi 3 mars, on vote."),
        ("fr", "Le jeudi 4 octobre 1582, l'ancien calendrier prit fin."),
        ("de", "Am Samstag, 29.9.2018, regnete es."),
        ("de", "Am Montag begann, was am 29. September 2018 endete."),
        ("de", "Version 13.13.2018 ist keine Angabe."),
        ("de", "Am 15. März 44 v. Chr. starb Cäsar."),
        ("en", "On Saturday, 29 September 2018, it rained."),
    ],
)
def test_left_alone(language: str, text: str) -> None:
    assert linted(text, language) == []


def test_the_message_names_the_right_weekday() -> None:
    (finding,) = linted("Le lundi 29 septembre 2018.", "fr")
    assert finding.message == "lundi 29 septembre 2018: that day is a Saturday."
