"""HTML: one self-contained page, both texts side by side.

Everything from a document goes through the template's escaping. The content security
policy allows exactly the style and the script of this package, by their hashes, and no
request to anywhere. Without JavaScript the page still reads, jumps and prints.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from checker.languages import codes, load
from checker.model import Report, Severity
from checker.report import Renderer, Style
from checker.report._map import alignment_map
from checker.report._view import View
from checker.report._words import counts, names, plural, short_names, shown

if TYPE_CHECKING:
    from jinja2 import Environment


def render(report: Report, style: Style) -> bytes:
    """The report as one HTML file, UTF-8."""
    css, script = asset("report.css"), asset("report.js")
    page = environment().get_template("report.html")
    text = page.render(
        **context(report, style), css=css, script=script, policy=content_policy(css, script)
    )
    return text.encode("utf-8", "replace")


def context(report: Report, style: Style) -> dict[str, object]:
    """What the templates are filled with: the values a page of any kind needs."""
    named = {(f.check, f.rule) for f in report.findings}
    rules = [r for r in style.rules if (r.check, r.id) in named]
    return {
        "report": report,
        "articles": [a for a in (report.source, report.target) if a],
        "title": names(report),
        "heading": short_names(report),
        "summary": counts(report.findings),
        "severities": _tally(report, "severity", [s.value for s in Severity]),
        "checks": _tally(report, "check", sorted({f.check for f in report.findings})),
        "view": View(report),
        "map": alignment_map(report),
        "rules": rules,
        "explained": {(r.check, r.id) for r in rules},
        "hidden": style.hidden,
        "key": _key(report),
    }


def content_policy(css: str, script: str) -> str:
    """The page's content security policy: its own style and script, nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def asset(name: str) -> str:
    """A file of the templates folder as text."""
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """The template engine: everything escaped, every name required."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(shown=shown, plural=plural, language=_language)
    return made


def _tally(report: Report, attribute: str, order: list[str]) -> list[tuple[str, int]]:
    found = Counter(str(getattr(f, attribute)) for f in report.findings)
    return [(name, found[name]) for name in order if found[name]]


def _language(code: str) -> str:
    """A language's name, or its code where there is no file for it."""
    return load(code).name if code.split("-")[0].lower() in codes() else code


def _key(report: Report) -> str:
    """Under which name a browser keeps what was dismissed: the same for the same pair."""
    return hashlib.sha256(names(report).encode("utf-8", "replace")).hexdigest()[:16]


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


RENDERER = Renderer("html", "one page for editors, both texts side by side", ".html", render)
