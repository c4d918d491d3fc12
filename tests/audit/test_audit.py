"""The audit command on a folder: what it writes, what it skips, what it survives."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from audit.conftest import COUNT, audit, command, write_pair

WRONG = [f"article-{n:02}" for n in range(0, COUNT, 5)]


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def results(out: Path) -> bytes:
    return (out / "findings.jsonl").read_bytes() + (out / "pairs.jsonl").read_bytes()


def errors(out: Path) -> list[str]:
    found = rows(out / "findings.jsonl")
    return [f["pair"] for f in found if f["check"] == "numbers" and f["severity"] == "error"]


def test_every_wrong_pair_is_found_and_no_other(archive: Path, tmp_path: Path) -> None:
    result = audit(archive, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "2")
    assert result.returncode == 1, result.stderr
    assert errors(tmp_path / "out") == WRONG
    assert [row["state"] for row in rows(tmp_path / "out" / "pairs.jsonl")] == ["compared"] * COUNT


def test_the_number_of_processes_changes_no_byte(archive: Path, tmp_path: Path) -> None:
    for jobs in ("1", "3"):
        audit(archive, "--out", tmp_path / jobs, "--only", "numbers", "--jobs", jobs)
    assert results(tmp_path / "1") == results(tmp_path / "3")


def test_one_edited_pair_is_compared_again(archive: Path, tmp_path: Path) -> None:
    arguments = (archive, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1")
    audit(*arguments)
    write_pair(archive, 5, wrong=False)
    result = audit(*arguments)
    assert "(1 now)" in result.stdout
    assert errors(tmp_path / "out") == [name for name in WRONG if name != "article-05"]


def test_a_broken_pair_is_recorded_and_passed(archive: Path, tmp_path: Path) -> None:
    (archive / "article-03.de.txt").write_bytes(b"\0" * 50)
    audit(archive, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "2")
    states = {r["pair"]: r for r in rows(tmp_path / "out" / "pairs.jsonl")}
    assert states["article-03"]["state"] == "failed"
    assert "not text" in states["article-03"]["error"]
    assert errors(tmp_path / "out") == WRONG


def test_a_wrong_pair_is_one_entry_without_findings(archive: Path, tmp_path: Path) -> None:
    other = (
        "Der Käse reift drei Monate im Keller.\nDie Milch stammt von zwölf Betrieben im Tal.\n"
        "Jeder Laib wiegt 35 Kilogramm und wird zweimal in der Woche gebürstet.\n"
    )
    (archive / "article-05.de.txt").write_text(other, encoding="utf-8")
    told = audit(archive, "--out", tmp_path / "out", "--jobs", "1", "--skip", "terms").stdout
    assert "1 pair is not the same article" in told
    states = {r["pair"]: r for r in rows(tmp_path / "out" / "pairs.jsonl")}
    assert states["article-05"]["state"] == "unrelated"
    found = {f["pair"] for f in rows(tmp_path / "out" / "findings.jsonl")}
    assert "article-05" not in found


def test_lone_documents_are_looked_at_by_themselves(archive: Path, tmp_path: Path) -> None:
    text = "La mairie ouvre le lundi matin.\nLe texte TODO reste à écrire avant jeudi.\n"
    (archive / "alone.fr.txt").write_text(text, encoding="utf-8")
    (archive / "allein.de.txt").write_bytes(b"\0" * 50)
    arguments = (archive, "--out", tmp_path / "out", "--only", "leftovers", "--jobs", "1")
    result = audit(*arguments)
    assert "2 documents have no counterpart" in result.stdout
    broken, alone = rows(tmp_path / "out" / "alone.jsonl")
    assert (broken["state"], alone["state"]) == ("failed", "alone")
    assert "not text" in broken["error"]
    assert [f["source"]["text"] for f in alone["findings"]] == ["TODO"]
    assert len(rows(tmp_path / "out" / "pairs.jsonl")) == COUNT
    (archive / "alone.fr.txt").unlink()
    assert "1 document has no counterpart" in audit(*arguments).stdout


def test_a_later_run_tells_new_fixed_and_still_there(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (archive, "--out", out, "--only", "numbers", "--jobs", "1")
    assert "Since" not in audit(*arguments).stdout
    write_pair(archive, 5, wrong=False)
    write_pair(archive, 6, wrong=True)
    told = audit(*arguments, "--since", "LAST").stdout
    assert f"Since run 1: 1 new, 1 fixed, {len(WRONG) - 1} still there." in told
    assert re.search(r"^new    error  article-06  numbers: ", told, re.MULTILINE)
    assert re.search(r"^fixed  error  article-05  numbers: ", told, re.MULTILINE)
    assert "1 new, 1 fixed" in (out / "report.html").read_text(encoding="utf-8")
    again = command("status", out, "--since", "1", "--live")
    assert f"1 new, 1 fixed, {len(WRONG) - 1} still there." in again.stdout
    assert "Run 2" in again.stdout
    assert "finished" in again.stdout
    assert "worst pairs" in again.stderr
    wrong = command("status", out, "--since", "9")
    assert wrong.returncode == 2
    assert "There is no run 9" in wrong.stderr


def test_a_broken_pair_has_nothing_fixed_and_is_tried_again(archive: Path, tmp_path: Path) -> None:
    arguments = (archive, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1")
    audit(*arguments)
    (archive / "article-05.de.txt").write_bytes(b"\0" * 50)
    assert "0 new, 0 fixed" in audit(*arguments).stdout
    assert "(1 now)" in audit(*arguments).stdout


def test_an_edited_termbase_is_noticed(archive: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("fr,de\nparcelle,Waldparzelle\n", encoding="utf-8")
    arguments = (archive, "--out", tmp_path / "out", "--only", "terms", "--jobs", "1",
                 "--limit", "2", "--termbase", terms)  # fmt: skip
    assert "(2 now)" in audit(*arguments).stdout
    assert "(0 now)" in audit(*arguments).stdout
    terms.write_text("fr,de\nparcelle,Grundstück\n", encoding="utf-8")
    assert "(2 now)" in audit(*arguments).stdout
    missing = audit(*arguments, "--termbase", tmp_path / "none.csv")
    assert missing.returncode == 2
    assert "none.csv" in missing.stderr


def test_a_live_view_is_drawn(archive: Path, tmp_path: Path) -> None:
    result = audit(archive, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1", "--live")
    assert f"{COUNT} of {COUNT}" in result.stderr
    assert "article-00" in result.stderr


def test_a_limit_leaves_what_is_there(archive: Path, tmp_path: Path) -> None:
    arguments = (archive, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1")
    audit(*arguments)
    before = results(tmp_path / "out")
    assert "(0 now)" in audit(*arguments, "--limit", "3").stdout
    assert results(tmp_path / "out") == before


def test_killed_at_any_instant_it_goes_on(archive: Path, tmp_path: Path) -> None:
    arguments = ["--only", "numbers"]
    audit(archive, "--out", tmp_path / "whole", *arguments)
    line = [sys.executable, "-m", "checker", "audit", str(archive), *arguments]
    instants = random.Random(7)
    out = tmp_path / "killed"
    for turn in range(20):
        process = subprocess.Popen(
            [*line, "--out", str(out), "--jobs", str(1 + turn % 2)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(instants.uniform(0.05, 3))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    audit(archive, "--out", out, *arguments)
    assert results(out) == results(tmp_path / "whole")


def test_ctrl_c_ends_in_one_line(archive: Path, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "checker", "audit", str(archive), "--out", str(tmp_path / "o")]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode in (0, 1, 130)
    assert "Traceback" not in stderr


def test_a_store_from_a_newer_version_is_left_alone(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with sqlite3.connect(out / "audit.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    result = audit(archive, "--out", out)
    assert result.returncode == 2
    assert "newer version" in result.stderr


def test_two_audits_on_one_store_do_not_mix(archive: Path, tmp_path: Path) -> None:
    from checker.audit.store import open_store

    with open_store(tmp_path / "out"):
        result = audit(archive, "--out", tmp_path / "out")
    assert result.returncode == 2
    assert "in use" in result.stderr


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_manifest_names_pairs_and_metadata(archive: Path, tmp_path: Path, suffix: str) -> None:
    entries = [
        {"id": f"a{n}", "source": f"article-{n:02}.fr.txt", "target": f"article-{n:02}.de.txt",
         "section": "Vaud"}
        for n in (0, 1)
    ]  # fmt: skip
    manifest = archive / f"list{suffix}"
    if suffix == ".csv":
        lines = [",".join(entries[0]), *(",".join(e.values()) for e in entries)]
        manifest.write_text("\n".join(lines), encoding="utf-8")
    elif suffix == ".jsonl":
        manifest.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    else:
        pa = pytest.importorskip("pyarrow")
        import pyarrow.parquet

        pyarrow.parquet.write_table(pa.Table.from_pylist(entries), manifest)
    audit(manifest, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1")
    found = rows(tmp_path / "out" / "pairs.jsonl")
    assert [(r["pair"], r["metadata"]) for r in found] == [
        ("a0", {"section": "Vaud"}),
        ("a1", {"section": "Vaud"}),
    ]
    assert errors(tmp_path / "out") == ["a0"]


def test_a_manifest_may_hold_the_texts(archive: Path, tmp_path: Path) -> None:
    entries = [
        {
            "id": f"a{n}",
            "source_text": (archive / f"article-{n:02}.de.txt").read_text(encoding="utf-8"),
            "target_text": (archive / f"article-{n:02}.fr.txt").read_text(encoding="utf-8"),
            "source_language": "de",
            "target_language": "fr",
        }
        for n in (0, 1)
    ]
    manifest = tmp_path / "list.jsonl"
    manifest.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    arguments = (manifest, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1")
    audit(*arguments)
    assert errors(tmp_path / "out") == ["a0"]
    assert all(r["metadata"] == {} for r in rows(tmp_path / "out" / "pairs.jsonl"))
    assert "(0 now)" in audit(*arguments).stdout


def test_a_manifest_may_not_lead_out_of_its_folder(archive: Path, tmp_path: Path) -> None:
    manifest = archive / "list.csv"
    manifest.write_text("source,target\n../x.fr.txt,../x.de.txt\n", encoding="utf-8")
    result = audit(manifest, "--out", tmp_path / "out")
    assert result.returncode == 2
    assert "outside" in result.stderr


def test_languages_as_folders(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for code in ("fr", "de"):
        (site / code).mkdir(parents=True)
        shutil.copy(archive / f"article-00.{code}.txt", site / code / "forest.txt")
    audit(site, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1")
    assert errors(tmp_path / "out") == ["forest"]


XLIFF = """<xliff version="1.2"><file source-language="fr" target-language="de"><body>
<trans-unit id="7"><source>Le musée a vendu 48 300 billets mardi.</source>
<target>Das Museum hat am Dienstag 43 800 Karten verkauft.</target></trans-unit>
</body></file></xliff>"""


def test_files_of_both_languages_are_pairs(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "musee.xlf").write_text(XLIFF, encoding="utf-8")
    table = "fr,de\nLe pont a 40 piles.,Die Brücke hat 50 Pfeiler.\n"
    (archive / "pont.csv").write_text(table, encoding="utf-8")
    audit(archive, "--out", tmp_path / "out", "--only", "numbers", "--jobs", "1")
    assert errors(tmp_path / "out") == ["musee.xlf"]
    manifest = archive / "manifest.jsonl"
    manifest.write_text('{"id": "pont", "both": "pont.csv#fr,de"}\n', encoding="utf-8")
    arguments = (manifest, "--out", tmp_path / "listed", "--only", "numbers", "--jobs", "1")
    audit(*arguments)
    assert errors(tmp_path / "listed") == ["pont"]
    assert "(0 now)" in audit(*arguments).stdout
    (archive / "pont.csv").write_text(table.replace("50", "40"), encoding="utf-8")
    assert "(1 now)" in audit(*arguments).stdout
    assert errors(tmp_path / "listed") == []
