"""Termbases: which terms a house wants, allows and forbids. One file a format in ``formats``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from checker.errors import TermbaseError, did_you_mean
from checker.registry import discover

PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "other")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_TERM = 200
_LARGEST_FILE = 256 * 2**20


class Status(StrEnum):
    """What a house says of a term, best first."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"

    @property
    def allowed(self) -> bool:
        """Whether the term may be used."""
        return self in (Status.PREFERRED, Status.ADMITTED)


@dataclass(frozen=True, slots=True)
class Term:
    """One way to say a concept in one language (a code such as ``de`` or ``de-CH``)."""

    text: str
    language: str
    status: Status = Status.PREFERRED
    part_of_speech: str = ""
    case_sensitive: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing and its terms. ``place`` says where the file has it, for messages."""

    id: str
    terms: tuple[Term, ...]
    definition: str = ""
    note: str = ""
    domain: str = ""
    project: str = ""
    place: str = field(default="", compare=False)

    def of(self, language: str) -> tuple[Term, ...]:
        """The terms of a language; terms of a region count for the base language too."""
        base = language.split("-")[0].lower()
        return tuple(t for t in self.terms if t.language.split("-")[0].lower() == base)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a termbase: the line, row or entry, and what is wrong with it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(frozen=True, slots=True)
class Termbase:
    """The concepts of one file or several, and what could not be read of them."""

    concepts: tuple[Concept, ...]
    problems: tuple[Problem, ...] = ()


Entries = Iterator[Concept | Problem]


@dataclass(frozen=True, slots=True)
class Format:
    """How termbases of one kind are read and written.

    ``read`` yields concepts and, for broken entries, problems; it raises TermbaseError when
    nothing can be read. ``write`` gives the bytes of a file that reads back identical.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], Entries]
    write: Callable[[Iterable[Concept]], bytes]


def formats() -> Mapping[str, Format]:
    """Every termbase format by name."""
    return discover("checker.terms.formats", "FORMAT", Format)


def format_of(path: Path) -> Format:
    """The format that a file's suffix stands for. Raises TermbaseError for an unknown one."""
    for candidate in formats().values():
        if path.suffix.lower() in candidate.suffixes:
            return candidate
    known = ", ".join(s for f in formats().values() for s in f.suffixes)
    raise TermbaseError(
        '{path}: no termbase format for "{suffix}". Known: {known}.',
        path=path,
        suffix=path.suffix,
        known=known,
    )


def load(path: Path, lenient: bool = False) -> Termbase:
    """The termbase in a file.

    Raises TermbaseError when it cannot be read or, unless ``lenient``, when any entry of it
    is broken; with ``lenient`` the rest is loaded and the problems are kept.
    """
    chosen = format_of(path)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise TermbaseError(
                "{path}: larger than {size} MiB; split it.", path=path, size=_LARGEST_FILE // 2**20
            )
        entries = list(chosen.read(path.read_bytes()))
    except OSError as error:
        raise TermbaseError(
            "{path}: {reason}.", path=path, reason=error.strerror or error
        ) from None
    except TermbaseError as error:
        raise TermbaseError("{path}: {error}", path=path, error=error.args[0]) from None
    problems = tuple(entry for entry in entries if isinstance(entry, Problem))
    if problems and not lenient:
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        raise TermbaseError(
            "{path}: {example}{more} `checker terms check` lists every problem.",
            path=path,
            example=problems[0],
            more=more,
        )
    return Termbase(tuple(e for e in entries if isinstance(e, Concept)), problems)


def load_all(paths: Iterable[str], lenient: bool = False) -> Termbase:
    """Several termbases as one, each file read once while it does not change."""
    loaded = []
    for name in paths:
        loaded.append(_cached(Path(name), stamp_of(name), lenient))
    return Termbase(
        tuple(c for base in loaded for c in base.concepts),
        tuple(p for base in loaded for p in base.problems),
    )


def stamp_of(name: str) -> int:
    """What changes when the file does; 0 for a file that is not there."""
    path = Path(name)
    return path.stat().st_mtime_ns if path.exists() else 0


@cache
def _cached(path: Path, stamp: int, lenient: bool) -> Termbase:
    return load(path, lenient)


def narrowed(base: Termbase, domains: Iterable[str], projects: Iterable[str]) -> Termbase:
    """The concepts of the wanted domains and projects; those without one always count."""
    wanted = {d.casefold() for d in domains}, {p.casefold() for p in projects}

    def fits(value: str, names: set[str]) -> bool:
        return not names or not value or value.casefold() in names

    kept = (c for c in base.concepts if fits(c.domain, wanted[0]) and fits(c.project, wanted[1]))
    return Termbase(tuple(kept), base.problems)


def term_or_problem(
    place: str,
    text: str,
    language: str,
    status: str = "",
    part_of_speech: str = "",
    case_sensitive: bool = False,
    note: str = "",
) -> Term | Problem:
    """A term from the strings of a file, or what is wrong with them."""
    text = " ".join(text.split())
    if not text:
        return Problem(place, "a term is empty.")
    if len(text) > _LONGEST_TERM:
        return Problem(place, f"a term is longer than {_LONGEST_TERM} characters.")
    if not any(c.isalnum() for c in text):
        return Problem(place, f'"{text}" has no letters.')
    if not _LANGUAGE.fullmatch(language):
        return Problem(place, f'"{language}" is no language code.')
    status = status.strip().lower() or Status.PREFERRED
    if status not in list(Status):
        hint = did_you_mean(status, list(Status))
        return Problem(place, f'no status "{status}"{hint}. Known: {", ".join(Status)}.')
    part_of_speech = part_of_speech.strip().lower()
    if part_of_speech and part_of_speech not in PARTS_OF_SPEECH:
        hint = did_you_mean(part_of_speech, list(PARTS_OF_SPEECH))
        known = ", ".join(PARTS_OF_SPEECH)
        return Problem(place, f'no part of speech "{part_of_speech}"{hint}. Known: {known}.')
    return Term(text, language, Status(status), part_of_speech, case_sensitive, note)
