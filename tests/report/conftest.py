"""One report that every format is tested on, made of the real types.

It holds what a renderer has to cope with: errors, warnings and a note, an omission, an
addition, a move, a finding on one side only, one that repeats, hostile text, characters
outside the basic plane, control characters, a formula, skipped checks and remarks.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checker.model import (
    Article,
    Block,
    BlockKind,
    Document,
    Finding,
    Link,
    LinkKind,
    Passage,
    Report,
    Sentence,
    Severity,
    Skipped,
    Span,
)
from checker.report import RuleText, Style

if TYPE_CHECKING:
    pass

SNAPSHOTS = Path(__file__).parent.parent / "data" / "report"

FRENCH = (
    ("La ville rend ses berges aux piétons",),
    (
        "Le conseil municipal a voté lundi un crédit de 12,5 millions d'euros.",
        "Les travaux commenceront le 3 mars et dureront dix-huit mois.",
    ),
    (
        "Selon la maire, Aurélie Vasseur, les berges accueilleront 40 mannequins de façade.",
        "Les riverains n'ont pas été consultés.",
        "« Nous l'avons appris par la presse », dit Marc <script>alert(1)</script> & fils.",
    ),
    ("Le quai Sud 🚲 restera ouvert aux vélos.", '=HYPERLINK("http://mal.example";"prix")'),
    ("La maire Aurélie Vasseur inaugurera le quai.", "La fête aura lieu en juin."),
)
GERMAN = (
    ("Die Stadt gibt ihre Ufer den Fussgängern zurück",),
    (
        "Der Stadtrat hat am Montag einen Kredit von 15,2 Millionen Euro beschlossen.",
        "Die Arbeiten beginnen am 3. März und dauern achtzehn Monate.",
    ),
    (
        "Laut der Bürgermeisterin Aurélie Vaseur sollen die Ufer 40 Modelle aufnehmen.",
        "„Wir haben es aus der Presse erfahren“, sagt Marc <script>alert(1)</script> & Sohn.",
    ),
    (
        "Das Fest findet im Juni statt.",
        "Der Südkai 🚲 bleibt für Velos offen\x07\x1b[31m.",
        '=HYPERLINK("http://mal.example";"Preis")',
    ),
    ("Bürgermeisterin Aurélie Vaseur wird den Kai einweihen.", "Der Eintritt ist frei."),
)


def article(path: str, language: str, lines: Sequence[Sequence[str]], remark: str = "") -> Article:
    """An article with a block a line and the given sentences."""
    text = "".join(" ".join(line) + "\n" for line in lines)
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    position = 0
    for number, line in enumerate(lines):
        kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
        start = position
        for words in line:
            span = Span(position, position + len(words))
            sentences.append(Sentence(len(sentences), words, span, number, kind))
            position = span.end + 1
        blocks.append(Block(Span(start, position - 1), kind, f"line {number + 1}"))
    remarks = (remark,) if remark else ()
    document = Document(path, language, text, tuple(blocks), "text", remarks)
    return Article(document, tuple(sentences))


def passage(article: Article, words: str, after: str = "", count: int = 0) -> Passage:
    """The passage of ``words``, or the empty one behind ``after``."""
    text = article.document.text
    start = text.index(after) + len(after) if after else text.index(words)
    for _ in range(count):
        start = text.index(words, start + 1)
    return article.document.passage(Span(start, start + len(words)))


@pytest.fixture(scope="session")
def rules() -> tuple[RuleText, ...]:
    return (
        RuleText(
            "numbers",
            "number-mismatch",
            Severity.ERROR,
            "A number has another value on the other side.",
            "Readers of the two versions would be told different facts.",
            "Rounded figures are compared with a tolerance.",
        ),
        RuleText("terms", "counted-noun", Severity.ERROR, "A counted noun differs.", "It counts."),
    )


@pytest.fixture(scope="session")
def report() -> Report:
    source = article("artikel/berges <b>.fr.txt", "fr", FRENCH)
    target = article("artikel/berges & ufer.de.txt", "de", GERMAN, "read as cp1252")
    return Report(
        source,
        target,
        _findings(source, target),
        _links(),
        (Skipped("spelling", "the checker knows too little German for it"),),
        "checker:0.1.0|model:use-multilingual-v3@test|checks:numbers,names,terms",
    )


@pytest.fixture(scope="session")
def clean(report: Report) -> Report:
    return Report(report.source, report.target, (), report.links, (), report.signature)


@pytest.fixture(scope="session")
def linted(report: Report) -> Report:
    found = tuple(f for f in report.findings if f.source and not f.target)
    return Report(report.source, None, found, (), (), report.signature)


@pytest.fixture
def style(rules: tuple[RuleText, ...]) -> Style:
    return Style(rules=rules)


def _links() -> tuple[Link, ...]:
    def link(source: tuple[int, int], target: tuple[int, int], confidence: float) -> Link:
        kind = LinkKind.LINK
        if source[0] == source[1]:
            kind = LinkKind.ADDITION
        elif target[0] == target[1]:
            kind = LinkKind.OMISSION
        elif source == (9, 10):
            kind = LinkKind.MOVED
        return Link(range(*source), range(*target), confidence, kind)

    return (
        link((0, 1), (0, 1), 0.99),
        link((1, 3), (1, 3), 0.97),
        link((3, 4), (3, 4), 0.91),
        link((4, 5), (4, 4), 0.88),
        link((5, 6), (4, 5), 0.96),
        link((6, 7), (6, 7), 0.93),
        link((7, 8), (7, 8), 0.9),
        link((8, 9), (8, 9), 0.95),
        link((9, 10), (5, 6), 0.84),
        link((10, 10), (9, 10), 0.71),
    )


def _findings(source: Article, target: Article) -> tuple[Finding, ...]:
    error, warning, note = Severity.ERROR, Severity.WARNING, Severity.NOTE
    hostile = "Marc <script>alert(1)</script>"
    return (
        Finding(
            "numbers", "number-mismatch", error, 0.97,
            'The source says "12,5 millions", the translation "15,2 Millionen".',
            passage(source, "12,5 millions"), passage(target, "15,2 Millionen"),
            "12,5 Millionen", id="a1a1a1a1a1a1",
        ),
        Finding(
            "names", "misspelt", warning, 0.85,
            'The name "Vasseur" is written "Vaseur" in the translation.',
            passage(source, "Vasseur"), passage(target, "Vaseur"), "Vasseur", id="c3c3c3c3c3c3",
        ),
        Finding(
            "terms", "counted-noun", error, 0.9,
            '"mannequins" and "Modelle" are counted by the same number, 40, but differ.',
            passage(source, "mannequins"), passage(target, "Modelle"), "modèles",
            (passage(source, "quai"),), "b2b2b2b2b2b2",
        ),
        Finding(
            "omissions", "omitted", error, 0.88,
            "A sentence of the source has no counterpart in the translation.",
            passage(source, "Les riverains n'ont pas été consultés."),
            passage(target, "", after="40 Modelle aufnehmen."), id="d4d4d4d4d4d4",
        ),
        Finding(
            "leftovers", "markup", warning, 0.8, f'Markup is left in the text: "{hostile}".',
            passage(source, "<script>alert(1)</script>"), None, id="e5e5e5e5e5e5",
        ),
        Finding(
            "leftovers", "control", warning, 0.99, 'A control character "\x1b" is left over.',
            None, passage(target, "\x07\x1b[31m"), id="f6f6f6f6f6f6",
        ),
        Finding(
            "links", "link-differs", note, 0.5, "The links show different words.",
            passage(source, '=HYPERLINK("http://mal.example";"prix")'),
            passage(target, '=HYPERLINK("http://mal.example";"Preis")'), id="g7g7g7g7g7g7",
        ),
        Finding(
            "names", "misspelt", warning, 0.85,
            'The name "Vasseur" is written "Vaseur" in the translation.',
            passage(source, "Vasseur", count=1), passage(target, "Vaseur", count=1), "Vasseur",
            id="h8h8h8h8h8h8",
        ),
        Finding(
            "omissions", "added", warning, 0.71,
            "A sentence of the translation has no counterpart in the source.",
            passage(source, "", after="La fête aura lieu en juin."),
            passage(target, "Der Eintritt ist frei."), id="i9i9i9i9i9i9",
        ),
    )  # fmt: skip


def matches(name: str, rendered: bytes) -> None:
    """Compares with the stored snapshot; CHECKER_UPDATE_SNAPSHOTS=1 stores it anew."""
    path = SNAPSHOTS / name
    if os.environ.get("CHECKER_UPDATE_SNAPSHOTS") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rendered)
    assert path.is_file(), f"no snapshot {name}: CHECKER_UPDATE_SNAPSHOTS=1 stores it"
    assert rendered.decode() == path.read_bytes().decode()


@pytest.fixture
def snapshot() -> object:
    return matches


def large(report: Report, sentences: int = 5_000, findings: int = 2_000) -> Report:
    """A report of that many sentences a side, most of them linked one to one."""
    lines = [
        [f"Phrase numéro {n} de la page, avec quelques mots de plus." for n in range(k, k + 5)]
        for k in range(0, sentences, 5)
    ]
    other = [
        [f"Satz Nummer {n} der Seite, mit einigen Wörtern mehr darin." for n in range(k, k + 5)]
        for k in range(0, sentences, 5)
    ]
    source, target = article("grand.fr.txt", "fr", lines), article("gross.de.txt", "de", other)
    links = tuple(Link(range(n, n + 1), range(n, n + 1), 0.95) for n in range(sentences))
    first = report.findings[0]
    found = []
    for number in range(findings):
        index = number * sentences // findings
        left, right = source.sentences[index].span, target.sentences[index].span
        found.append(
            replace(
                first,
                check=("numbers", "names", "terms")[number % 3],
                severity=tuple(Severity)[number % 3],
                source=source.document.passage(Span(left.start + 7, left.start + 13)),
                target=target.document.passage(Span(right.start + 5, right.start + 11)),
                id=f"{number:012x}",
            )
        )
    return Report(source, target, tuple(found), links, (), report.signature)


@pytest.fixture(scope="session")
def large_report(report: Report) -> Report:
    return large(report)
