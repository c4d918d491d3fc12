"""Web pages: the article and nothing around it."""

import pytest

from checker.errors import ReadError
from checker.model import BlockKind
from checker.read import html

PAGE = """<!DOCTYPE html>
<html lang="fr-CH"><head><meta charset="utf-8"><title>Le marché – Journal</title>
<style>p { color: red }</style></head><body>
<header><nav><ul><li><a href="/">Accueil</a><li><a href="/sport">Sport</a></ul></nav></header>
<div class="cookie-banner"><p>Nous utilisons des cookies.</p></div>
<div id="site-consent"><p>Acceptez-vous ?</p></div>
<main><h1>Le marché&nbsp;couvert <em>rouvre</em></h1>
<article>
<p>Il compte <strong>40</strong> étals<sup><a href="#n1">1</a></sup>.
   La maire est ravie.</p>
<script>var n = 12;</script>
<div class="share">Partager <a href="x">ici</a></div>
Un texte sans balise.<br>À la ligne.<br><br>Nouveau paragraphe.
<h2>Horaires</h2>
<ul><li>le samedi</li><li>le dimanche</li></ul>
<figure><img src="a.jpg" alt="x"><figcaption>La halle.</figcaption></figure>
<blockquote><p>Enfin&shy;!</p></blockquote>
<table><tr><th>Étal</th><th>Prix</th></tr><tr><td>Miel</td><td>12 fr.</td></tr></table>
<aside class="related"><p>Lire aussi : le port.</p></aside>
</article></main>
<footer><p>© Journal 2024</p></footer></body></html>"""


def blocks(text, name="a.html"):
    document = html.parse(text.encode(), name)
    return [(b.kind, document.text[b.span.start : b.span.end]) for b in document.blocks]


def test_the_article_is_found():
    p, li, cell = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL
    assert blocks(PAGE) == [
        (BlockKind.HEADING, "Le marché\u00a0couvert rouvre"),
        (p, "Il compte 40 étals. La maire est ravie."),
        (p, "Un texte sans balise.\nÀ la ligne."),
        (p, "Nouveau paragraphe."),
        (BlockKind.HEADING, "Horaires"),
        (li, "le samedi"),
        (li, "le dimanche"),
        (BlockKind.CAPTION, "La halle."),
        (BlockKind.QUOTE, "Enfin!"),
        (cell, "Étal"),
        (cell, "Prix"),
        (cell, "Miel"),
        (cell, "12 fr."),
    ]


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<html lang="de-CH"><head>', "de-CH"),
        ('<html xml:lang="de"><head>', "de"),
        ('<html><head><meta property="og:locale" content="de_AT">', "de-AT"),
        (
            '<html><head><link rel="canonical" href="/b"><link rel="alternate" hreflang="fr" '
            'href="/a"><link rel="alternate" hreflang="de" href="/b">',
            "de",
        ),
        ("<html><head>", ""),
        ('<html lang=""><head>', ""),
    ],
)
def test_language(head, language):
    page = f"{head}</head><body><p>Guten Tag.</p></body></html>"
    assert html.parse(page.encode(), "a.html").language == language


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("utf-16", "utf-8")],
)
def test_charset_of_the_page(charset, encoding):
    page = f'<html><meta charset="{charset}"><p>„Größe“ – déjà vu</p></html>'
    document = html.parse(page.encode(encoding), "a.html")
    assert document.text == "„Größe“ – déjà vu"


def test_xhtml_with_a_declaration():
    declaration = '<?xml version="1.0" encoding="utf-8"?>'
    page = declaration + '<html xmlns="http://www.w3.org/1999/xhtml"><p>Ça va.</p></html>'
    assert blocks(page) == [(BlockKind.PARAGRAPH, "Ça va.")]


@pytest.mark.parametrize("text", ["<html></html>", "<html><body><script>x</script></body></html>"])
def test_a_page_without_text_has_no_blocks(text):
    assert blocks(text) == []


def test_deep_nesting_is_bounded():
    page = "<html><body>" + "<div>" * 5000 + "<p>Fin.</p>"
    try:
        assert all("Fin." in text for _, text in blocks(page))
    except ReadError as error:
        assert str(error).endswith(".")


def test_nothing_is_fetched_and_no_entity_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><p>Ça va &x;.</p></html>'
    assert "geheim" not in str(blocks(page))
