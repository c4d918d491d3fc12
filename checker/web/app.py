"""Puts the interface, the pages and the guard together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from time import perf_counter

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

import checker
from checker.errors import CheckerError
from checker.web import api, pages
from checker.web.config import Config
from checker.web.guard import Guard, problem
from checker.web.jobs import BusyError, Jobs
from checker.web.metrics import Metrics

_MEDIA = "application/problem+json"


def create_app(config: Config) -> FastAPI:
    """The application; its worker processes start and stop with it."""
    jobs = Jobs(config)
    metrics = Metrics(jobs)
    ready = False

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        nonlocal ready
        await jobs.start()
        ready = True
        yield
        ready = False
        jobs.stop()

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

    @app.get("/healthz", summary="The server answers")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", summary="The workers have their model", responses={503: {}})
    async def readyz() -> Response:
        return JSONResponse({"status": "ok" if ready else "starting"}, 200 if ready else 503)

    @app.get("/metrics", response_class=PlainTextResponse, summary="Figures for Prometheus")
    async def figures() -> str:
        return metrics.text()

    @app.middleware("http")
    async def measured(request: Request, call_next):  # type: ignore[no-untyped-def]
        start = perf_counter()
        response = await call_next(request)
        route = request.scope.get("route")
        path = getattr(route, "path", "other")
        metrics.count(request.method, path, response.status_code, perf_counter() - start)
        return response

    app.add_middleware(Guard, config=config)
    return app


def _add_problems(app: FastAPI) -> None:
    """Every error leaves as a problem (RFC 9457), never with text of a document in it."""

    @app.exception_handler(StarletteHTTPException)
    async def http(request: Request, error: StarletteHTTPException) -> Response:
        return _problem(error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(CheckerError)
    async def bad_input(request: Request, error: CheckerError) -> Response:
        return _from(api.refusal(error))

    @app.exception_handler(BusyError)
    async def busy(request: Request, error: BusyError) -> Response:
        return _from(api.refusal(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _problem(422, f"{where}: {first['msg']}.", {})


def _from(error: HTTPException) -> Response:
    return _problem(error.status_code, str(error.detail), dict(error.headers or {}))


def _problem(status: int, detail: str, headers: dict[str, str]) -> Response:
    return JSONResponse(problem(status, detail), status, headers, media_type=_MEDIA)


def asset(name: str) -> str:
    """A file of this package's templates folder as text."""
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
