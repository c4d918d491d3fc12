"""Files as nobody should write them: endless, empty of meaning, oddly named, in circles."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile.conftest import FRENCH, MEMORY, WRONG, checker, refused, write

from checker.embed import Encoder
from checker.pipeline import article, compare
from checker.read import LARGEST
from checker.report import Style, renderers
from checker.terms.termbase import load as load_termbase

NAMES = [
    "a \"b\" 'c'",
    "a\nb",
    "<img src=x onerror=alert(1)>",
    "a&b;%s{x}",
    "--only",
    "~",
    "ä\u202eb",
    "$(x)`y`",
    "caf\udce9",  # bytes that are no UTF-8
]
PEAK_OF_READING = """
import sys
from pathlib import Path
from checker.pipeline import article
article(Path(sys.argv[1]), "fr")
status = Path("/proc/self/status").read_text("ascii")
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""
FORMATS = ("json", "html", "sarif", "junit", "csv", "xlsx", "xliff", "tmx", "github", "terminal")


def test_a_line_of_200_megabytes_is_refused(tmp_path: Path) -> None:
    source, target = write(tmp_path)
    with source.open("wb") as file:
        file.truncate(200 << 20)
    assert LARGEST < 200 << 20
    assert "a.fr.txt" in refused(checker("diff", source, target))


def test_a_line_of_several_megabytes_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mot " * (1 << 20), encoding="utf-8")
    whole = article(path, "fr")
    assert sum(len(s.text.split()) for s in whole.sentences) == 1 << 20
    assert max(len(s.text) for s in whole.sentences) <= 4000


def test_a_line_of_several_megabytes_takes_little_memory(tmp_path: Path) -> None:
    """In a process of its own, by its own mark: a child's ``ru_maxrss`` begins at its parent's."""
    path = tmp_path / "a.txt"
    path.write_text("mot " * (1 << 20), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PEAK_OF_READING, str(path)], capture_output=True, check=True
    )
    assert int(done.stdout) * 1024 < MEMORY / 4


def test_a_million_blank_lines_say_nothing(tmp_path: Path) -> None:
    blank = "\n" * 1_000_000
    source, target = write(tmp_path, french=FRENCH.replace("\n", blank), german=blank + WRONG)
    done = checker("diff", source, target, "--format", "json")
    assert done.returncode == 1, done.stderr
    data = json.loads(done.stdout)
    assert [f["rule"] for f in data["findings"]] == ["number-mismatch"]
    assert len(data["source"]["sentences"]) == 2


def test_invalid_utf8_is_read_and_said_or_refused(tmp_path: Path) -> None:
    source, target = write(tmp_path, french=FRENCH * 20, german=WRONG * 20)
    source.write_bytes(source.read_bytes().replace("musée".encode(), b"mus\xc3\x28e", 1))
    done = checker("diff", source, target)
    assert done.returncode == 1
    assert "broken characters" in " ".join(done.stdout.split())
    source.write_bytes(b"\xff\xfe\xfd " * 50)
    assert "a.fr.txt" in refused(checker("diff", source, target))


@pytest.mark.parametrize("data", [b"\x00" * 500, b"Guten Tag.\x00\x00\x00" * 9, bytes(range(256))])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    source, target = write(tmp_path)
    target.write_bytes(data)
    assert "a.de.txt" in refused(checker("diff", source, target))


def test_a_single_nul_is_shown_as_a_mark(tmp_path: Path) -> None:
    source, target = write(tmp_path, german=WRONG.replace("Besucher", "Besu\0cher"))
    done = checker("diff", source, target)
    assert done.returncode in (1, 2)
    assert "\0" not in done.stdout + done.stderr


def test_text_from_right_to_left_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    arabic = "زار المتحف ١٢٠ زائرا يوم الاثنين.\nسيفتح صباح الثلاثاء.\n"
    source, target = write(tmp_path, german=arabic)
    assert "a.de.txt" in refused(checker("diff", source, target))
    lines = checker("align", "--sentences", source, target)
    assert (lines.returncode, lines.stderr) == (0, "")


@pytest.mark.parametrize("name", ["terminal", "html", "csv", "github"])
def test_bidi_controls_reach_no_eye(tmp_path: Path, name: str) -> None:
    controls = "\u202e\u2066\u200f"
    source, target = write(tmp_path, german=WRONG.replace("Montag", f"Mon{controls}tag"))
    done = checker("diff", source, target, "--format", name)
    assert done.returncode == 1, done.stderr
    assert not set(controls) & set(done.stdout)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_are_only_names(tmp_path: Path, name: str, encoder: Encoder) -> None:
    report = compare(*write(tmp_path, name), encoder=encoder)
    made = {f: renderers()[f].render(report, Style()) for f in FORMATS}
    assert json.loads(made["json"])["source"]["path"] == str(tmp_path / f"{name}.fr.txt")
    assert b"<img src=x" not in made["html"]
    assert "\u202e" not in made["terminal"].decode() + made["html"].decode()
    for name in ("junit", "xliff", "tmx"):
        ElementTree.fromstring(made[name])
    assert len(made["github"].splitlines()) == len(report.findings)


