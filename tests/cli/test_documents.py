"""``checker diff`` on documents of many formats, as people call it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
SOURCE = "Le marché couvert de Vevey rouvre samedi. Il compte 40 étals. La maire est ravie."
TARGET = (
    "Die Markthalle von Vevey öffnet am Samstag. Sie hat 45 Stände. Die Präsidentin freut sich."
)


def diff(*arguments, stdin=None):
    command = [sys.executable, "-m", "checker", "diff", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def report(*arguments, stdin=None):
    result = diff(*arguments, "--format", "json", stdin=stdin)
    assert result.returncode in (0, 1), result.stderr.decode()
    return json.loads(result.stdout)


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "a.de.txt"
    path.write_text(TARGET, encoding="utf-8")
    return path


def found(result):
    return {(f["check"], f["source"]["text"], f["target"]["text"]) for f in result["findings"]}


def test_a_bilingual_file_alone_links_its_units(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"source;target\n{SOURCE};{TARGET}\n", encoding="utf-8")
    result = report(path)
    assert [(link["source"], link["target"]) for link in result["links"]] == [
        ([0, 1, 2], [0, 1, 2])
    ]
    assert ("numbers", "40", "45") in found(result)
    assert len(report(path, "--realign")["links"]) > 1


def test_the_same_text_in_every_container_gives_the_same_findings(tmp_path, target):
    plain = tmp_path / "a.fr.txt"
    plain.write_text(SOURCE, encoding="utf-8")
    expected = found(report(plain, target))
    assert ("numbers", "40", "45") in expected
    containers = {
        "a.md": f"# \n\n{SOURCE}\n",
        "a.html": f"<html><body><article><p>{SOURCE}</p></article></body></html>",
        "a.rtf": r"{\rtf1\ansi " + SOURCE.replace("é", r"\'e9").replace("è", r"\'e8") + r"\par}",
        "a.srt": f"1\n00:00:01,000 --> 00:00:09,000\n{SOURCE}\n",
        "a.json#body": json.dumps({"body": SOURCE}),
    }
    for name, text in containers.items():
        path = tmp_path / name.partition("#")[0]
        path.write_text(text, encoding="utf-8")
        assert found(report(tmp_path / name, target)) == expected, name


def test_standard_input(target):
    result = report("-", target, stdin=SOURCE.encode("cp1252"))
    assert result["source"]["path"] == "standard input"
    assert ("numbers", "40", "45") in found(result)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["{folder}/none.txt", "{target}"], "does not exist"),
        (["{folder}", "{target}"], "is a directory"),
        (["{target}", "{target}"], "are both German"),
        (["{target}"], "is one document: name the other language version"),
        ([DOCUMENTS / "units.po", "{target}"], "holds both languages"),
    ],
)
def test_what_cannot_be_checked_is_one_sentence(tmp_path, target, arguments, says):
    named = [str(a).format(folder=tmp_path, target=target) for a in arguments]
    result = diff(*named)
    assert result.returncode == 2
    lines = result.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("checker: ")
    assert says in lines[0]
