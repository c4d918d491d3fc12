"""Runs the data cases of the content checks: ``tests/cases/<check>/*.tsv``.

A row is: what is expected, language or languages, source, target, the words the finding
must touch, why it is known to fail. Expected is a rule's id, or ``-`` for silence; ``?``
before a rule's id means that it need only be a note. ``\\n`` begins a new line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker.checks import Side, available
from checker.embed import Encoder
from checker.languages import load as load_language
from checker.model import Block, Document, Finding, Report, Severity, Span
from checker.pipeline import CachedWords, compare, identify
from checker.pipeline import article as as_article
from checker.settings import Settings

FOLDER = Path(__file__).parents[1] / "cases"
ESCAPE = re.compile(r"\\(n|t|u[0-9a-f]{4})")


@dataclass(frozen=True)
class Case:
    check: str
    expected: str
    languages: tuple[str, ...]
    texts: tuple[str, ...]
    touched: str
    known: str

    @property
    def id(self) -> str:
        return f"{self.expected}: {self.texts[-1][:40]!a}"


def unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        code = match.group(1)
        return {"n": "\n", "t": "\t"}.get(code) or chr(int(code[1:], 16))

    return ESCAPE.sub(one, text)


def cases(check: str) -> Iterator[Case]:
    for path in sorted((FOLDER / check).glob("*.tsv")):
        for row in path.read_text(encoding="utf-8").split("\n"):
            if row and not row.startswith("#"):
                expected, languages, *rest = row.split("\t")
                source, target, touched, known = [*map(unescaped, rest), "", "", ""][:4]
                texts = (source, target) if target else (source,)
                yield Case(check, expected, tuple(languages.split("-")), texts, touched, known)


def document(text: str, language: str) -> Document:
    """A document with a block a line, whatever characters the text holds."""
    lines = re.finditer(r"[^\n]+", text)
    blocks = tuple(Block(Span(*m.span())) for m in lines if m.group().strip())
    return Document("text.txt", language, text, blocks)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "content_case" not in metafunc.fixturenames:
        return
    check = metafunc.module.__name__.rsplit("test_", 1)[1]
    metafunc.parametrize(
        "content_case",
        [
            pytest.param(
                case,
                id=case.id,
                marks=[pytest.mark.xfail(reason=case.known)] if case.known else [],
            )
            for case in cases(check)
        ],
    )


@pytest.fixture(scope="session")
def content_findings(
    encoder: Encoder,
) -> Callable[[str, tuple[str, ...], tuple[str, ...]], tuple[Finding, ...]]:
    """The findings of one check on one text or on two."""
    words = CachedWords(encoder)

    def run(check: str, languages: tuple[str, ...], texts: tuple[str, ...]) -> tuple[Finding, ...]:
        documents = [
            document(text, language) for text, language in zip(texts, languages, strict=True)
        ]
        settings = Settings(only=(check,))
        if len(documents) == 2:
            report: Report = compare(documents[0], documents[1], settings, encoder)
            return report.findings
        only = as_article(documents[0])
        lint = available()[check].lint
        assert lint is not None
        return identify(lint(Side(only, load_language(only.language), settings, words)), only, None)

    return run


@pytest.fixture
def assert_case(content_findings: Callable[..., tuple[Finding, ...]]) -> Callable[[Case], None]:
    """Fails where a case's findings are not as its row says."""

    def check(case: Case) -> None:
        found = content_findings(case.check, case.languages, case.texts)
        rule = case.expected.lstrip("?")
        least = Severity.NOTE if case.expected.startswith("?") else Severity.WARNING
        heard = [f for f in found if f.severity.at_least(least)]
        said = [(f.rule, f.severity.value, f.message) for f in found]
        if case.expected == "-":
            assert not heard, said
            return
        touching = [f for f in heard if f.rule == rule and _touches(f, case)]
        assert touching, said

    return check


def _touches(finding: Finding, case: Case) -> bool:
    """True when the finding overlaps the words of the case, on whichever side has them."""
    if not case.touched:
        return True
    passages = (finding.source, finding.target)
    for text, passage in zip(case.texts, passages, strict=False):
        start = text.find(case.touched)
        if (
            passage
            and start >= 0
            and passage.start < start + len(case.touched)
            and passage.end > start
        ):
            return True
    return False
