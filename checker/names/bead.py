"""The names of one bead: which words of its two sides have a counterpart and which not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.checks import Comparison
from checker.model import Span
from checker.names.correspondence import corresponds
from checker.names.document import Names, names_of
from checker.names.facts import stems_of
from checker.names.tokens import Token
from checker.wordset import function_words

_SHORTEST = 3
_FULL_NAME_GAP = 12
_LONGEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a bead: its sentences and words, those of the beads around, where it is."""

    names: Names
    sentences: range
    words: Sequence[Token]
    around: Sequence[Token]
    span: Span

    @property
    def code(self) -> str:
        return self.names.language.code

    def position(self, token: Token) -> float:
        """How far into the bead a word stands, 0 to 1."""
        return (token.start - self.span.start) / max(1, len(self.span))

    def neighbours(self, token: Token) -> tuple[Token | None, Token | None]:
        """The words of the same full name before and after a word, particles left out."""
        if not token.run:
            return None, None
        at = next(i for i, t in enumerate(self.words) if t is token)
        before = self._next_in_name(self.words[max(0, at - _LONGEST_GAP) : at][::-1], token)
        after = self._next_in_name(self.words[at + 1 : at + 1 + _LONGEST_GAP], token)
        return before, after

    def beside(self, token: Token) -> list[Token]:
        """Like ``neighbours``, only those there are."""
        return [t for t in self.neighbours(token) if t]

    def _next_in_name(self, nearest_first: Sequence[Token], token: Token) -> Token | None:
        near = next((t for t in nearest_first if t.capital), None)
        if near is None or not near.run:
            return None
        gap = max(near.start - token.end, token.start - near.end)
        return near if gap < _FULL_NAME_GAP else None


@dataclass(frozen=True, slots=True)
class Bead:
    """Both sides of a bead."""

    source: Half
    target: Half

    def halves(self) -> tuple[tuple[Half, Half], tuple[Half, Half]]:
        """Either side with its other side."""
        return (self.source, self.target), (self.target, self.source)


def beads(comparison: Comparison) -> Iterator[Bead]:
    """Every bead that has sentences on both sides, with its neighbours."""
    source, target = comparison.source.once(names_of), comparison.target.once(names_of)
    links = comparison.links
    for at, link in enumerate(links):
        if link.paired:
            near = links[max(0, at - 1) : at + 2]
            yield Bead(
                Half(
                    source,
                    link.source,
                    source.words(link.source),
                    _words(source, (n.source for n in near)),
                    comparison.source.article.span_of(link.source),
                ),
                Half(
                    target,
                    link.target,
                    target.words(link.target),
                    _words(target, (n.target for n in near)),
                    comparison.target.article.span_of(link.target),
                ),
            )


def is_name_like(token: Token, half: Half) -> bool:
    """True for words worth comparing as names: capital, not too short, no title."""
    return (
        token.capital
        and len(token.text) >= _SHORTEST
        and token.folded not in half.names.language.titles
        and token.folded not in function_words().get(half.code, ())
        and not token.acronym
    )


def has_counterpart(token: Token, own: Half, other: Half, words: Iterable[Token]) -> bool:
    """True when one of ``words``, words of the other side, is the same name.

    Small words can only be adjectives or look alike from their first letter on.
    """
    first = token.folded[:1]
    return any(
        corresponds(token, own.code, w, other.code)
        for w in words
        if w.capital or w.folded[:1] == first or stems_of(w.text, other.code)
    )


def unmatched(own: Half, other: Half) -> list[Token]:
    """Name-like words of one side of a bead without a counterpart on its other side."""
    return [
        t
        for t in own.words
        if is_name_like(t, own) and not has_counterpart(t, own, other, other.words)
    ]


def surplus(own: Half, other: Half) -> list[Token]:
    """The last occurrence of each name that this side repeats more often than the other."""
    forms: dict[str, list[Token]] = defaultdict(list)
    for token in own.words:
        if token.strong and not token.acronym:
            forms[token.folded].append(token)
    found = []
    for occurrences in forms.values():
        first = occurrences[0]
        counterparts = sum(
            w.capital and has_counterpart(first, own, other, [w]) for w in other.words
        )
        if 0 < counterparts < len(occurrences):
            found.append(occurrences[-1])
    return found


def same_neighbour(bead: Bead, one: Token, other: Token) -> bool:
    """True when both stand on one side of the same name: Kirsty Young, Thom Young.

    Not Steve Jobs, Jobs-Interview, where the other word stands on the other side.
    """
    left, right = bead.source.neighbours(one), bead.target.neighbours(other)
    return any(
        a is not None and b is not None and corresponds(a, bead.source.code, b, bead.target.code)
        for a, b in zip(left, right, strict=True)
    )


def _words(names: Names, ranges: Iterable[range]) -> list[Token]:
    return [t for sentences in ranges for t in names.words(sentences)]
