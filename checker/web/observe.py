"""Says what the server does: figures for Prometheus and one JSON line a request.

Neither holds anything of a document: routes are named by their pattern, errors by kind and
place, and query strings, names and messages are left out.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from checker.web.guard import App, Message, Receive, Scope, Send, refuse
from checker.web.metrics import Metrics

LOG = logging.getLogger("checker.web")
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


class Observe:
    """ASGI middleware around all others: counts, logs, and turns a bug into a problem."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        failure: Exception | None = None
        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            failure = error
            if not status:
                await refuse(answer, 500, "An error inside the server: it is in the log.")
        self._record(scope, status, perf_counter() - start, failure)

    def _record(self, scope: Scope, status: int, seconds: float, failure: Exception | None) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = getattr(scope.get("route"), "path", "other")
        self._metrics.count(method, route, status, seconds)
        LOG.log(
            logging.ERROR if failure else logging.INFO,
            "request",
            exc_info=failure,
            extra={"values": {
                "method": method, "route": route, "status": status,
                "ms": round(seconds * 1000, 1), "client": (scope.get("client") or ["unknown"])[0],
            }},
        )  # fmt: skip


class Lines(logging.Formatter):
    """One JSON object a line; of an exception only its kind and where it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        values: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "values", {}),
        }
        if record.exc_info and record.exc_info[0]:
            values["error"] = record.exc_info[0].__name__
            values["at"] = _frames(record)
        return json.dumps(values)


def _frames(record: logging.LogRecord) -> list[str]:
    trace = record.exc_info[2] if record.exc_info else None
    found = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[-6:]


def log_to_stderr() -> None:
    """Sends the log of this package and of the server program to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name, level in (("checker.web", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
