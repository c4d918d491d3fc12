"""Pairing by metadata: pages that name their other language version."""

from __future__ import annotations

from pathlib import Path

from audit.conftest import audit
from audit.test_audit import rows

from checker.audit.metadata import pair_by_metadata

TEXT = {"fr": "<p>La ville a vendu 12 parcelles.</p>", "de": "<p>Die Stadt verkaufte 12 Äcker.</p>"}


def page(folder: Path, name: str, language: str, *links: str, said: str | None = None) -> None:
    head = "".join(f"<link {link}>" for link in links)
    declared = language if said is None else said
    text = (
        f'<!doctype html><html lang="{declared}"><head>{head}</head><body>{TEXT[language]}</body>'
    )
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str]]:
    pairing = pair_by_metadata(sorted(folder.rglob("*.html")), "fr", "de", folder)
    return [(p.source.name, p.target.name) for p in pairing.pairs if p.target]


def test_absolute_addresses_meet_at_the_canonical_one(tmp_path: Path) -> None:
    page(
        tmp_path,
        "1.html",
        "fr",
        'rel="alternate" hreflang="de-CH" href="https://a.example/de/7#top"',
    )
    page(tmp_path, "2.html", "de", 'rel=canonical href="http://a.example/de/7"')
    page(tmp_path, "3.html", "de", 'rel=canonical href="http://a.example/de/8"')
    assert found(tmp_path) == [("1.html", "2.html")]


def test_relative_addresses_are_those_of_the_files(tmp_path: Path) -> None:
    page(tmp_path, "fr/bois.html", "fr", 'rel="alternate" hreflang="de" href="../de/wald.html"')
    page(tmp_path, "de/wald.html", "de")
    assert found(tmp_path) == [("bois.html", "wald.html")]


def test_it_is_enough_that_the_target_names_the_source(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "fr", 'rel="canonical" href="https://a.example/fr/1"')
    page(tmp_path, "b.html", "de", 'rel="alternate" hreflang="fr" href="https://a.example/fr/1"')
    assert found(tmp_path) == [("a.html", "b.html")]


def test_a_page_is_in_one_pair_at_most(tmp_path: Path) -> None:
    link = 'rel="alternate" hreflang="de" href="c.html"'
    page(tmp_path, "a.html", "fr", link)
    page(tmp_path, "b.html", "fr", link)
    page(tmp_path, "c.html", "de")
    assert found(tmp_path) == [("a.html", "c.html")]


def test_the_language_may_be_said_by_a_link_only(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "fr", 'rel="alternate" hreflang="fr" href="a.html"',
         'rel="alternate" hreflang="de" href="b.html"', said="")  # fmt: skip
    page(tmp_path, "b.html", "de")
    assert found(tmp_path) == [("a.html", "b.html")]


def test_broken_pages_and_addresses_are_passed(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "fr", 'rel="alternate" hreflang="de" href="http://[broken"')
    (tmp_path / "b.html").write_bytes(b"<html lang=de><link rel=alternate hreflang=\xff href")
    assert found(tmp_path) == []


def test_the_audit_command_pairs_by_metadata(tmp_path: Path) -> None:
    page(tmp_path / "in", "a.html", "fr", 'rel="alternate" hreflang="de" href="b.html"')
    page(tmp_path / "in", "b.html", "de")
    page(tmp_path / "in", "c.html", "de")
    result = audit(tmp_path / "in", "--out", tmp_path / "out", "--pair-by", "metadata",
                   "--only", "numbers", "--jobs", "1")  # fmt: skip
    assert [r["pair"] for r in rows(tmp_path / "out" / "pairs.jsonl")] == ["a"], result.stderr
    assert [Path(r["path"]).name for r in rows(tmp_path / "out" / "alone.jsonl")] == ["c.html"]
