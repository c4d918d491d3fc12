"""Passages in quotation marks, whatever the system of marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 300
_INSIDE = rf"[^«»„“”\"‹›\n]{{1,{_LONGEST}}}"
_QUOTED = re.compile(
    rf"«\s*({_INSIDE}?)\s*»|»\s*({_INSIDE}?)\s*«|„\s*({_INSIDE}?)\s*[“”\"]|“\s*({_INSIDE}?)\s*”"
    rf"|\"\s*({_INSIDE}?)\s*[\"“”]|‹\s*({_INSIDE}?)\s*›"
)


def quoted(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands between quotation marks, without marks and spaces."""
    for match in _QUOTED.finditer(text):
        if match.lastindex:
            yield match.span(match.lastindex)
