"""The content words of one article, with what tells whether two of them are one word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from checker.checks import Side
from checker.model import Passage
from checker.terms.language import Grammar, grammar

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2011][^\W\d_]+)*")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A content word where it stands: ``start`` and ``end`` count inside its sentence.

    ``key`` is the same for the inflected forms of a word.
    """

    text: str
    key: str
    sentence: int
    start: int
    end: int
    noun: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of an article in order, and by sentence."""

    grammar: Grammar
    all: tuple[Word, ...]
    by_sentence: Mapping[int, tuple[Word, ...]]

    def of(self, sentences: range) -> list[Word]:
        """The content words of a run of sentences, in order."""
        return [word for index in sentences for word in self.by_sentence.get(index, ())]


def words_of(side: Side) -> Words:
    """The content words of one side: no function words, nothing shorter than three letters."""
    rules = grammar(side.language)
    found: list[Word] = []
    by_sentence: dict[int, list[Word]] = defaultdict(list)
    for sentence in side.article.sentences:
        for match in _WORD.finditer(sentence.text):
            text = match.group()
            if len(text) < _SHORTEST or text.lower() in rules.function_words:
                continue
            word = Word(
                text,
                rules.key(text),
                sentence.index,
                match.start(),
                match.end(),
                noun=not rules.nouns_capitalised or text[0].isupper(),
            )
            found.append(word)
            by_sentence[sentence.index].append(word)
    return Words(rules, tuple(found), {i: tuple(ws) for i, ws in by_sentence.items()})


def passage(side: Side, word: Word) -> Passage:
    """Where a word stands in its document."""
    return side.within(side.article.sentences[word.sentence], word.start, word.end)
