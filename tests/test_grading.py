"""Findings speak as loudly as their confidence allows."""

from dataclasses import replace

import pytest

from checker.checks import available
from checker.grading import Thresholds, doubted, fitted, graded
from checker.model import (
    Alignment,
    Article,
    Document,
    Finding,
    Link,
    Passage,
    Sentence,
    Severity,
    Span,
)

FINDING = Finding(
    check="names",
    rule="name-swapped",
    severity=Severity.ERROR,
    confidence=0.7,
    message="Martin in the French, Marin in the German.",
    source=Passage(0, 6, "Martin"),
    target=None,
)


def table(error: float, warning: float) -> Thresholds:
    return Thresholds({("names", Severity.ERROR): error, ("names", Severity.WARNING): warning})


@pytest.mark.parametrize(
    ("error", "warning", "expected"),
    [
        (0.0, 0.0, Severity.ERROR),
        (0.7, 0.0, Severity.ERROR),
        (0.8, 0.0, Severity.WARNING),
        (0.8, 0.7, Severity.WARNING),
        (0.8, 0.75, Severity.NOTE),
        (1.01, 1.01, Severity.NOTE),
    ],
)
def test_a_finding_falls_until_it_is_sure_enough(
    error: float, warning: float, expected: Severity
) -> None:
    (finding,) = graded([FINDING], table(error, warning))
    assert finding == replace(FINDING, severity=expected)


def test_a_warning_never_rises() -> None:
    warning = replace(FINDING, severity=Severity.WARNING, confidence=0.99)
    assert list(graded([warning], table(0.5, 0.5))) == [warning]


def test_another_check_is_left_alone() -> None:
    other = replace(FINDING, check="numbers")
    assert list(graded([other], table(1.01, 1.01))) == [other]


def test_fitted_thresholds_are_of_checks_there_are() -> None:
    """A check without a line, such as a new one, keeps its own severities."""
    assert {check for check, _ in fitted().least} <= set(available())
    assert all(0 <= least <= 1.01 for least in fitted().least.values())


@pytest.mark.parametrize(
    ("sure", "severity", "confidence"), [(0.9, Severity.ERROR, 0.7), (0.3, Severity.WARNING, 0.3)]
)
def test_an_error_between_sentences_that_may_not_belong_together_is_a_warning(
    sure: float, severity: Severity, confidence: float
) -> None:
    articles = [
        Article(Document("a", code, text, ()), (Sentence(0, text, Span(0, len(text)), 0),))
        for code, text in (("fr", "Martin arrive."), ("de", "Marin kommt."))
    ]
    alignment = Alignment(*articles, (Link(range(1), range(1), sure),))
    both = replace(FINDING, target=Passage(0, 5, "Marin"))
    (finding,) = doubted([both], alignment)
    assert finding == replace(both, severity=severity, confidence=confidence)
    assert list(doubted([FINDING], alignment)) == [FINDING]
