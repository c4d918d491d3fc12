"""One defect, one finding; ids that depend on words and not on places."""

from __future__ import annotations

import re

from checker.identity import identify
from checker.model import Article, Document, Finding, Passage, Sentence, Severity, Span

TEXT = "Le maire a dit dit non. Le vote est clos."


def article(text: str = TEXT) -> Article:
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^ .][^.]*\.", text)]
    sentences = tuple(Sentence(i, text[s.start : s.end], s) for i, s in enumerate(spans))
    return Article(Document("a", "fr", text, ()), sentences)


def marked(word: str, text: str = TEXT) -> Passage:
    start = text.index(word)
    return Passage(start, start + len(word), word)


def finding(check: str, severity: Severity, confidence: float, **sides: Passage) -> Finding:
    return Finding(
        check,
        f"{check}-rule",
        severity,
        confidence,
        check,
        sides.get("source"),
        sides.get("target"),
    )


def test_the_surer_of_two_findings_about_the_same_words_is_kept() -> None:
    weak = finding("spelling", Severity.WARNING, 0.5, source=marked("dit dit"))
    sure = finding("repetition", Severity.WARNING, 0.9, source=marked("dit dit"))
    assert [f.check for f in identify([weak, sure], article(), None)] == ["repetition"]


def test_a_lint_gives_way_to_the_comparison_of_its_check() -> None:
    alone = finding("terms", Severity.WARNING, 0.9, source=marked("vote"))
    both = finding("terms", Severity.ERROR, 0.8, source=marked("Le vote"), target=marked("maire"))
    assert len(identify([alone, both], article(), article())) == 1


def test_different_words_are_different_defects() -> None:
    one = finding("spelling", Severity.WARNING, 0.5, source=marked("vote"))
    other = finding("spelling", Severity.WARNING, 0.5, source=marked("maire"))
    assert len(identify([one, other], article(), None)) == 2


def test_an_id_does_not_depend_on_where_the_sentence_stands() -> None:
    moved = "Bonjour. " + TEXT
    (before,) = identify(
        [finding("spelling", Severity.NOTE, 0.5, source=marked("vote"))], article(), None
    )
    text = article(moved)
    (after,) = identify(
        [finding("spelling", Severity.NOTE, 0.5, source=marked("vote", moved))], text, None
    )
    assert before.id == after.id


def test_the_same_words_twice_in_a_sentence_have_two_ids() -> None:
    places = [Passage(11, 14, "dit"), Passage(15, 18, "dit")]
    found = identify(
        [finding("spelling", Severity.NOTE, 0.5, source=p) for p in places], article(), None
    )
    assert len({f.id for f in found}) == 2
