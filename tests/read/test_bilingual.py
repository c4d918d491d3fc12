"""Formats that hold both languages: units become blocks that stand beside each other."""

from pathlib import Path

import pytest

from checker.errors import ReadError
from checker.read import read, read_pair

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"


def units(path):
    pair = read_pair(path)
    assert [b.place for b in pair.source.blocks] == [b.place for b in pair.target.blocks]
    return (pair.source.language, pair.target.language), [
        (
            s.place,
            *(d.text[b.span.start : b.span.end] for d, b in ((pair.source, s), (pair.target, t))),
        )
        for s, t in zip(pair.source.blocks, pair.target.blocks, strict=True)
    ]


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_xliff_1():
    assert units(DOCUMENTS / "units-1.xliff") == (
        ("fr", "de-CH"),
        [
            ("unit 1", "Il a <g1>40</g1> étals.", "Er hat <g1>40</g1> Stände."),
            ("unit 2", "Avec <x7/> et %s.", "Mit <x7/> und %s."),
            ("unit 3", "Sans suite.", ""),
            ("unit 5, segment 0", "Un.", "Eins."),
            ("unit 5, segment 1", "Deux.", "Zwei."),
        ],
    )


def test_xliff_2():
    assert units(DOCUMENTS / "units-2.xliff") == (
        ("fr", "de"),
        [
            ("unit u1, segment s1", "Un <pc1>mot</pc1>.", "Ein <pc1>Wort</pc1>."),
            ("unit u1, segment 2", "Et <ph2/>fin.", "Und <ph2/>Ende."),
        ],
    )


def test_tmx_begins_with_its_source_language():
    assert units(DOCUMENTS / "units.tmx") == (
        ("fr", "de"),
        [("unit a", "Le <b>marché</b>.", "Der <b>Markt</b>."), ("unit 2", "Fin.", "")],
    )


def test_tmx_of_three_languages_needs_two_named(tmp_path):
    two = (DOCUMENTS / "units.tmx").read_text(encoding="utf-8")
    three = two.replace("</tu>\n</body>", '<tuv xml:lang="it"><seg>Fine.</seg></tuv></tu></body>')
    path = written(tmp_path, "a.tmx", three)
    with pytest.raises(ReadError, match=r"holds 3 languages \(de, fr, it\)"):
        read_pair(path)
    assert units(f"{path}#fr,it")[1][1] == ("unit 2", "Fin.", "Fine.")
    with pytest.raises(ReadError, match="name two of its languages"):
        read_pair(f"{path}#fr,en")


def test_po():
    path = DOCUMENTS / "units.po"
    assert units(path) == (
        ("", "de-CH"),
        [
            ("entry at line 8", 'The file %s\nis "here".', "Die Datei %s\nist «hier»."),
            ("entry at line 14", "Open", ""),
            ("entry at line 18, singular", "%d file", "%d Datei"),
            ("entry at line 18, plural", "%d files", "%d Dateien"),
        ],
    )
    assert read_pair(path).target.remarks == ("1 entries marked fuzzy are checked like the others",)


ROWS = [
    ("id", "Texte", "Text"),
    ("1", "Le conseil a voté mardi.", "Der Rat stimmte am Dienstag ab."),
    ("2", "La maire est, dit-elle, ravie.", "Die Präsidentin ist begeistert."),
]


def table(separator, header=ROWS[0]):
    lines = [header, *ROWS[1:]]
    return "\n".join(separator.join(f'"{c}"' if separator in c else c for c in r) for r in lines)


def sides(path):
    pair = read_pair(path)
    return [
        [(b.place, d.text[b.span.start : b.span.end]) for b in d.blocks]
        for d in (pair.source, pair.target)
    ]


BOTH = [
    [(f"cell {column}{number}", ROWS[number - 1][index]) for number in (2, 3)]
    for column, index in (("B", 1), ("C", 2))
]


@pytest.mark.parametrize(
    ("name", "separator", "header"),
    [
        ("a.csv", ",", ("id", "source", "target")),
        ("a.csv", ";", ("Nr", "fr", "de-CH")),
        ("a.tsv", "\t", ("Nr", "Français", "German")),
    ],
)
def test_columns_by_their_headers(tmp_path, name, separator, header):
    assert sides(written(tmp_path, name, table(separator, header))) == BOTH


def test_columns_by_the_language_of_their_text(tmp_path):
    path = written(tmp_path, "a.csv", "\n".join(table(",").split("\n")[1:]))
    assert [[text for _, text in side] for side in sides(path)] == [
        [row[1] for row in ROWS[1:]],
        [row[2] for row in ROWS[1:]],
    ]


@pytest.mark.parametrize("option", ["", "#A,B"])
def test_a_row_that_names_the_languages_is_no_unit(tmp_path, option):
    rows = "fr,de,note\nLe marché rouvre samedi matin.,Der Markt öffnet am Samstagmorgen.,12\n"
    path = written(tmp_path, "a.csv", rows)
    assert [place for place, _ in sides(f"{path}{option}")[0]] == ["cell A2"]


def test_columns_by_name(tmp_path):
    path = written(tmp_path, "a.csv", table(","))
    assert sides(f"{path}#Texte,Text") == BOTH
    assert sides(f"{path}#Text,Texte") == BOTH[::-1]
    assert sides(f"{path}#C,B")[0][1:] == BOTH[1]
    assert [b.place for b in read(f"{path}#Texte").blocks] == ["cell B2", "cell B3"]


def test_columns_that_cannot_be_told(tmp_path):
    path = written(tmp_path, "a.csv", "a,b\n1,2\n")
    with pytest.raises(ReadError, match=r"name them, such as .*a\.csv#A,B \(columns: a, b\)"):
        read_pair(path)
    with pytest.raises(ReadError, match=r'no column "c" .*|no column "c"\. Columns: a, b'):
        read(f"{path}#c")
    with pytest.raises(ReadError, match="say which column"):
        read(path)


def test_a_workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [("id", "source", "target"), *ROWS[1:]]:
        book.active.append(row)
    book.create_sheet("other", 0).append(["x"])
    book.save(tmp_path / "a.xlsx")
    assert sides(tmp_path / "a.xlsx") == BOTH
    assert read(f"{tmp_path / 'a.xlsx'}#A").text == "x"


def test_a_bilingual_file_is_not_half_a_pair():
    with pytest.raises(ReadError, match="holds both languages"):
        read(DOCUMENTS / "units-1.xliff")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.xliff", "<xliff version='1.2'></xliff>", "without a file"),
        ("a.xliff", "<xliff><file>", "broken XML at line"),
        ("a.tmx", "<tmx><body/></tmx>", "holds 0 languages"),
        ("a.po", 'msgid "a"\nmsgstr "b\n', "broken catalogue at line 2"),
        ("a.po", 'msgid "a"\nmsgstr ""\n', "no target text"),
    ],
)
def test_broken_files(tmp_path, name, text, says):
    with pytest.raises(ReadError, match=says):
        read_pair(written(tmp_path, name, text))
