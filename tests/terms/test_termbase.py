"""Termbases: every format reads back what it wrote, and broken files say where."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checker.errors import TermbaseError
from checker.terms.termbase import (
    PARTS_OF_SPEECH,
    Concept,
    Problem,
    Status,
    Term,
    formats,
    load,
    load_all,
    narrowed,
)

HOUSE = [
    Concept(
        "model",
        (
            Term("modèle", "fr", part_of_speech="noun"),
            Term("exemple", "fr", Status.ADMITTED),
            Term("Modell", "de", case_sensitive=True, note="nicht Mannequin"),
            Term("Mannequin", "de", Status.FORBIDDEN),
            Term("Muster", "de-CH", Status.DEPRECATED),
        ),
        'a "definition" with & and <signs>',
        "a note, with a comma; a semicolon\tand a tab",
        "politics",
        "hanoi",
    ),
    Concept("sum", (Term("=SUM(A1)", "fr"), Term("Größe", "de"))),
]


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_termbase_reads_back_identical(name: str) -> None:
    chosen = formats()[name]
    assert list(chosen.read(chosen.write(HOUSE))) == HOUSE


def test_a_termbase_written_later_is_the_same_bytes() -> None:
    once = {name: chosen.write(HOUSE) for name, chosen in formats().items()}
    time.sleep(1.1)  # a workbook tells when it was made, to the second
    assert {name: chosen.write(HOUSE) for name, chosen in formats().items()} == once


WORDS = st.text(st.characters(whitelist_categories=("L",)), min_size=1, max_size=12)
TERMS = st.builds(
    Term,
    WORDS,
    st.sampled_from(["fr", "de", "de-CH"]),
    st.sampled_from(list(Status)),
    st.sampled_from(["", *PARTS_OF_SPEECH]),
    st.booleans(),
    WORDS,
)


@settings(max_examples=40, deadline=None)
@given(terms=st.lists(TERMS, min_size=1, max_size=6), definition=WORDS, domain=WORDS)
def test_any_termbase_reads_back_identical(terms: list[Term], definition: str, domain: str) -> None:
    ordered = sorted(terms, key=lambda t: t.language)
    concepts = [Concept("c1", tuple(ordered), definition, "", domain, "")]
    for chosen in formats().values():
        assert list(chosen.read(chosen.write(concepts))) == concepts, chosen.name


SCHEMA = Path(__file__).parents[1] / "data" / "tbx" / "basic-dca.rng"


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    """The rules of TBX-Basic 3: core structure, levels and value lists of the data categories."""
    return etree.RelaxNG(etree.parse(SCHEMA))


def test_written_tbx_keeps_to_the_schema_of_tbx_basic(schema: etree.RelaxNG) -> None:
    root = etree.fromstring(formats()["tbx"].write(HOUSE))
    assert schema.validate(root), schema.error_log
    assert [e.get("id") for e in root.iter("{*}conceptEntry")] == ["model", "sum"]


@settings(max_examples=40, deadline=None)
@given(terms=st.lists(TERMS, min_size=1, max_size=6), note=WORDS, domain=WORDS, project=WORDS)
def test_any_written_tbx_keeps_to_the_schema(
    terms: list[Term], note: str, domain: str, project: str, schema: etree.RelaxNG
) -> None:
    ordered = sorted(terms, key=lambda t: t.language)
    concepts = [Concept("1 b", tuple(ordered), note, note, domain, project)] * 2
    root = etree.fromstring(formats()["tbx"].write(concepts))
    assert schema.validate(root), schema.error_log


@pytest.mark.parametrize(
    ("correct", "broken"),
    [
        ('type="subjectField"', 'type="context"'),
        ("preferredTerm-admn-sts", "preferred"),
        (">noun<", ">name<"),
        ('type="projectSubset"', 'type="project"'),
        ("<term>", "<note>x</note><term>"),
        (' xml:lang="fr"', ""),
        ("tbxHeader>", "header>"),
    ],
)
def test_the_schema_refuses_what_tbx_basic_does_not_allow(
    correct: str, broken: str, schema: etree.RelaxNG
) -> None:
    written = formats()["tbx"].write(HOUSE).decode()
    assert correct in written
    assert not schema.validate(etree.fromstring(written.replace(correct, broken).encode()))


TBX2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="c7"><descripGrp><descrip type="subjectField">law</descrip></descripGrp>
<langSet xml:lang="fr"><tig><term>bail</term>
<termNote type="partOfSpeech">noun</termNote></tig></langSet>
<langSet xml:lang="de"><ntig><termGrp><term>Mietvertrag</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig>
<descrip type="definition">Vertrag</descrip></langSet>
</termEntry></body></text></martif>"""
DCT = """<tbx type="TBX-Linguist" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader/><text><body><conceptEntry id="c7"><min:subjectField>law</min:subjectField>
<langSec xml:lang="fr"><termSec><term>bail</term><min:partOfSpeech>noun</min:partOfSpeech>
</termSec></langSec><langSec xml:lang="de"><termSec><term>Mietvertrag</term>
<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""
LINGUIST = """<tbx type="TBX-Linguist" style="dca" xml:lang="en"
 xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body><conceptEntry id="c7">
