"""Subtitles, SubRip and WebVTT: cues joined to the sentences that run through them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.errors import ReadError
from checker.model import Document
from checker.read import Reader
from checker.read._build import Builder
from checker.read._charset import decode

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})")
_LOOKS = re.compile(
    rf"(?:\ufeff|\xef\xbb\xbf)?(?:WEBVTT\b|\s*\d{{1,6}}[ \t]*\r?\n{_TIMING.pattern})"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}|<\d[\d:.]{0,15}>")
_SENTENCE_END = re.compile(r"[.!?…♪][»”“\"')\]]*\s*\Z")
_MOST_JOINED = 6
_PAUSE = 3.0  # seconds without a subtitle that end what has no full stop, such as a title


@dataclass(frozen=True, slots=True)
class _Cue:
    """One subtitle: its number from 1, when it comes and goes, and its text."""

    number: int
    start: str
    end: str
    text: str


def parse(data: bytes, path: str, option: str = "") -> Document:
    """The text of subtitles. Cues are joined while a sentence goes on, six at most.

    A sentence does not go on through a pause of more than three seconds.
    """
    text, remarks = decode(data, path)
    cues = list(_cues(text))
    if not cues:
        raise ReadError("{path} holds no subtitle with times: it is another format.", path=path)
    builder = Builder()
    group: list[_Cue] = []
    for cue in cues:
        if group and _seconds(cue.start) - _seconds(group[-1].end) > _PAUSE:
            _add(builder, group)
            group = []
        group.append(cue)
        if _SENTENCE_END.search(cue.text) or len(group) == _MOST_JOINED:
            _add(builder, group)
            group = []
    if group:
        _add(builder, group)
    return builder.document(path, "subtitles", "", remarks)


def _cues(text: str) -> Iterator[_Cue]:
    number, start, end = 0, "", ""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        timing = _TIMING.match(line)
        if timing:
            start, end, lines = timing["start"], timing["end"], []
        elif line.strip():
            lines.append(line)
        elif start:
            number += 1
            shown = html.unescape(_TAG.sub("", "\n".join(lines))).strip()
            if shown:
                yield _Cue(number, start, end, shown)
            start, lines = "", []


def _seconds(time: str) -> float:
    """``00:01:02,500`` in seconds; hours may be left out."""
    hours, minutes, seconds = ["0", *time.replace(",", ".").split(":")][-3:]
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def _add(builder: Builder, group: list[_Cue]) -> None:
    first, last = group[0], group[-1]
    cues = f"cue {first.number}" if first is last else f"cues {first.number}–{last.number}"
    builder.add("\n".join(c.text for c in group), place=f"{cues}, {first.start}")


def recognises(data: bytes) -> bool:
    """True for the mark of WebVTT, or a number and a time over the first subtitle."""
    return bool(_LOOKS.match(data[:200].decode("latin-1")))


READER = Reader("subtitles", "SubRip and WebVTT subtitles", (".srt", ".vtt"), recognises, parse)
