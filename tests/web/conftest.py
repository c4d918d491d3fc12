"""The real server as a process of its own, on a free port of the loopback interface."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
FRENCH = (
    "Le musée de Martigny a accueilli 48 300 visiteurs l'an dernier.\n\n"
    "La directrice parle d'une année exceptionnelle pour la région.\n\n"
    "Une nouvelle salle ouvrira au mois de mai.\n"
)
GERMAN = (
    "Das Museum von Martigny hat im letzten Jahr 43 800 Besucher empfangen.\n\n"
    "Die Direktorin spricht von einem aussergewöhnlichen Jahr für die Region.\n\n"
    "Ein neuer Saal wird im Mai eröffnet.\n"
)
RIGHT = GERMAN.replace("43 800", "48 300")
PAIR = {
    "source": {"text": FRENCH, "language": "fr", "name": "musee.fr.txt"},
    "target": {"text": GERMAN, "language": "de", "name": "museum.de.txt"},
}


@dataclass
class Server:
    """A server that runs: where it is, and what it wrote."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    @property
    def lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def stop(self) -> int:
        """Asks it to end; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Server]:
    """`checker serve` with these options until the block ends; ready when it begins."""
    log = folder / "serve.log"
    command = [sys.executable, "-m", "checker", "serve", "--port", "0", "--workers", "1", *options]
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command, stderr=stream, text=True, cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )  # fmt: skip
    try:
        url = ""
        for _ in range(600):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            found = re.search(r"^http://\S+$", log.read_text(encoding="utf-8"), re.MULTILINE)
            url = found.group() if found else ""
            if url and answers(url):
                break
            time.sleep(0.1)
        yield Server(url, process, log)
    finally:
        process.terminate()
        process.wait(60)


def answers(url: str) -> bool:
    """True once the server is ready; it listens before it answers."""
    try:
        return httpx.get(f"{url}/readyz", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def served_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Termbases and policies that the server may use."""
    folder = tmp_path_factory.mktemp("serve")
    (folder / "termbases").mkdir()
    (folder / "policies").mkdir()
    (folder / "termbases" / "house.csv").write_text(
        "fr,de\ndirectrice,Leiterin\n", encoding="utf-8"
    )
    (folder / "termbases" / ".hidden").write_text("", encoding="utf-8")
    (folder / "policies" / "strict.toml").write_text(
        '[block]\nseverity = "warning"\n', encoding="utf-8"
    )
    (folder / "policies" / "lenient.toml").write_text(
        '[block]\nseverity = "never"\n', encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="session")
def server(served_folder: Path) -> Iterator[Server]:
    options = ["--termbases", "termbases", "--policies", "policies", "--max-kb", "64"]
    with serving(served_folder, *options, "--per-client", "8") as running:
        yield running


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as opened:
        yield opened


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem that a refusal is, checked for its form (RFC 9457)."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    values: dict[str, Any] = response.json()
    assert values["status"] == status
    assert values["detail"].endswith((".", "!"))
    return values
