"""The rules of all checks, for `checker explain` and for reports that explain them."""

from __future__ import annotations

from checker.checks import Check, Rule, available
from checker.errors import SettingsError, did_you_mean
from checker.report import RuleText


def texts() -> tuple[RuleText, ...]:
    """What reports say of each rule."""
    return tuple(
        RuleText(check.name, rule.id, rule.severity, rule.what, rule.why, rule.limits)
        for check in available().values()
        for rule in check.rules
    )


def find(name: str) -> tuple[tuple[Check, Rule], ...]:
    """The rules that ``name`` means: ``rule``, ``check/rule``, or ``check`` for all of its own.

    Raises SettingsError when there is none, naming the nearest.
    """
    known = {
        f"{check.name}/{rule.id}": (check, rule)
        for check in available().values()
        for rule in check.rules
    }
    found = [pair for full, pair in known.items() if name in (full, *full.split("/"))]
    if not found:
        options = sorted({part for full in known for part in (full, *full.split("/"))})
        hint = did_you_mean(name, options)
        raise SettingsError(f'No rule "{name}"{hint}. `checker checks` lists them.')
    return tuple(found)
