"""Units of a bilingual file as links."""

from checker.align.given import align_units
from checker.model import Block, Document, LinkKind, Span
from checker.segment import segment


def article(language, units):
    text = "\n".join(units)
    blocks, at = [], 0
    for unit in units:
        blocks.append(Block(Span(at, at + len(unit))))
        at += len(unit) + 1
    return segment(Document("a.xliff", language, text, tuple(blocks)))


def test_every_unit_is_one_link():
    source = article("fr", ["Un. Deux.", "", "Trois.", "", "Quatre."])
    target = article("de", ["Eins und zwei.", "Neu.", "", "", "Vier. Schluss."])
    links = align_units(source, target).links
    assert [(link.source, link.target, link.kind, link.confidence) for link in links] == [
        (range(0, 2), range(0, 1), LinkKind.LINK, 1.0),
        (range(2, 2), range(1, 2), LinkKind.ADDITION, 1.0),
        (range(2, 3), range(2, 2), LinkKind.OMISSION, 1.0),
        (range(3, 4), range(2, 4), LinkKind.LINK, 1.0),
    ]


def test_documents_without_text_have_no_links():
    assert align_units(article("fr", [""]), article("de", [""])).links == ()
