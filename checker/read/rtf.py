"""Rich Text Format: paragraphs and notes, without styles and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from checker.model import BlockKind, Document
from checker.read import Reader
from checker.read._build import Builder

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_UNREAD = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "listtable",
        "listoverridetable",
        "revtbl",
        "rsidtbl",
        "generator",
        "themedata",
        "colorschememapping",
        "latentstyles",
        "datastore",
        "xmlnstbl",
        "fldinst",
        "bkmkstart",
        "bkmkend",
        "annotation",
        "atnid",
        "atnauthor",
        "filetbl",
        "pgptbl",
        "mmathPr",
        "nonshppict",
        "listtext",
        "pntext",
        "sp",
        "shprslt",
    ]
)
_CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
}
_ASIDES = {
    "footnote": BlockKind.NOTE,
    "endnote": BlockKind.NOTE,
    "shptxt": BlockKind.PARAGRAPH,
}
_KINDS = {
    "outlinelevel": BlockKind.HEADING,
    "listtext": BlockKind.LIST_ITEM,
    "pntext": BlockKind.LIST_ITEM,
}
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "", "\\": "\\", "{": "{", "}": "}"}
_ENDS = ("par", "sect", "page", "row")
_DEEPEST = 1000


@dataclass(slots=True)
class _State:
    """What a group inherits from the group around it."""

    unread: bool = False
    aside: BlockKind | None = None  # inside a note or a text box
    hidden: bool = False
    fallback: int = 1  # how many characters stand in for a \u one
    cell: bool = False

    def inner(self) -> _State:
        return _State(self.unread, self.aside, self.hidden, self.fallback, self.cell)


@dataclass(slots=True)
class _Reading:
    """What one pass through the file collects."""

    charset: str = "cp1252"
    builder: Builder = field(default_factory=Builder)
    states: list[_State] = field(default_factory=lambda: [_State()])
    line: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    asides: list[tuple[BlockKind, str]] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    pending: bytearray = field(default_factory=bytearray)
    skip: int = 0

    @property
    def state(self) -> _State:
        return self.states[-1]


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The text of an RTF file; deleted and hidden text is left out, notes come last."""
    reading = _Reading()
    for token in _TOKEN.finditer(data.decode("latin-1")):
        if token["hex"] is None:
            _decode_pending(reading)
        _take(reading, token)
    _decode_pending(reading)
    _end_paragraph(reading, BlockKind.PARAGRAPH)
    for number, (kind, text) in enumerate(reading.asides, 1):
        place = f"footnote {number}" if kind is BlockKind.NOTE else "text box"
        reading.builder.add(text, kind, place)
    return reading.builder.document(path, "rtf")


def _take(reading: _Reading, token: re.Match[str]) -> None:
    if token["brace"]:
        _group(reading, token["brace"])
    elif token["word"]:
        _word(reading, token["word"], token["number"])
    elif token["hex"]:
        if reading.skip:
            reading.skip -= 1
        else:
            reading.pending.append(int(token["hex"], 16))
    elif token["symbol"] == "*":
        reading.state.unread = True
    elif token["symbol"]:
        _write(reading, _SYMBOLS.get(token["symbol"], ""))
    elif token["text"]:
        text = token["text"].encode("latin-1").decode(reading.charset, "replace")
        _write(reading, text[reading.skip :])
        reading.skip = max(0, reading.skip - len(text))


def _group(reading: _Reading, brace: str) -> None:
    reading.skip = 0
    if brace == "{":
        if len(reading.states) < _DEEPEST:
            reading.states.append(reading.state.inner())
        return
    closed = reading.states.pop() if len(reading.states) > 1 else reading.state
    if closed.aside and not reading.state.aside:
        reading.asides.append((closed.aside, "".join(reading.aside)))
        reading.aside.clear()


def _word(reading: _Reading, word: str, number: str | None) -> None:
    if word in _CHARACTERS:
        _write(reading, _CHARACTERS[word])
    elif word in _ENDS or word == "cell":
        in_table = word == "cell" or reading.state.cell
        _paragraph(reading, BlockKind.CELL if in_table else reading.kind)
    elif word in ("uc", "u", "ansicpg"):
        _coded(reading, word, int(number or 0))
    else:
        if not reading.state.unread:
            reading.kind = _kind(reading.kind, word)
        _format(reading.state, word, number)


def _kind(kind: BlockKind, word: str) -> BlockKind:
    """What the paragraph is after a control word; numbered headings stay headings."""
    if word == "pard":
        return BlockKind.PARAGRAPH
    return kind if kind is BlockKind.HEADING else _KINDS.get(word, kind)


def _format(state: _State, word: str, number: str | None) -> None:
    """What a control word changes for the rest of its group."""
    if word in _UNREAD:
        state.unread = True
    elif word in _ASIDES:
        state.aside, state.unread = _ASIDES[word], False
    elif word in ("v", "deleted"):
        state.hidden = number != "0"
    elif word == "plain":
        state.hidden = False
    elif word in ("pard", "intbl"):
        state.cell = word == "intbl"


def _coded(reading: _Reading, word: str, number: int) -> None:
    if word == "uc":
        reading.state.fallback = min(max(number, 0), 10)
    elif word == "u":
        _write(reading, chr(number % 0x10000))
        reading.skip = reading.state.fallback
    elif word == "ansicpg":
        try:
            b"a".decode(f"cp{number}")
            reading.charset = f"cp{number}"
        except LookupError:
            reading.charset = "cp1252"


def _write(reading: _Reading, text: str) -> None:
    if not (reading.state.unread or reading.state.hidden):
        (reading.aside if reading.state.aside else reading.line).append(text)


def _decode_pending(reading: _Reading) -> None:
    if reading.pending:
        _write(reading, bytes(reading.pending).decode(reading.charset, "replace"))
        reading.pending.clear()


def _paragraph(reading: _Reading, kind: BlockKind) -> None:
    if reading.state.unread:
        return
    if reading.state.aside:
        reading.aside.append("\n")
    else:
        _end_paragraph(reading, kind)


def _end_paragraph(reading: _Reading, kind: BlockKind) -> None:
    text = "".join(reading.line).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    reading.line.clear()
    reading.builder.add(text, kind, f"paragraph {len(reading.builder) + 1}")


def recognises(data: bytes) -> bool:
    """True for the mark every RTF file begins with."""
    return data[:32].lstrip().startswith(b"{\\rtf")


READER = Reader("rtf", "Rich Text Format", (".rtf",), recognises, parse)
