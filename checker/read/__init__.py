"""Reads documents. One file a format in this folder, each defining ``READER``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import ReadError
from checker.model import Document
from checker.registry import discover


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read one format.

    ``recognises`` looks at the first bytes and the name, ``parse`` turns the bytes into a
    Document without a language. ``parse`` raises ReadError on broken input.
    """

    name: str
    summary: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    parse: Callable[[bytes, str], Document]


def readers() -> Mapping[str, Reader]:
    """Every reader of this folder by name."""
    return discover(__name__, "READER", Reader)


def read(path: str | Path) -> Document:
    """The document at ``path``, its language still to be found.

    Raises ReadError when it is missing, a directory, not text, or of no known format.
    """
    name = str(path)
    data = _bytes(Path(path))
    for reader in readers().values():
        if reader.recognises(data[:4096], name):
            return reader.parse(data, name)
    return readers()["text"].parse(data, name)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise ReadError(f"{path} is a directory: name a file, or use `checker audit` for folders.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path} does not exist: check the name.") from None
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}.") from None
