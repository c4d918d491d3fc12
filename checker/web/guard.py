"""What stands before every request: size, token, host, origin; and headers after it."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from checker.web.config import LOOPBACK, Config

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_OPEN = ("/healthz", "/readyz")
_CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class TooLargeError(Exception):
    """The body of a request is larger than allowed."""


class _Counted:
    """Receives a body and counts it, since a client need not say how long it is."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive = receive
        self._left = largest

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise TooLargeError
        return message


class _Answer:
    """Sends an answer with our headers, and knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message["headers"] = _with_defaults(list(message.get("headers", [])))
        await self._send(message)


class Guard:
    """ASGI middleware: refuses what may not come in, before any of it is parsed."""

    def __init__(self, app: App, config: Config) -> None:
        self._app = app
        self._config = config

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(send, *refusal)
            return
        answer = _Answer(send)
        try:
            await self._app(scope, _Counted(receive, self._largest), answer)
        except TooLargeError:
            if not answer.started:
                await _refuse(send, 413, self._too_large())

    @property
    def _largest(self) -> int:
        """Two documents and what multipart or JSON puts around them."""
        return 2 * self._config.largest + 64 * 1024

    def _too_large(self) -> str:
        return f"A document may have {self._config.largest // 1024} KB at most: send less."

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._largest:
            return 413, self._too_large()
        host = headers.get("host", "")
        if not self._known_host(host):
            return 400, "This host name is not served here: start with --allow-host to add it."
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD") and origin and origin.split("//")[-1] != host:
            return 403, "Requests from pages of other sites are refused."
        closed = self._config.token and scope["path"] not in _OPEN
        if closed and not _authorised(headers.get("authorization", ""), self._config.token):
            return 401, "A token is needed: send it as Authorization: Bearer TOKEN."
        return None

    def _known_host(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0].strip("[]") if not host.endswith("]") else host.strip("[]")
        return name in (*LOOPBACK, self._config.host, *self._config.hosts)


def _authorised(header: str, token: str) -> bool:
    """Bearer for programs, Basic with the token as password for browsers."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    return secrets.compare_digest(value.strip().encode(), token.encode())


def _with_defaults(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The response's own headers before ours: a report page has a stricter policy of its own."""
    present = {name.lower() for name, _ in headers}
    policy = (b"content-security-policy", _CONTENT_POLICY.encode())
    return headers + [h for h in (*HEADERS, policy) if h[0] not in present]


async def _refuse(send: Send, status: int, detail: str) -> None:
    body = json.dumps(problem(status, detail)).encode()
    headers = [(b"content-type", b"application/problem+json"), *HEADERS]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="checker", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def problem(status: int, detail: str) -> dict[str, Any]:
    """A problem as RFC 9457 describes it."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}
