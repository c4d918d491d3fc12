"""Texts with one sentence a line: how sentence aligners exchange them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from checker.model import Article, Sentence, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Lines:
    """An article whose sentences are the lines of a file, empty ones left out.

    ``numbers[i]`` is the line, counted from 0, that sentence i stands in.
    """

    article: Article
    numbers: tuple[int, ...]


def read_lines(path: str, language: str) -> Lines:
    """The lines of a text file. Raises ReadError when it cannot be read."""
    from checker.read import read

    document = replace(read(Path(path)), language=language or "und")
    sentences: list[Sentence] = []
    numbers = []
    for number, match in enumerate(_LINE.finditer(document.text)):
        line = match.group()
        if text := line.strip():
            start = match.start() + line.index(text)
            sentences.append(Sentence(len(sentences), text, Span(start, start + len(text))))
            numbers.append(number)
    return Lines(Article(document, tuple(sentences)), tuple(numbers))
