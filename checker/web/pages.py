"""The pages for people: a form, a result, an archive. They work without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from checker.checks import available
from checker.languages import codes
from checker.report import renderers
from checker.web.api import client_of, file_name, pair_task, retry_after
from checker.web.config import Config, names
from checker.web.jobs import Job, Jobs
from checker.web.render import asset, download, language_name, page, report_page, words
from checker.web.work import Answer, Task, Upload

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.datastructures import FormData

    from checker.model import Report

_WAIT = 1.0  # seconds before a page that renews itself is shown instead of the result
_ROWS = 50
_SIDES = ("source", "target")
_NOT_SHOWN = ("terminal", "github")


def router(config: Config, jobs: Jobs) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter()

    @routes.get("/", response_class=HTMLResponse)
    def form(request: Request) -> Response:
        return _form(request, config)

    @routes.post("/check")
    async def check(request: Request) -> Response:
        async with request.form(
            max_files=2, max_fields=14, max_part_size=config.largest + 1
        ) as fields:
            task = await _task(request, config, jobs, fields)
        job = jobs.submit(task, client_of(request), keep_uploads=True)
        return RedirectResponse(f"/reports/{job.id}", 303)

    @routes.get("/reports/{job_id}", response_class=HTMLResponse)
    async def shown(job_id: str, request: Request) -> Response:
        job = _kept(jobs, job_id, request)
        await job.wait(_WAIT)
        if job.answer is None:
            return _waiting(request, job)
        return await run_in_threadpool(_result, request, config, job, job.answer)

    @routes.get("/reports/{job_id}/download/{name}")
    def downloaded(job_id: str, name: str, request: Request) -> Response:
        answer = _kept(jobs, job_id, request).answer
        if answer is None or answer.report is None:
            raise HTTPException(404, words(request)["gone"])
        return download(answer.report, name)

    @routes.post("/reports/{job_id}/forget")
    def forget(job_id: str) -> Response:
        jobs.forget(job_id)
        return RedirectResponse("/", 303)

    _add_archive(routes, config)
    return routes


def _add_archive(routes: APIRouter, config: Config) -> None:
    @routes.get("/archive", response_class=HTMLResponse)
    def archive(
        request: Request, search: str = "", errors: bool = False, check: str = "", part: int = 1
    ) -> Response:
        return _archive(request, config, search[:200], errors, check, min(max(part, 1), 10**6))

    @routes.get("/archive/pair", response_class=HTMLResponse)
    def pair(name: str, request: Request) -> Response:
        report = _archived(request, config, name)
        return report_page(request, report, archived=name, formats=_formats())

    @routes.get("/archive/pair/download/{format_name}")
    def downloaded(format_name: str, name: str, request: Request) -> Response:
        return download(_archived(request, config, name), format_name)


async def _task(request: Request, config: Config, jobs: Jobs, fields: FormData) -> Task:
    """The task that a form asks for; a side left empty is that of the comparison before.

    One file alone, on either side, holds both languages.
    """
    before = jobs.get(_text(fields, "kept"))
    old = before.task if before and before.task and before.task.target else None
    sides: list[Upload] = []
    for side in _SIDES:
        kept: Upload | None = getattr(old, side) if old else None
        upload = await _upload(fields, side, kept.language if kept else "") or kept
        if upload is not None:
            sides.append(upload)
    if not sides or (len(sides) == 1 and not any(_is_file(fields, side) for side in _SIDES)):
        raise HTTPException(422, words(request)["two_needed"])
    first, second = sides[0], sides[1] if len(sides) > 1 else None
    if second is None:
        first = replace(first, language=_text(fields, "source_language"))
    return pair_task(
        "page", config, first, second, [], [], _text(fields, "termbase"), _text(fields, "policy"),
        target_language=_text(fields, "target_language"),
    )  # fmt: skip


def _is_file(fields: FormData, side: str) -> bool:
    file = fields.get(f"{side}_file")
    return isinstance(file, UploadFile) and bool(file.filename)


async def _upload(fields: FormData, side: str, language: str) -> Upload | None:
    """The file or the text of one side; None when there is neither."""
    language = _text(fields, f"{side}_language") or language
    file = fields.get(f"{side}_file")
    if isinstance(file, UploadFile) and file.filename:
        name, part = file_name(file.filename), _text(fields, f"{side}_part").strip()
        return Upload(name, await file.read(), language, part)
    text = _text(fields, f"{side}_text")
    if text.strip():
        return Upload(f"{side}.txt", text.encode("utf-8", "replace"), language)
    return None


def _text(fields: FormData, name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def _kept(jobs: Jobs, job_id: str, request: Request) -> Job:
    job = jobs.get(job_id)
    if job is None or not job.keep_uploads:
        raise HTTPException(404, words(request)["gone"])
    return job


def _form(request: Request, config: Config) -> Response:
    languages = [(code, language_name(code, request)) for code in codes()]
    return page(
        request, "form.html", languages=languages, termbases=names(config.termbases),
        policies=names(config.policies), audit=config.audit is not None, script=asset("web.js"),
    )  # fmt: skip


def _waiting(request: Request, job: Job) -> Response:
    t = words(request)
    known = {"waiting": t["waiting"], "reading": t["reading"], "aligning": t["aligning"]}
    stage = known.get(job.stage) or t["checking"].format(name=job.stage.split(" ", 1)[-1])
    response = page(request, "waiting.html", job=job.id, stage=stage, share=round(job.share, 2))
    response.headers["refresh"] = "1"
    return response


def _result(request: Request, config: Config, job: Job, answer: Answer) -> Response:
    if answer.error or answer.report is None:
        raise HTTPException(answer.status, answer.error, retry_after(answer.status))
    task = job.task
    return report_page(
        request, answer.report, job=job.id, both=bool(task and not task.target),
        formats=_formats(), minutes=int(config.keep // 60),
        verdict=answer.verdict, reasons=answer.reasons,
        termbase=_names(task.settings.termbases) if task else "",
        policy=task.policy.name if task and task.policy else "",
    )  # fmt: skip


def _names(paths: tuple[str, ...]) -> str:
    """The name of the one termbase chosen, as the form sends it."""
    return paths[0].replace("\\", "/").rsplit("/", 1)[-1] if paths else ""


def _formats() -> list[str]:
    return [name for name in renderers() if name not in _NOT_SHOWN]


def _archive(
    request: Request, config: Config, search: str, errors: bool, check: str, part: int
) -> Response:
    from checker.audit.store import open_store

    with open_store(_folder(request, config), write=False) as store:
        found = store.listed(search, errors, check, _ROWS + 1, (part - 1) * _ROWS)
    return page(
        request, "archive.html", rows=found[:_ROWS], more=len(found) > _ROWS, part=part,
        search=search, errors=errors, check=check, checks=list(available()),
    )  # fmt: skip


def _archived(request: Request, config: Config, name: str) -> Report:
    """A pair of the archive; the paths read are those of the audit, never the request's."""
    from checker.audit.restore import restore
    from checker.audit.store import open_store

    with open_store(_folder(request, config), write=False) as store:
        stored = store.report(name)
    report = restore(stored) if stored else None
    if report is None:
        raise HTTPException(404, words(request)["changed"])
    return report


def _folder(request: Request, config: Config) -> Path:
    if config.audit is None:
        raise HTTPException(404, words(request)["no_archive"])
    return config.audit
