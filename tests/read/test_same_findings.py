"""Pairs through every format that can carry them: the findings are the same.

LibreOffice wrote the documents in tests/data/documents/pair (see make.sh there). The other
files are written here with libraries that are not ours.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from checker.embed import Encoder
from checker.model import Passage, Report
from checker.pipeline import compare
from checker.report import Style, renderers
from checker.settings import Settings

ROOT = Path(__file__).parents[2]
NAME = "grues-du-lac"
NAMES = (NAME, "panne-de-courant-a-charleroi")  # the second has slots, labels and an omission
CODES = ("fr", "de")
ADDED = "[Anzeige_1]"  # in the German version only
MADE = ROOT / "tests" / "data" / "documents" / "pair"


def original(name: str, code: str) -> Path:
    return ROOT / "corpora" / name / f"{name}.{code}.txt"


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def keys(report: Report) -> list[tuple[object, ...]]:
    """What is found, without the positions, which differ from format to format."""
    return [
        (f.id, f.check, f.rule, f.severity, f.message, words(f.source), words(f.target))
        for f in report.findings
    ]


def words(passage: Passage | None) -> list[str] | None:
    return passage.text.split() if passage else None


@pytest.fixture(scope="module")
def expected(encoder: Encoder) -> dict[str, Report]:
    """The report on each pair as plain text."""
    return {n: compare(*(original(n, c) for c in CODES), Settings(), encoder) for n in NAMES}


def write_utf16(path: Path, code: str, text: str) -> None:
    path.write_bytes(text.encode("utf-16"))


def write_windows(path: Path, code: str, text: str) -> None:
    path.write_bytes(text.encode("cp1252"))


def write_markdown(path: Path, code: str, text: str) -> None:
    path.write_text("---\ntitle: x\n---\n\n" + "\n\n".join(lines(text)), encoding="utf-8")


def write_html(path: Path, code: str, text: str) -> None:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines(text))
    page = f"<html lang='{code}'><body><nav>Menu</nav><article>{body}</article></body></html>"
    path.write_text("<!doctype html><meta charset='utf-8'>" + page, encoding="utf-8")


def write_json(path: Path, code: str, text: str) -> None:
    path.write_text(json.dumps({"body": lines(text)}, ensure_ascii=False), encoding="utf-8")


def write_csv(path: Path, code: str, text: str) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["n", "body"], *enumerate(lines(text), 1)])


def write_xlsx(path: Path, code: str, text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [["n", "body"], *map(list, enumerate(lines(text), 1))]:
        book.active.append(row)
    book.save(path)


def write_docx(path: Path, code: str, text: str) -> None:
    document = pytest.importorskip("docx").Document()
    for line in lines(text):
        document.add_paragraph(line)
    document.save(str(path))


def write_epub(path: Path, code: str, text: str) -> None:
    epub = pytest.importorskip("ebooklib.epub")
    book = epub.EpubBook()
    book.set_identifier("x")
    book.set_title("x")
    book.set_language(code)
    chapter = epub.EpubHtml(title="x", file_name="x.xhtml", lang=code)
    chapter.content = "".join(f"<p>{escape(line)}</p>" for line in lines(text))
    for item in (chapter, epub.EpubNcx(), epub.EpubNav()):
        book.add_item(item)
    book.spine = [chapter]
    epub.write_epub(str(path), book)


def write_pdf(path: Path, code: str, text: str) -> None:
    platypus = pytest.importorskip("reportlab.platypus")
    pytest.importorskip("pypdfium2")
    style = pytest.importorskip("reportlab.lib.styles").ParagraphStyle("x", spaceAfter=6)
    paragraphs = [platypus.Paragraph(escape(line), style) for line in lines(text)]
    platypus.SimpleDocTemplate(str(path)).build(paragraphs)


def write_subtitles(path: Path, code: str, text: str) -> None:
    """A line a cue, with a pause after each."""
    cues = [
        f"{n}\n00:{n:02}:00,000 --> 00:{n:02}:50,000\n{line}\n"
        for n, line in enumerate(lines(text), 1)
    ]
    path.write_text("\n".join(cues), encoding="utf-8")


def write_web_subtitles(path: Path, code: str, text: str) -> None:
    write_subtitles(path, code, text)
    cues = path.read_text(encoding="utf-8").replace(",000", ".000")
    path.write_text(f"WEBVTT\n\n{cues}", encoding="utf-8")


WRITTEN: dict[str, Callable[[Path, str, str], None]] = {
    "txt": write_utf16,
    "text": write_windows,
    "md": write_markdown,
    "html": write_html,
    "json#body": write_json,
    "csv#body": write_csv,
    "xlsx#body": write_xlsx,
    "docx": write_docx,
    "epub": write_epub,
    "pdf": write_pdf,
    "srt": write_subtitles,
    "vtt": write_web_subtitles,
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", WRITTEN)
def test_written_by_libraries(
    kind: str, name: str, tmp_path: Path, encoder: Encoder, expected: dict[str, Report]
) -> None:
    suffix, mark, option = kind.partition("#")
    paths = {code: tmp_path / f"article.{code}.{suffix}" for code in CODES}
    for code, path in paths.items():
        WRITTEN[kind](path, code, original(name, code).read_text(encoding="utf-8"))
    found = compare(*(f"{paths[code]}{mark}{option}" for code in CODES), Settings(), encoder)
    assert keys(found) == keys(expected[name])


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf", "epub", "pdf"])
def test_written_by_libreoffice(suffix: str, encoder: Encoder, expected: dict[str, Report]) -> None:
    if suffix == "pdf":
        pytest.importorskip("pypdfium2")
    paths = [MADE / f"{NAME}.{code}.{suffix}" for code in CODES]
    assert keys(compare(*paths, Settings(), encoder)) == keys(expected[NAME])


def units(report: Report) -> Iterator[tuple[str, str]]:
    for link in report.links:
        assert report.target is not None
        yield (
            report.source.text_of(link.source) if link.source else "",
            report.target.text_of(link.target) if link.target else "",
        )


def write_own(name: str, folder: Path, report: Report) -> Path:
    path = folder / f"report{renderers()[name].suffix}"
    path.write_bytes(renderers()[name].render(report, Style()))
    return path


def store(kind: str, module: str, class_: str, folder: Path, report: Report) -> Path:
    """A file written with translate-toolkit."""
    made: Any = getattr(pytest.importorskip(f"translate.storage.{module}"), class_)()
    made.setsourcelanguage("fr")
    made.settargetlanguage("de")
    for source, target in units(report):
        unit = made.addsourceunit(source)
        if kind == "tmx":
            unit.settarget(target, "de")
        elif target:
            unit.target = target
    path = folder / f"units.{kind}"
    path.write_bytes(bytes(made))
    return path


def write_po(folder: Path, report: Report) -> Path:
    polib = pytest.importorskip("polib")
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "de"}
    made += [polib.POEntry(msgid=s, msgstr=t) for s, t in units(report) if s]
    path = folder / "units.po"
    made.save(str(path))
    return path


def write_table(folder: Path, report: Report) -> Path:
    path = folder / "units.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["fr", "de"], *units(report)])
    return path


def write_sheet(folder: Path, report: Report) -> Path:
    book = pytest.importorskip("openpyxl").Workbook()
    for row in [("fr", "de"), *units(report)]:
        book.active.append(row)
    book.save(folder / "units.xlsx")
    return folder / "units.xlsx"


def write_word_table(folder: Path, report: Report) -> Path:
    document = pytest.importorskip("docx").Document()
    table = document.add_table(rows=0, cols=2)
    for texts in [("fr", "de"), *units(report)]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(str(folder / "units.docx"))
    return folder / "units.docx"


BILINGUAL: dict[str, Callable[[Path, Report], Path]] = {
    "our xliff": lambda folder, report: write_own("xliff", folder, report),
    "our tmx": lambda folder, report: write_own("tmx", folder, report),
    "xliff 1.2": lambda folder, report: store("xlf", "xliff", "xlifffile", folder, report),
    "xliff 2.0": lambda folder, report: store("xliff", "xliff2", "Xliff2File", folder, report),
    "tmx": lambda folder, report: store("tmx", "tmx", "tmxfile", folder, report),
    "po": write_po,
    "csv": write_table,
    "xlsx": write_sheet,
    "docx": write_word_table,
}


@pytest.mark.parametrize("realign", [False, True], ids=["units", "aligned anew"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", BILINGUAL)
def test_both_languages_in_one_file(
    kind: str,
    name: str,
    realign: bool,
    tmp_path: Path,
    encoder: Encoder,
    expected: dict[str, Report],
) -> None:
    path = BILINGUAL[kind](tmp_path, expected[name])
    found = keys(compare(path, None, Settings(realign=realign), encoder))
    assert found == [key for key in keys(expected[name]) if kind != "po" or in_po(key)]


def in_po(key: tuple[object, ...]) -> bool:
    """A PO entry has a source, so a sentence that was added cannot be in it."""
    return ADDED not in str(key)
