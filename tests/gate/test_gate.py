"""The gate as editors meet it: verdicts, policies, waivers, baselines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gate.conftest import FRENCH, GERMAN, checker, gate


def finding_id(folder: Path) -> str:
    result = checker(folder, "diff", "musee.fr.txt", "musee.de.txt", "--format", "json")
    (finding,) = json.loads(result.stdout)["findings"]
    return str(finding["id"])


def test_an_error_blocks_and_is_named(folder: Path) -> None:
    result = gate(folder)
    assert result.returncode == 1
    assert "blocked" in result.stderr
    assert "48 300" in result.stderr
    assert "43 800" in result.stdout


def test_a_clean_pair_passes(folder: Path) -> None:
    (folder / "musee.de.txt").write_text(GERMAN.replace("43 800", "48 300"), encoding="utf-8")
    result = gate(folder)
    assert (result.returncode, result.stdout) == (0, "")
    assert "passed" in result.stderr


def test_an_unreadable_document_is_not_passed(folder: Path) -> None:
    (folder / "musee.de.txt").write_bytes(b"\0\1")
    result = gate(folder)
    assert result.returncode == 2
    assert "could not check" in result.stderr


def test_two_different_articles_are_not_checked(folder: Path) -> None:
    other = "Die Polizei sucht Zeugen.\nDer Fahrer flüchtete zu Fuss.\nVerletzt wurde niemand.\n"
    (folder / "musee.de.txt").write_text(other, encoding="utf-8")
    result = gate(folder)
    assert result.returncode == 2
    assert "could be aligned" in result.stderr


def test_the_deciding_line_of_the_policy_is_named(folder: Path) -> None:
    policy = '# house rules\n\n[checks.numbers]\nseverity = "warning"\n'
    (folder / "checker.toml").write_text(policy, encoding="utf-8")
    result = gate(folder, "--explain")
    assert result.returncode == 1
    assert "checker.toml, line 4" in result.stderr


@pytest.mark.parametrize(
    "policy",
    [
        '[checks.numbers]\nseverity = "never"\n',
        "[checks.numbers]\nseverity = 'error'\ncount = 1\n",
        "[block]\nconfidence = 1.0\n",
        '[[overrides]]\npath = "musee*"\nchecks.numbers.severity = "never"\n',
    ],
    ids=["never", "count", "confidence", "override"],
)
def test_a_policy_can_let_it_pass(folder: Path, policy: str) -> None:
    (folder / "checker.toml").write_text(policy, encoding="utf-8")
    assert gate(folder).returncode == 0


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ("[chekcs.numbers]\n", r'line 1: no key "chekcs" (did you mean "checks"?)'),
        ("\n[checks.nombers]\n", r'line 2: no key "nombers" (did you mean "numbers"?)'),
        ('[block]\nseverity = "eror"\n', r'line 2: "severity" must be one of'),
        ("[block]\nconfidence = 7\n", r'line 2: "confidence" must be a number from 0 to 1'),
        ("[block]\ncount = -1\n", r'line 2: "count" must be a whole number'),
        ("termbases = 3\n", r'line 1: "termbases" must be a list'),
        ("block = [\n", "is no TOML"),
    ],
)
def test_a_wrong_policy_is_named_exactly(folder: Path, policy: str, message: str) -> None:
    (folder / "checker.toml").write_text(policy, encoding="utf-8")
    result = gate(folder)
    assert result.returncode == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_policy_extends_another(folder: Path) -> None:
    (folder / "base.toml").write_text('[block]\nseverity = "never"\n', encoding="utf-8")
    (folder / "checker.toml").write_text('extends = "base.toml"\n', encoding="utf-8")
    assert gate(folder).returncode == 0


def test_a_circle_of_policies_is_refused(folder: Path) -> None:
    (folder / "checker.toml").write_text('extends = "checker.toml"\n', encoding="utf-8")
    result = gate(folder)
    assert result.returncode == 2
    assert "circle" in result.stderr


def test_the_policy_in_pyproject_counts(folder: Path) -> None:
    policy = '[tool.checker.checks.numbers]\nseverity = "never"\n'
    (folder / "pyproject.toml").write_text(policy, encoding="utf-8")
    assert gate(folder).returncode == 0


def test_init_writes_a_policy_that_works(folder: Path) -> None:
    assert checker(folder, "init").returncode == 0
    assert gate(folder).returncode == 1
    again = checker(folder, "init")
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_a_waiver_excuses_until_its_date(folder: Path) -> None:
    number = finding_id(folder)
    result = checker(folder, "waive", number, "--reason", "counted in two ways", "--by", "sp")
    assert result.returncode == 0
    assert gate(folder).returncode == 0
    file = folder / "checker-waivers.toml"
    file.write_text(file.read_text(encoding="utf-8") + "until = 2020-01-31\n", encoding="utf-8")
    expired = gate(folder)
    assert expired.returncode == 1
    assert "expired on 2020-01-31" in expired.stderr


def test_a_waiver_outlives_edits_elsewhere(folder: Path) -> None:
    checker(folder, "waive", finding_id(folder), "--reason", "counted in two ways")
    (folder / "musee.fr.txt").write_text("Bonne nouvelle.\n" + FRENCH, encoding="utf-8")
    (folder / "musee.de.txt").write_text("Gute Nachricht.\n" + GERMAN, encoding="utf-8")
    assert gate(folder).returncode == 0


def test_a_waiver_that_matches_nothing_is_said(folder: Path) -> None:
    checker(folder, "waive", "000000000000", "--reason", "gone")
    result = gate(folder)
    assert result.returncode == 1
    assert "matches nothing" in result.stderr


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('id = "a"\n', "needs a reason"),
        ('reason = "why"\n', "give the id"),
        ('id = "a"\nreason = "b"\nuntill = 2027-01-01\n', 'did you mean "until"'),
        ('id = "a"\nreason = "b"\nuntil = "soon"\n', "must be a date"),
    ],
)
def test_a_broken_waiver_is_named(folder: Path, entry: str, message: str) -> None:
    (folder / "checker-waivers.toml").write_text("[[waiver]]\n" + entry, encoding="utf-8")
    result = gate(folder)
    assert result.returncode == 2
    assert message in result.stderr


def test_a_waiver_for_a_word_covers_a_folder(folder: Path) -> None:
    entry = (
        '[[waiver]]\ncheck = "numbers"\nsource = "48 300 visiteurs"\npath = "{}"\nreason = "r"\n'
    )
    for path, code in (("musee*", 0), ("sport/*", 1)):
        text = entry.format(path)
        found = checker(folder, "diff", "musee.fr.txt", "musee.de.txt", "--format", "json")
        (finding,) = json.loads(found.stdout)["findings"]
        text = text.replace("48 300 visiteurs", finding["source"]["text"])
        (folder / "checker-waivers.toml").write_text(text, encoding="utf-8")
        assert gate(folder).returncode == code


def test_a_mark_in_markdown_excuses_one_paragraph(folder: Path) -> None:
    mark = "<!-- checker: ignore numbers -- counted in two ways -->\n\n"
    (folder / "musee.fr.md").write_text(mark + FRENCH.replace("\n", "\n\n"), encoding="utf-8")
    (folder / "musee.de.md").write_text(GERMAN.replace("\n", "\n\n"), encoding="utf-8")
    assert checker(folder, "gate", "musee.fr.md", "musee.de.md").returncode == 0
    late = FRENCH.replace("\n", "\n\n") + mark + "Fin.\n"
    (folder / "musee.fr.md").write_text(late, encoding="utf-8")
    assert checker(folder, "gate", "musee.fr.md", "musee.de.md").returncode == 1


def test_a_baseline_blocks_only_what_is_new(folder: Path) -> None:
    checker(
        folder, "diff", "musee.fr.txt", "musee.de.txt", "--format", "json", "--output", "old.json"
    )
    assert gate(folder, "--baseline", "old.json").returncode == 0
    (folder / "musee.de.txt").write_text(GERMAN.replace("18", "81"), encoding="utf-8")
    assert gate(folder, "--baseline", "old.json").returncode == 1


def test_a_folder_is_gated_in_one_go(folder: Path) -> None:
    for number in (1, 2):
        (folder / f"more-{number}.fr.txt").write_text(FRENCH, encoding="utf-8")
        right = GERMAN.replace("43 800", "48 300")
        (folder / f"more-{number}.de.txt").write_text(right, encoding="utf-8")
    result = checker(folder, "gate", ".")
    assert result.returncode == 1
    assert result.stderr.count("passed: ") == 2
    assert result.stderr.count("blocked: ") == 1


def test_each_pair_of_a_folder_gets_a_report_of_its_own(folder: Path) -> None:
    for name in ("musee", "more"):
        (folder / f"{name}.fr.txt").write_text(FRENCH, encoding="utf-8")
        (folder / f"{name}.de.txt").write_text(GERMAN, encoding="utf-8")
    result = checker(folder, "gate", ".", "--format", "json", "--output-dir", "reports")
    assert result.returncode == 1
    assert sorted(p.name for p in (folder / "reports").iterdir()) == ["more.json", "musee.json"]
    refused = checker(folder, "gate", ".", "--format", "json", "--output", "one.json")
    assert refused.returncode == 2
    assert "--output-dir" in refused.stderr


XLIFF = """<xliff version="1.2"><file source-language="fr" target-language="de"><body>
<trans-unit id="7"><source>Le musée a vendu 48 300 billets.</source>
<target>Das Museum hat {} Karten verkauft.</target></trans-unit>
</body></file></xliff>"""


@pytest.mark.parametrize(("number", "code"), [("48 300", 0), ("43 800", 1)])
def test_one_file_of_both_languages(folder: Path, number: str, code: int) -> None:
    (folder / "musee.xlf").write_text(XLIFF.format(number), encoding="utf-8")
    result = checker(folder, "gate", "musee.xlf")
    assert result.returncode == code, result.stderr
    assert result.stderr.splitlines()[0].endswith(": musee.xlf")
    assert ("unit 7" in result.stdout) is bool(code)
    assert checker(folder, "gate", "--changed", "musee.xlf").returncode == code


def test_one_document_alone_is_not_passed(folder: Path) -> None:
    result = checker(folder, "gate", "musee.fr.txt")
    assert result.returncode == 2
    assert "name the other language version after it" in result.stderr


def test_a_folder_with_files_of_both_languages(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "musee.xlf").write_text(XLIFF.format("43 800"), encoding="utf-8")
    assert checker(folder, "gate", "texts").returncode == 1