<descrip type="subjectField">law</descrip><xref type="xGraphic" target="x.png">picture</xref>
<langSec xml:lang="fr"><descripGrp><descrip type="definition">contrat</descrip>
<admin type="source">Code civil</admin></descripGrp><termSec><term>bail</term>
<termNote type="partOfSpeech">noun</termNote><termNote type="grammaticalGender">masculine</termNote>
<termNote type="transferComment">au pluriel : baux</termNote>
<descrip type="context">Le bail est de neuf ans.</descrip></termSec></langSec>
<langSec xml:lang="de"><termSec><term>Mietvertrag</term><termNoteGrp>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termNoteGrp>
<transacGrp><transac type="transactionType">origination</transac><date>2024-01-31</date>
</transacGrp></termSec></langSec></conceptEntry></body></text></tbx>"""
CORE = """<tbx type="TBX-Core" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader/><text><body><conceptEntry id="c7"><langSec xml:lang="fr"><termSec>
<term>bail</term></termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize("text", [TBX2, DCT, LINGUIST], ids=["v2", "dct", "linguist"])
def test_every_tbx_dialect_is_read(text: str) -> None:
    (concept,) = formats()["tbx"].read(text.encode())
    assert isinstance(concept, Concept)
    assert (concept.id, concept.domain) == ("c7", "law")
    assert concept.terms == (
        Term("bail", "fr", part_of_speech="noun"),
        Term("Mietvertrag", "de", Status.ADMITTED),
    )


def test_tbx_core_is_read() -> None:
    (concept,) = formats()["tbx"].read(CORE.encode())
    assert isinstance(concept, Concept)
    assert concept.terms == (Term("bail", "fr"),)


def test_external_entities_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    text = (
        f'<!DOCTYPE martif [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<martif type="TBX"><text><body><termEntry id="1"><langSet xml:lang="fr"><tig>'
        "<term>&x;</term></tig></langSet></termEntry></body></text></martif>"
    )
    (problem,) = formats()["tbx"].read(text.encode())
    assert isinstance(problem, Problem)
    assert "entity" in problem.what


def test_entities_that_explode_are_refused() -> None:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(12)
    )
    entry = '<conceptEntry id="1"><note>&e11;</note></conceptEntry>'
    text = f"<!DOCTYPE tbx [{entities}]><tbx>{entry}</tbx>"
    try:
        entries = list(formats()["tbx"].read(text.encode()))
    except TermbaseError:
        return
    assert all(isinstance(entry, Problem) for entry in entries)


