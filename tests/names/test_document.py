from __future__ import annotations

from pathlib import Path

import pytest

from checker.embed import Encoder
from checker.model import Block, Document, Span
from checker.pipeline import compare
from checker.settings import Settings


@pytest.mark.parametrize(("source", "target"), [("fr-CH", "de-CH"), ("fr-BE", "de-AT")])
def test_regions_share_the_words_of_their_language(
    source: str, target: str, encoder: Encoder
) -> None:
    french = "Les prix ont augmenté. Le conseil communal et Karin Wenger en parlent."
    german = "Die Preise sind gestiegen. Der Gemeinderat und Karin Wegner sprechen darüber."
    documents = [
        Document(str(Path("a")), language, text, (Block(Span(0, len(text))),))
        for text, language in ((french, source), (german, target))
    ]
    report = compare(*documents, Settings(only=("names",)), encoder)
    found = [
        (f.rule, f.source and f.source.text, f.target and f.target.text) for f in report.findings
    ]
    assert found == [("name-misspelt", "Karin Wenger", "Karin Wegner")]
