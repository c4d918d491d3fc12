"""Documents of strangers: bombs, entities, endless nesting and stray paths are refused."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.errors import ReadError
from checker.read import _zip, read, read_pair, readers

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
OPENING = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)


def archive(folder, name, parts, mimetype=""):
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        if mimetype:
            file.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for part, data in parts.items():
            file.writestr(part, data)
    return path


def refused(path, call=read):
    with pytest.raises(ReadError) as caught:
        call(path)
    text = str(caught.value)
    assert text.startswith(str(path).partition("#")[0])
    assert text.endswith(".")
    assert "\n" not in text
    return text


def test_a_zip_bomb(tmp_path):
    bomb = OPENING + " " * (8 << 20)
    path = archive(tmp_path, "a.docx", {"word/document.xml": bomb})
    assert "unpacks to far more" in refused(path)


def test_an_archive_that_lies_about_its_sizes(tmp_path):
    path = archive(tmp_path, "a.docx", {"word/document.xml": OPENING + "x" * 5000})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark) + offset
        data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    refused(path)


def test_many_parts_add_up(tmp_path, monkeypatch):
    monkeypatch.setattr(_zip, "LARGEST_SUM", 1000)
    note = "<w:footnotes xmlns:w='w'>" + "x" * 900 + "</w:footnotes>"
    parts = {
        "word/document.xml": f"{OPENING}{'y' * 900}</w:body></w:document>",
        "word/footnotes.xml": note,
    }
    assert "unpacks to far more" in refused(archive(tmp_path, "a.docx", parts))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1/a.dtd"> %a;',
    ],
)
@pytest.mark.parametrize("root", ["tmx", "xliff"])
def test_entities(tmp_path, declaration, root):
    path = tmp_path / f"a.{root}"
    path.write_text(f"<!DOCTYPE {root} [{declaration}]><{root}>&a;</{root}>", encoding="utf-8")
    assert "entity" in refused(path, read_pair)


def test_endless_nesting(tmp_path):
    deep = OPENING + "<w:tbl><w:tr><w:tc>" * 2000
    assert "nests elements deeper" in refused(
        archive(tmp_path, "a.docx", {"word/document.xml": deep})
    )


def test_a_book_cannot_reach_outside(tmp_path):
    secret = tmp_path / "secret.xhtml"
    secret.write_text("<html><body><p>geheim</p></body></html>", encoding="utf-8")
    item = '<item id="a" href="../../secret.xhtml" media-type="application/xhtml+xml"/>'
    package = f'<package>{item}<spine><itemref idref="a"/></spine></package>'
    container = '<container><rootfile full-path="OPS/book.opf"/></container>'
    parts = {"META-INF/container.xml": container, "OPS/book.opf": package}
    path = archive(tmp_path, "a.epub", parts, "application/epub+zip")
    assert "lacks its part ../secret.xhtml" in refused(path)


@pytest.mark.parametrize("name", ["article.docx", "article.odt", "article.epub", "article.pdf"])
def test_a_file_cut_short(tmp_path, name):
    if name.endswith("pdf"):
        pytest.importorskip("pypdfium2")
    data = (DOCUMENTS / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: len(data) // 3])
    refused(path)


def test_an_archive_of_something_else(tmp_path):
    refused(archive(tmp_path, "a.docx", {"hello.txt": "hello"}))
    refused(archive(tmp_path, "a.zip", {"hello.txt": "hello"}))


def test_json_that_never_ends(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    refused(f"{path}#a")


def test_a_lone_surrogate_becomes_a_mark(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(r'{"body": "Guten \ud83d Tag.\u0000"}', encoding="utf-8")
    text = read(f"{path}#body").text
    assert text == "Guten \ufffd Tag.\ufffd"
    assert text.encode("utf-8")


@pytest.mark.parametrize("unit", ["<!---->", "<!--", "<!", "<?", "<meta ", "<!-- -->\n"])
def test_marks_of_formats_that_lead_nowhere(tmp_path, unit):
    path = tmp_path / "a.txt"
    path.write_text(unit * 5000, encoding="utf-8")
    assert read(path).format == "text"


def test_hidden_braces_of_rtf(tmp_path):
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1 " + b"{" * 100_000 + b"Guten Tag." + b"}" * 200_000)
    assert read(path).text == "Guten Tag."


@pytest.mark.parametrize("name", sorted(readers()))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files_are_read_or_refused(name, data):
    """Bytes of a real file, some of them changed: no other outcome than text or ReadError."""
    reader = readers()[name]
    files = [p for p in sorted(DOCUMENTS.iterdir()) if p.suffix in reader.suffixes]
    raw = bytearray(files[0].read_bytes() if files else b"Titre,Text\n1,Guten Tag")
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    buffer = io.BytesIO(raw).getvalue()
    for call in filter(None, (reader.parse, reader.pair)):
        try:
            call(buffer, "a", "accepted" if name in ("docx", "odt") else "")
        except ReadError as error:
            assert str(error).endswith(".")