BROKEN = [
    ("house.csv", "language,term,status\nfr,modèle,\nfr,auto,fobidden\n", "line 3: no status"),
    ("house.csv", "language,term\nfr,modèle\n12,auto\n", 'line 3: "12" is no language'),
    ("house.csv", "language,term\nfr,modèle\nfr,\n", "line 3: a term is empty"),
    ("house.csv", "langage,term\nfr,modèle\n", "must name the columns"),
    ("house.csv", "language,term,statuss\nfr,modèle,\n", 'did you mean "status"'),
    ("house.csv", 'language,term\nfr,"modèle\n', "line"),
    ("house.tsv", "fr\tde\tdomian\nmodèle\tModell\tx\n", 'did you mean "domain"'),
    ("house.tsv", "fr\tde\nmodèle\t!!!\n", 'line 2: "!!!" has no letters'),
    ("house.toml", "[[concept]]\nfr = 3\n", "concept 1: a term of"),
    ("house.toml", "[[concept]]\nid = 'x'\n", 'concept 1 ("x"): it has no terms'),
    ("house.toml", "[[concept]\n", "not TOML"),
    ("house.toml", "[[concpet]]\nfr = 'x'\n", "only tables"),
    ("house.toml", "[[concept]]\nfr = {term = 'x', stauts = 'forbidden'}\n", 'mean "status"'),
    ("house.tbx", "<tbx><conceptEntry>", "line 1"),
    ("house.tbx", "<html/>", "not TBX"),
    ("house.tbx", "<tbx><conceptEntry id='q'/></tbx>", 'entry "q": it has no terms'),
    ("house.xlsx", "no workbook", "not an Excel workbook"),
    ("house.docx", "", 'no termbase format for ".docx"'),
]


@pytest.mark.parametrize(("name", "text", "says"), BROKEN)
def test_a_broken_termbase_says_where_and_what(
    name: str, text: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TermbaseError) as error:
        load(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)


def test_bytes_that_are_not_utf8_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "house.csv"
    path.write_bytes("fr,de\nmodèle,Modell\n".encode("cp1252"))
    with pytest.raises(TermbaseError, match="line 2 is not UTF-8"):
        load(path)


def test_a_missing_file_is_an_error() -> None:
    with pytest.raises(TermbaseError, match=r"nowhere\.csv: No such file"):
        load_all(["nowhere.csv"])


def test_the_rest_of_a_broken_file_loads_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "house.csv"
    path.write_text("language,term,status\nfr,modèle,\nfr,auto,fobidden\n", encoding="utf-8")
    base = load(path, lenient=True)
    assert [c.terms[0].text for c in base.concepts] == ["modèle"]
    assert [p.place for p in base.problems] == ["line 3"]


def test_a_wide_table_has_a_column_a_language() -> None:
    text = "fr;de;de:forbidden;definition\nmodèle|exemple;Modell;Mannequin;ein Vorbild\n"
    (concept,) = formats()["csv"].read(text.encode())
    assert isinstance(concept, Concept)
    assert [(t.text, t.language, t.status.value) for t in concept.terms] == [
        ("modèle", "fr", "preferred"),
        ("exemple", "fr", "admitted"),
        ("Modell", "de", "preferred"),
        ("Mannequin", "de", "forbidden"),
    ]
    assert concept.definition == "ein Vorbild"


def workbook(content: str, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", content)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_gigabytes_is_refused() -> None:
    with pytest.raises(TermbaseError, match="unpacks to far more"):
        list(formats()["xlsx"].read(workbook("<row>" + " " * (8 << 20) + "</row>")))


def test_a_workbook_packed_as_no_workbook_is_is_refused() -> None:
    with pytest.raises(TermbaseError, match="packed in a way"):
        list(formats()["xlsx"].read(workbook("<row/>", zipfile.ZIP_BZIP2)))


def test_domains_and_projects_narrow_a_termbase(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(
        '[[concept]]\nfr = "a"\ndomain = "Law"\n[[concept]]\nfr = "b"\nproject = "x"\n',
        encoding="utf-8",
    )
    base = load(path)
    texts = [c.terms[0].text for c in narrowed(base, ["law"], ["y"]).concepts]
    assert texts == ["a"]
