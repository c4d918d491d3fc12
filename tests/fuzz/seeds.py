"""Where fuzzing begins: small files of each format, and words that make recognisers branch."""

from __future__ import annotations

import io
import zipfile
from importlib import resources
from pathlib import Path

from checker.read import readers
from checker.terms.termbase import Concept, Term, formats

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
CASES = Path(__file__).parents[1] / "cases"
SENTENCES = {
    "fr": "Le 12 mars 2027 à 14h30, M. Jean-Paul Dupont a versé 29 208 000 francs (12,5 %) à "
    "l'Union européenne; trois à quatre cents personnes, XIXe siècle, -5 °C, 7:6, n° 124-QD/TW.",
    "de": "Am 12. März 2027 um halb drei zahlte Dr. Hans-Peter Müller 29'208'000 Franken (12,5 %) "
    "an die EU; 1,5 Mio., fünfjährige, zweimal, 19. Jahrhundert, 20-Uhr-Nachrichten, 88-Millionen.",
    "en": "On March 12, 2027 at 2:30 pm John Smith paid 29,208,000 dollars, two thirds, the 1990s.",
    "es": "El 12 de marzo de 2027 a las 14.30 pagó 29.208.000 euros, dos tercios, siglo XIX.",
    "it": "Il 12 marzo 2027 alle 14.30 ha pagato 29.208.000 euro, due terzi, nel Novecento.",
    "nl": "Op 12 maart 2027 om half drie betaalde hij 29.208.000 euro, twee derde, 19e eeuw.",
}
TEXTS = {
    "text": b"Titel\n\nGuten Tag. \xe2\x80\x9eJa\xe2\x80\x9c, sagt er.\n- eins\n- zwei\n",
    "markdown": b"---\nlang: de\n---\n# Titel\n\n> Zitat\n\n| a | b |\n|-|-|\n| 1 | 2 |\n[^1]: x\n",
    "html": b'<!doctype html><html lang="de"><body><h1>T</h1><p>Guten <b>Tag</b>.</body>',
    "json": b'{"a": "Guten Tag.", "b": ["x", {"a": "y"}]}',
    "csv": b"a,b\nGuten Tag.,Bonjour.\n",
    "subtitles": b"1\n00:00:01,000 --> 00:00:02,000\nGuten\nTag.\n\n2\n00:00:03,000 --> x\nJa.\n",
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    "xlsx": b"PK\x03\x04",
}


PARTS = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "epub": "OEBPS/sections/section0001.xhtml",
    "xlsx": "xl/worksheets/sheet1.xml",
}


def template(name: str) -> dict[str, bytes]:
    """The parts of a real document of a format, by name."""
    if name == "xlsx":
        return {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": _BOOK, PARTS[name]: _SHEET}
    with zipfile.ZipFile(DOCUMENTS / f"article.{name}") as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def seeds(target: str) -> list[bytes]:
    """Inputs that a target takes, small enough to be changed a lot."""
    kind, _, name = target.partition("-")
    if kind == "read" and name in readers():
        return _documents(name)
    if kind == "part":
        return [template(name)[part_of(name)]]
    if target == "read-anything":
        return [data for name in readers() for data in _documents(name) if len(data) < 4000]
    if target == "terms-sheet":
        return [workbook()[PARTS["xlsx"]]]
    if kind == "terms":
        return [formats()[name].write([_concept()])]
    if target == "policy":
        return [resources.files("checker.gate").joinpath("template.toml").read_bytes(), _WAIVER]
    if target == "pipeline":
        return [f"{SENTENCES['fr']}\0{SENTENCES['de']}".encode(), b"Oui.\0Ja. Nein."]
    return [SENTENCES[name].encode(), *(c.encode() for c in SENTENCES[name].split("; "))]


def workbook() -> dict[str, bytes]:
    """The parts of a termbase in Excel, by name."""
    with zipfile.ZipFile(io.BytesIO(formats()["xlsx"].write([_concept()]))) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def _documents(name: str) -> list[bytes]:
    suffixes = readers()[name].suffixes
    files = [p for p in sorted(DOCUMENTS.iterdir()) if p.suffix in suffixes]
    found = [p.read_bytes() for p in files if p.stat().st_size < 20_000]
    return [*found, *([TEXTS[name]] if name in TEXTS else [])] or [b"a"]


def _concept() -> Concept:
    terms = (Term("modèle", "fr"), Term("Modell", "de"))
    return Concept("model", terms, definition="example")


def part_of(name: str) -> str:
    """The part of a format that holds the text."""
    parts = template(name)
    return next((p for p in parts if p == PARTS[name]), "") or next(
        p for p in parts if p.endswith(".xhtml")
    )


_BOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>'
    b'<sheet name="a" sheetId="1"/></sheets></workbook>'
)
_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c></row></sheetData></worksheet>'
)
_WAIVER = b'[[waiver]]\nid = "3f2a9c01b7de"\nreason = "x"\nuntil = 2027-01-31\n'
