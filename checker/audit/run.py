"""One audit from the archive to the store: pairs, what is left to do, results, summary."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import checker
from checker.audit.engines import Resources, engines
from checker.audit.pairing import Pair, Pairing, find_pairs
from checker.audit.store import Store
from checker.audit.work import Job, Result, content_key
from checker.embed import known_models, load
from checker.errors import ReadError, SettingsError, did_you_mean
from checker.model import Severity
from checker.settings import Settings

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to audit and how. ``limit`` and ``sample`` are 0 for all pairs."""

    archive: Path
    settings: Settings
    engine: str = "local"
    resources: Resources = field(default_factory=Resources)
    limit: int = 0
    sample: int = 0
    timeout: float = 0.0
    by_content: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What an audit came to."""

    run: int
    pairs: int
    compared_now: int
    states: Counter[str]
    severities: Counter[str]
    alone: int

    @property
    def errors(self) -> int:
        return self.severities[Severity.ERROR.value]


def audit(plan: Plan, store: Store, progress: Progress = lambda done, total, name: None) -> Summary:
    """Compares every pair whose files or settings changed since the store last saw it.

    ``progress`` is told how many pairs are done, how many there are, and the last one's
    name. Raises a CheckerError when the archive holds no pair or the plan is wrong.
    """
    engine = engines().get(plan.engine)
    if engine is None:
        hint = did_you_mean(plan.engine, list(engines()))
        raise SettingsError(f'No engine "{plan.engine}"{hint}. Known: {", ".join(engines())}.')
    pairing = _chosen(plan)
    signature = settings_signature(plan.settings)
    run = store.start_run(signature, len(pairing.pairs))
    store.keep_only([p.name for p in pairing.pairs], pairing.alone)
    known = store.keys()
    keys = {p.name: content_key(p, signature) for p in pairing.pairs}
    todo = [
        Job(number, pair, plan.settings, plan.timeout)
        for number, pair in enumerate(pairing.pairs)
        if known.get(pair.name) != keys[pair.name]
    ]
    done = len(pairing.pairs) - len(todo)
    progress(done, len(pairing.pairs), "")
    for result in _in_order(engine.run(todo, plan.resources), todo):
        pair = pairing.pairs[result.number]
        store.put(pair, keys[pair.name], result, run)
        done += 1
        progress(done, len(pairing.pairs), pair.name)
    store.finish_run(run)
    return summarise(store, run, len(todo))


def settings_signature(settings: Settings) -> str:
    """What the results depend on: version, model and settings that change results."""
    model = known_models().get(settings.model)
    revision = model.revision if model else "local"
    relevant = replace(settings, threads=1, cache=True)
    return f"checker:{checker.__version__}|model:{settings.model}@{revision}|{relevant!r}"


def summarise(store: Store, run: int, compared_now: int = 0) -> Summary:
    """Counts over everything the store holds."""
    states = Counter(row.state for row in store.rows())
    severities = Counter(str(f.values["severity"]) for f in store.findings())
    return Summary(run, states.total(), compared_now, states, severities, len(store.alone()))


def _chosen(plan: Plan) -> Pairing:
    source, target = plan.settings.source_language, plan.settings.target_language
    found = _by_content(plan) if plan.by_content else find_pairs(plan.archive, source, target)
    if not found.pairs:
        raise ReadError(
            f"{plan.archive} holds no pair: documents are paired as <name>.{source}.txt with "
            f"<name>.{target}.txt, as {source}/<name> with {target}/<name>, or by a manifest."
        )
    pairs: Sequence[Pair] = found.pairs
    if plan.sample:
        drawn = random.Random(0).sample(range(len(pairs)), min(plan.sample, len(pairs)))  # noqa: S311
        pairs = [pairs[i] for i in sorted(drawn)]
    return Pairing(tuple(pairs[: plan.limit or None]), found.alone)


def _by_content(plan: Plan) -> Pairing:
    from checker.audit.content import pair_by_content

    if not plan.archive.is_dir():
        raise ReadError(f"{plan.archive} is no folder: pairing by content needs one.")
    settings = plan.settings
    files = sorted(p for p in plan.archive.rglob("*") if p.is_file())
    encoder = load(settings.model, settings.threads)
    languages = settings.source_language, settings.target_language
    return pair_by_content(files, *languages, encoder, plan.archive)


def _in_order(results: Iterator[Result], todo: Sequence[Job]) -> Iterator[Result]:
    """Results as they come: the store sorts by name, so that order never shows."""
    wanted = {job.number for job in todo}
    for result in results:
        wanted.discard(result.number)
        yield result
    if wanted:
        raise RuntimeError(f"the engine lost {len(wanted)} pairs")
