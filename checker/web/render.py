"""Fills the templates of the pages, in the language the browser likes best."""

from __future__ import annotations

import hashlib
import tomllib
from base64 import b64encode
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from babel import Locale
from fastapi import HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from checker.checks import available
from checker.model import Report, Severity
from checker.report import RuleText, Style, renderers, visible
from checker.report import html as report_html

if TYPE_CHECKING:
    from jinja2 import Template

LOCALES = ("en", "fr", "de")


def words(request: Request) -> dict[str, str]:
    """The interface in the language that the browser likes best among those there are."""
    wanted = request.headers.get("accept-language", "")
    liked = sorted(wanted.split(","), key=_weight, reverse=True)
    found = (part.split(";")[0].strip().lower()[:2] for part in liked)
    return _locale(next((code for code in found if code in LOCALES), LOCALES[0]))


def _weight(part: str) -> float:
    """The weight of one part of Accept-Language; 1 when it has none."""
    try:
        return float(part.partition("q=")[2] or 1)
    except ValueError:
        return 0.0


@cache
def _locale(code: str) -> dict[str, str]:
    text = resources.files(__package__).joinpath("locales", f"{code}.toml")
    return {"code": code, **tomllib.loads(text.read_text(encoding="utf-8"))}


def language_name(code: str, request: Request) -> str:
    """A language's name in the language of the interface."""
    name = Locale(words(request)["code"]).languages.get(code, code)
    return str(name)


@cache
def asset(name: str) -> str:
    """A file of this package's templates folder as text."""
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _template(name: str) -> Template:
    environment = report_html.environment().overlay()
    environment.globals["head"] = environment.from_string(asset("head.html")).module
    return environment.from_string(asset(name))


@cache
def _css() -> str:
    return report_html.asset("report.css") + asset("web.css")


def page(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """A page of this package's templates under a policy that allows exactly what is in it."""
    css, script = _css(), str(values.pop("script", ""))
    body = _template(name).render(t=words(request), css=css, script=script, **values)
    scripts = f"'{_hash(script)}'" if script else "'none'"
    policy = (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src {scripts}; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    data = body.encode("utf-8", "replace")
    headers = {"content-security-policy": policy, "vary": "accept-language"}
    return HTMLResponse(data, status, headers)


def report_page(request: Request, report: Report, **values: Any) -> Response:
    """A report as the HTML format shows it, with what can be done next above it."""
    shown = visible(report, Severity.WARNING)
    style = replace(
        _style(len(report.findings) - len(shown.findings)), language=words(request)["code"]
    )
    nothing = dict.fromkeys(("job", "archived", "verdict", "termbase", "policy"), "")
    settled: dict[str, Any] = {**nothing, "reasons": (), "minutes": 0, **values}
    settled.update(report_html.context(shown, style))
    return page(request, "result.html", script=report_html.asset("report.js"), **settled)


def download(report: Report, name: str) -> Response:
    """A report in one of the formats, as a file."""
    renderer = renderers().get(name)
    if renderer is None:
        raise HTTPException(404, f'There is no format called "{name}".')
    data = renderer.render(visible(report, Severity.WARNING), _style(0))
    headers = {"content-disposition": f'attachment; filename="report{renderer.suffix}"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


def wants_page(request: Request) -> bool:
    """True when a person's browser asks, outside the interface for programs."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith("/v1/")


def problem_page(request: Request, status: int, detail: str, headers: dict[str, str]) -> Response:
    """A problem as a page with a way back."""
    response = page(request, "problem.html", status, detail=detail)
    response.headers.update(headers)
    return response


def _style(hidden: int) -> Style:
    rules = tuple(
        RuleText(check.name, rule.id, rule.severity, rule.what, rule.why, rule.limits)
        for check in available().values()
        for rule in check.rules
    )
    return Style(hidden=hidden, rules=rules)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
