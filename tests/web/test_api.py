"""The HTTP interface: what it answers, as programs see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from web.conftest import FRENCH, GERMAN, PAIR, RIGHT, ROOT, Server, problem

from checker.web.schema import EXAMPLE

EXAMPLE_FILE = ROOT / "checker" / "web" / "example.json"


def rules(values: dict[str, Any]) -> list[str]:
    return [f["rule"] for f in values["findings"]]


def test_diff_is_the_json_of_the_command_line(client: httpx.Client, tmp_path: Path) -> None:
    for side in PAIR.values():
        (tmp_path / side["name"]).write_text(side["text"], encoding="utf-8")
    command = [sys.executable, "-m", "checker", "diff", "musee.fr.txt", "museum.de.txt",
               "--format", "json"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    printed = subprocess.run(
        command, cwd=tmp_path, capture_output=True, check=False, env=environment
    )
    answer = client.post("/v1/diff", json=PAIR)
    assert answer.status_code == 200
    assert answer.json() == json.loads(printed.stdout)


def test_files_are_compared_like_texts(client: httpx.Client) -> None:
    files = {
        "source": ("musee.fr.txt", FRENCH.encode()),
        "target": ("museum.de.txt", GERMAN.encode("cp1252")),
    }
    values = client.post("/v1/diff/files", files=files, data={"source_language": "fr"}).json()
    assert rules(values) == rules(client.post("/v1/diff", json=PAIR).json())
    assert values["source"]["path"] == "musee.fr.txt"


BOTH = {
    "musee.xlf": """<xliff version="1.2"><file source-language="fr" target-language="de"><body>
        <trans-unit id="7"><source>Le musée a vendu <g id="1">48 300</g> billets.</source>
        <target>Das Museum hat <g id="1">43 800</g> Karten verkauft.</target></trans-unit>
        </body></file></xliff>""",
    "musee.tmx": """<tmx version="1.4"><header srclang="fr"/><body><tu>
        <tuv xml:lang="fr"><seg>Le musée a vendu 48 300 billets.</seg></tuv>
        <tuv xml:lang="de"><seg>Das Museum hat 43 800 Karten verkauft.</seg></tuv>
        </tu></body></tmx>""",
    "musee.po": """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n"

