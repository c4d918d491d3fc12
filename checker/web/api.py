"""The HTTP interface, version 1: the same JSON as the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from checker.checks import available
from checker.errors import CheckerError
from checker.model import Severity
from checker.settings import Settings
from checker.web.config import Config, names
from checker.web.jobs import BusyError, Job, Jobs
from checker.web.schema import RESULTS, One, Running, Two, problems
from checker.web.work import Answer, Task, Upload

if TYPE_CHECKING:
    from pathlib import Path

_GONE = "No such job, or no longer: answers are kept for a while."
_SUMMARIES = {
    "diff": "Compare two documents",
    "gate": "Pass or block by a policy",
    "align": "Align two documents",
}


_Code = Annotated[str, Form(max_length=12)]
_Part = Annotated[
    str, Form(max_length=200, description="A field, a column, or two: what follows # in a name.")
]


def router(config: Config, jobs: Jobs) -> APIRouter:
    """The routes of the interface."""
    routes = APIRouter(prefix="/v1", responses=problems(401, 403))
    for kind, summary in _SUMMARIES.items():
        _add_pair_routes(routes, kind, summary, config, jobs)
    _add_lint_routes(routes, config, jobs)
    _add_job_routes(routes, jobs)
    _add_lists(routes, config)
    return routes


def _add_pair_routes(
    routes: APIRouter, kind: str, summary: str, config: Config, jobs: Jobs
) -> None:
    @routes.post(f"/{kind}", summary=summary, name=kind, responses=RESULTS)
    async def texts(body: Two, request: Request) -> Response:
        task = pair_task(
            kind, config, body.source.upload(), body.target.upload(), body.only, body.skip,
            body.termbase, body.policy, body.min_severity, fast=body.fast,
        )  # fmt: skip
        return await _answered(jobs, config, task, request)

    @routes.post(
        f"/{kind}/files",
        summary=f"{summary}, as files of any format",
        name=f"{kind}_files",
        responses=RESULTS,
    )
    async def files(
        request: Request,
        source: UploadFile,
        target: UploadFile | None = None,
        source_language: _Code = "",
        target_language: _Code = "",
        source_part: _Part = "",
        target_part: _Part = "",
        realign: Annotated[bool, Form(description="Align a bilingual file anew.")] = False,
        termbase: Annotated[str, Form(max_length=200)] = "",
        policy: Annotated[str, Form(max_length=200)] = "",
        fast: Annotated[bool, Form(description="Leave the contextual detector out.")] = False,
    ) -> Response:
        """Without ``target``, ``source`` holds both languages: XLIFF, TMX, PO or a table."""
        first = await _file(source, source_language, source_part)
        second = await _file(target, target_language, target_part) if target else None
        task = pair_task(
            kind, config, first, second, [], [], termbase, policy,
            target_language=target_language, realign=realign, fast=fast,
        )  # fmt: skip
        return await _answered(jobs, config, task, request)


async def _file(file: UploadFile, language: str, part: str) -> Upload:
    return Upload(file_name(file.filename), await file.read(), language, part)


def _add_lint_routes(routes: APIRouter, config: Config, jobs: Jobs) -> None:
    @routes.post("/lint", summary="Check one document alone", responses=RESULTS)
    async def lint(body: One, request: Request) -> Response:
        upload = body.source.upload()
        refuse_large(config, upload)
        settings = _settings(config, upload.language, "", body.only, body.skip, "")
        task = Task("lint", upload, None, settings, None, config.timeout, body.min_severity)
        return await _answered(jobs, config, task, request)

    @routes.post("/lint/files", summary="Check one document alone, a file", responses=RESULTS)
    async def lint_files(
        request: Request,
        source: UploadFile,
        source_language: _Code = "",
        source_part: _Part = "",
    ) -> Response:
        upload = await _file(source, source_language, source_part)
        refuse_large(config, upload)
        settings = _settings(config, source_language, "", [], [], "")
        task = Task("lint", upload, None, settings, None, config.timeout)
        return await _answered(jobs, config, task, request)


def _add_job_routes(routes: APIRouter, jobs: Jobs) -> None:
    @routes.get("/jobs/{job_id}", summary="How far a job is", responses=problems(404))
    async def job(job_id: str) -> Running:
        return _running(_found(jobs, job_id))

    @routes.get(
        "/jobs/{job_id}/result",
        summary="What a job came to",
        responses={**RESULTS, **problems(404)},
    )
    async def result(job_id: str) -> Response:
        found = _found(jobs, job_id)
        return _response(found.answer) if found.answer else _accepted(found)

    @routes.delete(
        "/jobs/{job_id}", status_code=204, summary="Break a job off", responses=problems(404)
    )
    async def cancel(job_id: str) -> Response:
        if not jobs.forget(job_id):
            raise HTTPException(404, _GONE)
        return Response(status_code=204)


def _add_lists(routes: APIRouter, config: Config) -> None:
    @routes.get("/termbases", summary="Termbases that requests may name")
    async def termbases() -> list[str]:
        return names(config.termbases)

    @routes.get("/policies", summary="Policies that requests may name")
    async def policies() -> list[str]:
        return names(config.policies)

    @routes.get("/checks", summary="The checks there are")
    async def checks() -> dict[str, str]:
        return {name: check.summary for name, check in available().items()}


def pair_task(
    kind: str,
    config: Config,
    source: Upload,
    target: Upload | None,
    only: list[str],
    skip: list[str],
    termbase: str,
    policy: str,
    least: Severity = Severity.WARNING,
    *,
    target_language: str = "",
    realign: bool = False,
    fast: bool = False,
) -> Task:
    """A task about two uploads, or about one that holds both languages.

    Raises CheckerError for a name that is not known here, 413 for too large a document.
    """
    refuse_large(config, source, *([target] if target else []))
    language = target.language if target else target_language
    settings = _settings(config, source.language, language, only, skip, termbase)
    settings = replace(settings, realign=realign, fast=settings.fast or fast)
    chosen = config.named_file(config.policies, policy, "policy") if policy else None
    return Task(kind, source, target, settings, chosen, config.timeout, least)


def refuse_large(config: Config, *uploads: Upload) -> None:
    """Answers 413 when one of the documents is larger than allowed."""
    if any(len(upload.data) > config.largest for upload in uploads):
        raise HTTPException(413, config.too_large)


def _settings(
    config: Config, source: str, target: str, only: list[str], skip: list[str], termbase: str
) -> Settings:
    chosen: list[Path] = []
    if termbase:
        chosen.append(config.named_file(config.termbases, termbase, "termbase"))
    return Settings(
        source_language=source,
        target_language=target,
        model=config.model,
        only=tuple(only),
        skip=tuple(skip),
        termbases=tuple(map(str, chosen)),
        cache=False,
        fast=config.fast,
    )


def file_name(given: str | None) -> str:
    """The last part of an upload's name, for showing."""
    name = (given or "document").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in name if c.isprintable())[:200] or "document"


