"""What the store of an audit hands out: runs, pairs, documents, findings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """One run; ``pairs`` counts what it looks at, ``finished`` is None while it goes on."""

    number: int
    signature: str
    started: str
    finished: str | None
    pairs: int


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of the store; ``new`` counts the errors and warnings of the newest run."""

    name: str
    source: Path
    target: Path
    metadata: dict[str, str]
    state: str
    error: str
    words: int
    coverage: float
    errors: int
    warnings: int
    notes: int
    new: int


@dataclass(frozen=True, slots=True)
class Lone:
    """A document without counterpart, with what is wrong inside it."""

    path: str
    state: str
    error: str
    words: int
    findings: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One pair of the store as a list shows it."""

    name: str
    error: str
    words: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """One finding of the store, as the plain values of the JSON format."""

    pair: str
    since: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Repeated:
    """One finding that several pairs have, with the first of them by name."""

    check: str
    severity: str
    message: str
    pairs: int
    first: str
