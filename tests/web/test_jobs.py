"""Long work: jobs, limits, expiry, and an orderly end."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from web.conftest import FRENCH, GERMAN, PAIR, Server, problem, serving

ASYNC = {"prefer": "respond-async"}


def long_pair(times: int) -> dict[str, dict[str, str]]:
    """Two articles that take seconds: no sentence like another, or aligning would be guessing."""
    french, german = (
        "\n\n".join(f"{text.splitlines()[0]} ({n})" for n in range(times))
        for text in (FRENCH, GERMAN)
    )
    return {
        "source": {"text": french, "language": "fr"},
        "target": {"text": german, "language": "de"},
    }


def until(done: Callable[[], bool]) -> None:
    """Waits for what must happen; half a minute is forever."""
    for _ in range(300):
        if done():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen")


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker, one place to wait, four seconds a task, answers kept for three."""
    folder = tmp_path_factory.mktemp("narrow")
    options = ["--queue", "1", "--per-client", "2", "--keep", "0.05", "--timeout", "4"]
    with serving(folder, *options) as running:
        yield running


@pytest.fixture
def client(narrow: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=narrow.url, timeout=60) as opened:
        yield opened
        until(lambda: "checker_jobs_waiting 0.0" in opened.get("/metrics").text)


def test_a_job_is_taken_followed_and_answered(client: httpx.Client) -> None:
    taken = client.post("/v1/diff", json=PAIR, headers=ASYNC)
    assert taken.status_code == 202
    assert taken.headers["retry-after"] == "1"
    place = taken.headers["location"]
    assert client.get(taken.json()["result"]).status_code in (200, 202)
    until(lambda: client.get(place).json()["state"] == "done")
    assert client.get(place).json()["progress"] == 1
    result = client.get(client.get(place).json()["result"])
    assert result.json() == client.post("/v1/diff", json=PAIR).json()


def test_progress_only_grows(client: httpx.Client) -> None:
    place = client.post("/v1/diff", json=long_pair(150), headers=ASYNC).headers["location"]
    seen = []

    def done() -> bool:
        state = client.get(place).json()
        seen.append((state["progress"], state["stage"]))
        return bool(state["state"] == "done")

    until(done)
    assert [share for share, _ in seen] == sorted(share for share, _ in seen)
    assert any(0 < share < 1 for share, _ in seen)


def test_a_job_that_failed_gives_its_problem(client: httpx.Client) -> None:
    same = {**PAIR, "target": PAIR["source"]}
    taken = client.post("/v1/diff", json=same, headers=ASYNC)
    until(lambda: client.get(taken.headers["location"]).json()["state"] == "done")
    assert "both French" in problem(client.get(taken.json()["result"]), 422)["detail"]


def test_a_cancelled_job_stops_and_frees_its_worker(client: httpx.Client) -> None:
    place = client.post("/v1/diff", json=long_pair(3000), headers=ASYNC).headers["location"]
    until(lambda: client.get(place).json()["state"] == "running")
    assert client.delete(place).status_code == 204
    problem(client.get(place), 404)
    problem(client.delete(place), 404)
    assert client.post("/v1/diff", json=PAIR).status_code == 200


def test_enough_of_one_client_is_enough(client: httpx.Client) -> None:
    taken = [client.post("/v1/diff", json=long_pair(3000), headers=ASYNC) for _ in range(2)]
    refused = client.post("/v1/diff", json=PAIR)
    problem(refused, 429)
    assert int(refused.headers["retry-after"]) > 0
    for job in taken:
        client.delete(job.headers["location"])


def test_enough_of_all_clients_is_enough(client: httpx.Client) -> None:
    taken = [client.post("/v1/diff", json=long_pair(3000), headers=ASYNC) for _ in range(2)]
    refused = client.post("/v1/diff", json=PAIR, headers={"x-forwarded-for": "192.0.2.7"})
    problem(refused, 503)
    assert int(refused.headers["retry-after"]) > 0
    for job in taken:
        client.delete(job.headers["location"])


def test_answers_expire_and_those_given_at_once_are_not_kept(client: httpx.Client) -> None:
    place = client.post("/v1/diff", json=PAIR, headers=ASYNC).headers["location"]
    until(lambda: client.get(place).status_code == 404)
    client.post("/v1/diff", json=PAIR)
    assert "checker_jobs_kept 0.0" in client.get("/metrics").text


def test_what_takes_too_long_is_stopped(client: httpx.Client) -> None:
    problem(client.post("/v1/diff", json=long_pair(9000)), 504)
    assert client.post("/v1/diff", json=PAIR).status_code == 200


def test_a_worker_that_dies_is_replaced(client: httpx.Client, narrow: Server) -> None:
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(httpx.post, f"{narrow.url}/v1/diff", json=long_pair(3000), timeout=60)
        until(lambda: "checker_jobs_waiting 1.0" in client.get("/metrics").text)
        for worker in workers(narrow):
            subprocess.run(["kill", "-9", worker], check=True)
        problem(asked.result(60), 503)
    assert client.post("/v1/diff", json=PAIR).status_code == 200


def test_the_end_waits_for_what_runs(tmp_path: Path) -> None:
    with serving(tmp_path) as server, ThreadPoolExecutor(1) as thread:
        pair = long_pair(100)
        asked = thread.submit(httpx.post, f"{server.url}/v1/diff", json=pair, timeout=60)
        until(lambda: "checker_jobs_waiting 1.0" in httpx.get(f"{server.url}/metrics").text)
        assert server.stop() in (0, -signal.SIGTERM)
        assert asked.result(60).status_code == 200
        assert all("rror" not in line for line in server.lines)


def test_no_worker_outlives_a_killed_server(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        left = workers(server)
        assert left
        server.process.kill()
        server.process.wait()
        until(lambda: not any(Path(f"/proc/{worker}/cmdline").exists() for worker in left))


def workers(server: Server) -> list[str]:
    """Process ids of the workers: children of the process they are forked from."""
    found: list[str] = []
    for child in _children(str(server.process.pid)):
        found += _children(child)
    return found


def _children(process: str) -> list[str]:
    listed = subprocess.run(
        ["ps", "--no-headers", "-o", "pid", "--ppid", process],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return listed.stdout.split()