async def _answered(jobs: Jobs, config: Config, task: Task, request: Request) -> Response:
    """The answer, or 202 when the client prefers not to wait or it takes long.

    An answer that is given at once is not kept.
    """
    job = jobs.submit(task, client_of(request))
    await job.wait(0.0 if prefers_a_job(request) else config.patience)
    if job.answer is None:
        return _accepted(job)
    jobs.forget(job.id)
    return _response(job.answer)


def prefers_a_job(request: Request) -> bool:
    """True for ``Prefer: respond-async`` (RFC 7240)."""
    wishes = request.headers.get("prefer", "").lower().replace(";", ",").split(",")
    return "respond-async" in (wish.strip() for wish in wishes)


def client_of(request: Request) -> str:
    """Whom limits for one client count: the address the request comes from."""
    return request.client.host if request.client else "unknown"


def _response(answer: Answer) -> Response:
    if answer.error:
        raise HTTPException(answer.status, answer.error, retry_after(answer.status))
    return JSONResponse(dict(answer.values))


def retry_after(status: int) -> dict[str, str]:
    """When to return after a refusal that will pass."""
    return {"retry-after": "5"} if status == 503 else {}


def _running(job: Job) -> Running:
    state = "done" if job.answer else "waiting" if job.stage == "waiting" else "running"
    share = 1.0 if job.answer else round(job.share, 3)
    place = f"/v1/jobs/{job.id}/result"
    stage = "done" if job.answer else job.stage
    return Running(id=job.id, state=state, stage=stage, progress=share, result=place)


def _accepted(job: Job) -> Response:
    headers = {"location": f"/v1/jobs/{job.id}", "retry-after": "1"}
    return JSONResponse(_running(job).model_dump(), 202, headers)


def _found(jobs: Jobs, job_id: str) -> Job:
    job = jobs.get(job_id)
    if job is None or job.keep_uploads:
        raise HTTPException(404, _GONE)
    return job


def refusal(error: BusyError | CheckerError) -> HTTPException:
    """The HTTP answer to an error of ours."""
    if isinstance(error, BusyError):
        whose = "you" if error.status == 429 else "others"
        detail = f"Enough requests of {whose} are waiting: try again in {error.wait} s."
        return HTTPException(error.status, detail, {"retry-after": str(error.wait)})
    return HTTPException(422, str(error))
