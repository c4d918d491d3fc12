"""Gates pairs: compares, excuses what is waived, decides. One model for all pairs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from checker.audit.pairing import Pair, counterpart, find_pairs, holds_both
from checker.embed import load
from checker.errors import CheckerError, PolicyError, ReadError
from checker.gate.decide import Decision, decide
from checker.gate.policy import Policy
from checker.gate.waivers import Waived, Waiver, load_waivers, waive
from checker.model import Report, Verdict
from checker.pipeline import compare
from checker.settings import Settings


@dataclass(frozen=True, slots=True)
class Gated:
    """What the gate says of one pair; ``report`` is None when it could not be compared."""

    pair: Pair
    decision: Decision
    report: Report | None
    waived: Waived | None


def gate(
    pairs: Sequence[Pair],
    policy: Policy,
    settings: Settings,
    today: date,
    known: frozenset[str] = frozenset(),
) -> Iterator[Gated]:
    """The decision on each of ``pairs``; ``known`` are the ids of a baseline.

    A pair that cannot be read or compared is a decision too: could not check.
    """
    waivers = load_waivers(policy.folder / policy.waivers)
    for_pairs = with_policy(settings, policy)
    for_files = with_policy(settings, policy, bilingual=True)
    encoder = load(settings.model, settings.threads, settings.cache) if pairs else None
    for pair in pairs:
        chosen = for_files if pair.bilingual else for_pairs
        try:
            report = compare(pair.source, pair.second, chosen, encoder)
        except CheckerError as error:
            yield Gated(pair, Decision(Verdict(None, error.args), (), error.args), None, None)
            continue
        yield _decided(pair, report, policy, waivers, today, known, alone=len(pairs) == 1)


def with_policy(settings: Settings, policy: Policy, bilingual: bool = False) -> Settings:
    """The settings with the languages and termbases that the policy asks for.

    A file that holds both languages says itself which they are.
    """
    termbases = tuple(str(policy.folder / t) for t in policy.termbases)
    settings = replace(settings, termbases=settings.termbases + termbases)
    if bilingual:
        return settings
    return replace(
        settings,
        source_language=settings.source_language or policy.source_language,
        target_language=settings.target_language or policy.target_language,
    )


def pairs_of(paths: Sequence[Path], changed: bool, source: str, target: str) -> tuple[Pair, ...]:
    """The pairs that the paths mean.

    Two files are a pair, one file holds both languages, one folder holds many. With
    ``changed`` each path is a file that was edited and stands for the pair it belongs to by
    its name; files of no pair are passed over. Raises ReadError for anything else.
    """
    if changed:
        found = {p.name: p for path in paths if (p := _pair_of(path, source, target))}
        return tuple(found[name] for name in sorted(found))
    if len(paths) == 2:
        return (Pair(paths[0].name, paths[0], paths[1]),)
    if len(paths) == 1 and paths[0].is_dir():
        return find_pairs(paths[0], source, target).pairs
    if len(paths) == 1:
        return (Pair(paths[0].name, paths[0], paths[0]),)
    raise ReadError(
        "Give two files, a source and its translation, one file that holds both languages, "
        "or one folder of pairs."
    )


def _pair_of(path: Path, source: str, target: str) -> Pair | None:
    if holds_both(path) and path.is_file():
        return Pair(str(path), path, path)
    for own, other in ((source, target), (target, source)):
        name, partner = counterpart(path, own, other)
        if partner is not None and partner.is_file():
            files = (path, partner) if own == source else (partner, path)
            return Pair(name, *files)
    return None


def baseline(path: Path) -> frozenset[str]:
    """Ids of the findings in an earlier JSON report. Raises PolicyError when it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(str(finding["id"]) for finding in data["findings"])
    except (OSError, ValueError, KeyError, TypeError):
        raise PolicyError(
            "{path} is no baseline: write one with `checker diff SOURCE TARGET "
            "--format json --min-severity note --output FILE`.",
            path=path,
        ) from None


def _decided(
    pair: Pair,
    report: Report,
    policy: Policy,
    waivers: tuple[Waiver, ...],
    today: date,
    known: frozenset[str],
    alone: bool,
) -> Gated:
    path = _relative(pair.source, policy.folder)
    waived = waive(report, waivers, path, today, complete=alone)
    decision = decide(report, waived.standing, policy, path, known)
    return Gated(pair, decision, report, waived)


def _relative(path: Path, folder: Path) -> str:
    resolved, root = path.resolve(), folder.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)