msgid "Le musée a vendu 48 300 billets mardi dernier."
msgstr "Das Museum hat am letzten Dienstag 43 800 Karten verkauft."
""",
    "musee.csv": "fr,de\nLe musée a vendu 48 300 billets.,Das Museum hat 43 800 Karten verkauft.\n",
}


def table(suffix: str, folder: Path) -> bytes:
    """A workbook or a Word table with both languages."""
    rows = [("fr", "de"), ("Le musée a vendu 48 300 billets.", "Es hat 43 800 Karten verkauft.")]
    path = folder / f"table.{suffix}"
    if suffix == "xlsx":
        book = pytest.importorskip("openpyxl").Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        document = pytest.importorskip("docx").Document()
        made = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
        document.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("name", [*BOTH, "musee.xlsx", "musee.docx"])
@pytest.mark.parametrize("command", ["diff", "gate"])
def test_one_file_of_both_languages_is_the_json_of_the_command_line(
    command: str, name: str, client: httpx.Client, tmp_path: Path
) -> None:
    data = BOTH[name].encode() if name in BOTH else table(name.rpartition(".")[2], tmp_path)
    (tmp_path / name).write_bytes(data)
    options = ["--format", "json", "--output", "report.json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "checker", command, name, *options]
    ran = subprocess.run(line, cwd=tmp_path, capture_output=True, check=False, env=environment)
    assert ran.returncode == 1, ran.stderr
    printed = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    for route in (f"/v1/{command}", f"/v1/{command}/files"):
        answer = client.post(route, files={"source": (name, data)})
        assert answer.status_code == 200
        values = answer.json()
        assert "number-mismatch" in rules(values)
        assert values.pop("verdict", "blocked") == "blocked"
        assert {key: values[key] for key in printed} == printed


def test_columns_languages_and_new_links_of_one_file(client: httpx.Client) -> None:
    both = BOTH["musee.csv"].replace("fr,de\n", "fr,de,it\n")
    three = both.replace("verkauft.", "verkauft.,Martedì il museo ha venduto 48 300 biglietti.")
    file = {"source": ("musee.csv", three.encode())}
    detail = problem(client.post("/v1/diff", files=file), 422)["detail"]
    assert "which two columns" in detail
    for part in ("fr,de", "A,B"):
        fields = {"source_part": part, "source_language": "fr", "target_language": "de"}
        values = client.post("/v1/diff", files=file, data={**fields, "realign": "true"}).json()
        assert rules(values) == ["number-mismatch"]
        assert values["links"][0]["confidence"] < 1


def test_a_column_of_each_file(client: httpx.Client) -> None:
    files = {
        "source": ("a.csv", f"n,text\n1,{FRENCH.splitlines()[0]}\n".encode()),
        "target": ("b.json", json.dumps({"body": GERMAN.splitlines()[0]}).encode()),
    }
    parts = {"source_part": "text", "target_part": "body"}
    assert "number-mismatch" in rules(client.post("/v1/diff", files=files, data=parts).json())


def test_one_file_that_holds_one_language_or_is_hostile(client: httpx.Client) -> None:
    detail = problem(client.post("/v1/diff", files={"source": ("a.txt", b"Le pont.")}), 422)
    assert "send the other language version too" in detail["detail"]
    both = {"source": ("a.xlf", BOTH["musee.xlf"].encode()), "target": ("b.txt", GERMAN.encode())}
    assert "send it alone" in problem(client.post("/v1/gate", files=both), 422)["detail"]
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BOTH["musee.xlf"]
    for command in ("diff", "gate"):
        hostile = {"source": ("a.xlf", entity.encode())}
        assert "passwd" not in problem(client.post(f"/v1/{command}", files=hostile), 422)["detail"]
        large = {"source": ("a.xlf", BOTH["musee.xlf"].encode() + b" " * 65 * 1024)}
        problem(client.post(f"/v1/{command}", files=large), 413)
    problem(client.post("/v1/align", files={"source": ("a.xlf", b"<xliff/>")}), 422)


def test_the_format_of_a_file_is_that_of_its_name(client: httpx.Client) -> None:
    page = "<html><body><p>" + FRENCH.replace("\n\n", "</p><p>") + "</p></body></html>"
    files = {"source": ("a.html", page.encode()), "target": ("b.txt", GERMAN.encode())}
    assert "number-mismatch" in rules(client.post("/v1/diff/files", files=files).json())


def test_the_detector_is_left_out_where_a_request_asks_for_it(client: httpx.Client) -> None:
    values = client.post("/v1/diff", json={**PAIR, "only": ["names"], "fast": True}).json()
    assert "|detector:none|" in values["signature"]
    values = client.post("/v1/diff", json={**PAIR, "only": ["names"]}).json()
    assert "|detector:none|" not in values["signature"]
    files = {"source": ("a.txt", FRENCH.encode()), "target": ("b.txt", GERMAN.encode())}
    values = client.post("/v1/diff/files", files=files, data={"fast": "true"}).json()
    assert "|detector:none|" in values["signature"]


def test_only_the_checks_asked_for_run(client: httpx.Client) -> None:
    values = client.post("/v1/diff", json={**PAIR, "only": ["names"]}).json()
    assert values["findings"] == []
    assert "|checks:names" in values["signature"]


def test_a_check_that_does_not_exist_is_named(client: httpx.Client) -> None:
    answer = client.post("/v1/diff", json={**PAIR, "only": ["number"]})
    assert 'did you mean "numbers"?' in problem(answer, 422)["detail"]


def test_gate_blocks_by_default_and_says_why(client: httpx.Client) -> None:
    values = client.post("/v1/gate", json=PAIR).json()
    assert values["verdict"] == "blocked"
    assert "48 300" in values["reasons"][0]
    assert values["blocking"] == [f["id"] for f in values["findings"] if f["severity"] == "error"]


def test_gate_passes_what_is_right(client: httpx.Client) -> None:
    right = {**PAIR, "target": {"text": RIGHT, "language": "de"}}
    values = client.post("/v1/gate", json=right).json()
    assert (values["verdict"], values["reasons"], values["blocking"]) == ("passed", [], [])


def test_gate_follows_the_policy_named(client: httpx.Client) -> None:
    assert client.get("/v1/policies").json() == ["lenient.toml", "strict.toml"]
    values = client.post("/v1/gate", json={**PAIR, "policy": "lenient.toml"}).json()
    assert values["verdict"] == "passed"
    assert "number-mismatch" in rules(values)


def test_gate_passes_nothing_that_could_not_be_checked(client: httpx.Client) -> None:
    other = "Am Morgen fiel Schnee.\n\nDie Katze schläft auf dem Ofen.\n\nSuppe gibt es nicht.\n"
    unlike = {**PAIR, "target": {"text": other * 3, "language": "de"}}
    assert client.post("/v1/gate", json=unlike).json()["verdict"] != "passed"


def test_a_termbase_is_used_when_named(client: httpx.Client) -> None:
    assert client.get("/v1/termbases").json() == ["house.csv"]
    with_terms = {**PAIR, "termbase": "house.csv", "only": ["terms"]}
    (finding,) = client.post("/v1/diff", json=with_terms).json()["findings"]
    assert finding["check"] == "terms"
    assert "Leiterin" in finding["message"]


@pytest.mark.parametrize("name", ["../policies/strict.toml", "/etc/passwd", ".hidden", "house"])
def test_no_path_of_a_request_is_opened(client: httpx.Client, name: str) -> None:
    assert (
        "Known: house.csv."
        in problem(client.post("/v1/diff", json={**PAIR, "termbase": name}), 422)["detail"]
    )
    assert (
        "Known:" in problem(client.post("/v1/gate", json={**PAIR, "policy": name}), 422)["detail"]
    )


def test_a_name_is_shown_and_never_opened(client: httpx.Client) -> None:
    files = {"source": ("../../etc/passwd", FRENCH.encode()), "target": ("b.txt", GERMAN.encode())}
    values = client.post("/v1/diff/files", files=files).json()
    assert values["source"]["path"] == "passwd"
    assert values["findings"]
    named = {**PAIR, "source": {**PAIR["source"], "name": "/etc/passwd"}}
    problem(client.post("/v1/diff", json=named), 422)


def test_align_gives_links_alone(client: httpx.Client) -> None:
    values = client.post("/v1/align", json=PAIR).json()
    assert sorted(values) == ["links", "source", "target", "version"]
    assert [(k["source"], k["target"]) for k in values["links"]] == [([n], [n]) for n in range(3)]


def test_lint_checks_one_document(client: httpx.Client) -> None:
    text = "Le musée de la ville a vendu des des billets hier soir.\n"
    values = client.post("/v1/lint", json={"source": {"text": text, "language": "fr"}}).json()
    assert values["target"] is None
    assert values["findings"]
    file = {"source": ("a.fr.txt", text.encode())}
    assert rules(client.post("/v1/lint/files", files=file).json()) == rules(values)


@pytest.mark.parametrize(
    "body",
    [
        {"source": {"text": "Bonjour."}},
        {**PAIR, "extra": 1},
        {**PAIR, "source": {"text": ""}},
        {**PAIR, "source": {"text": FRENCH, "language": "klingon"}},
        {**PAIR, "target": {"text": FRENCH, "language": "fr"}},
        {**PAIR, "target": {"text": " \n "}},
    ],
)
def test_bad_input_is_a_problem(client: httpx.Client, body: dict[str, Any]) -> None:
    problem(client.post("/v1/diff", json=body), 422)


def test_a_broken_document_is_a_problem(client: httpx.Client) -> None:
    files = {"source": ("a.docx", b"PK\x03\x04 no"), "target": ("b.txt", GERMAN.encode())}
    assert "a.docx" in problem(client.post("/v1/diff/files", files=files), 422)["detail"]


def test_unknown_addresses_and_methods_are_problems(client: httpx.Client) -> None:
    problem(client.get("/v1/nothing"), 404)
    problem(client.get("/v1/diff"), 405)
    problem(client.post("/v1/diff", content=b"{"), 422)


def test_the_examples_of_the_openapi_document_are_true(client: httpx.Client) -> None:
    """CHECKER_UPDATE_SNAPSHOTS=1 stores what is answered now."""
    paths = client.get("/openapi.json").json()["paths"]
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    answers = {}
    for kind in ("diff", "gate", "align", "lint"):
        operation = paths[f"/v1/{kind}"]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        (request,) = schemas[schema.rsplit("/", 1)[-1]]["examples"]
        answer = client.post(f"/v1/{kind}", json=request)
        assert answer.status_code == 200
        answers[kind] = answer.json()
    for kind in ("diff/files", "gate/files"):
        takes = paths[f"/v1/{kind}"]["post"]["requestBody"]["content"]
        (source,) = takes["multipart/form-data"]["example"].values()
        files = {"source": ("document.xliff", source.encode())}
        answers[kind] = client.post(f"/v1/{kind}", files=files).json()
    if os.environ.get("CHECKER_UPDATE_SNAPSHOTS") == "1":
        new = json.dumps({**EXAMPLE, "answers": answers}, ensure_ascii=False, indent=1)
        EXAMPLE_FILE.write_text(new + "\n", encoding="utf-8")
        return
    for kind, values in answers.items():
        shown = paths[f"/v1/{kind}"]["post"]["responses"]["200"]["content"]["application/json"]
        assert steady(values) == steady(shown["example"])


def steady(values: dict[str, Any]) -> dict[str, Any]:
    """Without the figures that another version of a model or check may move a little."""
    return {
        **{key: value for key, value in values.items() if key not in ("signature", "coverage")},
        "links": [(k["source"], k["target"], k["kind"]) for k in values["links"]],
        "findings": [
            {key: value for key, value in f.items() if key != "confidence"}
            for f in values.get("findings", [])
        ],
    }


def test_probes_and_figures(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    client.post("/v1/diff", json=PAIR)
    figures = client.get("/metrics").text
    assert 'checker_requests_total{method="POST",path="/v1/diff",status="200"}' in figures
    assert "checker_jobs_waiting 0.0" in figures


def test_the_log_is_json_without_a_word_of_a_document(client: httpx.Client, server: Server) -> None:
    secret = "Zinnoberkraut"
    body = {**PAIR, "target": {"text": GERMAN + secret, "name": f"{secret}.txt"}}
    client.post("/v1/diff", json=body)
    client.post("/v1/diff", json={**body, secret: secret})
    client.get(f"/v1/jobs/{secret}", params={"q": secret})
    lines = server.lines[1:]
    assert {json.loads(line)["event"] for line in lines} == {"request"}
    assert json.loads(lines[-1])["route"] == "/v1/jobs/{job_id}"
    assert not any(secret in line for line in lines)
