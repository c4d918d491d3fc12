"""What a shell may offer for an argument: names of checks, rules, formats, models, languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def checks(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names of checks, after a comma again."""
    from checker.checks import available

    return _listed(begun, ((c.name, c.summary) for c in available().values()))


def formats(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names of output formats, after a comma again."""
    from checker.report import renderers

    return _listed(begun, ((r.name, r.summary) for r in renderers().values()))


def rules(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names of rules and checks."""
    from checker.checks import available

    names = [(c.name, c.summary) for c in available().values()]
    names += [(r.id, r.what) for c in available().values() for r in c.rules]
    return _starting(begun, names)


def models(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names of embedding models."""
    from checker.embed import known_models

    return _starting(begun, ((m.name, m.licence) for m in known_models().values()))


def languages(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Codes of languages."""
    from checker.languages import codes, load

    return _starting(begun, ((code, load(code).name) for code in codes()))


def _listed(begun: str, names: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """Completions of the last name of a list with commas, those named already left out."""
    *done, last = begun.split(",")
    head = "".join(f"{name}," for name in done)
    left = ((name, text) for name, text in names if name not in done)
    return [CompletionItem(head + i.value, help=i.help) for i in _starting(last, left)]


def _starting(begun: str, names: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    return [CompletionItem(n, help=text) for n, text in names if n.startswith(begun)]
