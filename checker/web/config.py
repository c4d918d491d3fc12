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
    folder of an audit to walk through. ``keep`` is how long a result stays in memory.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    token: str = ""
    model: str = BUNDLED_MODEL
    workers: int = 2
    queue: int = 16
    per_client: int = 4
    largest: int = 5 * 1024 * 1024
    timeout: float = 60.0
    keep: float = 900.0
    kept: int = 200
    termbases: Path | None = None
    policies: Path | None = None
    audit: Path | None = None
    hosts: tuple[str, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if self.host not in LOOPBACK and len(self.token) < 16:
            raise SettingsError(
                f"Serving on {self.host} lets others in: set --token, 16 characters or more, "
                "or serve on 127.0.0.1."
            )

    def named_file(self, folder: Path | None, name: str, what: str) -> Path:
        """The file called ``name`` directly in ``folder``; no path from a client is opened.

        Raises SettingsError when there is none.
        """
        known = {p.name: p for p in sorted(folder.iterdir()) if p.is_file()} if folder else {}
        if name not in known:
            listed = ", ".join(known) or "none"
            raise SettingsError(f'No {what} "{name}" here. Known: {listed}.')
        return known[name]


def names(folder: Path | None) -> list[str]:
    """Names of the files in a folder, sorted."""
    return sorted(p.name for p in folder.iterdir() if p.is_file()) if folder else []
