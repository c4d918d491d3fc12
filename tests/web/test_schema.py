"""The OpenAPI document holds against requests made up from it, right ones and wrong ones."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from web.conftest import Server

OPERATIONS = [
    *(("POST", f"/v1/{kind}{how}") for kind in ("diff", "gate", "align", "lint")
      for how in ("", "/files")),
    *(("GET", f"/v1/{name}") for name in ("termbases", "policies", "checks")),
    ("GET", "/v1/jobs/{job_id}"), ("GET", "/v1/jobs/{job_id}/result"),
    ("DELETE", "/v1/jobs/{job_id}"),
    ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"),
]  # fmt: skip
# Anything is a good name for a job: only what has a body can be wrong.
CASES = [
    *((*operation, GenerationMode.POSITIVE) for operation in OPERATIONS),
    *((*operation, GenerationMode.NEGATIVE) for operation in OPERATIONS if operation[0] == "POST"),
]


def test_every_operation_is_tried(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert sorted((m.upper(), path) for path, ms in paths.items() for m in ms) == sorted(OPERATIONS)


@pytest.mark.parametrize(("method", "path", "mode"), CASES, ids=str)
@pytest.mark.filterwarnings("ignore")
def test_no_request_breaks_the_promise(
    method: str, path: str, mode: GenerationMode, server: Server
) -> None:
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    operation = schema[path][method]
    # No schema can say that a text must be in a language that is known: 422 may answer it.
    excluded = CHECKS.get_by_names(["positive_data_acceptance"])

    @given(case=operation.as_strategy(mode))
    @settings(
        max_examples=5,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attempt(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=excluded, timeout=60)

    attempt()
