"""The JSON that other programs build on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from checker.model import Report
from checker.report import Style
from checker.report.json import render


def test_snapshot(report: Report, snapshot: Callable[[str, bytes], None]) -> None:
    snapshot("report.json", render(report, Style()))


def test_positions_are_code_points_of_the_documents_text(report: Report) -> None:
    read = json.loads(render(report, Style()))
    sides = {"source": report.source, "target": report.target}
    for finding in read["findings"]:
        for side, article in sides.items():
            if passage := finding[side]:
                text = article.document.text[passage["start"] : passage["end"]]
                assert text == passage["text"]


def test_the_keys_of_the_contract_are_there(report: Report) -> None:
    read = json.loads(render(report, Style()))
    assert read["version"] == 1
    assert {"signature", "source", "target", "links", "findings", "skipped"} <= set(read)
    assert list(read["links"][0]) == ["source", "target", "confidence", "kind"]
    assert read["target"]["remarks"] == ["read as cp1252"]
    assert list(read["findings"][0]) == [
        "id", "check", "rule", "severity", "confidence", "message", "source", "target",
        "suggestion", "related",
    ]  # fmt: skip


def test_a_lone_surrogate_survives(report: Report) -> None:
    finding = replace(report.findings[0], message="broken \ud800 text")
    rendered = render(replace(report, findings=(finding,)), Style())
    assert json.loads(rendered.decode())["findings"][0]["message"] == "broken \ud800 text"


def test_one_document_alone_has_no_target(linted: Report) -> None:
    assert json.loads(render(linted, Style()))["target"] is None


def test_blocks_say_where_people_find_it(report: Report) -> None:
    data = json.loads(render(report, Style()))
    text = report.source.document.text
    (block,) = [b for b in data["source"]["blocks"] if b["place"] == "line 2"]
    assert text[block["start"] : block["end"]].startswith("Le conseil municipal")
