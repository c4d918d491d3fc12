"""TBX: version 2 (martif) and version 3 (ISO 30042:2019), dialects core, basic and linguist.

Version 3 comes in two styles: data categories as attributes (dca) or as elements of their
own (dct); both are read. What is written is TBX-Basic 3 in dca style, which keeps to the
levels its schema prescribes: subject field at the concept, definition at the concept, status,
part of speech and project at the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from checker.errors import TermbaseError
from checker.terms.formats._xml import elements, local, text_of
from checker.terms.termbase import (
    PARTS_OF_SPEECH,
    Concept,
    Entries,
    Format,
    Problem,
    Status,
    Term,
    term_or_problem,
)

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Undesired by a committee is what a house calls forbidden; superseded is what it calls deprecated.
_STATUS = {
    "preferredTerm-admn-sts": Status.PREFERRED,
    "admittedTerm-admn-sts": Status.ADMITTED,
    "legalTerm-admn-sts": Status.ADMITTED,
    "regulatedTerm-admn-sts": Status.ADMITTED,
    "standardizedTerm-admn-sts": Status.PREFERRED,
    "supersededTerm-admn-sts": Status.DEPRECATED,
    "deprecatedTerm-admn-sts": Status.FORBIDDEN,
}
_WRITTEN = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "supersededTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_CASE = "case-sensitive"
_TERM_SECTIONS = ("termSec", "tig", "ntig")
_ID = re.compile(r"[A-Za-z_][\w.-]*")


def read(data: bytes) -> Entries:
    """Concepts of every entry. Raises TermbaseError for XML that is broken or no TBX."""
    number = 0
    for number, entry in enumerate(elements(data, "termEntry", "conceptEntry"), 1):
        yield from _concept(entry, number)
    if not number and not re.search(rb"<(\w+:)?(martif|tbx)\b", data[:4096]):
        raise TermbaseError("not TBX: it has no termEntry and no conceptEntry.")


def _concept(entry: Any, number: int) -> Entries:
    name = entry.get("id") or str(number)
    place = f'line {entry.sourceline}, entry "{name}"'
    if any(not local(e) and e.tag is not None and str(e).startswith("&") for e in entry.iter()):
        yield Problem(place, "it contains an XML entity, which is not read.")
        return
    terms: list[Term] = []
    project = ""
    for section in entry:
        if local(section) in ("langSet", "langSec"):
            for term, subset in _terms(section, place):
                project = project or subset
                if isinstance(term, Problem):
                    yield term
                else:
                    terms.append(term)
    if not terms:
        yield Problem(place, "it has no terms.")
        return
    about = dict(_categories(entry, down=("langSet", "langSec")))
    yield Concept(
        name,
        tuple(terms),
        definition=about.get("definition", ""),
        note=about.get("note", ""),
        domain=about.get("subjectField", ""),
        project=project,
        place=place,
    )


def _terms(section: Any, place: str) -> Iterator[tuple[Term | Problem, str]]:
    """The terms of a language section, each with the project it belongs to."""
    language = section.get(_LANG) or section.get("lang") or ""
    for inner in section:
        if local(inner) in _TERM_SECTIONS:
            yield _term(inner, language, place)


def _term(section: Any, language: str, place: str) -> tuple[Term | Problem, str]:
    texts = [text_of(e) for e in section.iter() if local(e) == "term"]
    about = list(_categories(section))
    values = dict(about)
    status = values.get("administrativeStatus", "") or values.get("normativeAuthorization", "")
    if status and not status.endswith("-admn-sts"):
        status += "-admn-sts"
    if status and status not in _STATUS:
        return Problem(place, f'no administrative status "{status}".'), ""
    part = values.get("partOfSpeech", "").strip()
    notes = [value for name, value in about if name == "note"]
    term = term_or_problem(
        place,
        texts[0] if texts else "",
        language,
        _STATUS.get(status, Status.PREFERRED),
        part if part in PARTS_OF_SPEECH else "other" if part else "",
        _CASE in notes,
        next((note for note in notes if note != _CASE), ""),
    )
    return term, values.get("projectSubset", "")


def _categories(element: Any, down: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Data categories directly of an element or in its groups, but not below ``down``."""
    for child in element:
        name = local(child)
        if not name or name in down:
            continue
        if name.endswith("Grp"):
            yield from _categories(child, down)
        elif child.get("type"):
            yield child.get("type"), text_of(child).strip()
        else:
            yield name, text_of(child).strip()


def write(concepts: Iterable[Concept]) -> bytes:
    """A TBX-Basic 3 file in dca style."""
    from lxml import etree

    root = etree.Element(
        "tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, nsmap={None: _NAMESPACE}
    )
    source = _path(root, "tbxHeader", "fileDesc", "sourceDesc", "p")
    source.text = "Termbase written by checker"
    body = _path(root, "text", "body")
    used: set[str] = set()
    for concept in concepts:
        _write_concept(body, concept, used)
    # Names without a namespace would be written with xmlns="" otherwise.
    for element in root.iter():
        element.tag = f"{{{_NAMESPACE}}}{local(element)}"
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return data


def _path(parent: Any, *names: str) -> Any:
    from lxml import etree

    for name in names:
        parent = etree.SubElement(parent, name)
    return parent


def _add(parent: Any, name: str, text: str, kind: str = "") -> None:
    if text:
        child = _path(parent, name)
        if kind:
            child.set("type", kind)
        child.text = _printable(text)


def _write_concept(body: Any, concept: Concept, used: set[str]) -> None:
    entry = _path(body, "conceptEntry")
    entry.set("id", _identifier(concept.id, used))
    _add(entry, "descrip", concept.domain, "subjectField")
    _add(entry, "descrip", concept.definition, "definition")
    _add(entry, "note", concept.note)
    for language in dict.fromkeys(term.language for term in concept.terms):
        section = _path(entry, "langSec")
        section.set(_LANG, language)
        for term in concept.terms:
            if term.language == language:
                _write_term(section, term, concept.project)


def _write_term(section: Any, term: Term, project: str) -> None:
    inner = _path(section, "termSec")
    _add(inner, "term", term.text)
    _add(inner, "termNote", term.part_of_speech, "partOfSpeech")
    _add(inner, "termNote", _WRITTEN[term.status], "administrativeStatus")
    _add(inner, "admin", project, "projectSubset")
    _add(inner, "note", term.note)
    _add(inner, "note", _CASE if term.case_sensitive else "")


def _identifier(name: str, used: set[str]) -> str:
    """An XML id: as it is where it can be, otherwise made one, and never twice the same."""
    wanted = name if _ID.fullmatch(name) else "c" + re.sub(r"[^\w.-]", "_", name)
    chosen, number = wanted, 1
    while chosen in used:
        number += 1
        chosen = f"{wanted}-{number}"
    used.add(chosen)
    return chosen


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


FORMAT = Format("tbx", (".tbx", ".xml"), read, write)
