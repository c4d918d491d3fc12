"""Parts of a full name that one side of a bead has and the other leaves out.

Nguyen Van Phong, Nguyen Phong: a middle name. Odile Kermarec, Odile: the surname, without
which nobody knows who is meant. Kermarec alone is the usual second mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checker.model import Span
from checker.names.bead import Half, has_counterpart
from checker.names.correspondence import How, corresponds
from checker.names.facts import groups_of
from checker.names.full import full_names, whole
from checker.names.tokens import Token
from checker.names.words import is_given_name, is_personal, is_surname, is_word_anywhere

_INITIAL = 2


class Kind(StrEnum):
    """Which part of a full name is left out."""

    GIVEN = "given name"
    MIDDLE = "middle name"
    SURNAME = "surname"


@dataclass(frozen=True, slots=True)
class Part:
    """A part left out: ``lost`` of the full name at ``full``, where the rest is at ``rest``.

    ``of_source``: the source has the full name. ``certain``: the other version has the lost
    part nowhere.
    """

    kind: Kind
    of_source: bool
    lost: str
    full: Span
    rest: Span
    certain: bool


def parts(own: Half, other: Half, told: Sequence[Token | None], of_source: bool) -> Iterator[Part]:
    """The parts of the names of one side that the other side of the bead leaves out."""
    for name in full_names(own.words, own.names):
        words = [t for t in name if t.folded not in own.names.language.titles]
        if len(words) > 1 and not any(t in told for t in words):
            yield from _left_out(words, own, other, of_source)


def _left_out(words: Sequence[Token], own: Half, other: Half, of_source: bool) -> Iterator[Part]:
    first, last = words[0], words[-1]
    starts, ends = _same(first, own, other), _same(last, own, other)
    full = Span(first.start, last.end)
    if starts and ends:
        yield from _middle(words, starts, ends, own, other, of_source)
        return
    kind, lost, kept = (Kind.SURNAME, last, starts) if starts else (Kind.GIVEN, first, ends)
    alone = bool(kept) and all(_is_alone(t, other) for t in kept)
    if alone and _is_person(first, last) and _is_absent(lost, own, other):
        known = _has(other, lost, own)
        if kind is Kind.SURNAME or not known:
            rest = Span(kept[0].start, kept[0].end)
            certain = kind is Kind.SURNAME and not known and not is_surname(first.text)
            yield Part(kind, of_source, lost.text, full, rest, certain)


def _middle(
    words: Sequence[Token],
    starts: Sequence[Token],
    ends: Sequence[Token],
    own: Half,
    other: Half,
    of_source: bool,
) -> Iterator[Part]:
    """Middle names of a person whose first and last name stand together on the other side."""
    pairs = ((a, b) for a in starts for b in ends if 0 <= a.name == b.name)
    pair = next(((a, b) for a, b in pairs if a.start < b.start), None)
    person = is_personal(words[0].text) and not groups_of(words[0].text)
    if pair is None or not (person or all(t.strong or _is_initial(t) for t in words)):
        return
    begin, end = pair
    between = [t for t in other.words if t.capital and begin.start < t.start < end.start]
    lost = [t for t in words[1:-1] if not _same(t, own, other)]
    if len(between) + len(lost) != len(words) - 2 or len(lost) == 0:
        return
    known = any(_has(other, t, own) for t in lost)
    initials = all(_is_initial(t) for t in lost)
    text = " ".join(t.text for t in lost)
    rest = Span(begin.start, end.end)
    full = Span(words[0].start, words[-1].end)
    yield Part(Kind.MIDDLE, of_source, text, full, rest, person and not known and not initials)


def _is_initial(token: Token) -> bool:
    return len(token.text) <= _INITIAL


def _same(token: Token, own: Half, other: Half) -> list[Token]:
    """The names of the other side of the bead that are the same as ``token``."""
    names = (w for w in other.words if w.capital)
    return [w for w in names if corresponds(token, own.code, w, other.code) not in (None, How.PART)]


def _is_person(first: Token, last: Token) -> bool:
    """True for a given name and a surname; no town, no work, no firm."""
    given = is_given_name(first.text) and not groups_of(first.text)
    surname = is_surname(last.text) or not is_word_anywhere(last.text)
    return given and surname and last.strong and not last.acronym


def _is_alone(token: Token, half: Half) -> bool:
    """True for a word that stands without the other parts of its name."""
    return len(whole(token, half.names)) == len(token.text)


def _is_absent(token: Token, own: Half, other: Half) -> bool:
    """True when neither the other side of the bead nor those around have the name."""
    return not has_counterpart(token, own, other, other.around)


def _has(other: Half, token: Token, own: Half) -> bool:
    """True when the other article has the name anywhere, in its own spelling or in this one."""
    if other.names.has(token):
        return True
    return has_counterpart(token, own, other, [t for row in other.names.rows for t in row])
