"""The pages for people: a form, a result, an archive. They work without JavaScript."""

from __future__ import annotations

import asyncio
import hashlib
import tomllib
from base64 import b64encode
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from checker.languages import codes, load
from checker.model import Report, Severity
from checker.report import Style, renderers, visible
from checker.report import html as report_html
from checker.web.api import client_of, file_name, pair_task
from checker.web.config import Config, names
from checker.web.jobs import Job, Jobs
from checker.web.work import Answer, Upload

if TYPE_CHECKING:
    from jinja2 import Template

LOCALES = ("en", "fr", "de")
_WAIT = 1.5  # seconds before a page that renews itself is shown instead of the result
_ROWS = 100


def router(config: Config, jobs: Jobs) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter()

    @routes.get("/", response_class=HTMLResponse)
    async def form(request: Request) -> Response:
        return _form(request, config)

    @routes.post("/check")
    async def check(
        request: Request,
        source_text: Annotated[str, Form()] = "",
        target_text: Annotated[str, Form()] = "",
        source_file: UploadFile | None = None,
        target_file: UploadFile | None = None,
        source_language: Annotated[str, Form(max_length=12)] = "",
        target_language: Annotated[str, Form(max_length=12)] = "",
        termbase: Annotated[str, Form(max_length=200)] = "",
        kept: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        before = jobs.get(kept)
        uploads = []
        for side, text, file, language in (
            ("source", source_text, source_file, source_language),
            ("target", target_text, target_file, target_language),
        ):
            upload = await _upload(side, text, file, language)
            uploads.append(upload or (getattr(before.task, side) if before else None))
        source, target = uploads
        if source is None or target is None:
            raise HTTPException(422, "Two texts are needed: paste them or choose two files.")
        task = pair_task("diff", config, source, target, [], [], termbase, "")
        job = jobs.submit(task, client_of(request))
        return RedirectResponse(f"/reports/{job.id}", 303)

    @routes.get("/reports/{job_id}", response_class=HTMLResponse)
    async def shown(job_id: str, request: Request) -> Response:
        job = _kept(jobs, job_id, request)
        await asyncio.wait([job.future], timeout=_WAIT)
        return _result(request, config, job) if job.answer else _waiting(request)

    @routes.get("/reports/{job_id}/download/{name}")
    async def download(job_id: str, name: str, request: Request) -> Response:
        return _download(_kept(jobs, job_id, request), name)

    _add_archive(routes, config)
    return routes


def _add_archive(routes: APIRouter, config: Config) -> None:
    @routes.get("/archive", response_class=HTMLResponse)
    def archive(request: Request, search: str = "", errors: bool = False) -> Response:
        return _archive(request, config, search[:200], errors)

    @routes.get("/archive/pair", response_class=HTMLResponse)
    def pair(name: str, request: Request) -> Response:
        return _archived(request, config, name)


async def _upload(side: str, text: str, file: UploadFile | None, language: str) -> Upload | None:
    if file is not None and file.filename:
        return Upload(file_name(file), await file.read(), language)
    if text.strip():
        return Upload(f"{side}.txt", text.encode("utf-8", "replace"), language)
    return None


def _kept(jobs: Jobs, job_id: str, request: Request) -> Job:
    job = jobs.get(job_id)
    if job is None:
        raise HTTPException(404, words(request)["gone"])
    return job


def words(request: Request) -> dict[str, str]:
    """The interface in the language that the browser likes best among those there are."""
    wanted = request.headers.get("accept-language", "")
    liked = [part.split(";")[0].strip().lower()[:2] for part in wanted.split(",")]
    return _locale(next((code for code in liked if code in LOCALES), LOCALES[0]))


@cache
def _locale(code: str) -> dict[str, str]:
    text = resources.files(__package__).joinpath("locales", f"{code}.toml")
    return {"code": code, **tomllib.loads(text.read_text(encoding="utf-8"))}


@cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _template(name: str) -> Template:
    return report_html.environment().from_string(_asset(name))


def _page(request: Request, name: str, **values: Any) -> Response:
    """A page of this package's templates under a policy that allows exactly what is in it."""
    css = report_html.asset("report.css") + _asset("web.css")
    body = _template(name).render(t=words(request), css=css, **values)
    style, script = _hash(css), _hash(str(values.get("script", "")))
    policy = (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(body, 200, {"content-security-policy": policy})


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _form(request: Request, config: Config) -> Response:
    languages = [(code, load(code).name) for code in codes()]
    return _page(
        request, "form.html", languages=languages, termbases=names(config.termbases),
        audit=config.audit is not None,
    )  # fmt: skip


def _waiting(request: Request) -> Response:
    response = _page(request, "waiting.html")
    response.headers["refresh"] = "1"
    return response


def _result(request: Request, config: Config, job: Job) -> Response:
    answer = job.answer or Answer(500)
    if answer.error or answer.report is None:
        raise HTTPException(answer.status, answer.error)
    formats = [r.name for r in renderers().values() if r.name not in ("terminal", "github")]
    return _report_page(request, answer.report, job.id, formats, int(config.keep // 60))


def _report_page(
    request: Request, report: Report, job_id: str, formats: list[str], minutes: int
) -> Response:
    """A report as the HTML format shows it, with what can be done next above it."""
    shown = visible(report, Severity.WARNING)
    style = Style(hidden=len(report.findings) - len(shown.findings))
    return _page(
        request, "result.html", script=report_html.asset("report.js"), job=job_id,
        formats=formats, minutes=minutes, **report_html.context(shown, style),
    )  # fmt: skip


def _download(job: Job, name: str) -> Response:
    renderer = renderers().get(name)
    if renderer is None or job.answer is None or job.answer.report is None:
        raise HTTPException(404, f'No report in a format called "{name}" is there.')
    data = renderer.render(job.answer.report, Style())
    disposition = f'attachment; filename="report{renderer.suffix}"'
    headers = {"content-disposition": disposition}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _archive(request: Request, config: Config, search: str, errors: bool) -> Response:
    from checker.audit.export import pair_rows
    from checker.audit.store import open_store

    if config.audit is None:
        raise HTTPException(404, "No archive is open: start with --audit DIR.")
    with open_store(config.audit, write=False) as store:
        found = [
            row
            for row in pair_rows(store)
            if search.lower() in row["pair"].lower() and (row["findings"]["error"] or not errors)
        ]
    found.sort(
        key=lambda row: (-row["findings"]["error"], -row["findings"]["warning"], row["pair"])
    )
    return _page(
        request, "archive.html", rows=found[:_ROWS], count=len(found), search=search, errors=errors
    )


def _badness(row: dict[str, Any]) -> tuple[int, int, str]:
    """Sorts pairs, the worst first."""
    return -row["findings"]["error"], -row["findings"]["warning"], row["pair"]


def _archived(request: Request, config: Config, name: str) -> Response:
    from checker.audit.restore import restore
    from checker.audit.store import open_store

    if config.audit is None:
        raise HTTPException(404, "No archive is open: start with --audit DIR.")
    with open_store(config.audit, write=False) as store:
        stored = store.report(name)
    report = restore(stored) if stored else None
    if report is None:
        raise HTTPException(404, "That pair is not there, or its documents have changed since.")
    return _report_page(request, report, "", [], 0)
