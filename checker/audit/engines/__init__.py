"""Where the pairs of an audit are compared. One file an engine, each defining ``ENGINE``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.audit.work import Job, Result
from checker.registry import discover


@dataclass(frozen=True, slots=True)
class Resources:
    """What an engine may use: processes here, or the address of a scheduler."""

    jobs: int = 1
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class Engine:
    """``run`` yields one result for each job, in any order, keeping few jobs in flight."""

    name: str
    summary: str
    run: Callable[[Iterable[Job], Resources], Iterator[Result]]


def engines() -> Mapping[str, Engine]:
    """Every engine of this folder by name."""
    return discover(__name__, "ENGINE", Engine)
