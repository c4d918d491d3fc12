"""The checker's own termbases in TOML: the easiest to write by hand and to keep in git.

[[concept]]
id = "model"
definition = "example that others are to follow"
fr = ["modèle", { term = "exemple", status = "admitted" }]
de = ["Modell", { term = "Mannequin", status = "forbidden" }]
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checker.errors import TermbaseError, did_you_mean
from checker.terms.formats.csv import decoded
from checker.terms.termbase import Concept, Entries, Format, Problem, Status, Term, term_or_problem

_ABOUT = ("id", "definition", "note", "domain", "project")
_TERM = ("term", "status", "part_of_speech", "case_sensitive", "note")
_LANGUAGE_LENGTHS = (2, 3)


def read(data: bytes) -> Entries:
    """Concepts of the tables ``[[concept]]``; every other key of one is a language code."""
    try:
        tables = tomllib.loads(decoded(data))
    except tomllib.TOMLDecodeError as error:
        raise TermbaseError("not TOML: {error}.", error=error) from None
    entries = tables.pop("concept", [])
    if tables or not isinstance(entries, list):
        name = next(iter(tables), "concept")
        raise TermbaseError('only tables [[concept]] are known, not "{name}".', name=name)
    for number, entry in enumerate(entries, 1):
        yield from _concept(number, entry)


def _concept(number: int, entry: Mapping[str, Any]) -> Entries:
    place = f"concept {number}" + (f' ("{entry["id"]}")' if "id" in entry else "")
    terms: list[Term] = []
    for key, value in entry.items():
        if key in _ABOUT:
            if not isinstance(value, str):
                yield Problem(place, f"{key} must be a string.")
                return
            continue
        if len(key.split("-")[0]) not in _LANGUAGE_LENGTHS:
            hint = did_you_mean(key, list(_ABOUT))
            yield Problem(place, f'"{key}" is neither a language nor a key{hint}.')
            continue
        for term in _terms(place, key, value):
            if isinstance(term, Problem):
                yield term
            else:
                terms.append(term)
    if not terms:
        yield Problem(place, "it has no terms.")
        return
    about = {key: str(entry.get(key, "")) for key in _ABOUT[1:]}
    yield Concept(str(entry.get("id", number)), tuple(terms), place=place, **about)


def _terms(place: str, language: str, value: Any) -> Iterator[Term | Problem]:
    for number, item in enumerate(value if isinstance(value, list) else [value]):
        default = Status.ADMITTED if number else Status.PREFERRED
        if isinstance(item, str):
            yield term_or_problem(place, item, language, default)
        elif isinstance(item, dict) and isinstance(item.get("term"), str):
            yield _from_table(place, language, item, default)
        else:
            yield Problem(place, f'a term of "{language}" is neither a string nor a table.')


def _from_table(
    place: str, language: str, item: Mapping[str, Any], default: Status
) -> Term | Problem:
    for key in item:
        if key not in _TERM:
            hint = did_you_mean(key, list(_TERM))
            return Problem(place, f'no key "{key}"{hint}. Known: {", ".join(_TERM)}.')
    return term_or_problem(
        place,
        item["term"],
        language,
        str(item.get("status", default)),
        str(item.get("part_of_speech", "")),
        item.get("case_sensitive", False) is True,
        str(item.get("note", "")),
    )


def write(concepts: Iterable[Concept]) -> bytes:
    """One table a concept, one line a language."""
    return "\n".join(_table(concept) for concept in concepts).encode("utf-8")


def _table(concept: Concept) -> str:
    lines = ["[[concept]]", f"id = {_string(concept.id)}"]
    for key in _ABOUT[1:]:
        if getattr(concept, key):
            lines.append(f"{key} = {_string(getattr(concept, key))}")
    for language in dict.fromkeys(term.language for term in concept.terms):
        terms = [t for t in concept.terms if t.language == language]
        lines.append(f"{language} = [{', '.join(map(_inline, terms))}]")
    return "\n".join(lines) + "\n"


def _inline(term: Term) -> str:
    parts = [f"term = {_string(term.text)}", f"status = {_string(term.status)}"]
    if term.part_of_speech:
        parts.append(f"part_of_speech = {_string(term.part_of_speech)}")
    if term.case_sensitive:
        parts.append("case_sensitive = true")
    if term.note:
        parts.append(f"note = {_string(term.note)}")
    return "{ " + ", ".join(parts) + " }"


def _string(text: str) -> str:
    """A basic string; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


FORMAT = Format("toml", (".toml",), read, write)
