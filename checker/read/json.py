"""JSON and JSON lines: the texts of one field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from checker.errors import ReadError, did_you_mean
from checker.model import BlockKind, Document
from checker.read import Reader
from checker.read._build import Builder
from checker.read._charset import decode

_DEEPEST = 50
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"(?:[^"\\]|\\.)*"\s*:')


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The texts of the field that ``option`` names: ``body``, ``article.paragraphs``.

    Lists are gone through; every line of a text is a block. Raises ReadError for broken
    JSON and, with the fields there are, for a field that is not there.
    """
    text, remarks = decode(data, path)
    value = _value(text, path)
    fields = list(dict.fromkeys(name for name, _, _ in _texts(value, "", "", 0)))
    if not option:
        raise ReadError(
            "{path} is JSON: say which field to read, such as {path}#{example} ({known}).",
            path=path,
            example=(fields or ["body"])[0],
            known=_listed(fields),
        )
    builder = Builder()
    for name, place, found in _texts(value, "", "", 0):
        if name == option or name.startswith(f"{option}."):
            for line in found.splitlines():
                builder.add(line, BlockKind.PARAGRAPH, place)
    if not len(builder):
        hint = did_you_mean(option, fields)
        raise ReadError(
            '{path} has no text in a field "{option}"{hint} ({known}).',
            path=path,
            option=option,
            hint=hint,
            known=_listed(fields),
        )
    return builder.document(path, "json", "", remarks)


def _value(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ReadError("{path} nests deeper than any document does.", path=path) from None
    except ValueError as error:
        lines = _json_lines(text)
        if lines is None:
            raise ReadError("{path} is broken JSON ({error}).", path=path, error=error) from None
        return lines


def _json_lines(text: str) -> list[Any] | None:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _texts(value: Any, name: str, place: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """Field name, exact place and text of every text; list positions only in the place."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield name, place, value
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _texts(item, name, f"{place}[{number}]", depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            lead = f"{name}.{key}" if name else key
            yield from _texts(item, lead, f"{place}.{key}" if place else key, depth + 1)


def _listed(fields: list[str]) -> str:
    return f"fields with text: {', '.join(fields[:12])}" if fields else "it holds no text"


def recognises(data: bytes) -> bool:
    """True where an object with a key begins, alone or in a list."""
    return bool(_BEGINS.match(data[:2000]))


READER = Reader(
    "json",
    "JSON or JSON lines with a named field",
    (".json", ".jsonl", ".ndjson"),
    recognises,
    parse,
    option="name of the field, dots between levels",
)
