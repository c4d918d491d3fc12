"""Markdown: what is prose, where it stands, and what is left out."""

from hypothesis import given
from hypothesis import strategies as st

from checker.model import BlockKind
from checker.read.markdown import parse

ARTICLE = """\
---
title: "Le marché"
lang: fr-CH
---
# Le *marché* couvert #

Le marché rouvre [samedi](https://ville.example/12).
Il compte 40 étals.

Horaires
--------

- le samedi
* le **dimanche**
  de 8 à 12 h
1. entrer
2. acheter
- [x] payer

14. Juli ist Feiertag.

> « Enfin ! »
> dit la maire.

| Étal | Prix |
|:-----|-----:|
| Miel | 12 fr |

~~~python
secret = 99
~~~
**Tout en gras**

![Vue du marché](vue.jpg)

[^1]: Selon la ville.
[ville]: https://ville.example
<!-- à vérifier
42 -->
Fin.
"""


def blocks(text):
    document = parse(text.encode(), "a.md", "")
    return [(b.kind, b.place, text[b.span.start : b.span.end]) for b in document.blocks]


def test_every_block_of_an_article():
    p, li, cell = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL
    link = "Le marché rouvre [samedi](https://ville.example/12).\nIl compte 40 étals."
    assert blocks(ARTICLE) == [
        (BlockKind.HEADING, "line 5", "Le *marché* couvert"),
        (p, "line 7", link),
        (BlockKind.HEADING, "line 10", "Horaires"),
        (li, "line 13", "le samedi"),
        (li, "line 14", "le **dimanche**\n  de 8 à 12 h"),
        (li, "line 16", "entrer"),
        (li, "line 17", "acheter"),
        (li, "line 18", "payer"),
        (p, "line 20", "14. Juli ist Feiertag."),
        (BlockKind.QUOTE, "line 22", "« Enfin ! »\n> dit la maire."),
        (cell, "line 25, row 1, column 1", "Étal"),
        (cell, "line 25, row 1, column 2", "Prix"),
        (cell, "line 27, row 2, column 1", "Miel"),
        (cell, "line 27, row 2, column 2", "12 fr"),
        (p, "line 32", "Tout en gras"),
        (BlockKind.CAPTION, "line 34", "Vue du marché"),
        (BlockKind.NOTE, "line 36", "Selon la ville."),
        (p, "line 40", "Fin."),
    ]


def test_front_matter_says_the_language_and_is_no_text():
    document = parse(ARTICLE.encode(), "a.md", "")
    assert (document.language, document.remarks) == ("fr-CH", ("front matter left out",))
    assert "title" not in "".join(text for _, _, text in blocks(ARTICLE))


def test_toml_front_matter_and_windows_line_ends():
    text = '+++\r\nlanguage = "de"\r\n+++\r\nGuten Tag.\r\n\r\nAuf Wiedersehen.\r\n'
    document = parse(text.encode(), "a.md", "")
    assert document.language == "de"
    assert [t for _, _, t in blocks(text)] == ["Guten Tag.", "Auf Wiedersehen."]


@given(st.text(alphabet="# ->*_|`~[]()!^:=\n1.aé\t<", max_size=200))
def test_any_text_keeps_its_offsets_in_order(text):
    document = parse(text.encode(), "a.md", "")
    ends = [0, *(b.span.end for b in document.blocks)]
    assert all(end <= b.span.start for end, b in zip(ends, document.blocks, strict=False))
    assert all(
        (piece := text[b.span.start : b.span.end]) and piece == piece.strip()
        for b in document.blocks
    )
