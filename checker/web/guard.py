"""What stands before every request: size, token, host, origin; and headers after it."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException

from checker.web.config import LOOPBACK, Config

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PROBLEM_TYPE = "application/problem+json"
_OPEN = ("/healthz", "/readyz")
_CONTENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class _Counted:
    """Receives a body within its limits, since a client need not say how long it is.

    What it raises is answered by the application like any other refusal.
    """

    def __init__(self, receive: Receive, config: Config) -> None:
        self._receive = receive
        self._config = config
        self._left = largest_body(config)
        self._more = True

    async def __call__(self) -> Message:
        if not self._more:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._config.patience)
        except TimeoutError:
            raise HTTPException(
                408, "The request took too long to arrive: send it again."
            ) from None
        self._left -= len(message.get("body", b""))
        self._more = bool(message.get("more_body", False))
        if self._left < 0:
            raise HTTPException(413, self._config.too_large)
        return message


class Guard:
    """ASGI middleware: refuses what may not come in, before any of it is parsed."""

    def __init__(self, app: App, config: Config) -> None:
        self._app = app
        self._config = config
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_defaults(list(message.get("headers", [])))
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            await refuse(answer, *refusal)
            return
        self._open += 1
        try:
            await self._app(scope, _Counted(receive, self._config), answer)
        finally:
            self._open -= 1

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        if scope["path"] in _OPEN:
            return None
        if not _fits(headers.get("content-length", "0"), largest_body(self._config)):
            return 413, self._config.too_large
        host = headers.get("host", "")
        if not self._known_host(host):
            return 400, "This host name is not served here: start with --allow-host to add it."
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD") and origin and origin.split("//")[-1] != host:
            return 403, "Requests from pages of other sites are refused."
        token = self._config.token
        if token and not _authorised(headers.get("authorization", ""), token):
            return 401, "A token is needed: send it as Authorization: Bearer TOKEN."
        if self._open >= self._config.open_requests:
            return 503, "Too many requests are open: try again in 5 s."
        return None

    def _known_host(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0].strip("[]") if not host.endswith("]") else host.strip("[]")
        return name.lower() in (*LOOPBACK, self._config.host, *self._config.hosts)


def largest_body(config: Config) -> int:
    """Two documents and what multipart or JSON puts around them, in bytes."""
    return 2 * config.largest + 64 * 1024


def _fits(length: str, largest: int) -> bool:
    return re.fullmatch("[0-9]{1,15}", length) is not None and int(length) <= largest


def _authorised(header: str, token: str) -> bool:
    """Bearer for programs, Basic with the token as password for browsers."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return secrets.compare_digest(value.strip().encode(), token.encode())


def _with_defaults(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The response's own headers before ours: a report page has a stricter policy of its own."""
    present = {name.lower() for name, _ in headers}
    policy = (b"content-security-policy", _CONTENT_POLICY.encode())
    return headers + [h for h in (*HEADERS, policy) if h[0] not in present]


async def refuse(send: Send, status: int, detail: str) -> None:
    """Sends a problem as the whole answer."""
    body = json.dumps(problem(status, detail)).encode()
    headers = [(b"content-type", PROBLEM_TYPE.encode())]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="checker", charset="UTF-8"'))
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def problem(status: int, detail: str) -> dict[str, Any]:
    """A problem as RFC 9457 describes it."""
    title = HTTPStatus(status).phrase
    detail = detail.encode("utf-8", "replace").decode()
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}
