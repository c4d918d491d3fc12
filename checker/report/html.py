"""HTML: one self-contained page, both texts side by side.

Everything from a document goes through the template's escaping. The content security
policy allows exactly the style and the script of this package, by their hashes, and no
request to anywhere. Without JavaScript the page still reads, jumps and prints.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections import Counter
from functools import cache, partial
from importlib import resources
from typing import TYPE_CHECKING

from checker.messages import Catalogue, catalogue, said_in
from checker.model import Report, Severity
from checker.report import Renderer, Style
from checker.report._map import AlignmentMap, alignment_map
from checker.report._view import View
from checker.report._words import counts, names, place, severity_count, short_names, shown

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
    words = catalogue(style.language)
    drawn = alignment_map(report)
    return {
        "report": report,
        "articles": [a for a in (report.source, report.target) if a],
        "title": names(report),
        "heading": short_names(report),
        "summary": counts(report.findings, words),
        "severities": _tally(report, "severity", [s.value for s in Severity]),
        "checks": _tally(report, "check", sorted({f.check for f in report.findings})),
        "view": View(report, words),
        "map": drawn,
        "rules": rules,
        "explained": {(r.check, r.id) for r in rules},
        "hidden": style.hidden,
        "key": _key(report),
        "speaks": style.language,
        "say": words.gettext,
        "said": partial(said_in, words=words),
        "say_many": partial(_many, words),
        "name_of": partial(_name, words),
        "count_of": partial(severity_count, words=words),
        "place_of": partial(place, words=words),
        "language_of": partial(_language, style.language),
        "said_of_map": _map_counts(drawn, words),
        "script_words": json.dumps(_script_words(words), ensure_ascii=False),
    }


def _many(words: Catalogue, one: str, many: str, number: int) -> str:
    return words.ngettext(one, many, number).format(count=number)


def _name(words: Catalogue, value: str) -> str:
    """What people call a severity or the kind of a link."""
    said = {
        "error": words.gettext("error"),
        "warning": words.gettext("warning"),
        "note": words.gettext("note"),
        "omission": words.gettext("omission"),
        "addition": words.gettext("addition"),
        "moved": words.gettext("moved"),
    }
    return said.get(value, value)


def _map_counts(drawn: AlignmentMap | None, words: Catalogue) -> dict[str, str]:
    """``18 links``, ``1 omission``, ...: what the map shows, in words."""
    if drawn is None:
        return {}
    found = drawn.counts
    said = {
        "link": words.ngettext("{count} link", "{count} links", found["link"]),
        "omission": words.ngettext("{count} omission", "{count} omissions", found["omission"]),
        "addition": words.ngettext("{count} addition", "{count} additions", found["addition"]),
        "moved": words.ngettext("{count} moved", "{count} moved", found["moved"]),
    }
    return {kind: text.format(count=found[kind]) for kind, text in said.items()}


def _script_words(words: Catalogue) -> dict[str, str]:
    """What the script says; it fills in what stands in braces."""
    return {
        "shown": words.gettext("{count} shown"),
        "position": words.gettext("{at} of {count}"),
        "findings": words.gettext("{count} findings shown"),
        "finding": words.gettext("Finding {at} of {count}"),
        "needed": words.gettext("A reason is needed: it is what the next reader sees."),
        "dismissed": words.gettext("Dismissed: {reason}"),
        "dismiss": words.gettext("Dismiss…"),
        "restore": words.gettext("Restore"),
        "show": words.gettext("Show in text"),
        "downloaded": words.gettext("{count} waivers downloaded"),
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
    made.filters.update(shown=shown)
    return made


def _tally(report: Report, attribute: str, order: list[str]) -> list[tuple[str, int]]:
    found = Counter(str(getattr(f, attribute)) for f in report.findings)
    return [(name, found[name]) for name in order if found[name]]


def _language(speaks: str, code: str) -> str:
    """A language's name in the language of the page, or its code where there is none."""
    from babel import Locale

    name = Locale(speaks).languages.get(code.split("-")[0].lower(), code)
    return str(name[:1].upper() + name[1:])


def _key(report: Report) -> str:
    """Under which name a browser keeps what was dismissed: the same for the same pair."""
    return hashlib.sha256(names(report).encode("utf-8", "replace")).hexdigest()[:16]


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


RENDERER = Renderer("html", "one page for editors, both texts side by side", ".html", render)