def test_a_name_with_a_line_break_on_the_command_line(tmp_path: Path) -> None:
    write(tmp_path, "--a\n<b>")
    done = checker("diff", "./--a\n<b>.fr.txt", "./--a\n<b>.de.txt", "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    refused(checker("diff", "./x\ny\x1b[31m.txt", "./z.txt", cwd=tmp_path))


STEERING = "\x1b[2J\u202ea\udce9"
"""Clears a screen, turns the line round, and is no UTF-8."""


def is_harmless(done: subprocess.CompletedProcess[str]) -> bool:
    said = done.stdout + done.stderr
    return not set("\x1b\u202e") & set(said) and "Traceback" not in said


def test_a_gate_shows_names_and_waivers_that_steer_nothing(tmp_path: Path) -> None:
    write(tmp_path, STEERING)
    (tmp_path / "checker-waivers.toml").write_text(
        '[[waiver]]\nid = "3f2a9c01b7de"\nreason = "\\u001b[2J"\nuntil = 2020-01-31\n',
        encoding="utf-8",
    )
    done = checker("gate", ".", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "[2J" in done.stderr
    assert is_harmless(done)


def test_a_termbase_shows_names_and_entries_that_steer_nothing(tmp_path: Path) -> None:
    base = f"{STEERING}.csv"
    (tmp_path / base).write_text("term,language,status\nx\x1b[2J,de,\x1b[2J\n", encoding="utf-8")
    done = checker("terms", "check", f"./{base}", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert is_harmless(done)
    assert is_harmless(checker("terms", "convert", "--lenient", f"./{base}", "b.tsv", cwd=tmp_path))


def test_changes_of_an_audit_steer_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", STEERING)
    done = checker("audit", "in", "--out", "out", "--since", "LAST", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "number-mismatch" in done.stdout or "numbers" in done.stdout
    assert is_harmless(done)


def test_an_archive_with_such_names_is_audited(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name in NAMES:
        write(archive, name)
    done = checker("audit", archive, "--out", tmp_path / "out", "--jobs", "1", "-q")
    assert done.returncode == 1, done.stderr
    lines = (tmp_path / "out/pairs.jsonl").read_text("utf-8").splitlines()
    shown = {name.replace("\udce9", "\\udce9") for name in NAMES}
    assert {json.loads(line)["pair"] for line in lines} == shown
    assert "<img src=x" not in (tmp_path / "out/report.html").read_text("utf-8")
    assert len(list((tmp_path / "out/pairs").iterdir())) == len(NAMES)


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write(archive)
    (archive / "again").symlink_to(archive, target_is_directory=True)
    (archive / "x.fr.txt").symlink_to(archive / "x.fr.txt")
    (archive / "x.de.txt").symlink_to(archive / "y.de.txt")
    (archive / "y.de.txt").symlink_to(archive / "x.de.txt")
    done = checker("audit", archive, "--out", tmp_path / "out", "--jobs", "1", "-q")
    assert done.returncode == 1, done.stderr
    lines = (tmp_path / "out/pairs.jsonl").read_text("utf-8").splitlines()
    states = {json.loads(line)["pair"]: json.loads(line)["state"] for line in lines}
    assert states["a"] == "compared"
    assert "x.fr.txt" in refused(checker("lint", archive / "x.fr.txt"))


def test_terms_with_characters_of_regular_expressions_are_plain_words(tmp_path: Path) -> None:
    terms = ["C++", "a.*b", "[visiteurs]", "(a", "\\d+", "x{9999999}", "a|b", "(a+)+$", "^a$"]
    rows = "".join(f'"{term}","{term}"\n' for term in terms)
    base = tmp_path / "house.csv"
    base.write_text(f"fr,de\n{rows}", encoding="utf-8")
    assert len(load_termbase(base).concepts) == len(terms)
    source, target = write(tmp_path, french=FRENCH + "Il programme en C++ (a+)+$.\n")
    done = checker("diff", source, target, "--termbase", base, "--format", "json")
    assert done.returncode == 1, done.stderr
    marked = [f["source"]["text"] for f in json.loads(done.stdout)["findings"] if f["source"]]
    assert not {"Le", "a", "musée"} & set(marked)


def test_endless_nesting_in_a_termbase_is_refused(tmp_path: Path) -> None:
    base = tmp_path / "deep.tbx"
    base.write_text("<tbx><text><body>" + "<conceptEntry>" * 100_000, encoding="utf-8")
    assert "deep.tbx" in refused(checker("diff", *write(tmp_path), "--termbase", base))


def test_endless_nesting_in_a_page_is_refused_or_read(tmp_path: Path) -> None:
    page = tmp_path / "a.fr.html"
    page.write_text("<html><body>" + "<div>" * 200_000 + f"<p>{FRENCH}</p>", encoding="utf-8")
    done = checker("lint", page, "--lang", "fr")
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
