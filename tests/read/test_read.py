"""Finding the file and its reader; every bad input ends in one clear sentence."""

import io
from types import SimpleNamespace

import pytest

from checker.errors import ReadError
from checker.read import LARGEST, read, read_pair, readers


def message(call, *arguments):
    with pytest.raises(ReadError) as caught:
        call(*arguments)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


def test_a_missing_file_names_a_similar_one(tmp_path):
    (tmp_path / "article.fr.txt").write_text("Bonjour.", encoding="utf-8")
    assert 'did you mean "article.fr.txt"?' in message(read, tmp_path / "artikle.fr.txt")


def test_a_directory_is_named_as_one(tmp_path):
    assert "is a directory" in message(read, tmp_path)


def test_a_file_that_cannot_be_read():
    """Its first page, which nothing is at: reading fails for every user."""
    assert "cannot be read" in message(read, "/proc/self/mem")


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_text(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert "holds no text" in message(read, path)


def test_a_name_no_file_can_have():
    assert "is no file name" in message(read, "a\0b.txt")


def test_a_file_beyond_the_limit(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "larger than 100 MB" in message(read, path)


def test_an_option_for_a_format_that_takes_none(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Bonjour.", encoding="utf-8")
    assert "there is no such file" in message(read, f"{path}#body")


def test_a_name_with_a_hash_in_it(tmp_path):
    path = tmp_path / "a#b.txt"
    path.write_text("Bonjour.", encoding="utf-8")
    assert read(path).text == "Bonjour."


def test_standard_input(monkeypatch):
    given = SimpleNamespace(buffer=io.BytesIO("Zwölf Boxkämpfer.".encode()))
    monkeypatch.setattr("sys.stdin", given)
    document = read("-")
    assert (document.path, document.text) == ("standard input", "Zwölf Boxkämpfer.")
    assert "standard input holds no text" in message(read, "-")


def test_a_field_of_standard_input(monkeypatch):
    given = SimpleNamespace(buffer=io.BytesIO(b'{"title": "Pont", "body": "Bonjour."}'))
    monkeypatch.setattr("sys.stdin", given)
    assert read("-#body").text == "Bonjour."


def test_one_document_is_no_pair(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Bonjour.", encoding="utf-8")
    assert "name the other language version" in message(read_pair, path)


def test_suffixes_belong_to_one_reader_each():
    suffixes = [suffix for reader in readers().values() for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(reader.parse or reader.pair for reader in readers().values())
