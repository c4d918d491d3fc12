"""What stands before every request: token, host, origin, size; and the headers after it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from web.conftest import FRENCH, PAIR, Server, problem, serving

TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("guarded")
    options = ["--max-kb", "8", "--allow-host", "checker.example"]
    with serving(folder, *options, CHECKER_TOKEN=TOKEN) as running:
        yield running


def test_a_token_is_asked_of_everybody(guarded: Server) -> None:
    refused = httpx.post(f"{guarded.url}/v1/diff", json=PAIR)
    problem(refused, 401)
    assert refused.headers["www-authenticate"].startswith("Basic")
    for path in ("/", "/openapi.json", "/metrics", "/v1/checks", "/archive"):
        problem(httpx.get(guarded.url + path), 401)
    for wrong in ("Bearer no", f"Other {TOKEN}", "Basic ???", TOKEN):
        problem(httpx.get(f"{guarded.url}/", headers={"authorization": wrong}), 401)


def test_a_token_opens_as_bearer_and_as_password(guarded: Server) -> None:
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert httpx.get(f"{guarded.url}/v1/checks", headers=bearer).status_code == 200
    assert httpx.get(f"{guarded.url}/", auth=("anyone", TOKEN)).status_code == 200


def test_probes_need_neither_token_nor_host(guarded: Server) -> None:
    for path in ("/healthz", "/readyz"):
        answer = httpx.get(guarded.url + path, headers={"host": "10.0.0.7:8080"})
        assert answer.status_code == 200


def test_only_known_host_names_are_served(guarded: Server) -> None:
    auth = ("", TOKEN)
    for host in ("evil.example", "127.0.0.1.evil.example", ""):
        problem(httpx.get(f"{guarded.url}/v1/checks", headers={"host": host}, auth=auth), 400)
    for host in ("checker.example", "checker.example:443", "localhost", "[::1]:8080"):
        answer = httpx.get(f"{guarded.url}/v1/checks", headers={"host": host}, auth=auth)
        assert answer.status_code == 200


def test_pages_of_other_sites_cannot_send(guarded: Server) -> None:
    for origin in ("https://evil.example", "null"):
        headers = {"origin": origin}
        answer = httpx.post(f"{guarded.url}/v1/diff", json=PAIR, headers=headers, auth=("", TOKEN))
        problem(answer, 403)
    own = httpx.post(
        f"{guarded.url}/v1/diff", json=PAIR, headers={"origin": guarded.url}, auth=("", TOKEN)
    )
    assert own.status_code == 200


def test_too_large_is_refused_by_its_announced_length(guarded: Server) -> None:
    body = {"source": {"text": "é" * 50_000}, "target": {"text": "a"}}
    answer = httpx.post(f"{guarded.url}/v1/diff", json=body, auth=("", TOKEN))
    assert "8 KB" in problem(answer, 413)["detail"]


def test_too_large_is_refused_without_an_announced_length(guarded: Server) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="source"; filename="a.txt"\r\n\r\n'
    multipart = "multipart/form-data; boundary=b"

    def endless(start: bytes) -> Iterator[bytes]:
        yield start
        for _ in range(200):
            yield b"a" * 1000

    for path, kind, start in (
        ("/v1/diff", "application/json", b'{"source": {"text": "'),
        ("/v1/diff/files", multipart, part),
        ("/check", multipart, part),
    ):
        headers = {"content-type": kind}
        answer = httpx.post(
            guarded.url + path, content=endless(start), headers=headers, auth=("", TOKEN)
        )
        problem(answer, 413)


def test_each_document_has_the_limit(guarded: Server) -> None:
    long = FRENCH * 80
    texts = {"source": {"text": long}, "target": {"text": "Kurz."}}
    problem(httpx.post(f"{guarded.url}/v1/diff", json=texts, auth=("", TOKEN)), 413)
    one = {"source": {"text": long}}
    problem(httpx.post(f"{guarded.url}/v1/lint", json=one, auth=("", TOKEN)), 413)
    files = {"source": ("a.txt", long.encode()), "target": ("b.txt", b"Kurz.")}
    problem(httpx.post(f"{guarded.url}/v1/diff/files", files=files, auth=("", TOKEN)), 413)


@pytest.mark.parametrize("length", ["-1", "1" * 5000, "zwölf"])
def test_a_nonsense_length_harms_nothing(guarded: Server, length: str) -> None:
    place = urlsplit(guarded.url)
    assert place.hostname and place.port
    with socket.create_connection((place.hostname, place.port), 30) as connection:
        head = f"POST /v1/diff HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(200).split(b" ")[1] in (b"400", b"413")
    assert httpx.get(f"{guarded.url}/healthz").status_code == 200


def test_every_answer_carries_the_headers(guarded: Server) -> None:
    for answer in (
        httpx.get(f"{guarded.url}/", auth=("", TOKEN)),
        httpx.get(f"{guarded.url}/v1/checks", auth=("", TOKEN)),
        httpx.get(f"{guarded.url}/v1/checks"),
    ):
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "set --token"),
        (["--host", "0.0.0.0", "--token", "short"], "16 characters"),
        (["--model", "no-such-model"], "no-such-model"),
    ],
)
def test_what_is_unsafe_or_wrong_does_not_start(
    options: list[str], said: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "checker", "serve", "--port", "0", *options]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr


def test_a_port_that_is_taken_is_named(guarded: Server, tmp_path: Path) -> None:
    port = str(urlsplit(guarded.url).port)
    command = [sys.executable, "-m", "checker", "serve", "--port", port]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 2
    assert "Choose another --port" in result.stderr
