"""The names of one article as a whole: how often each form occurs, and beside which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.checks import Side
from checker.names.language import NameWords, name_words
from checker.names.tokens import Token, tokens_of


@dataclass(frozen=True, slots=True)
class Names:
    """Every word of an article by sentence, and what the article says of each form.

    ``count``: occurrences with a capital. ``inner``: forms with a capital where none is
    due. ``partners``: forms that stand beside a form in a full name.
    """

    language: NameWords
    rows: tuple[tuple[Token, ...], ...]
    count: Mapping[str, int]
    inner: frozenset[str]
    partners: Mapping[str, frozenset[str]]

    def has(self, token: Token) -> bool:
        """True when this article has the form somewhere, give or take a genitive s."""
        form = token.folded
        bare = form[:-1] if form.endswith("s") else form
        return any(f in self.count for f in (form, f"{form}s", bare))

    def words(self, sentences: Sequence[int]) -> list[Token]:
        """The words of some sentences, in order."""
        return [t for s in sentences for t in self.rows[s]]


def names_of(side: Side) -> Names:
    """The names of one side; ask through ``side.once(names_of)``."""
    language = name_words(side.language.code)
    rows = tuple(tokens_of(s, language) for s in side.article.sentences)
    capitals = [t for row in rows for t in row if t.capital]
    partners: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for one, other in pairwise(t for t in row if t.capital):
            if 0 <= one.name == other.name:
                partners[one.folded].add(other.folded)
                partners[other.folded].add(one.folded)
    return Names(
        language,
        rows,
        Counter(t.folded for t in capitals),
        frozenset(t.folded for t in capitals if not t.initial or t.run),
        {form: frozenset(beside) for form, beside in partners.items()},
    )
