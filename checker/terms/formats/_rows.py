"""Concepts from the rows of a table and back: what CSV, TSV and XLSX have in common.

Two layouts are read. Long: one term a row, with the columns of ``COLUMNS``; rows with the
same concept belong together. Wide: one concept a row and one column a language ("fr", "de",
"de:forbidden"), several terms in a cell separated by "|", the first one preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from checker.errors import TermbaseError, did_you_mean
from checker.terms.termbase import Concept, Entries, Problem, Status, Term, term_or_problem

COLUMNS = (
    "concept", "language", "term", "status", "part_of_speech", "case_sensitive", "term_note",
    "definition", "note", "domain", "project",
)  # fmt: skip
# What `checker terms extract` adds for the person who edits its proposal.
PROPOSAL = ("count", "confidence", "variants", "example_source", "example_target")
_LANGUAGE = re.compile(r"([a-z]{2,3}(?:-[a-z0-9]{2,8})?)(?::([a-z]+))?", re.IGNORECASE)
_TRUE = {"true", "yes", "1", "x"}
_FALSE = {"", "false", "no", "0"}
_MOST_COLUMNS = 64

Row = tuple[str, Sequence[str]]


def concepts_of(rows: Iterable[Row]) -> Entries:
    """The concepts of a table whose rows come with their place; the first row is the header.

    Raises TermbaseError when the header tells neither layout.
    """
    numbered = iter(rows)
    place, header = next(numbered, ("", ()))
    names = [name.strip().lower().replace(" ", "_") for name in header]
    if len(names) > _MOST_COLUMNS:
        raise TermbaseError("{place}: more than {most} columns.", place=place, most=_MOST_COLUMNS)
    if "term" in names and "language" in names:
        _refuse_unknown(place, names, COLUMNS)
        yield from _long(names, numbered)
    elif sum(bool(_language(name)) for name in names) > 1:
        _refuse_unknown(place, [n for n in names if not _language(n)], COLUMNS)
        yield from _wide(names, numbered)
    else:
        raise TermbaseError(
            "{place}: the header must name the columns language and term, or one "
            "column for each language (fr, de, de:forbidden).",
            place=place or "line 1",
        )


def rows_of(concepts: Iterable[Concept]) -> Iterator[tuple[str, ...]]:
    """The long layout, header first."""
    yield COLUMNS
    for concept in concepts:
        for term in concept.terms:
            yield (
                concept.id, term.language, term.text, term.status, term.part_of_speech,
                "yes" if term.case_sensitive else "", term.note, concept.definition,
                concept.note, concept.domain, concept.project,
            )  # fmt: skip


def _refuse_unknown(place: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name and name not in known and name not in PROPOSAL:
            hint = did_you_mean(name, list(known))
            raise TermbaseError(
                '{place}: no column "{name}"{hint}. Known: {known}.',
                place=place,
                name=name,
                hint=hint,
                known=", ".join(known),
            )


def _language(name: str) -> re.Match[str] | None:
    return None if name in COLUMNS or name in PROPOSAL else _LANGUAGE.fullmatch(name)


def _cells(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def _long(names: Sequence[str], rows: Iterable[Row]) -> Entries:
    """Rows of one concept need not be neighbours; a row without concept stands alone."""
    groups: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
    for place, cells in rows:
        texts = _cells(names, cells)
        if any(texts.values()):
            groups.setdefault(texts.get("concept") or place, []).append((place, texts))
    for name, members in groups.items():
        terms: list[Term] = []
        for place, row in members:
            term = _term(place, row)
            if isinstance(term, Problem):
                yield term
            else:
                terms.append(term)
        if terms:
            yield _concept(name, terms, [row for _, row in members], members[0][0])


def _term(place: str, row: Mapping[str, str]) -> Term | Problem:
    case = row.get("case_sensitive", "").lower()
    if case not in _TRUE | _FALSE:
        return Problem(place, f'case_sensitive is "{case}"; write yes or no.')
    return term_or_problem(
        place,
        row.get("term", ""),
        row.get("language", ""),
        row.get("status", ""),
        row.get("part_of_speech", ""),
        case in _TRUE,
        row.get("term_note", ""),
    )


def _concept(
    name: str, terms: Sequence[Term], rows: Sequence[Mapping[str, str]], place: str
) -> Concept:
    def first(column: str) -> str:
        return next((row[column] for row in rows if row.get(column)), "")

    return Concept(
        name,
        tuple(terms),
        first("definition"),
        first("note"),
        first("domain"),
        first("project"),
        place,
    )


def _wide(names: Sequence[str], rows: Iterable[Row]) -> Entries:
    for place, cells in rows:
        texts = _cells(names, cells)
        terms: list[Term] = []
        for name, cell in texts.items():
            for term in _terms_of_cell(place, name, cell):
                if isinstance(term, Problem):
                    yield term
                else:
                    terms.append(term)
        if terms:
            yield _concept(texts.get("concept") or place, terms, [texts], place)


def _terms_of_cell(place: str, name: str, cell: str) -> Iterator[Term | Problem]:
    match = _language(name)
    if not match:
        return
    for number, text in enumerate(filter(None, map(str.strip, cell.split("|")))):
        status = match.group(2) or (Status.ADMITTED if number else Status.PREFERRED)
        yield term_or_problem(place, text, match.group(1), status)
