"""What the archive as a whole shows: terms, names and sentences judged by all other pairs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from audit.conftest import audit, write_pair
from audit.test_audit import results, rows

from checker.audit.observe import FULL_NAME, NAME, SENTENCE, TERM, TITLE, Fact, Seen
from checker.audit.pairing import Pair
from checker.audit.store import Store, open_store
from checker.audit.work import Result
from checker.languages import load as load_language
from checker.terms.language import grammar

LANGUAGES = ("fr", "de")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def put(
    store: Store, name: str, *facts: Fact, finding: dict[str, Any] | None = None, run: int = 1,
    state: str = "compared", month: str = "2024-05",
) -> None:  # fmt: skip
    report = zlib.compress(json.dumps({"findings": [finding] if finding else []}).encode())
    pair = Pair(name, Path(f"{name}.fr"), Path(f"{name}.de"), (("date", f"{month}-01"),))
    seen = Seen(facts) if state == "compared" else Seen()
    store.put(pair, "key", Result(0, name, state, "", 100, 1.0, report, seen), run)


def both(kind: str, key: str, value: str, here: str, there: str) -> Fact:
    return Fact(kind, key, value, 1, 10, here, 20, there)


def one(kind: str, key: str, written: str) -> Fact:
    return Fact(kind, key, written, 1, -1, "", 20, written)


def finding(rule: str, here: str, there: str, severity: str = "warning") -> dict[str, Any]:
    return {
        "id": f"{rule}-{here}", "check": rule.split("-")[0], "rule": rule, "severity": severity,
        "confidence": 0.8, "message": "They differ.", "suggestion": None, "related": [],
        "source": {"start": 1, "end": 1 + len(here), "text": here},
        "target": {"start": 1, "end": 1 + len(there), "text": there},
    }  # fmt: skip


def learnt(store: Store, run: int = 1) -> list[dict[str, Any]]:
    store.learn(run, LANGUAGES)
    return [{"pair": f.pair, **f.values} for f in store.findings()]


USUAL = both(TERM, "commune", "gemeind", "commune", "Gemeinde")
ODD = both(TERM, "commune", "kommun", "commune", "Kommune")


def test_an_unusual_rendering_is_a_note_with_both_places(store: Store) -> None:
    for number in range(12):
        put(store, f"a{number:02}", USUAL if number else ODD)
    (found,) = learnt(store)
    assert (found["pair"], found["rule"], found["severity"]) == ("a00", "archive-rendering", "note")
    assert found["source"] == {"start": 10, "end": 17, "text": "commune"}
    assert found["target"] == {"start": 20, "end": 27, "text": "Kommune"}
    assert found["suggestion"] == "Gemeinde"
    assert "11 other articles" in found["message"]


@pytest.mark.parametrize("usual", [3, 9])
def test_few_articles_show_nothing_usual(store: Store, usual: int) -> None:
    for number in range(usual + 1):
        put(store, f"a{number}", USUAL if number else ODD)
    assert learnt(store) == []


def test_a_compound_with_the_usual_rendering_is_not_another_one(store: Store) -> None:
    for number in range(12):
        longer = both(TERM, "commune", "berggemeind", "commune", "Berggemeinde")
        put(store, f"a{number:02}", USUAL if number else longer)
    assert learnt(store) == []


def test_a_choice_that_several_articles_share_is_no_slip(store: Store) -> None:
    for number in range(14):
        put(store, f"a{number:02}", ODD if number < 3 else USUAL)
    assert learnt(store) == []


def test_a_quoted_name_called_otherwise_is_a_warning(store: Store) -> None:
    for number in range(6):
        german = "grune stadt" if number else "green city"
        put(store, f"a{number}", both(TITLE, "ville verte", german, "Ville verte", german.title()))
    (found,) = learnt(store)
    assert (found["check"], found["severity"]) == ("terms", "warning")
    assert "5 other articles have “Grune Stadt”" in found["message"]


@pytest.mark.parametrize(
    ("surname", "elsewhere", "expected"),
    [
        ("Kreuzmann", 0, ["archive-misspelt"]),
        ("Kreuzmann", 2, []),  # somebody else's name
        ("Bergmann", 0, []),  # more than one letter away
    ],
)
def test_a_full_name_one_letter_beside_the_usual(
    store: Store, surname: str, elsewhere: int, expected: list[str]
) -> None:
    for number in range(7):
        last = "Kreutzmann" if number else surname
        full = one(FULL_NAME, f"de helge {last.lower()}", f"Helge {last}")
        put(store, f"a{number}", full, one(NAME, f"de {last.lower()}", last))
    for number in range(elsewhere):
        put(store, f"b{number}", one(NAME, f"de {surname.lower()}", surname))
    assert [f["rule"] for f in learnt(store)] == expected


def test_a_name_without_its_accent(store: Store) -> None:
    for number in range(11):
        put(store, f"a{number:02}", one(NAME, "de hanoi", "Hanoï" if number else "Hanoi"))
    (found,) = learnt(store)
    assert (found["check"], found["suggestion"]) == ("consistency", "Hanoï")


def test_a_sentence_translated_otherwise(store: Store) -> None:
    for number in range(4):
        german = "x" if number else "y"
        put(store, f"a{number}", both(SENTENCE, "s", german, "La ville de demain", german))
    (found,) = learnt(store)
    assert (found["pair"], found["severity"]) == ("a0", "note")


def test_two_words_facing_each_other_in_many_pairs_are_a_habit(store: Store) -> None:
    for number in range(3):
        put(store, f"a{number}", finding=finding("name-swapped", "Jan", "Honza", "error"))
    put(store, "b", finding=finding("name-swapped", "Jan", "Pavel", "error"))
    found = learnt(store)
    assert [f["severity"] for f in found] == ["note"] * 3 + ["error"]
    assert "so in 3 articles" in found[0]["message"]
    assert store.severities() == {"note": 3, "error": 1}


@pytest.mark.parametrize(
    ("right", "wrong", "expected"), [(7, 0, "error"), (7, 7, "note"), (2, 0, "warning")]
)
def test_the_archive_settles_which_spelling_is_right(
    store: Store, right: int, wrong: int, expected: str
) -> None:
    put(store, "a", finding=finding("name-misspelt", "Zuccotti", "Zucotti"))
    for number in range(right):
        put(store, f"b{number}", one(NAME, "fr zuccotti", "Zuccotti"))
    for number in range(wrong):
        put(store, f"c{number}", one(NAME, "de zucotti", "Zucotti"))
    (found,) = learnt(store)
    assert found["severity"] == expected
    assert found["suggestion"] == ("Zuccotti" if expected == "error" else None)


def test_a_usual_rendering_is_no_departure(store: Store) -> None:
    put(store, "a", finding=finding("departing-rendering", "communes", "Kommunen"))
    put(store, "b", finding=finding("departing-rendering", "communes", "Nüsse"))
    source, target = (grammar(load_language(code)) for code in LANGUAGES)
    keys = source.key("commune"), target.key("Kommune")
    for number in range(4):
        put(store, f"c{number}", both(TERM, *keys, "commune", "Kommune"))
    assert [f["severity"] for f in learnt(store)] == ["note", "warning"]


def test_what_is_judged_never_depends_on_earlier_runs(store: Store) -> None:
    for number in range(3):
        put(store, f"a{number}", finding=finding("name-swapped", "Jan", "Honza", "error"))
    learnt(store)
    put(store, "a2", run=2)
    assert [f["severity"] for f in learnt(store, 2)] == ["error", "error"]


def test_archive_findings_are_new_once_and_fixed_once(store: Store) -> None:
    store.start_run("s", 12)
    for number in range(12):
        put(store, f"a{number:02}", USUAL if number else ODD)
    learnt(store, 1)
    assert [f["pair"] for f in learnt(store, 2)] == ["a00"]
    assert [f.since for f in store.findings()] == [1]
    put(store, "a00", USUAL, run=3)
    assert learnt(store, 3) == []


def test_what_cannot_be_compared_any_more_is_not_fixed(store: Store) -> None:
    for number in range(6):
        german = "grune stadt" if number else "green city"
        put(store, f"a{number}", both(TITLE, "ville verte", german, "Ville verte", german.title()))
    learnt(store, 1)
    put(store, "a0", state="failed", run=2)
    assert learnt(store, 2) == []
    assert list(store.fixed(1)) == []


def test_divided_terms_tell_when_and_where(store: Store) -> None:
    for number in range(9):
        fact = ODD if number < 3 else USUAL
        put(store, f"a{number}", fact, month=f"2024-0{1 + number // 3}")
    store.learn(1, LANGUAGES)
    (term,) = store.several()
    usual, other = term.renderings
    assert (term.term, usual.text, other.text) == ("commune", "Gemeinde", "Kommune")
    assert (usual.pairs, usual.months) == (6, {"2024-02": 3, "2024-03": 3})
    assert (other.months, other.articles) == ({"2024-01": 3}, ["a0", "a1", "a2"])


def test_the_order_of_the_work_changes_nothing(tmp_path: Path) -> None:
    told = []
    for turn in (1, -1):
        with open_store(tmp_path / str(turn)) as store:
            for number in range(12)[::turn]:
                put(
                    store,
                    f"a{number:02}",
                    USUAL if number else ODD,
                    one(NAME, "de x", f"X{number}"),
                )
            told.append((learnt(store), store.several()))
    assert told[0] == told[1]


def test_the_command_learns_and_forgets(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (archive, "--out", out, "--only", "terms,names", "--jobs", "2")
    path = archive / "article-05.de.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Gemeinde", "Kommune"), "utf-8")
    audit(*arguments)
    (odd,) = [f for f in rows(out / "findings.jsonl") if f["rule"] == "archive-rendering"]
    assert (odd["pair"], odd["target"]["text"]) == ("article-05", "Kommune")
    assert path.read_text(encoding="utf-8")[odd["target"]["start"] :].startswith("Kommune")
    write_pair(archive, 5, wrong=False)
    assert "(1 now)" in audit(*arguments).stdout
    assert "archive-rendering" not in (out / "findings.jsonl").read_text(encoding="utf-8")
    audit(*arguments[:2], tmp_path / "fresh", *arguments[3:])
    assert results(out) == results(tmp_path / "fresh")
