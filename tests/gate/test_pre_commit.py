"""A repository with the real pre-commit program and the hook this project ships."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from gate.conftest import FRENCH, GERMAN, checker

pytest.importorskip("pre_commit", reason="pre-commit is not installed")
HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "GIT_AUTHOR_NAME": "Editor",
        "GIT_AUTHOR_EMAIL": "editor@example.org",
        "GIT_COMMITTER_NAME": "Editor",
        "GIT_COMMITTER_EMAIL": "editor@example.org",
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose hook runs the checker installed here instead of building its own."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    git(folder, "init", "-q")
    hook = HOOKS.read_text(encoding="utf-8").replace("language: python", "language: system")
    hook = hook.replace("checker gate", f"{sys.executable} -m checker gate")
    indented = "".join(f"      {line}\n" for line in hook.splitlines())
    config = f"repos:\n  - repo: local\n    hooks:\n{indented}"
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=folder, check=True, capture_output=True
    )
    git(folder, "add", ".pre-commit-config.yaml")
    (folder / "musee.fr.txt").write_text(FRENCH, encoding="utf-8")
    (folder / "musee.de.txt").write_text(GERMAN, encoding="utf-8")
    git(folder, "add", ".")
    return folder


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    git(folder, "add", ".")
    return git(folder, "commit", "-m", "article")


def test_a_wrong_number_stops_the_commit_and_the_fix_passes(repository: Path) -> None:
    stopped = commit(repository)
    assert stopped.returncode != 0
    screen = stopped.stdout + stopped.stderr
    assert "blocked" in screen
    assert "43 800" in screen
    assert len(screen.splitlines()) <= 40
    fixed = GERMAN.replace("43 800", "48 300")
    (repository / "musee.de.txt").write_text(fixed, encoding="utf-8")
    passed = commit(repository)
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_a_waiver_passes_and_an_expired_one_does_not(repository: Path) -> None:
    diff = checker(repository, "diff", "musee.fr.txt", "musee.de.txt", "--format", "json")
    number = json.loads(diff.stdout)["findings"][0]["id"]
    checker(
        repository, "waive", number, "--reason", "two ways of counting", "--until", "2020-01-31"
    )
    assert commit(repository).returncode != 0
    (repository / "checker-waivers.toml").unlink()
    checker(repository, "waive", number, "--reason", "two ways of counting")
    passed = commit(repository)
    assert passed.returncode == 0, passed.stdout + passed.stderr
