"""Which signs are inline codes, and articles without them."""

from __future__ import annotations

import pytest

from checker.bare import bare_document
from checker.codes import Syntax, codes, is_about_codes, is_code
from checker.model import Block, Document, Span


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%s a %d, %5.2f et %-10s", ["%s", "%d", "%5.2f", "%-10s"]),
        ("%1$s, %2$@ et %(name)s", ["%1$s", "%2$@", "%(name)s"]),
        ("%s%d%%s", ["%s", "%d"]),
        ("{} {0} {name} {user.name} {0:,.2f}", ["{}", "{0}", "{name}", "{user.name}", "{0:,.2f}"]),
        ("${x} #{x} {{ x }} {% if a %}", ["${x}", "#{x}", "{{ x }}", "{% if a %}"]),
        ("<b>x</b><br/><a href='/'>y</a>", ["<b>", "</b>", "<br/>", "<a href='/'>", "</a>"]),
        ("<g1>x</g1><x2/>", ["<g1>", "</g1>", "<x2/>"]),
        ("%1 von %2, %USER%", ["%1", "%2", "%USER%"]),
        ("50 % des gens, 20% de moins, 3 %d'eau, 100%ig", []),
        ("a < b, b > c, <votre nom>, <nom>", []),
        ("{a, b} { a ; b } $ {x", []),
    ],
)
def test_what_is_a_code(text: str, found: list[str]) -> None:
    assert [c.text for c in codes(text)] == found


def test_a_message_is_known_by_its_head() -> None:
    (head,) = codes("{n, plural, one {# fichier} other {{n} fichiers}}")
    assert (head.syntax, head.key) == (Syntax.MESSAGE, "{n,plural")


def test_one_code_alone() -> None:
    assert is_code("<b>") and is_code("%s")
    assert not is_code("%s ") and not is_code("x") and not is_code("")


def test_manuals() -> None:
    assert is_about_codes("%d, {0} et ${x}")
    assert not is_about_codes("{0}, {1}, {2} et {3}")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Il a <g1>40</g1> étals.", "Il a 40 étals."),
        ("Il a <x1/> amis", "Il a amis"),
        ("Avec <x1/>.", "Avec."),
        ("%s dit oui", "dit oui"),
        ("Une ligne<br/>puis une", "Une ligne puis une"),
        ("Des mot<b>s</b>", "Des mots"),
        ("<b><i>Tout</i></b>", "Tout"),
        ("%s (%s)", "–"),
        ("a %s %d b", "a b"),
    ],
)
def test_bare_text_and_the_way_back(text: str, bare: str) -> None:
    found = tuple(c.span for c in codes(text))
    document = Document("a", "fr", text, (Block(Span(0, len(text))),), codes=found)
    plain, origin = bare_document(document)
    assert plain.text == bare
    assert [plain.text[b.span.start : b.span.end] for b in plain.blocks] == [bare]
    for start, sign in enumerate(bare):
        span = origin.full(Span(start, start + 1))
        assert text[span.start : span.end] in (sign, "%", "<")
        assert origin.bare(span).start == start


def test_blocks_keep_their_breaks() -> None:
    text = "<b>Un</b>\n<x1/>\nDeux"
    blocks = (Block(Span(0, 9)), Block(Span(10, 15)), Block(Span(16, 20)))
    document = Document("a", "fr", text, blocks, codes=tuple(c.span for c in codes(text)))
    plain, _ = bare_document(document)
    assert plain.text == "Un\n–\nDeux"
    assert [plain.text[b.span.start : b.span.end] for b in plain.blocks] == ["Un", "–", "Deux"]
