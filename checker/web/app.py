"""Puts the interface, the pages and the guard together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

import checker
from checker.errors import CheckerError
from checker.web import api, pages, render
from checker.web.config import Config
from checker.web.guard import PROBLEM_TYPE, App, Guard, Receive, Scope, Send, problem
from checker.web.jobs import BusyError, Jobs
from checker.web.metrics import Metrics
from checker.web.observe import Observe
from checker.web.schema import WITH_FILES, described, problems


def create_app(config: Config) -> FastAPI:
    """The application; its worker processes start and stop with it."""
    jobs = Jobs(config)
    metrics = Metrics(jobs)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        await jobs.start()
        yield
        await jobs.stop()

    app = FastAPI(
        title="checker",
        version=checker.__version__,
        description="Compares two language versions of an article.",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(api.router(config, jobs))
    app.include_router(pages.router(config, jobs), include_in_schema=False)
    _add_problems(app)
    _add_probes(app, jobs, metrics)
    _add_schema(app)
    app.add_middleware(Files)
    app.add_middleware(Guard, config=config)
    app.add_middleware(Observe, metrics=metrics)
    return app


class Files:
    """ASGI middleware: files sent to a route for texts go to the one for files."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in WITH_FILES:
            kind = dict(scope["headers"]).get(b"content-type", b"")
            if kind.lower().startswith(b"multipart/form-data"):
                path = f"{scope['path']}/files"
                scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


def _add_probes(app: FastAPI, jobs: Jobs, metrics: Metrics) -> None:
    @app.get("/healthz", summary="The server answers")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", summary="The workers have their model", responses=problems(503))
    async def readyz() -> dict[str, str]:
        if not jobs.ready:
            raise HTTPException(503, "Starting or stopping.", {"retry-after": "5"})
        return {"status": "ok"}

    @app.get(
        "/metrics",
        response_class=PlainTextResponse,
        summary="Figures for Prometheus",
        responses=problems(401, 403),
    )
    async def figures() -> str:
        return metrics.text()


def _add_schema(app: FastAPI) -> None:
    """The OpenAPI document, with all errors as the problems they are."""
    made = app.openapi

    @cache
    def openapi() -> dict[str, Any]:
        return described(made())

    app.openapi = openapi


def _add_problems(app: FastAPI) -> None:
    """Every error leaves as a problem (RFC 9457), never with text of a document in it."""

    @app.exception_handler(StarletteHTTPException)
    async def http(request: Request, error: StarletteHTTPException) -> Response:
        return _problem(request, error)

    @app.exception_handler(CheckerError)
    async def bad_input(request: Request, error: CheckerError) -> Response:
        return _problem(request, api.refusal(error))

    @app.exception_handler(BusyError)
    async def busy(request: Request, error: BusyError) -> Response:
        return _problem(request, api.refusal(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _problem(request, HTTPException(422, f"{where}: {first['msg']}."))


def _problem(request: Request, error: StarletteHTTPException) -> Response:
    headers = dict(error.headers or {})
    detail = _PLAIN.get(str(error.detail), str(error.detail))
    if render.wants_page(request):
        return render.problem_page(request, error.status_code, detail, headers)
    values = problem(error.status_code, detail)
    return JSONResponse(values, error.status_code, headers, media_type=PROBLEM_TYPE)


_PLAIN = {
    "Not Found": "There is nothing at this address.",
    "Method Not Allowed": "This address does not take that method.",
    "There was an error parsing the body": "The body is not what its content type says.",
}
