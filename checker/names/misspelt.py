"""Two words of a bead that are one name, one of them misspelt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.checks import WordVectors
from checker.names.bead import Bead, Half, has_counterpart, same_neighbour
from checker.names.facts import groups_of
from checker.names.spelling import fold, likeness, sound
from checker.names.tokens import Token
from checker.names.words import is_given_name, is_personal, is_word, is_word_anywhere

LEAST_LIKE = 0.7
SURELY_LIKE = 0.8
_LEAST_LENGTH = 4
_COGNATE = 0.5
_SURE_COGNATE = 0.8
_ENDING = 2
_MAJORITY = 2


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A source word and a target word that should be one name.

    One of them is None where the other version has no such word in the bead. ``certain``:
    the articles show which of the two is right. ``right`` is that spelling, empty where
    nothing tells.
    """

    source: Token | None
    target: Token | None
    certain: bool
    right: str = ""


def misspelt(
    bead: Bead, left: Sequence[Token], right: Sequence[Token], words: WordVectors
) -> tuple[Misspelt, ...]:
    """The misspellings among the words without counterpart of both sides of a bead."""
    found = tuple(_in_pairs(bead, left, right, words))
    taken = [t for slip in found for t in (slip.source, slip.target)]
    alone = (
        *(
            Misspelt(token, None, True, name)
            for token in left
            if token not in taken and (name := _near_name(token, bead.source, bead.target))
        ),
        *(
            Misspelt(None, token, True, name)
            for token in right
            if token not in taken and (name := _near_name(token, bead.target, bead.source))
        ),
    )
    return found + alone


def _in_pairs(
    bead: Bead, left: Sequence[Token], right: Sequence[Token], words: WordVectors
) -> Iterator[Misspelt]:
    """The misspellings that a similar word on the other side shows, most similar first."""
    used: set[tuple[bool, int]] = set()
    pairs = [(likeness(a.text, b.text), a, b) for a in left for b in right]
    for like, one, other in sorted(pairs, key=lambda p: (-p[0], p[1].start, p[2].start)):
        ends = {(True, one.start), (False, other.start)}
        if like < LEAST_LIKE:
            return
        slip = None if ends & used else _judged(bead, one, other, like, words)
        if slip:
            used |= ends
            yield slip


def _judged(
    bead: Bead, one: Token, other: Token, like: float, words: WordVectors
) -> Misspelt | None:
    """The misspelling that two similar words are; None where they may well differ."""
    in_target, in_source = bead.target.names.has(one), bead.source.names.has(other)
    unlisted = _is_unlisted(one, bead.source) and _is_unlisted(other, bead.target)
    pair = (one, other)
    named = any(t.strong for t in pair) or all(is_personal(t.text) for t in pair)
    beside = named and same_neighbour(bead, one, other)
    if not (in_target or in_source or beside or (unlisted and (one.strong or other.strong))):
        return None
    if _is_grown(one.folded, other.folded):
        return None
    if not (beside and _are_given_names(one, other)) and _cognates(one, other, words, unlisted):
        return None
    if in_target != in_source:
        return Misspelt(one, other, like >= SURELY_LIKE, one.text if in_target else other.text)
    ours, theirs = _votes(bead, one), _votes(bead, other)
    if max(ours, theirs) > _MAJORITY * min(ours, theirs):
        usual = one if ours > theirs else other
        return Misspelt(one, other, like >= SURELY_LIKE, usual.text)
    right = _only_known(bead, one, other)
    return Misspelt(one, other, bool(right) and like >= SURELY_LIKE, right)


def _only_known(bead: Bead, one: Token, other: Token) -> str:
    """The one of two forms that is a usual name; empty where both are, or may be.

    Forms that sound alike are left in doubt: Miller and Miler, Hofmann and Hoffmann.
    """
    known = [t for t in (one, other) if is_personal(t.text) or groups_of(t.text)]
    if len(known) != 1 or any(is_word_anywhere(t.text) for t in (one, other) if t not in known):
        return ""
    heard = [sound(t.text, bead.source.code, loose=True) for t in (one, other)]
    return "" if heard[0] == heard[1] else known[0].text


def _is_unlisted(token: Token, half: Half) -> bool:
    """True for a word of no word list; a compound that only looks possible is none."""
    return token.strong or not is_word(token.text, half.code)


def _are_given_names(one: Token, other: Token) -> bool:
    """True for two given names; languages adapt their first letter (Karl, Carl), slips do not."""
    same_letter = one.folded[:1] == other.folded[:1]
    return same_letter and is_given_name(one.text) and is_given_name(other.text)


def _votes(bead: Bead, token: Token) -> int:
    """How often both articles together write a name like this."""
    form = token.folded
    return bead.source.names.count.get(form, 0) + bead.target.names.count.get(form, 0)


def _cognates(one: Token, other: Token, words: WordVectors, unlisted: bool) -> bool:
    """True for look-alike translations of an ordinary word (Parlement, Parliament)."""
    known = all(is_word_anywhere(t.text) and not is_personal(t.text) for t in (one, other))
    if unlisted and not known:
        return False
    first, second = words([one.text, other.text])
    return bool(float(first @ second) >= (_COGNATE if known else _SURE_COGNATE))


def _is_grown(one: str, other: str) -> bool:
    """True when one is the other with an ending: Valencia, Valenciana."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) >= len(short) + _ENDING


def _near_name(token: Token, own: Half, other: Half) -> str:
    """The name of both articles that a form used only once is one slip away from."""
    form = token.folded
    alone = own.names.count.get(form) == 1 and not other.names.has(token)
    if not (token.strong and alone) or is_word_anywhere(token.text) or is_personal(token.text):
        return ""
    if has_counterpart(token, own, other, other.around):
        return ""
    near = [
        (likeness(name, form), name)
        for name in own.names.count
        if name in other.names.count
        and len(name) >= _LEAST_LENGTH
        and name[:1] == form[:1]
        and not is_word_anywhere(name)
    ]
    like, name = max(near, default=(0.0, ""))
    grown = form.startswith(name) or name.startswith(form)
    if like < SURELY_LIKE or grown:
        return ""
    written = (t.text for row in own.names.rows for t in row if t.capital and fold(t.text) == name)
    return next(written, name)
