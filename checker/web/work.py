"""What worker processes do: a task in, plain values or bytes out. No I/O but the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checker.align import align
from checker.embed import Encoder, load
from checker.errors import CheckerError
from checker.gate.decide import decide
from checker.gate.policy import Policy, load_policy
from checker.gate.run import with_policy
from checker.model import Alignment, Document, Report
from checker.pipeline import article, compare, lint
from checker.read import parse
from checker.report.json import as_dict
from checker.settings import Settings
from checker.timelimit import time_limit

VERDICTS = MappingProxyType({True: "passed", False: "blocked", None: "could not check"})


@dataclass(frozen=True, slots=True)
class Upload:
    """One side of a request: bytes under a name that is shown, never opened."""

    name: str
    data: bytes
    language: str = ""

    def document(self) -> Document:
        return parse(self.data, self.name)


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with one or two uploads. ``kind`` is diff, gate, align or lint."""

    kind: str
    source: Upload
    target: Upload | None
    settings: Settings
    policy: Path | None = None
    timeout: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task came to: values of the JSON format, or one sentence and a status.

    ``report`` is there for diff and lint, for rendering in other formats.
    """

    status: int
    values: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    report: Report | None = None


def run(task: Task) -> Answer:
    """Does a task. Bad input is an answer of status 422, too slow one of 504."""
    try:
        with time_limit(task.timeout):
            return _DO[task.kind](task)
    except CheckerError as error:
        return Answer(422, error=str(error))
    except TimeoutError:
        return Answer(504, error=f"It took longer than {task.timeout:g} s: send shorter texts.")


def warm(model: str) -> bool:
    """Loads the model, so that the first request does not wait for it."""
    return bool(_encoder(model).dimensions)


@cache
def _encoder(model: str) -> Encoder:
    return load(model, threads=1)


def _compared(task: Task) -> Report:
    if task.target is None:
        raise CheckerError("Two documents are needed: source and target.")
    encoder = _encoder(task.settings.model)
    return compare(task.source.document(), task.target.document(), task.settings, encoder)


def _diff(task: Task) -> Answer:
    report = _compared(task)
    return Answer(200, as_dict(report), report=report)


def _lint(task: Task) -> Answer:
    report = lint(task.source.document(), task.settings)
    return Answer(200, as_dict(report), report=report)


def _gate(task: Task) -> Answer:
    policy = load_policy(task.policy) if task.policy else Policy()
    settings = with_policy(task.settings, policy)
    encoder = _encoder(settings.model)
    if task.target is None:
        raise CheckerError("Two documents are needed: source and target.")
    report = compare(task.source.document(), task.target.document(), settings, encoder)
    decision = decide(report, report.findings, policy, task.source.name)
    values = {
        **as_dict(report),
        "verdict": VERDICTS[decision.verdict.passed],
        "reasons": list(decision.verdict.reasons),
        "blocking": [f.id for f in decision.blocking],
    }
    return Answer(200, values, report=report)


def _align(task: Task) -> Answer:
    if task.target is None:
        raise CheckerError("Two documents are needed: source and target.")
    settings = task.settings
    source = article(task.source.document(), settings.source_language)
    target = article(task.target.document(), settings.target_language)
    found: Alignment = align(source, target, _encoder(settings.model))
    report = Report(source, target, (), found.links, (), "")
    values = as_dict(report)
    return Answer(200, {key: values[key] for key in ("version", "source", "target", "links")})


_DO: Mapping[str, Callable[[Task], Answer]] = MappingProxyType(
    {"diff": _diff, "lint": _lint, "gate": _gate, "align": _align}
)
