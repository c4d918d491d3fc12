"""What the HTTP interface takes and gives, as its OpenAPI document describes it."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from checker.model import Severity
from checker.web.work import Upload

EXAMPLE: dict[str, Any] = json.loads(
    resources.files(__package__).joinpath("example.json").read_text(encoding="utf-8")
)
"""``request``: two texts; ``files``: the fields of requests with a file; ``answers``: what
each route answers to them."""
WITH_FILES = ("/v1/diff", "/v1/gate", "/v1/align", "/v1/lint")
"""Routes that take texts as JSON; files, too, by the route of the same name and ``/files``."""

_Name = Field("document.txt", min_length=1, max_length=200, pattern=r"^[^/\\\x00-\x1f]+$")
_Language = Field("", max_length=12, pattern=r"^[A-Za-z-]*$", description="Detected when empty.")


class Text(BaseModel):
    """One document as text."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    name: str = _Name
    language: str = _Language

    def upload(self) -> Upload:
        """The text as the bytes of a file."""
        return Upload(self.name, self.text.encode("utf-8", "replace"), self.language)


class One(BaseModel):
    """A request about one document."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"source": EXAMPLE["request"]["source"]}]}
    )

    source: Text
    only: list[str] = Field(default_factory=list, max_length=50, description="Checks to run.")
    skip: list[str] = Field(default_factory=list, max_length=50, description="Checks to leave out.")
    min_severity: Severity = Severity.WARNING


class Two(One):
    """A request about two documents."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE["request"]]})

    target: Text
    termbase: str = Field("", max_length=200, description="One of /v1/termbases.")
    policy: str = Field("", max_length=200, description="One of /v1/policies; for gate.")
    fast: bool = Field(False, description="Leave the contextual detector out.")


class Running(BaseModel):
    """A job and where to ask for its result."""

    id: str
    state: Literal["waiting", "running", "done"]
    stage: str = Field(description="What is being done.")
    progress: float = Field(ge=0, le=1)
    result: str


class Problem(BaseModel):
    """A problem as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str


_MEANINGS = {
    400: "Not understood",
    401: "A token is needed",
    403: "Sent by a page of another site",
    404: "There is none, or no longer",
    408: "The request took too long to arrive",
    413: "Too large",
    422: "Cannot be checked",
    429: "Too many requests of yours at a time; Retry-After says when to return",
    500: "An error inside the checker",
    503: "Too many requests at a time; Retry-After says when to return",
    504: "It took too long",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of errors with these statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {s: {"description": _MEANINGS[s], "content": content} for s in statuses}


RESULTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The result, JSON version 1",
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
    202: {
        "description": "Taken; ask for the result at Location",
        "model": Running,
        "headers": {"Location": {"schema": {"type": "string"}}},
    },
    **problems(400, 408, 413, 422, 429, 500, 503, 504),
}
"""What OpenAPI says of the answers of a route that does work."""


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with the one schema of all errors, and the examples, in it."""
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for operations in document["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            if "application/json" in responses.get("422", {}).get("content", {}):
                responses["422"] = problems(422)[422]
    for path in WITH_FILES:
        takes = document["paths"][path]["post"]["requestBody"]["content"]
        takes |= document["paths"][f"{path}/files"]["post"]["requestBody"]["content"]
    for kind, file in EXAMPLE["files"].items():
        takes = document["paths"][f"/v1/{kind}"]["post"]["requestBody"]["content"]
        takes["multipart/form-data"]["example"] = file
    for kind, example in EXAMPLE["answers"].items():
        answer = document["paths"][f"/v1/{kind}"]["post"]["responses"]["200"]
        answer["content"]["application/json"]["example"] = example
    return document
