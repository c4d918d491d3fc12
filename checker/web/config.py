"""How the server is set up, decided once at its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from checker.errors import SettingsError
from checker.settings import BUNDLED_MODEL

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Config:
    """Limits are for one request unless they say otherwise; sizes in bytes, times in seconds.

    ``termbases`` and ``policies`` are folders whose files clients may name; ``audit`` is the
    folder of an audit to walk through. ``keep`` is how long a result stays in memory, ``kept``
    and ``kept_bytes`` how many results and how much of their documents. ``patience`` is how
    long a request is held before it becomes a job, and how long a body may pause.
    ``fast`` leaves the contextual detector out of all requests.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    token: str = ""
    model: str = BUNDLED_MODEL
    fast: bool = False
    workers: int = 2
    queue: int = 16
    per_client: int = 4
    largest: int = 5 * 1024 * 1024
    timeout: float = 60.0
    keep: float = 900.0
    kept: int = 200
    kept_bytes: int = 64 * 1024 * 1024
    open_requests: int = 100
    patience: float = 30.0
    termbases: Path | None = None
    policies: Path | None = None
    audit: Path | None = None
    hosts: tuple[str, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if self.host not in LOOPBACK and len(self.token) < 16:
            raise SettingsError(
                "Serving on {host} lets others in: set --token, 16 characters or more, "
                "or serve on 127.0.0.1.",
                host=self.host,
            )

    @property
    def too_large(self) -> str:
        """What is said to who sends too much."""
        return f"A document may have {self.largest // 1024} KB at most: send less."

    def named_file(self, folder: Path | None, name: str, what: str) -> Path:
        """The file called ``name`` directly in ``folder``; no path from a client is opened.

        Raises SettingsError when there is none.
        """
        known = _files(folder)
        if name not in known:
            listed = ", ".join(known) or "none"
            raise SettingsError(f'No {what} "{name}" here. Known: {listed}.')
        return known[name]


def names(folder: Path | None) -> list[str]:
    """Names of the files in a folder, sorted, hidden ones left out."""
    return list(_files(folder))


def _files(folder: Path | None) -> dict[str, Path]:
    found = sorted(folder.iterdir()) if folder else []
    return {p.name: p for p in found if p.is_file() and not p.name.startswith(".")}
