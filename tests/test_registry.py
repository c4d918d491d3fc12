"""Checks, readers, renderers and backends are found by walking their folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from checker.checks import Check, available
from checker.embed import backends
from checker.errors import RegistryError
from checker.read import readers
from checker.registry import discover
from checker.report import renderers


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / f"plugins_{tmp_path.name.replace('-', '_')}"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [m for m in sys.modules if m.startswith(folder.name)]:
        del sys.modules[name]


def module(package: Path, name: str, text: str) -> None:
    (package / f"{name}.py").write_text("from checker.checks import Check\n" + text)


def test_every_folder_declares_what_it_holds() -> None:
    for found in (available(), backends(), readers(), renderers()):
        assert found
        assert list(found) == sorted(found)
        assert all(item.name == name for name, item in found.items())


def test_a_new_file_is_enough(package: Path) -> None:
    module(package, "colours", 'CHECK = Check("colours", "colours that differ", ())\n')
    assert list(discover(package.name, "CHECK", Check)) == ["colours"]


def test_two_files_with_one_name_are_refused(package: Path) -> None:
    for name in ("one", "two"):
        module(package, name, 'CHECK = Check("colours", "colours that differ", ())\n')
    with pytest.raises(RegistryError, match='"colours"'):
        discover(package.name, "CHECK", Check)


def test_a_file_that_declares_nothing_is_refused(package: Path) -> None:
    module(package, "empty", "")
    with pytest.raises(RegistryError, match="must define CHECK"):
        discover(package.name, "CHECK", Check)
