"""A defect of the checker costs the pair that shows it, and never the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.audit import work as module
from checker.audit.pairing import find_pairs
from checker.audit.work import Job, work
from checker.settings import Settings


def test_an_unforeseen_failure_is_the_result_of_its_pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.fr.txt").write_text("Le train est parti à midi.", encoding="utf-8")
    (tmp_path / "a.de.txt").write_text("Der Zug fuhr am Mittag ab.", encoding="utf-8")
    (pair,) = find_pairs(tmp_path, "fr", "de").pairs
    assert work(Job(0, pair, Settings("fr", "de"))).state == "compared"

    def defective(*arguments: object) -> None:
        raise ValueError("not a span: 5 to 4")

    monkeypatch.setattr(module, "compare", defective)
    result = work(Job(0, pair, Settings("fr", "de")))
    assert result.state == "failed"
    assert "the checker itself failed on it (ValueError: not a span: 5 to 4)" in result.error
