from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checker.checks import Rule
from checker.checks.names import CHECK
from checker.embed import Encoder
from checker.model import Block, Document, Span
from checker.pipeline import compare
from checker.settings import Settings


def test_case(content_case: Any, assert_case: Callable[[Any], None]) -> None:
    assert_case(content_case)


@pytest.mark.parametrize("rule", CHECK.rules, ids=lambda rule: rule.id)
def test_every_rule_flags_its_wrong_example_and_not_its_right_one(
    rule: Rule, encoder: Encoder
) -> None:
    for example, flagged in ((rule.wrong, True), (rule.right, False)):
        documents = [
            Document("a", language, text, (Block(Span(0, len(text))),))
            for text, language in (
                (example.source, example.source_language),
                (example.target, example.target_language),
            )
        ]
        report = compare(*documents, Settings(only=("names",)), encoder)
        assert (rule.id in {f.rule for f in report.findings}) == flagged, report.findings
