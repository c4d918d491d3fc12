"""Every pair of corpora/ follows the schema, fits its texts and survives its own draft."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from checker.audit.pairing import find_pairs
from checker.checks import available
from checker.evaluate.gold import load_folder, load_pair

CORPORA = Path(__file__).parent.parent / "corpora"
FOLDERS = sorted(path.parent for path in CORPORA.glob("*/gold.json"))
SCHEMA = json.loads((CORPORA / "schema.json").read_text(encoding="utf-8"))

pairs = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@pytest.fixture(scope="module")
def author() -> ModuleType:
    """The authoring script, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("author", CORPORA / "author.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["author"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pairs
def test_follows_the_schema(folder: Path) -> None:
    jsonschema.validate(json.loads((folder / "gold.json").read_text(encoding="utf-8")), SCHEMA)


@pairs
def test_fits_its_texts(folder: Path) -> None:
    load_pair(folder)


@pairs
def test_has_the_length_of_an_article(folder: Path) -> None:
    for text in folder.glob("*.txt"):
        assert 250 <= len(text.read_text(encoding="utf-8").split()) <= 900, text.name


@pairs
def test_survives_its_own_draft(folder: Path, author: ModuleType, tmp_path: Path) -> None:
    rewritten = author.compile_draft(author.to_draft(folder), tmp_path)
    for file in sorted(path.name for path in folder.iterdir()):
        assert (rewritten / file).read_bytes() == (folder / file).read_bytes()


def test_audit_finds_the_french_german_pairs() -> None:
    found = {pair.source.parent.name for pair in find_pairs(CORPORA, "fr", "de").pairs}
    wanted = {
        p.name
        for p in load_folder(CORPORA)
        if {p.source.language[:2], p.target.language[:2]} == {"fr", "de"}
    }
    assert found == wanted


def test_gold_names_checks_that_exist() -> None:
    named = {c for p in load_folder(CORPORA) for f in p.findings for c in (f.check, *f.also)}
    assert named <= set(SCHEMA["$defs"]["finding"]["properties"]["check"]["enum"])
    assert set(available()) <= set(SCHEMA["$defs"]["finding"]["properties"]["check"]["enum"])
