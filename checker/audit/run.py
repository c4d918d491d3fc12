"""One audit from the archive to the store: pairs, what is left to do, results, summary."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import checker
from checker.audit.engines import Resources, engines
from checker.audit.files import address, files_in, is_folder
from checker.audit.pairing import Pair, Pairing, find_pairs, printable
from checker.audit.store import Store
from checker.audit.work import Job, content_key
from checker.embed import known_models, load
from checker.errors import ReadError, SettingsError, did_you_mean
from checker.model import Severity
from checker.settings import Settings

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to audit and how.

    ``limit`` and ``sample`` are 0 for all pairs; ``pair_by`` is ``name``, ``metadata`` or
    ``content``; ``texts`` is where texts that a manifest holds are kept as files.
    """

    archive: Path
    settings: Settings
    engine: str = "local"
    resources: Resources = field(default_factory=Resources)
    limit: int = 0
    sample: int = 0
    timeout: float = 0.0
    pair_by: str = "name"
    texts: Path | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What an audit came to.

    ``new``, ``fixed`` and ``still`` count errors and warnings against the run before.
    """

    run: int
    pairs: int
    compared_now: int
    states: Counter[str]
    severities: Counter[str]
    alone: int
    new: int
    fixed: int
    still: int

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
        raise SettingsError(
            'No engine "{engine}"{hint}. Known: {known}.',
            engine=plan.engine,
            hint=hint,
            known=", ".join(engines()),
        )
    pairing = _pairing(plan)
    work = [*_chosen(plan, pairing.pairs), *_lone(pairing.alone)]
    signature = settings_signature(plan.settings)
    run = store.start_run(signature, len(work))
    store.keep_only(
        (p.name for p in pairing.pairs), (printable(address(path)) for path in pairing.alone)
    )
    known = store.keys(run)
    flying: dict[int, str] = {}
    done = 0

    def jobs() -> Iterator[Job]:
        nonlocal done
        for number, pair in enumerate(work):
            key = content_key(pair, signature + "".join(pair.languages))
            if known.get(pair.name) == key:
                done += 1
                continue
            flying[number] = key
            yield Job(number, pair, _settings(plan.settings, pair), plan.timeout)

    compared = 0
    for result in engine.run(jobs(), plan.resources):
        pair = work[result.number]
        store.put(pair, flying.pop(result.number), result, run)
        compared += pair.target is not None
        done += 1
        progress(done, len(work), pair.name)
    if flying:
        raise RuntimeError(f"the engine lost {len(flying)} pairs")
    store.learn(run, (plan.settings.source_language, plan.settings.target_language))
    store.finish_run(run)
    return summarise(store, run, compared)


def _settings(settings: Settings, pair: Pair) -> Settings:
    """The settings, with the languages that the archive says a pair has.

    A file that holds both languages says itself which they are.
    """
    source, target = pair.languages
    if pair.bilingual:
        return replace(settings, source_language=source, target_language=target)
    return replace(
        settings,
        source_language=source or settings.source_language,
        target_language=target or settings.target_language,
    )


def settings_signature(settings: Settings) -> str:
    """What the results depend on: version, model and settings that change results."""
    model = known_models().get(settings.model)
    revision = model.revision if model else "local"
    relevant = replace(settings, threads=1, cache=True)
    terms = "".join(_digest(path) for path in settings.termbases)
    return f"checker:{checker.__version__}|model:{settings.model}@{revision}|{relevant!r}{terms}"


def _digest(path: str) -> str:
    """What a termbase says, so that an edited one is noticed."""
    try:
        return "|" + hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise ReadError(
            "The termbase {path} cannot be read: {reason}.", path=path, reason=error.strerror
        ) from None


def summarise(store: Store, run: int, compared_now: int = 0) -> Summary:
    """Counts over everything the store holds, and what ``run`` changed."""
    states, before = store.states(), run - 1
    # After the first run all is new, which tells nothing.
    new = sum(1 for _ in store.new(before)) if before else 0
    fixed = sum(1 for _ in store.fixed(before)) if before else 0
    severities = store.severities()
    still = severities[Severity.ERROR.value] + severities[Severity.WARNING.value] - new
    alone = store.count_alone()
    return Summary(run, states.total(), compared_now, states, severities, alone, new, fixed, still)


def _pairing(plan: Plan) -> Pairing:
    source, target = plan.settings.source_language, plan.settings.target_language
    if plan.pair_by == "name":
        found = find_pairs(plan.archive, source, target, plan.texts)
    elif not is_folder(plan.archive):
        raise ReadError(
            "{archive} is no folder: pairing by {pair_by} needs one.",
            archive=plan.archive,
            pair_by=plan.pair_by,
        )
    else:
        files = files_in(plan.archive)
        found = _PAIRERS[plan.pair_by](plan, files)
    if found.pairs:
        return found
    raise ReadError(
        "{archive} holds no pair by {pair_by}: by name, documents are paired as "
        "<name>.{source}.txt with <name>.{target}.txt, as {source}/<name> with "
        "{target}/<name>, or by a manifest.",
        archive=plan.archive,
        pair_by=plan.pair_by,
        source=source,
        target=target,
    )


def _chosen(plan: Plan, pairs: Sequence[Pair]) -> Sequence[Pair]:
    """The pairs that ``--sample`` and ``--limit`` leave."""
    if plan.sample:
        drawn = random.Random(0).sample(range(len(pairs)), min(plan.sample, len(pairs)))  # noqa: S311
        pairs = [pairs[i] for i in sorted(drawn)]
    return pairs[: plan.limit or None]


def _lone(paths: Sequence[Path]) -> Iterator[Pair]:
    return (Pair(printable(address(path)), path, None) for path in paths)


def _by_content(plan: Plan, files: Sequence[Path]) -> Pairing:
    from checker.audit.content import pair_by_content

    settings = plan.settings
    encoder = load(settings.model, settings.threads)
    languages = settings.source_language, settings.target_language
    return pair_by_content(files, *languages, encoder, plan.archive)


def _by_metadata(plan: Plan, files: Sequence[Path]) -> Pairing:
    from checker.audit.metadata import pair_by_metadata

    languages = plan.settings.source_language, plan.settings.target_language
    return pair_by_metadata(files, *languages, plan.archive)


_PAIRERS = {"content": _by_content, "metadata": _by_metadata}
