"""The formats for other programs: what they hold and that the programs can read it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import junitparser
import openpyxl
import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from checker.embed import Encoder
from checker.model import Article, Report
from checker.pipeline import compare
from checker.read import read_pair
from checker.report import Style, renderers
from checker.report._file import uri
from checker.report._table import FINDING_COLUMNS, TEXT_COLUMNS
from checker.settings import Settings

Snapshot = Callable[[str, bytes], None]
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def rendered(name: str, report: Report, style: Style | None = None) -> bytes:
    return renderers()[name].render(report, style or Style())


@pytest.mark.parametrize("name", ["sarif", "junit", "github", "csv", "xliff", "tmx"])
def test_snapshot(name: str, report: Report, style: Style, snapshot: Snapshot) -> None:
    snapshot(f"report{renderers()[name].suffix}", rendered(name, report, style))


def test_snapshot_of_the_workbook(report: Report, snapshot: Snapshot) -> None:
    sheets = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in openpyxl.load_workbook(io.BytesIO(rendered("xlsx", report)))
    }
    snapshot("report.xlsx.json", (json.dumps(sheets, indent=1, ensure_ascii=False) + "\n").encode())


@pytest.mark.parametrize("name", sorted(renderers()))
def test_every_format_copes_with_little(
    name: str, report: Report, clean: Report, linted: Report
) -> None:
    article = replace(
        report.source, document=replace(report.source.document, text="", blocks=()), sentences=()
    )
    empty = Report(article, article, (), (), (), "")
    bare = replace(report.findings[0], source=None, target=None, suggestion=None)
    broken = replace(report.findings[0], message="\ud800 \x00 \ufffe ]]> --> \u2028")
    odd = (replace(report, findings=(bare,)), replace(report, findings=(broken,)))
    for one in (clean, linted, empty, *odd):
        assert isinstance(rendered(name, one), bytes)


@pytest.mark.parametrize("name", sorted(renderers()))
def test_equal_reports_make_equal_files(name: str, report: Report, style: Style) -> None:
    assert rendered(name, report, style) == rendered(name, report, style)


@pytest.mark.parametrize("name", ["junit", "xliff", "tmx"])
def test_xml_holds_no_control_characters(name: str, report: Report) -> None:
    broken = replace(report.findings[0], message="\ud800\x00\x1b[31m\ufffe ]]> &amp; <b>")
    text = rendered(name, replace(report, findings=(broken, *report.findings[1:]))).decode()
    assert not set(text) & {"\x00", "\x07", "\x1b", "\ufffe"}
    found = "".join(ElementTree.fromstring(text).itertext())
    assert "]]> &amp; <b>" in found


def test_sarif_is_valid_and_points_into_the_files(report: Report, style: Style) -> None:
    log = json.loads(rendered("sarif", report, style))
    Sarif.model_validate(log)
    run = log["runs"][0]
    texts = {"berges": report.source, "ufer": report.target}
    for result, finding in zip(run["results"], report.findings, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"] == {"checkerFinding/v1": finding.id}
        for place in result["locations"] + result.get("relatedLocations", []):
            physical = place["physicalLocation"]
            side = "ufer" if "ufer" in physical["artifactLocation"]["uri"] else "berges"
            article = texts[side]
            assert article is not None
            region = physical["region"]
            line = article.document.text.split("\n")[region["startLine"] - 1]
            words = line[region["startColumn"] - 1 : region["endColumn"] - 1]
            assert words == region.get("snippet", {"text": ""})["text"]
    rules = {r["id"]: r for r in run["tool"]["driver"]["rules"]}
    assert "told different facts" in rules["numbers/number-mismatch"]["help"]["text"]
    notes = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]]
    assert notes[0].startswith("spelling was not checked")


def test_places_without_lines_are_named_instead(report: Report) -> None:
    blocks = tuple(
        replace(b, place=f"cell B{n}") for n, b in enumerate(report.source.document.blocks)
    )
    document = replace(report.source.document, blocks=blocks)
    finding = replace(report.findings[0], target=None)
    cells = replace(report, source=replace(report.source, document=document), findings=(finding,))
    log = json.loads(rendered("sarif", cells))
    Sarif.model_validate(log)
    place = log["runs"][0]["results"][0]["locations"][0]
    assert place["logicalLocations"] == [{"fullyQualifiedName": "cell B1"}]
    assert "startLine" not in place["physicalLocation"]["region"]
    assert b"::cell B1: The source says" in rendered("github", cells)


def test_junit_is_read_by_another_library(report: Report, clean: Report, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_bytes(rendered("junit", report))
    suites = junitparser.JUnitXml.fromfile(str(path))
    assert (suites.tests, suites.failures, suites.skipped) == (10, 9, 1)
    cases = [case for suite in suites for case in suite]
    assert cases[0].result[0].type == "error: numbers/number-mismatch"
    assert "[15,2 Millionen]" in cases[0].result[0].text
    path.write_bytes(rendered("junit", clean))
    assert junitparser.JUnitXml.fromfile(str(path)).tests == 1


def test_annotations_cannot_be_escaped(report: Report, clean: Report) -> None:
    hostile = replace(report.findings[0], message="50 %\n::error::owned\r::stop-commands::x")
    assert report.target
    document = replace(report.target.document, path="a,line=9::b.de.txt")
    target = replace(report.target, document=document)
    lines = rendered("github", replace(report, target=target, findings=(hostile,))).decode()
    assert lines.count("\n") == 1
    assert lines.startswith("::error file=a%2Cline=9%3A%3Ab.de.txt,line=2,endLine=2,col=")
    assert "::50 %25 ::error::owned ::stop-commands::x" in lines
    assert rendered("github", clean) == b""


def test_csv_has_a_row_a_finding_and_no_formulas(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(rendered("csv", report).decode())))
    assert [r["id"] for r in rows] == [f.id for f in report.findings]
    assert rows[6]["source_text"].startswith("'=HYPERLINK")
    assert not any(v.startswith(("=", "+", "-", "@")) for r in rows for v in r.values())
    first = rows[0]
    text = report.source.document.text[int(first["source_start"]) : int(first["source_end"])]
    assert first["source_text"] == text


def test_the_workbook_is_text_and_numbers_only(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", report)))
    assert book.sheetnames == ["Findings", "Aligned text"]
    for sheet in book:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n"}
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    findings, aligned = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    assert findings[0] == FINDING_COLUMNS
    assert aligned[0] == TEXT_COLUMNS
    assert len(findings) == 1 + len(report.findings)
    assert len(aligned) == 1 + len(report.links)
    assert aligned[4][1:] == (
        "omission", 0.88, "Les riverains n'ont pas été consultés.", None, "4",
    )  # fmt: skip


def test_xliff_holds_every_link_with_notes_at_findings(report: Report) -> None:
    root = ElementTree.fromstring(rendered("xliff", report))
    units = list(root.iter(f"{XLIFF}trans-unit"))
    assert len(units) == len(report.links)
    assert report.target is not None
    for unit, link in zip(units, report.links, strict=True):
        for tag, article, indices in (
            ("source", report.source, link.source),
            ("target", report.target, link.target),
        ):
            text = (article.text_of(indices) if indices else "").replace("\x07\x1b", "")
            assert (unit.findtext(f"{XLIFF}{tag}") or "") == text
    notes = [n.text or "" for n in root.iter(f"{XLIFF}note")][1:]
    assert sorted(n.split("(")[1][:12] for n in notes) == sorted(f.id for f in report.findings)
    omission = units[3].findtext(f"{XLIFF}note")
    assert omission is not None and omission.startswith("error omissions/omitted")


def test_tmx_holds_every_link(report: Report) -> None:
    root = ElementTree.fromstring(rendered("tmx", report))
    pairs = [[seg.text for seg in tu.iter("seg")] for tu in root.iter("tu")]
    assert [len(pair) for pair in pairs] == [1 + link.paired for link in report.links]
    assert report.target
    assert pairs[0] == [side.sentences[0].text for side in (report.source, report.target)]
    assert {tuv.get(XML_LANG) for tuv in root.iter("tuv")} == {"fr", "de"}


@pytest.mark.parametrize("name", ["xliff", "tmx"])
def test_what_is_written_is_read_back_identical(name: str, report: Report, tmp_path: Path) -> None:
    path = tmp_path / f"report{renderers()[name].suffix}"
    path.write_bytes(rendered(name, report))
    pair = read_pair(path)
    assert (pair.source.language, pair.target.language) == ("fr", "de")
    assert report.target is not None
    for document, article, side in (
        (pair.source, report.source, [link.source for link in report.links]),
        (pair.target, report.target, [link.target for link in report.links]),
    ):
        read = [document.text[b.span.start : b.span.end] for b in document.blocks]
        written = [article.text_of(indices) if indices else "" for indices in side]
        assert read == [text.replace("\x07\x1b", "") for text in written]


@pytest.mark.parametrize(
    ("name", "module", "class_"), [("xliff", "xliff", "xlifffile"), ("tmx", "tmx", "tmxfile")]
)
def test_another_library_reads_the_same(
    name: str, module: str, class_: str, report: Report, tmp_path: Path
) -> None:
    storage = pytest.importorskip(f"translate.storage.{module}")
    path = tmp_path / f"report{renderers()[name].suffix}"
    path.write_bytes(rendered(name, report))
    store = getattr(storage, class_).parsefile(str(path))
    assert report.target is not None
    read = [(unit.source or "", unit.target or "") for unit in store.units]
    written = [
        tuple(
            (article.text_of(indices) if indices else "").replace("\x07\x1b", "")
            for article, indices in ((report.source, link.source), (report.target, link.target))
        )
        for link in report.links
    ]
    both = [pair for pair in written if all(pair)]
    assert [pair for pair in read if all(pair)] == both
    noted = "\n".join(unit.getnotes() for unit in store.units)
    assert [f.id for f in report.findings if f.id not in noted] == []


CODED = """<xliff version="1.2"><file source-language="fr" target-language="de"><body>
<trans-unit id="1"><source>Il a <g id="1">40</g> étals %s.</source>
<target>Er hat <g id="1">40</g> Stände %s.</target></trans-unit></body></file></xliff>"""


@pytest.mark.parametrize("name", ["xliff", "tmx"])
def test_codes_are_codes_again(name: str, tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "a.xlf").write_text(CODED, encoding="utf-8")
    first = compare(tmp_path / "a.xlf", None, Settings(only=("numbers",)), encoder)
    path = tmp_path / f"report{renderers()[name].suffix}"
    path.write_bytes(rendered(name, first))
    phs = [e.text for e in ElementTree.parse(path).iter() if str(e.tag).endswith("ph")]
    assert phs == ["<g1>", "</g1>", "%s"] * 2
    pair = read_pair(path)
    assert (pair.source.text, pair.target.text) == (
        first.source.document.text,
        first.target.document.text if first.target else "",
    )


def test_both_sides_in_one_file(report: Report) -> None:
    def at(path: str, article: Article) -> Article:
        return replace(article, document=replace(article.document, path=path))

    assert report.target is not None
    one = replace(report, source=at("x.xlf", report.source), target=at("x.xlf", report.target))
    log = json.loads(rendered("sarif", one))
    Sarif.model_validate(log)
    assert log["runs"][0]["artifacts"] == [{"location": {"uri": "x.xlf"}}]
    assert b"in x.xlf (" not in rendered("terminal", one)
    assert rendered("terminal", one).decode().splitlines()[0].endswith("in x.xlf")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/c#d%.txt", "a%20b/c%23d%25.txt"),
        ("/tmp/é.txt", "file:///tmp/%C3%A9.txt"),
        ("C:\\texte\\a.txt", "file:///C:/texte/a.txt"),
        ("<b>.txt", "%3Cb%3E.txt"),
        ("bad\udcff.txt", "bad%FF.txt"),
    ],
)
def test_paths_become_uris(path: str, expected: str) -> None:
    assert uri(path) == expected
