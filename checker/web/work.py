"""What worker processes do: a task in, plain values or a report out. No I/O but the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checker.align import align
from checker.checks import selected
from checker.detector.network import network
from checker.embed import Encoder, load
from checker.errors import CheckerError
from checker.gate.decide import Decision, decide
from checker.gate.policy import Policy, load_policy
from checker.gate.run import with_policy
from checker.gate.waivers import load_waivers, waive
from checker.model import Alignment, Document, Report, Severity
from checker.pipeline import article, compare, lint
from checker.read import DocumentPair, parse, parse_pair
from checker.report import visible
from checker.report.json import as_dict
from checker.settings import BUNDLED_MODEL, Settings
from checker.timelimit import time_limit

VERDICTS = MappingProxyType({True: "passed", False: "blocked", None: "could not check"})
Told = Callable[[str, float], None]
"""Is told the stage that begins and the share of the work that is done, 0 to 1."""

_BEFORE_CHECKS = ("reading", "loading the model", "aligning")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a request: bytes under a name that is shown, never opened.

    ``part`` is what stands behind ``#`` on the command line: a field, a column, two
    columns or languages of a file that holds both.
    """

    name: str
    data: bytes
    language: str = ""
    part: str = ""

    def document(self) -> Document:
        return parse(self.data, self.name, self.part)

    def pair(self) -> DocumentPair:
        return parse_pair(self.data, self.name, self.part)


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with one or two uploads.

    ``kind`` is diff, gate, align or lint, whose answers are values of the JSON format, or
    page, whose answer is a report. Without ``target`` the source of a comparison holds both
    languages. ``least`` is the quietest severity asked for.
    """

    kind: str
    source: Upload
    target: Upload | None
    settings: Settings
    policy: Path | None = None
    timeout: float = 0.0
    least: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task came to: values or a report, or one sentence and a status.

    ``verdict`` and ``reasons`` are there where a policy was asked.
    """

    status: int
    values: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    report: Report | None = None
    verdict: str = ""
    reasons: tuple[str, ...] = ()


def run(task: Task, told: Told = lambda stage, share: None) -> Answer:
    """Does a task. Bad input is an answer of status 422, too slow one of 504."""
    try:
        with time_limit(task.timeout):
            return _DO[task.kind](task, told)
    except CheckerError as error:
        return Answer(422, error=_without_options(str(error)))
    except TimeoutError:
        return Answer(504, error=f"It took longer than {task.timeout:g} s: send shorter texts.")
    except MemoryError:
        return Answer(500, error="There was not enough memory: send shorter texts.")


def _without_options(message: str) -> str:
    """What the command line calls an option is a field here, and what it names is sent."""
    for words, here in _SAID_HERE.items():
        message = message.replace(words, here)
    return message


_SAID_HERE = {
    "--source-lang": "the source language",
    "--target-lang": "the target language",
    "name the other language version after it.": "send the other language version too.",
    "give it to `checker diff` or `checker gate`, ": "send it alone to diff or gate, ",
}


def warm(model: str) -> None:
    """Loads the models and what the checks look up, so that the first request does not wait."""
    if model == BUNDLED_MODEL:
        network()
    french, german = (Upload(f"warm.{code}.txt", t.encode()) for code, t in _WARM.items())
    run(Task("diff", french, german, Settings(model=model, cache=False)))


_WARM = {
    "fr": "Le musée d'Aarau a accueilli 48 300 visiteurs l'an dernier, dit Marie Favre.\n",
    "de": "Das Museum in Aarau hat im letzten Jahr 48 300 Besucher empfangen, sagt Marie Favre.\n",
}


@cache
def _encoder(model: str) -> Encoder:
    return load(model, threads=1)


def _compared(task: Task, settings: Settings, told: Told) -> Report:
    told_stage = _progress(settings, told)
    if task.target is None:
        return compare(task.source.pair(), None, settings, _encoder(settings.model), told_stage)
    source, target = task.source.document(), task.target.document()
    return compare(source, target, settings, _encoder(settings.model), told_stage)


def _progress(settings: Settings, told: Told) -> Callable[[str], None]:
    """Counts the stages of a comparison; aligning takes as long as several checks."""
    stages = [*_BEFORE_CHECKS, *(f"checking {check.name}" for check in selected(settings))]

    def begun(stage: str) -> None:
        told(stage, stages.index(stage) / len(stages) if stage in stages else 0.0)

    return begun


def _target(task: Task) -> Upload:
    if task.target is None:
        raise CheckerError("Two documents are needed: source and target.")
    return task.target


def _diff(task: Task, told: Told) -> Answer:
    report = _compared(task, task.settings, told)
    return Answer(200, as_dict(visible(report, task.least)))


def _lint(task: Task, told: Told) -> Answer:
    report = lint(task.source.document(), task.settings, _encoder(task.settings.model))
    return Answer(200, as_dict(visible(report, task.least)))


def _gate(task: Task, told: Told) -> Answer:
    report, decision = _gated(task, told)
    values = {
        **as_dict(report),
        "verdict": VERDICTS[decision.verdict.passed],
        "reasons": list(decision.verdict.reasons),
        "blocking": [f.id for f in decision.blocking],
    }
    return Answer(200, values)


def _page(task: Task, told: Told) -> Answer:
    if task.policy is None:
        report = visible(_compared(task, task.settings, told), task.least)
        return Answer(200, report=report)
    report, decision = _gated(task, told)
    verdict = VERDICTS[decision.verdict.passed]
    return Answer(200, report=report, verdict=verdict, reasons=decision.verdict.reasons)


def _gated(task: Task, told: Told) -> tuple[Report, Decision]:
    """The decision by the task's policy, and the report without what is waived."""
    policy = load_policy(task.policy) if task.policy else Policy()
    report = _compared(task, with_policy(task.settings, policy, task.target is None), told)
    waivers = load_waivers(policy.folder / policy.waivers) if task.policy else ()
    today = datetime.now(UTC).date()
    standing = waive(report, waivers, task.source.name, today, complete=False).standing
    decision = decide(report, standing, policy, task.source.name)
    shown = (f for f in standing if f.severity.at_least(task.least) or f in decision.blocking)
    return replace(report, findings=tuple(shown)), decision


def _align(task: Task, told: Told) -> Answer:
    settings = task.settings
    source = article(task.source.document(), settings.source_language)
    target = article(_target(task).document(), settings.target_language)
    found: Alignment = align(source, target, _encoder(settings.model))
    values = as_dict(Report(source, target, (), found.links, (), ""))
    return Answer(200, {key: values[key] for key in ("version", "source", "target", "links")})


_DO: Mapping[str, Callable[[Task, Told], Answer]] = MappingProxyType(
    {"diff": _diff, "lint": _lint, "gate": _gate, "align": _align, "page": _page}
)
