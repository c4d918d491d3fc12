"""A folder with the files that the pages speak of; the model is loaded once for all of them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

import checker.embed
import checker.pipeline

ROOT = Path(__file__).parents[2]
CRANES = ROOT / "corpora" / "grues-du-lac"
ARCHIVE = ("fanfare-de-malmedy", "derby-du-rhone", "finale-de-biathlon")
TERMS = "fr,de\nindemnités,Entschädigung\ngrue,Kranich\n"
LINES = {"fr": "Bonjour.\nIl pleut à Genève.\n", "de": "Guten Tag.\nIn Genf regnet es.\n"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``article.fr.txt``, ``archive/`` and the like, and this as the current folder."""
    for language in ("fr", "de"):
        text = (CRANES / f"grues-du-lac.{language}.txt").read_text(encoding="utf-8")
        for name in ("article", "a", "archive/article", "articles/article"):
            write(tmp_path / f"{name}.{language}.txt", text)
        for name in ARCHIVE:
            source = ROOT / "corpora" / name / f"{name}.{language}.txt"
            write(tmp_path / f"archive/{source.name}", source.read_text(encoding="utf-8"))
        write(tmp_path / f"lines.{language}", LINES[language])
    source = (tmp_path / "article.fr.txt").read_text(encoding="utf-8")
    write(tmp_path / "old.fr.txt", source)
    write(tmp_path / "new.fr.txt", source.replace("38 000", "41 000"))
    write(tmp_path / "house.csv", TERMS)
    shutil.copy(ROOT / "tests/data/documents/units-1.xliff", tmp_path / "units.xliff")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session", autouse=True)
def loaded_once() -> object:
    """The commands of all pages share the model, as a person's patience would want it."""
    patch = pytest.MonkeyPatch()
    shared = cache(checker.embed.load)
    for module in (checker.embed, checker.pipeline):
        patch.setattr(module, "load", shared)
    yield
    patch.undo()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
