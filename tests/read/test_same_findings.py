"""One pair through every format that can carry it: the findings are the same.

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
TEXTS = {code: ROOT / "corpora" / NAME / f"{NAME}.{code}.txt" for code in ("fr", "de")}
MADE = ROOT / "tests" / "data" / "documents" / "pair"


def lines(code: str) -> list[str]:
    text = TEXTS[code].read_text(encoding="utf-8")
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
def expected(encoder: Encoder) -> Report:
    return compare(TEXTS["fr"], TEXTS["de"], Settings(), encoder)


def write_utf16(path: Path, code: str) -> None:
    path.write_bytes(TEXTS[code].read_text(encoding="utf-8").encode("utf-16"))


def write_windows(path: Path, code: str) -> None:
    path.write_bytes(TEXTS[code].read_text(encoding="utf-8").encode("cp1252"))


def write_markdown(path: Path, code: str) -> None:
    path.write_text("---\ntitle: x\n---\n\n" + "\n\n".join(lines(code)), encoding="utf-8")


def write_html(path: Path, code: str) -> None:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines(code))
    page = f"<html lang='{code}'><body><nav>Menu</nav><article>{body}</article></body></html>"
    path.write_text("<!doctype html><meta charset='utf-8'>" + page, encoding="utf-8")


def write_json(path: Path, code: str) -> None:
    path.write_text(json.dumps({"body": lines(code)}, ensure_ascii=False), encoding="utf-8")


def write_csv(path: Path, code: str) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["n", "body"], *enumerate(lines(code), 1)])


def write_xlsx(path: Path, code: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [["n", "body"], *map(list, enumerate(lines(code), 1))]:
        book.active.append(row)
    book.save(path)


def write_docx(path: Path, code: str) -> None:
    document = pytest.importorskip("docx").Document()
    for line in lines(code):
        document.add_paragraph(line)
    document.save(str(path))


def write_epub(path: Path, code: str) -> None:
    epub = pytest.importorskip("ebooklib.epub")
    book = epub.EpubBook()
    book.set_identifier("x")
    book.set_title("x")
    book.set_language(code)
    chapter = epub.EpubHtml(title="x", file_name="x.xhtml", lang=code)
    chapter.content = "".join(f"<p>{escape(line)}</p>" for line in lines(code))
    for item in (chapter, epub.EpubNcx(), epub.EpubNav()):
        book.add_item(item)
    book.spine = [chapter]
    epub.write_epub(str(path), book)


def write_pdf(path: Path, code: str) -> None:
    platypus = pytest.importorskip("reportlab.platypus")
    pytest.importorskip("pypdfium2")
    style = pytest.importorskip("reportlab.lib.styles").ParagraphStyle("x", spaceAfter=6)
    paragraphs = [platypus.Paragraph(escape(line), style) for line in lines(code)]
    platypus.SimpleDocTemplate(str(path)).build(paragraphs)


WRITTEN: dict[str, Callable[[Path, str], None]] = {
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
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_written_by_libraries(
    kind: str, tmp_path: Path, encoder: Encoder, expected: Report
) -> None:
    suffix, mark, option = kind.partition("#")
    paths = {code: tmp_path / f"article.{code}.{suffix}" for code in TEXTS}
    for code, path in paths.items():
        WRITTEN[kind](path, code)
    names = [f"{paths[code]}{mark}{option}" for code in ("fr", "de")]
    assert keys(compare(names[0], names[1], Settings(), encoder)) == keys(expected)


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf", "epub", "pdf"])
def test_written_by_libreoffice(suffix: str, encoder: Encoder, expected: Report) -> None:
    if suffix == "pdf":
        pytest.importorskip("pypdfium2")
    paths = [MADE / f"{NAME}.{code}.{suffix}" for code in ("fr", "de")]
    assert keys(compare(paths[0], paths[1], Settings(), encoder)) == keys(expected)


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
@pytest.mark.parametrize("kind", BILINGUAL)
def test_both_languages_in_one_file(
    kind: str, realign: bool, tmp_path: Path, encoder: Encoder, expected: Report
) -> None:
    path = BILINGUAL[kind](tmp_path, expected)
    settings = Settings(realign=realign)
    assert keys(compare(path, None, settings, encoder)) == keys(expected)
