"""The pages without JavaScript: forms in, pages and files out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from web.conftest import FRENCH, GERMAN, RIGHT, Server, serving

PAGE = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture
def visitor(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=server.url, timeout=60, headers=PAGE, follow_redirects=True
    ) as opened:
        yield opened


def compared(visitor: httpx.Client, **fields: str) -> httpx.Response:
    """The report page of a comparison."""
    shown = visitor.post("/check", data=fields, files={"none": ("", b"")})
    while "refresh" in shown.headers:
        shown = visitor.get(shown.url)
    return shown


def test_a_pasted_pair_becomes_a_report(visitor: httpx.Client) -> None:
    shown = compared(visitor, source_text=FRENCH, target_text=GERMAN)
    assert shown.status_code == 200
    assert "number-mismatch" in shown.text
    assert "script-src 'sha256-" in shown.headers["content-security-policy"]


def test_one_side_can_be_replaced(visitor: httpx.Client) -> None:
    first = compared(visitor, source_text=FRENCH, target_text=GERMAN)
    kept = first.url.path.rsplit("/", 1)[-1]
    second = compared(visitor, kept=kept, target_text=RIGHT)
    assert second.status_code == 200
    assert "No differences found" in second.text


XLIFF = """<xliff version="1.2"><file source-language="fr" target-language="de"><body>
<trans-unit id="7"><source>Le musée a vendu 48 300 billets.</source>
<target>Das Museum hat 43 800 Karten verkauft.</target></trans-unit></body></file></xliff>"""


@pytest.mark.parametrize("side", ["source", "target"])
def test_one_file_of_both_languages(visitor: httpx.Client, side: str) -> None:
    file = {f"{side}_file": ("musee.xlf", XLIFF.encode())}
    empty = {name: ("", b"") for name in ("source_file", "target_file") if name not in file}
    shown = visitor.post("/check", data={"policy": "strict.toml"}, files={**file, **empty})
    while "refresh" in shown.headers:
        shown = visitor.get(shown.url)
    assert "number-mismatch" in shown.text
    assert "Blocked" in shown.text
    assert "New version of the file" in shown.text
    kept = shown.url.path.rsplit("/", 1)[-1]
    new = {"source_file": ("musee.xlf", XLIFF.replace("43 800", "48 300").encode())}
    again = visitor.post("/check", data={"kept": kept}, files=new)
    while "refresh" in again.headers:
        again = visitor.get(again.url)
    assert "No differences found" in again.text


def test_one_file_of_one_language_is_not_enough(visitor: httpx.Client) -> None:
    shown = visitor.post("/check", files={"source_file": ("a.fr.txt", FRENCH.encode())})
    while "refresh" in shown.headers:
        shown = visitor.get(shown.url)
    assert shown.status_code == 422
    assert "send the other language version too" in shown.text


def test_a_policy_gives_a_verdict(visitor: httpx.Client) -> None:
    texts = {"source_text": FRENCH, "target_text": GERMAN}
    assert "Passed" in compared(visitor, **texts, policy="lenient.toml").text
    assert "Blocked" in compared(visitor, **texts, policy="strict.toml").text


def test_every_format_is_there_to_take(visitor: httpx.Client) -> None:
    shown = compared(visitor, source_text=FRENCH, target_text=GERMAN)
    links = re.findall(r'href="(/reports/[^"]+/download/[^"]+)"', shown.text)
    assert len(links) > 6
    for link in links:
        file = visitor.get(link)
        assert file.status_code == 200
        assert file.headers["content-disposition"].startswith("attachment")


def test_a_result_can_be_forgotten_at_once(visitor: httpx.Client) -> None:
    shown = compared(visitor, source_text=FRENCH, target_text=GERMAN)
    visitor.post(f"{shown.url.path}/forget")
    gone = visitor.get(shown.url)
    assert gone.status_code == 404
    assert "no longer kept" in gone.text


def test_problems_are_pages_too(visitor: httpx.Client) -> None:
    lacking = visitor.post("/check", data={"source_text": FRENCH})
    assert lacking.status_code == 422
    assert "Two texts are needed" in lacking.text
    assert lacking.headers["content-type"].startswith("text/html")
    same = compared(visitor, source_text=FRENCH, target_text=FRENCH)
    assert (same.status_code, "both French" in same.text) == (422, True)
    assert visitor.get("/archive").status_code == 404
    assert visitor.get("/reports/none").status_code == 404


def test_a_text_is_shown_and_does_nothing(visitor: httpx.Client) -> None:
    evil = FRENCH + "<script>alert(1)</script> <img src=x onerror=alert(1)>\n"
    shown = compared(visitor, source_text=evil, target_text=GERMAN)
    assert "<script>alert" not in shown.text
    assert "<img" not in shown.text


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("fr-CH,fr;q=0.9,en;q=0.8", "fr"), ("it,en;q=0.2,de;q=0.7", "de"), ("ja", "en"), ("", "en")],
)
def test_the_browser_chooses_the_language(visitor: httpx.Client, wanted: str, code: str) -> None:
    page = visitor.get("/", headers={"accept-language": wanted})
    assert f'<html lang="{code}">' in page.text


def test_all_languages_of_the_interface_say_the_same() -> None:
    from checker.web.render import LOCALES, _locale

    english = _locale("en")
    for code in LOCALES:
        assert list(_locale(code)) == list(english)
        for name, text in _locale(code).items():
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", english[name])


def small_audit(folder: Path) -> Path:
    """A real audit of three pairs, one with an error."""
    archive, results = folder / "archive", folder / "results"
    archive.mkdir()
    for name, german in (("alpha", RIGHT), ("beta", GERMAN), ("gamma", RIGHT)):
        (archive / f"{name}.fr.txt").write_text(FRENCH, encoding="utf-8")
        (archive / f"{name}.de.txt").write_text(german, encoding="utf-8")
    command = [sys.executable, "-m", "checker", "audit", str(archive), "--out", str(results)]
    subprocess.run(command, check=False, capture_output=True, cwd=folder)
    return results


def test_an_archive_is_searched_filtered_and_read(tmp_path: Path) -> None:
    results = small_audit(tmp_path)
    with (
        serving(tmp_path, "--audit", str(results)) as running,
        httpx.Client(base_url=running.url, headers=PAGE, timeout=60) as visitor,
    ):

        def listed(**query: str) -> list[str]:
            text = visitor.get("/archive", params=query).text
            return re.findall(r'href="/archive/pair\?name=([^"]+)"', text)

        assert [name.split(".")[0] for name in listed()] == ["beta", "alpha", "gamma"]
        assert len(listed(search="ALPH")) == 1
        assert len(listed(errors="true")) == 1
        assert len(listed(check="numbers")) == 1
        assert listed(check="names") == []
        assert listed(part="2") == []
        (name,) = listed(errors="true")
        assert "number-mismatch" in visitor.get("/archive/pair", params={"name": name}).text
        file = visitor.get("/archive/pair/download/json", params={"name": name})
        assert file.json()["findings"]
        for path in ("../../etc/passwd", "/etc/passwd", "delta"):
            assert visitor.get("/archive/pair", params={"name": path}).status_code == 404
