"""Messages in French, German and English; formats for programs the same in all of them."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from checker.errors import ReadError, TermbaseError, worded
from checker.messages import ENGLISH, catalogue, said
from checker.model import Report
from checker.read import read
from checker.report import Style, renderers
from checker.report._words import place
from checker.report.terminal import render
from checker.terms.termbase import load

ROOT = Path(__file__).parents[2]
PAIR = [f"corpora/grues-du-lac/grues-du-lac.{code}.txt" for code in ("fr", "de")]


def checker(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checker", *arguments], cwd=ROOT, check=False,
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment},
    )  # fmt: skip


def test_the_catalogues_are_complete_and_compiled() -> None:
    command = [sys.executable, "scripts/messages.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LANGUAGE": "de"}, "Befehle:"),
        ({"LANGUAGE": "fr_CH:de"}, "Commandes:"),
        ({"LANGUAGE": "", "LC_ALL": "de_CH.UTF-8"}, "Befehle:"),
        ({"LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "fr_BE.UTF-8"}, "Commandes:"),
        ({"LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_AT"}, "Befehle:"),
        ({"LANGUAGE": "it"}, "Commands:"),
    ],
)
def test_the_environment_chooses_the_language(variables: dict[str, str], said: str) -> None:
    assert said in checker("--help", **variables).stdout


@pytest.mark.parametrize(
    ("language", "summary", "wrong"),
    [
        ("de", "3 Fehler, 1 Warnung in corpora", "Kein Befehl „dif“"),
        ("fr", "3 erreurs, 1 avertissement dans corpora", "Pas de commande «\u00a0dif\u00a0»"),
        ("en", "3 errors, 1 warning in corpora", 'No command "dif"'),
    ],
)
def test_reports_and_errors_speak_it(language: str, summary: str, wrong: str) -> None:
    done = checker("diff", *PAIR, "-q", LANGUAGE=language)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(summary)
    assert wrong in checker("dif", LANGUAGE=language).stderr


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "musee.txt gibt es nicht (meinten Sie „musee.fr.txt“?): Prüfen Sie den Namen."),
        ("fr", "musee.txt n'existe pas (vouliez-vous dire «\u00a0musee.fr.txt\u00a0»\u00a0?)"
         "\u00a0: vérifiez le nom."),
        ("en", 'musee.txt does not exist (did you mean "musee.fr.txt"?): check the name.'),
    ],
)  # fmt: skip
def test_errors_are_said_in_the_language_and_raised_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, expected: str
) -> None:
    (tmp_path / "musee.fr.txt").write_text("Oui.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", language)
    with pytest.raises(ReadError) as raised:
        read("musee.txt")
    assert said(raised.value.args[0]) == expected
    assert str(raised.value).startswith("musee.txt does not exist (did you mean")
    over_there = pickle.loads(pickle.dumps(raised.value))
    assert said(over_there.args[0]) == expected


def test_an_error_within_an_error_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "terms.xlsx"
    path.write_bytes(b"PK\x03\x04")
    monkeypatch.setenv("LANGUAGE", "de")
    with pytest.raises(TermbaseError) as raised:
        load(path)
    assert "keine Excel-Arbeitsmappe: " in said(raised.value.args[0])
    assert "beschädigtes Archiv" in said(raised.value.args[0])
    assert "beschädigt" not in str(raised.value)


def test_what_a_user_wrote_is_not_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    made = worded("{path} holds no text: there is nothing to check.", path="none {0}")
    assert made == "none {0} holds no text: there is nothing to check."
    assert said(worded("{path}: {reason}.", path=made, reason="none")).startswith("none {0}")
    assert said(worded("{path}: {reason}.", path="a", reason="none")) == "a: none."


@pytest.mark.parametrize("name", sorted(set(renderers()) - {"terminal"}))
def test_formats_for_programs_are_the_same_in_every_language(
    report: Report, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = renderers()[name].render(report, Style())
    monkeypatch.setenv("LANGUAGE", "de")
    assert renderers()[name].render(report, Style()) == english


def test_machine_output_of_the_command_does_not_depend_on_the_language() -> None:
    outputs = [checker("diff", *PAIR, "--format", "json", LANGUAGE=x).stdout for x in ("de", "en")]
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["version"] == 1


def test_the_terminal_report_is_whole_in_every_language(report: Report) -> None:
    german = render(report, Style(language="de", hidden=2)).decode()
    for word in (
        "FEHLER",
        "WARNUNG",
        "HINWEIS",
        "[fehlt hier]",
        "zu tun:",
        "Zeile 3",
        "schreiben:",
    ):
        assert word in german
    for word in ("ERROR", "missing here", "next:", " line ", "not checked"):
        assert word not in german


@pytest.mark.parametrize(
    ("named", "german"),
    [
        ("line 12", "Zeile 12"),
        ("lines 3–7", "Zeilen 3–7"),
        ("table 1, cell B2", "Tabelle 1, Zelle B2"),
        ("chapter 2, paragraph 3", "Kapitel 2, Absatz 3"),
        ("cues 3–4, 00:01:02,000", "Untertitel 3–4, 00:01:02,000"),
        ("start", "Anfang"),
        ("body[2].text", "body[2].text"),
        ("unit line 4 of start", "unit Zeile 4 of start"),
    ],
)
def test_places_are_said_in_the_readers_words(named: str, german: str) -> None:
    assert place(named, catalogue("de")) == german
    assert place(named, ENGLISH) == named
