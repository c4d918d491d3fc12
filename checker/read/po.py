"""PO catalogues: msgid and msgstr as the two sides, an entry a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.errors import ReadError
from checker.read import DocumentPair, Reader
from checker.read._build import Builder
from checker.read._charset import decode

_LINE = re.compile(
    r'(?P<key>msgctxt|msgid|msgid_plural|msgstr(?:\[\d{1,2}\])?)?\s*"(?P<text>.*)"\s*\Z'
)
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3}(?:[_-]\w+)?)", re.M)
_LOOKS = re.compile(rb'^msgid\s+"', re.M)


@dataclass(slots=True)
class _Entry:
    """One entry: the line it begins on and its texts by keyword."""

    line: int
    fuzzy: bool = False
    texts: dict[str, str] = field(default_factory=dict)


def pair(data: bytes, path: str, option: str = "") -> DocumentPair:
    """Both sides of every entry; plural forms are entries of their own.

    The target's language is the header's. Raises ReadError on broken input.
    """
    text, remarks = decode(data, path)
    sides = (Builder(), Builder())
    language, fuzzy = "", 0
    for entry in _entries(text, path):
        if entry.texts.get("msgid") == "" and "msgctxt" not in entry.texts:
            said = _LANGUAGE.search(entry.texts.get("msgstr", ""))
            language = said.group(1).replace("_", "-") if said else ""
            continue
        fuzzy += entry.fuzzy
        for place, source, target in _forms(entry):
            sides[0].add_unit(source, place)
            sides[1].add_unit(target, place)
    if fuzzy:
        remarks = (*remarks, f"{fuzzy} entries marked fuzzy are checked like the others")
    return DocumentPair(
        sides[0].document(path, "po", "", remarks), sides[1].document(path, "po", language, remarks)
    )


def _forms(entry: _Entry) -> Iterator[tuple[str, str, str]]:
    """Place, source and target of the entry's forms."""
    place, texts = f"entry at line {entry.line}", entry.texts
    if "msgid_plural" not in texts:
        yield place, texts.get("msgid", ""), texts.get("msgstr", "")
        return
    yield f"{place}, singular", texts.get("msgid", ""), texts.get("msgstr[0]", "")
    yield f"{place}, plural", texts["msgid_plural"], texts.get("msgstr[1]", "")


def _entries(text: str, path: str) -> Iterator[_Entry]:
    """Entries in order; obsolete ones (``#~``) are comments."""
    entry, key, fuzzy = _Entry(0), "", False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        match = _LINE.match(line)
        key = (match["key"] or key) if match else ""
        if match is None or not key:
            raise ReadError(
                "{path} is a broken catalogue at line {number}.", path=path, number=number
            )
        if _begins(entry, match["key"]):
            if entry.texts:
                yield entry
            entry, fuzzy = _Entry(number, fuzzy), False
        entry.texts[key] = entry.texts.get(key, "") + _unescaped(match["text"])
    if entry.texts:
        yield entry


def _begins(entry: _Entry, key: str | None) -> bool:
    """True for the keyword that a new entry begins with."""
    return key == "msgctxt" or (key == "msgid" and entry.texts.keys() != {"msgctxt"})


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _ESCAPES.get(code, code)


def recognises(data: bytes) -> bool:
    """True where an entry begins within the first kilobytes."""
    return bool(_LOOKS.search(data[:8192]))


READER = Reader("po", "PO catalogue, both languages", (".po", ".pot"), recognises, pair=pair)
