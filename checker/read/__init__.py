"""Reads documents. One file a format in this folder, each defining ``READER``.

``read`` gives one document, ``read_pair`` the two sides of a bilingual file. A name may
carry what to take from the file behind a ``#``: ``articles.json#body``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import ReadError, did_you_mean, worded
from checker.model import Document
from checker.registry import discover

STANDARD_INPUT = "-"
LARGEST = 100 * 1024 * 1024
"""Largest file in bytes; compressed formats have a limit of their own on what comes out."""


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """The two sides of a bilingual file: block n of one is the translation of block n of the other.

    A block is empty where a side has no text.
    """

    source: Document
    target: Document


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read one format.

    ``recognises`` looks at the bytes, the suffix decides where no reader recognises them.
    ``parse`` turns bytes, name and option into a document, ``pair`` into the two sides of
    a bilingual one; a format has at least one of them. Both raise ReadError on broken
    input and leave the language empty where the format does not say it. ``option`` says
    what may stand behind ``#`` in a name; empty when nothing may.
    """

    name: str
    summary: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    parse: Callable[[bytes, str, str], Document] | None = None
    pair: Callable[[bytes, str, str], DocumentPair] | None = None
    option: str = ""


def readers() -> Mapping[str, Reader]:
    """Every reader of this folder by name."""
    return discover(__name__, "READER", Reader)


def read(path: str | Path) -> Document:
    """The document at ``path`` ("-" reads standard input), its language often still to be found.

    Raises ReadError when it is missing, a directory, without text, of no known format, or
    a bilingual file, which is two documents.
    """
    name, option, data = _load(path)
    return parse(data, name, option)


def parse(data: bytes, name: str, option: str = "") -> Document:
    """The document that ``data`` holds; ``name`` is only shown and never opened.

    Raises ReadError as ``read`` does.
    """
    reader = _reader_of(data, name, option)
    if reader.parse is None:
        raise ReadError(
            "{name} holds both languages: give it to `checker diff` or `checker gate`, "
            "without a second file.",
            name=name,
        )
    document = reader.parse(data, name, option)
    if not any(len(block.span) for block in document.blocks):
        raise ReadError("{name} holds no text: there is nothing to check.", name=name)
    return document


def read_pair(path: str | Path) -> DocumentPair:
    """Both sides of the bilingual file at ``path``.

    Raises ReadError as ``read`` does, and when the format has only one language.
    """
    name, option, data = _load(path)
    return parse_pair(data, name, option)


def parse_pair(data: bytes, name: str, option: str = "") -> DocumentPair:
    """Both sides of the bilingual file that ``data`` holds; ``name`` is only shown.

    Raises ReadError as ``read_pair`` does.
    """
    reader = _reader_of(data, name, option)
    if reader.pair is None:
        raise ReadError(
            "{name} is one document: name the other language version after it. Both "
            "in one file: {known}.",
            name=name,
            known=", ".join(r.name for r in readers().values() if r.pair),
        )
    pair = reader.pair(data, name, option)
    sides = (worded("source text"), pair.source), (worded("target text"), pair.target)
    for side, document in sides:
        if not any(len(block.span) for block in document.blocks):
            raise ReadError(
                "{name} holds no {side}: there is nothing to check.", name=name, side=side
            )
    return pair


def _load(path: str | Path) -> tuple[str, str, bytes]:
    """Name, option and bytes of what a path means."""
    name, option = str(path), ""
    if "#" in name and not Path(name).exists():
        name, _, option = name.rpartition("#")
    if name == STANDARD_INPUT:
        return "standard input", option, _within_limit(sys.stdin.buffer.read(LARGEST + 1), name)
    return name, option, _bytes(Path(name))


def _reader_of(data: bytes, name: str, option: str) -> Reader:
    """By content, then by suffix, then plain text."""
    known = readers()
    suffix = Path(name).suffix.lower()
    found = next((r for r in known.values() if r.recognises(data)), None)
    found = found or next((r for r in known.values() if suffix in r.suffixes), known["text"])
    if option and not found.option:
        taking = ", ".join(r.name for r in known.values() if r.option)
        raise ReadError(
            '{name}#{option}: there is no such file, and "#{option}" says nothing to '
            "a file of format {format} (it does to: {taking}).",
            name=name,
            option=option,
            format=found.name,
            taking=taking,
        )
    return found


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReadError(
                "{path} is a directory: name a file, or use `checker audit` for folders.", path=path
            )
        with path.open("rb") as file:
            return _within_limit(file.read(LARGEST + 1), str(path))
    except FileNotFoundError:
        raise ReadError(
            "{path} does not exist{hint}: check the name.", path=path, hint=_similar(path)
        ) from None
    except ValueError:
        raise ReadError("{path} is no file name: check the name.", path=repr(str(path))) from None
    except OSError as error:
        raise ReadError(
            "{path} cannot be read: {reason}.", path=path, reason=error.strerror or error
        ) from None


def _similar(path: Path) -> str:
    try:
        beside = sorted(p.name for p in path.parent.iterdir())[:1000]
    except OSError:
        return ""
    return did_you_mean(path.name, beside)


def _within_limit(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise ReadError(
            "{name} is larger than {size} MB, more than any article: split it, or "
            "use `checker audit` on its parts.",
            name=name,
            size=LARGEST >> 20,
        )
    return data
