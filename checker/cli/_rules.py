"""The rules of all checks, for `checker explain`, its documentation page, and reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.checks import Check, Example, Rule, available
from checker.cli._page import entry
from checker.errors import SettingsError, did_you_mean
from checker.languages import codes, load
from checker.messages import say
from checker.report import RuleText

REGENERATE = "checker explain --markdown > docs/checks.md"


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
        raise SettingsError(
            'No rule "{name}"{hint}. `checker checks` lists them.', name=name, hint=hint
        )
    return tuple(found)


def as_text(check: Check, rule: Rule) -> str:
    """One rule for the terminal."""
    most = say("{severity} at most").format(severity=rule.severity.value)
    lines = [f"{check.name}/{rule.id}  ({most})", ""]
    lines += entry("", rule.what, left=0)
    lines += ["", *entry(say("Why"), rule.why)]
    for title, example in ((say("Wrong"), rule.wrong), (say("Right"), rule.right)):
        lines.append("")
        for number, (language, text) in enumerate(_sides(example)):
            lines += entry("" if number else title, f"{language}: {text}")
    if rule.limits:
        lines += ["", *entry(say("Limits"), rule.limits)]
    return "\n".join(lines)


def as_markdown(checks: Iterable[Check]) -> str:
    """The documentation page of all checks."""
    lines = [
        "# Checks",
        "",
        "What each rule finds, why it matters, an example, and what it leaves alone.",
        f"This page is made by `{REGENERATE}`; the same texts are shown by",
        "`checker explain RULE`. The severity is the loudest that a finding of the rule can be.",
    ]
    for check in checks:
        lines += ["", f"## {check.name}", "", f"{_escaped(check.summary)}."]
        for rule in check.rules:
            lines += ["", *_rule_markdown(rule)]
    return "\n".join(lines) + "\n"


def _rule_markdown(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}"
    yield from ("", f"*{rule.severity.value}* · {_escaped(rule.what)}", "", _escaped(rule.why), "")
    for title, example in (("Wrong", rule.wrong), ("Right", rule.right)):
        for language, text in _sides(example):
            yield f"- {title}, {language}: {_escaped(text)}"
    if rule.limits:
        yield from ("", f"Limits: {_escaped(rule.limits)}")


def _sides(example: Example) -> Iterator[tuple[str, str]]:
    yield _language(example.source_language), example.source
    if example.target:
        yield _language(example.target_language), example.target


def _language(code: str) -> str:
    return load(code).name if code.split("-")[0] in codes() else code


def _escaped(text: str) -> str:
    """Markdown that shows ``text`` as it is; code in backticks is left to itself."""
    parts = re.split(r"(`[^`\n]+`)", " ".join(text.split()))
    return "".join(p if p.startswith("`") else re.sub(r"([\\*_<\[\]])", r"\\\1", p) for p in parts)
