"""What holds for every pair, tried on articles put together from parts of the corpora.

Sentences of pairs that belong together are drawn, joined to paragraphs, and some of them
damaged, so that there is something to find.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fuzz.targets import document_of, has_sound_spans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.align import align
from checker.checks import Check, selected
from checker.embed import Encoder
from checker.model import Document, Finding, Passage, Report, Severity, Span
from checker.pipeline import article, check_alignment, compare
from checker.report import Style, renderers
from checker.settings import Settings

CORPORA = Path(__file__).parents[1] / "corpora"
ADDED = {
    "fr": "La bibliothèque municipale ouvrira ses portes samedi matin avec un concert gratuit.",
    "de": "Die Stadtbibliothek öffnet am Samstagmorgen mit einem Gratiskonzert ihre Türen.",
}
MIRROR = {
    "omitted-sentence": "added-sentence",
    "omitted-clause": "added-clause",
    "added-sentence": "omitted-sentence",
    "added-clause": "omitted-clause",
}
# The same articles in every run: a test that fails today failed yesterday.
FEW = settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
Pair = tuple[tuple[str, str], ...]


@cache
def beads() -> tuple[tuple[str, str], ...]:
    """French and German sentences that say the same, from pairs without known defects."""
    found = []
    for path in sorted(CORPORA.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        sides = [gold.get(side, {}) for side in ("source", "target")]
        if [side.get("language", "")[:2] for side in sides] != ["fr", "de"] or gold["findings"]:
            continue
        texts = [(path.parent / side["file"]).read_text(encoding="utf-8") for side in sides]
        for bead in gold["beads"]:
            french, german = (
                " ".join(" ".join(text[slice(*side["sentences"][i])].split()) for i in indices)
                for text, side, indices in zip(texts, sides, bead, strict=True)
            )
            if french and german:
                found.append((french, german))
    return tuple(found)


def paragraphs() -> st.SearchStrategy[list[Pair]]:
    """Articles of two to five paragraphs of one to three sentence pairs each."""
    pairs = st.sampled_from(beads())
    return st.lists(st.lists(pairs, min_size=1, max_size=3).map(tuple), min_size=2, max_size=5)


def damaged(drawn: list[Pair], data: st.DataObject) -> list[Pair]:
    """The article with a digit changed on one side and perhaps a sentence gone."""
    flat = [list(paragraph) for paragraph in drawn]
    chosen = data.draw(st.sampled_from(flat))
    french, german = chosen[0]
    digits = [i for i, c in enumerate(german) if c.isdecimal()]
    if digits:
        at = data.draw(st.sampled_from(digits))
        german = german[:at] + str((int(german[at]) + 1) % 10) + german[at + 1 :]
    chosen[0] = (french, german)
    if len(chosen) > 1 and data.draw(st.booleans()):
        chosen[-1] = (chosen[-1][0], "")
    return [tuple(paragraph) for paragraph in flat]


def text(drawn: list[Pair], side: int) -> str:
    lines = (" ".join(filter(None, (bead[side] for bead in paragraph))) for paragraph in drawn)
    return "".join(f"{line}\n" for line in lines if line)


def documents(drawn: list[Pair]) -> list[Document]:
    return [document_of(text(drawn, k), code) for k, code in enumerate(("fr", "de"))]


def compared(drawn: list[Pair], encoder: Encoder) -> Report:
    source, target = documents(drawn)
    return compare(source, target, Settings(cache=False), encoder)


def said(report: Report, exchanged: bool = False) -> Counter[tuple[Any, ...]]:
    """What was found, with the place and the words of both sides, empty ones without a place."""
    return Counter(_key(f, exchanged) for f in report.findings)


def _key(finding: Finding, exchanged: bool) -> tuple[Any, ...]:
    sides = [_where(finding.source), _where(finding.target)]
    rule = MIRROR.get(finding.rule, finding.rule) if exchanged else finding.rule
    return finding.check, rule, finding.severity, *(reversed(sides) if exchanged else sides)


def _where(passage: Passage | None) -> tuple[int, str] | None:
    if passage is None:
        return None
    return (passage.start if passage.text else -1), passage.text


def loud(found: Counter[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
    """Without notes, and without how loud the rest is."""
    return Counter({(*k[:2], *k[3:]): n for k, n in found.items() if k[2] != Severity.NOTE})


@FEW
@given(paragraphs(), st.data())
def test_links_cover_each_side_once_and_spans_cut_their_text(encoder, drawn, data) -> None:
    report = compared(damaged(drawn, data), encoder)
    has_sound_spans(report)
    for renderer in renderers().values():
        assert isinstance(renderer.render(report, Style()), bytes)


@FEW
@given(paragraphs(), st.data())
def test_exchanged_sides_exchange_the_findings(encoder, drawn, data) -> None:
    """All but notes: whether a word is a stranger is asked of the target side alone."""
    drawn = damaged(drawn, data)
    forth = compared(drawn, encoder)
    source, target = documents(drawn)
    back = compare(target, source, Settings(cache=False), encoder)
    assert loud(said(back, exchanged=True)) == loud(said(forth))


@FEW
@given(paragraphs(), st.data(), st.booleans())
def test_a_clean_paragraph_changes_nothing_elsewhere(encoder, drawn, data, first) -> None:
    drawn = damaged(drawn, data)
    added: Pair = ((ADDED["fr"], ADDED["de"]),)
    before = said(compared(drawn, encoder))
    after = compared([added, *drawn] if first else [*drawn, added], encoder)
    shifts = [len(line) + 1 if first else 0 for line in ADDED.values()]
    assert loud(said(_moved_back(after, shifts))) == loud(before)


def _moved_back(report: Report, by: list[int]) -> Report:
    findings = []
    for finding in report.findings:
        sides = [
            p and replace(p, start=max(0, p.start - n), end=max(0, p.end - n))
            for p, n in zip((finding.source, finding.target), by, strict=True)
        ]
        findings.append(replace(finding, source=sides[0], target=sides[1]))
    return replace(report, findings=tuple(findings))


def _about_two_languages(check: Check) -> bool:
    return check.compare is not None and check.name != "untranslated"


@FEW
@given(paragraphs())
def test_a_document_against_itself_has_no_finding(encoder, drawn) -> None:
    """Checks that compare; that it is all in the other language is not asked of it."""
    alone = article(document_of(text(drawn, 1), "de"), "de")
    checks = [replace(c, lint=None) for c in selected(Settings()) if _about_two_languages(c)]
    report = check_alignment(align(alone, alone, encoder), Settings(), encoder, checks)
    assert said(report) == Counter()
    assert [(list(x.source), list(x.target)) for x in report.links] == [
        ([i], [i]) for i in range(len(alone.sentences))
    ]


@FEW
@given(st.lists(paragraphs(), min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_no_byte(encoder, articles, random) -> None:
    """One encoder, with all it remembers, over the pairs in two orders."""
    json_of = renderers()["json"].render
    order = list(range(len(articles)))
    random.shuffle(order)
    one = {i: json_of(compared(articles[i], encoder), Style()) for i in range(len(articles))}
    other = {i: json_of(compared(articles[i], encoder), Style()) for i in order}
    assert one == other


def test_what_was_compared_before_changes_no_bit(encoder) -> None:
    """Vectors of words too, of which a report shows three digits: a batch of other words rounds
    them otherwise where the linear algebra is that of older processors."""
    words = [*ADDED["fr"].split(), *ADDED["de"].split()]
    source, target = documents([((ADDED["fr"], ADDED["de"]),)])
    seen = []
    for earlier in ([], [((words[1], words[-2]),)], [beads()[:3]]):
        used = encoder.anew()
        if earlier:
            compared(earlier, used)
            used.encode(words[::2])
        compare(source, target, Settings(cache=False), used, observe=seen.append)
    first, *others = (s.words(words).tobytes() for s in seen)
    assert others == [first, first]


def test_there_is_enough_to_draw_from() -> None:
    assert len(beads()) > 100
    assert any(c.isdecimal() for _, german in beads() for c in german)
    with pytest.raises(ValueError, match="not a span"):
        Span(2, 1)
