"""The HTTP interface, version 1: the same JSON as the command line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from checker.checks import available
from checker.errors import CheckerError
from checker.settings import Settings
from checker.web.config import Config, names
from checker.web.jobs import BusyError, Job, Jobs
from checker.web.work import Answer, Task, Upload

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 30.0  # seconds a request is held before it becomes a job to ask for later

_FRENCH = "Le musée a accueilli 48 300 visiteurs l'an dernier."
_GERMAN = "Das Museum hat im letzten Jahr 43 800 Besucher empfangen."


class Text(BaseModel):
    """One document as text."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, examples=[_FRENCH])
    name: str = Field("document.txt", max_length=200, pattern=r"^[^/\\\x00-\x1f]+$")
    language: str = Field("", max_length=12, pattern=r"^[A-Za-z-]*$", examples=["fr"])

    def upload(self) -> Upload:
        return Upload(self.name, self.text.encode("utf-8", "replace"), self.language)


class One(BaseModel):
    """A request about one document."""

    model_config = ConfigDict(extra="forbid")

    source: Text
    only: list[str] = Field(default_factory=list, max_length=50)
    skip: list[str] = Field(default_factory=list, max_length=50)


class Two(One):
    """A request about two documents."""

    target: Text = Field(examples=[{"text": _GERMAN, "language": "de"}])
    termbase: str = Field("", max_length=200)
    policy: str = Field("", max_length=200)


def router(config: Config, jobs: Jobs) -> APIRouter:
    """The routes of the interface."""
    routes = APIRouter(prefix="/v1")
    for kind in _SUMMARIES:
        _add_pair_routes(routes, kind, config, jobs)

    @routes.post("/lint", summary="Check one document alone", responses=_RESPONSES)
    async def lint(body: One, request: Request) -> Response:
        settings = _settings(config, body.source.language, "", body.only, body.skip, "")
        task = Task("lint", body.source.upload(), None, settings, None, config.timeout)
        return await _answered(jobs, task, request)

    _add_job_routes(routes, jobs)
    _add_lists(routes, config)
    return routes


def _add_job_routes(routes: APIRouter, jobs: Jobs) -> None:
    @routes.get("/jobs/{job_id}", summary="How far a job is", responses=_JOB_RESPONSES)
    async def job(job_id: str) -> dict[str, str]:
        found = _found(jobs, job_id)
        state = "done" if found.answer else "running"
        return {"id": found.id, "state": state, "result": f"/v1/jobs/{found.id}/result"}

    @routes.get("/jobs/{job_id}/result", summary="What a job came to", responses=_RESULT_RESPONSES)
    async def result(job_id: str) -> Response:
        found = _found(jobs, job_id)
        return _response(found.answer) if found.answer else _accepted(found)

    @routes.delete("/jobs/{job_id}", status_code=204, responses=_JOB_RESPONSES)
    async def cancel(job_id: str) -> Response:
        if not jobs.cancel(job_id):
            raise HTTPException(404, "No such job, or no longer: answers are kept for a while.")
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


def _add_pair_routes(routes: APIRouter, kind: str, config: Config, jobs: Jobs) -> None:
    @routes.post(f"/{kind}", summary=_SUMMARIES[kind], name=kind, responses=_RESPONSES)
    async def texts(body: Two, request: Request) -> Response:
        task = pair_task(
            kind, config, body.source.upload(), body.target.upload(), body.only, body.skip,
            body.termbase, body.policy,
        )  # fmt: skip
        return await _answered(jobs, task, request)

    @routes.post(
        f"/{kind}/files",
        summary=f"{_SUMMARIES[kind]}, as files of any format",
        name=f"{kind}_files",
        responses=_RESPONSES,
    )
    async def files(
        request: Request,
        source: UploadFile,
        target: UploadFile,
        source_language: Annotated[str, Form(max_length=12)] = "",
        target_language: Annotated[str, Form(max_length=12)] = "",
        termbase: Annotated[str, Form(max_length=200)] = "",
        policy: Annotated[str, Form(max_length=200)] = "",
    ) -> Response:
        uploads = (
            Upload(file_name(source), await source.read(), source_language),
            Upload(file_name(target), await target.read(), target_language),
        )
        task = pair_task(kind, config, *uploads, [], [], termbase, policy)
        return await _answered(jobs, task, request)


def pair_task(
    kind: str,
    config: Config,
    source: Upload,
    target: Upload,
    only: list[str],
    skip: list[str],
    termbase: str,
    policy: str,
) -> Task:
    """A task about two uploads. Raises CheckerError for a name that is not known here."""
    settings = _settings(config, source.language, target.language, only, skip, termbase)
    chosen = config.named_file(config.policies, policy, "policy") if policy else None
    return Task(kind, source, target, settings, chosen, config.timeout)


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
    )


def file_name(upload: UploadFile) -> str:
    """The last part of an upload's name, for showing."""
    name = (upload.filename or "document").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in name if c.isprintable())[:200] or "document"


async def _answered(jobs: Jobs, task: Task, request: Request) -> Response:
    """The answer, or 202 when the client prefers not to wait or it takes long."""
    job = jobs.submit(task, client_of(request))
    patience = 0.0 if "respond-async" in request.headers.get("prefer", "") else _PATIENCE
    await asyncio.wait([job.future], timeout=patience)
    return _response(job.answer) if job.answer else _accepted(job)


def client_of(request: Request) -> str:
    """Whom limits for one client count: the address the request comes from."""
    return request.client.host if request.client else "unknown"


def _response(answer: Answer) -> Response:
    if answer.error:
        raise HTTPException(answer.status, answer.error)
    return JSONResponse(dict(answer.values))


def _accepted(job: Job) -> Response:
    place = f"/v1/jobs/{job.id}"
    headers = {"location": place, "retry-after": "1"}
    return JSONResponse(
        {"id": job.id, "state": "running", "result": f"{place}/result"}, 202, headers
    )


def _found(jobs: Jobs, job_id: str) -> Job:
    job = jobs.get(job_id)
    if job is None:
        raise HTTPException(404, "No such job, or no longer: answers are kept for a while.")
    return job


def refusal(error: BusyError | CheckerError) -> HTTPException:
    """The HTTP answer to an error of ours."""
    if isinstance(error, BusyError):
        whose = "you" if error.status == 429 else "others"
        detail = f"Enough requests of {whose} are waiting: try again in {error.wait} s."
        return HTTPException(error.status, detail, {"retry-after": str(error.wait)})
    return HTTPException(422, str(error))


_SUMMARIES = {
    "diff": "Compare two documents",
    "gate": "Pass or block by a policy",
    "align": "Align two documents",
}
_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
_JOB_RESPONSES: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such job", **_PROBLEM},
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The result, JSON version 1", "content": {"application/json": {}}},
    202: {"description": "Taken; ask for the result at Location"},
    400: {"description": "Not understood", **_PROBLEM},
    413: {"description": "Too large", **_PROBLEM},
    422: {"description": "Cannot be checked", **_PROBLEM},
    429: {"description": "Too many requests of yours at a time", **_PROBLEM},
    503: {"description": "Too many requests at a time", **_PROBLEM},
    504: {"description": "It took too long", **_PROBLEM},
}
_RESULT_RESPONSES = {**_JOB_RESPONSES, **{s: r for s, r in _RESPONSES.items() if s != 413}}
