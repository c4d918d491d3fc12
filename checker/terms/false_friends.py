"""False friends: look-alikes that mean different things (concours, Konkurs).

A table of general knowledge, not of any text: ``checker/data/false_friends.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from checker.checks import Comparison, Side
from checker.errors import worded
from checker.model import Finding, Link, Severity
from checker.terms.language import Grammar
from checker.terms.words import Word, passage, words_of
from checker.wordset import function_words

RULE = "false-friend"
_TABLE = "false_friends.tsv"
_WITHIN = 30
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A word, its look-alike in the other language, and what each really is over there."""

    word: str
    lookalike: str
    right: tuple[str, ...]
    back: tuple[str, ...]
    always: bool

    def exchanged(self) -> Pair:
        """The same pair seen from the other language."""
        return Pair(self.lookalike, self.word, self.back, self.right, self.always)


def false_friends(comparison: Comparison) -> Iterator[Finding]:
    """Links where a word faces its look-alike and nothing says what either really means.

    A warning where the two never translate each other, a note where they sometimes do.
    """
    codes = (comparison.source.language.code, comparison.target.language.code)
    source, target = (s.once(words_of) for s in (comparison.source, comparison.target))
    present = {w.key for w in source.all}, {w.key for w in target.all}
    for pair in _known(*codes):
        word, lookalike = source.grammar.key(pair.word), target.grammar.key(pair.lookalike)
        if word in present[0] and lookalike in present[1]:
            for link in comparison.links:
                yield from _in_link(comparison, link, pair, (word, lookalike))


def _in_link(
    comparison: Comparison, link: Link, pair: Pair, keys: tuple[str, str]
) -> Iterator[Finding]:
    left = _find(comparison.source, link.source, keys[0], pair.word)
    right = _find(comparison.target, link.target, keys[1], pair.lookalike)
    if not left or not right:
        return
    if _says(comparison.target, link.target, pair.right) or _says(
        comparison.source, link.source, pair.back
    ):
        return
    yield Finding(
        check="terms",
        rule=RULE,
        severity=Severity.WARNING if pair.always else Severity.NOTE,
        confidence=0.75 if pair.always else 0.3,
        message=worded(
            '"{source}" and "{target}" look alike but are false friends: "{word}" is "{right}", '
            '"{lookalike}" is "{back}".',
            source=left.text,
            target=right.text,
            word=pair.word,
            right=pair.right[0],
            lookalike=pair.lookalike,
            back=pair.back[0],
        ),
        source=passage(comparison.source, left),
        target=passage(comparison.target, right),
        suggestion=pair.right[0],
    )


def _find(side: Side, sentences: range, key: str, base: str) -> Word | None:
    words = side.once(words_of)
    for word in words.of(sentences):
        # Nouns and other words are told apart by their capitals where a language has them.
        same_kind = not words.grammar.nouns_capitalised or word.text[0].isupper() == (
            base[0].isupper()
        )
        found = word.key == key and same_kind and words.grammar.inflects(word.text, base)
        if found and not _in_name(side, word, words.grammar):
            return word
    return None


def _in_name(side: Side, word: Word, rules: Grammar) -> bool:
    """Whether a word is part of a name: capitalised where only names are, or behind a
    function word of a third language (Museum of Modern Art)."""
    text = side.article.sentences[word.sentence].text
    before = _WORD.findall(text[max(0, word.start - _WITHIN) : word.start])[-2:]
    if not rules.nouns_capitalised:
        return bool(word.text[0].isupper() and before and text[word.start - 1].isspace())
    return any(_is_foreign(w, side.language.code, rules) for w in before)


def _is_foreign(word: str, own: str, rules: Grammar) -> bool:
    if not word.islower() or word in rules.function_words:
        return False
    lists = function_words()
    return word not in lists.get(own, ()) and any(word in lists[code] for code in lists)


def _says(side: Side, sentences: range, expressions: tuple[str, ...]) -> bool:
    """Whether one of the expressions stands there, also as part of a compound."""
    words = side.once(words_of)
    keys = [word.key for word in words.of(sentences)]
    return any(_has(keys, expression, words.grammar) for expression in expressions)


def _has(keys: list[str], expression: str, rules: Grammar) -> bool:
    parts = [rules.key(p) for p in expression.split() if p.lower() not in rules.function_words]
    inside = rules.compounds
    return all(any(p == k or (inside and p in k) for k in keys) for p in parts)


def _known(source: str, target: str) -> Iterator[Pair]:
    for languages, pair in _table():
        if languages == f"{source}-{target}":
            yield pair
        elif languages == f"{target}-{source}":
            yield pair.exchanged()


@cache
def _table() -> tuple[tuple[str, Pair], ...]:
    text = (resources.files("checker") / "data" / _TABLE).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        (
            languages,
            Pair(word, other, tuple(right.split("|")), tuple(back.split("|")), how == "always"),
        )
        for languages, word, other, right, back, how in rows
    )
