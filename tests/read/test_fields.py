"""Subtitles, JSON fields and RTF written by hand: where text comes from and what it is called."""

import pytest

from checker.errors import ReadError
from checker.model import BlockKind
from checker.read import read

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Le marché rouvre</i>

2
00:00:03,600 --> 00:00:05,000
{\\an8}samedi &amp; dimanche.

3
00:01:10,000 --> 00:01:12,000
- Vraiment ?
- Oui.
"""

VTT = """WEBVTT - Titre

NOTE ceci n'est pas du texte

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Anne>Bonjour <00:02.000>à tous.</v>

00:04.000 --> 00:05.000
Fin"""

JSON = """{"title": "Le marché", "meta": {"tags": ["a", "b"]},
 "body": [{"text": "Un.\\nDeux."}, {"text": "Trois."}], "views": 12}"""


def blocks(path):
    document = read(path)
    return [(b.place, document.text[b.span.start : b.span.end]) for b in document.blocks]


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_subrip(tmp_path, end):
    assert blocks(written(tmp_path, "a.srt", SRT.replace("\n", end))) == [
        ("cues 1–2, 00:00:01,000", "Le marché rouvre\nsamedi & dimanche."),
        ("cue 3, 00:01:10,000", "- Vraiment ?\n- Oui."),
    ]


def test_webvtt(tmp_path):
    assert blocks(written(tmp_path, "a.txt", VTT)) == [
        ("cue 1, 00:01.000", "Bonjour à tous."),
        ("cue 2, 00:04.000", "Fin"),
    ]


def test_a_title_before_a_pause_is_no_part_of_the_next_sentence(tmp_path):
    for start, expected in (("00:00:08,000", 1), ("00:00:08,001", 2), ("01:00:00,000", 2)):
        late = (
            f"1\n00:00:01,000 --> 00:00:05,000\nLe marché\n\n2\n{start} --> 02:00:00,000\nrouvre.\n"
        )
        assert len(blocks(written(tmp_path, "a.srt", late))) == expected


def test_subtitles_without_times(tmp_path):
    with pytest.raises(ReadError, match="no subtitle with times"):
        read(written(tmp_path, "a.srt", "Bonjour."))


def test_json_field(tmp_path):
    path = written(tmp_path, "a.json", JSON)
    assert blocks(f"{path}#title") == [("title", "Le marché")]
    assert blocks(f"{path}#body.text") == [
        ("body[1].text", "Un."),
        ("body[1].text", "Deux."),
        ("body[2].text", "Trois."),
    ]
    assert blocks(f"{path}#body") == blocks(f"{path}#body.text")


def test_json_fields_are_listed(tmp_path):
    path = written(tmp_path, "a.json", JSON)
    with pytest.raises(ReadError, match=r"#title \(fields with text: title, meta.tags, body.text"):
        read(path)
    with pytest.raises(ReadError, match=r'field "titel" \(did you mean "title"\?\)'):
        read(f"{path}#titel")
    with pytest.raises(ReadError, match="broken JSON"):
        read(f"{written(tmp_path, 'b.json', '{')}#a")


def test_json_is_known_by_its_content(tmp_path):
    named = blocks(f"{written(tmp_path, 'a.json', JSON)}#title")
    for start in ("", "\ufeff", "\n "):
        assert blocks(f"{written(tmp_path, 'a.download', start + JSON)}#title") == named
    listed = f"[{JSON}]"
    assert blocks(f"{written(tmp_path, 'b', listed)}#title") == [("[1].title", "Le marché")]
    for text in ("[Publicité]\nLe marché rouvre.", "{nom}: bonjour.", '["a", "b"]'):
        assert blocks(written(tmp_path, "c.txt", text))


def test_json_lines(tmp_path):
    path = written(tmp_path, "a.jsonl", '{"t": "Un."}\n{"t": "Deux."}\n')
    assert blocks(f"{path}#t") == [("[1].t", "Un."), ("[2].t", "Deux.")]


def test_rtf_of_an_old_word_processor(tmp_path):
    text = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Nein}}\pard "
        r"Gr\'f6\'dfe \u8211? \'84sch\'f6n\'93{\v versteckt}\par "
        r"\trowd\intbl A\cell B\cell\row\pard {\*\generator X;}\u-10179?\u-8704? Ende"
        r"{\footnote Eine {\i Note}.}{\deleted weg}.\par}"
    )
    path = written(tmp_path, "a.rtf", text)
    document = read(path)
    assert [t for _, t in blocks(path)] == ["Größe – „schön“", "A", "B", "😀 Ende.", "Eine Note."]
    assert [b.kind for b in document.blocks][1:3] == [BlockKind.CELL] * 2
