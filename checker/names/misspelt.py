"""Two words of a bead that are one name, one of them misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.checks import WordVectors
from checker.names.bead import Bead, Half, has_counterpart
from checker.names.spelling import fold, likeness
from checker.names.tokens import Token
from checker.names.words import is_word

LEAST_LIKE = 0.7
SURELY_LIKE = 0.8
_LEAST_LENGTH = 4
_COGNATE = 0.5


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A source word and a target word that should be one name.

    ``certain``: the article shows which of the two is right. ``right`` is that spelling,
    empty where nothing tells.
    """

    source: Token | None
    target: Token | None
    certain: bool
    right: str = ""


def misspelt(
    bead: Bead, left: Sequence[Token], right: Sequence[Token], words: WordVectors
) -> Iterator[Misspelt]:
    """The misspellings among the words without counterpart of both sides of a bead."""
    used: set[int] = set()
    pairs = sorted(
        ((-likeness(a.text, b.text), a.start, b.start, a, b) for a in left for b in right),
        key=lambda p: p[:3],
    )
    for negative, _, _, one, other in pairs:
        like = -negative
        if like < LEAST_LIKE or {one.start, -1 - other.start} & used:
            continue
        found = _judged(bead, one, other, like, words)
        if found:
            used |= {one.start, -1 - other.start}
            yield found
    for own, opposite in bead.halves():
        mine = left if own is bead.source else right
        sign = (lambda t: t.start) if own is bead.source else (lambda t: -1 - t.start)
        for token in mine:
            known = "" if sign(token) in used else _known_elsewhere(token, own, opposite)
            if known:
                ours = own is bead.source
                yield Misspelt(token if ours else None, None if ours else token, True, known)


def _judged(
    bead: Bead, one: Token, other: Token, like: float, words: WordVectors
) -> Misspelt | None:
    """The misspelling that two similar words are; None where they may well differ."""
    in_target, in_source = bead.target.names.has(one), bead.source.names.has(other)
    neither_word = _is_no_word(one, bead.source) and _is_no_word(other, bead.target)
    if not (in_target or in_source or (neither_word and (one.strong or other.strong))):
        return None
    if not neither_word and _cognates(one, other, words):
        return None
    if in_target != in_source:
        return Misspelt(one, other, True, one.text if in_target else other.text)
    votes = _votes(bead, one), _votes(bead, other)
    if max(votes) > 2 * min(votes):
        return Misspelt(
            one, other, like >= SURELY_LIKE, (one if votes[0] > votes[1] else other).text
        )
    return Misspelt(one, other, False)


def _is_no_word(token: Token, half: Half) -> bool:
    """True for a word of no word list; a compound that only looks possible is none."""
    return token.strong or not is_word(token.text, half.code)


def _votes(bead: Bead, token: Token) -> int:
    """How often both articles together write a name like this."""
    form = token.folded
    return bead.source.names.count.get(form, 0) + bead.target.names.count.get(form, 0)


def _cognates(one: Token, other: Token, words: WordVectors) -> bool:
    """True for look-alike translations of an ordinary word (Parlement, Parliament)."""
    first, second = words([one.text, other.text])
    return bool(float(first @ second) >= _COGNATE)


def _known_elsewhere(token: Token, own: Half, other: Half) -> str:
    """The name of both articles that a form used only once is one slip away from."""
    form = token.folded
    if not token.strong or other.names.has(token) or own.names.count.get(form) != 1:
        return ""
    if has_counterpart(token, own, other, other.around):
        return ""
    near = [
        (likeness(name, form), name)
        for name in own.names.count
        if name in other.names.count and len(name) >= _LEAST_LENGTH and name[:1] == form[:1]
    ]
    like, name = max(near, default=(0.0, ""))
    grown = form.startswith(name) or name.startswith(form)
    if like < SURELY_LIKE or grown:
        return ""
    written = (t.text for row in own.names.rows for t in row if t.capital and fold(t.text) == name)
    return next(written, name)
