"""Two words of a bead that stand in the same place but name different things.

Evidence is added up: each word has no counterpart; the other article knows it; a
neighbour in the full name has a counterpart; both stand at about the same place. Weights
were set by hand on news translated by people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.checks import WordVectors
from checker.names.bead import Bead, Half, has_counterpart, same_neighbour
from checker.names.facts import groups_of, of_kind
from checker.names.tokens import Token
from checker.names.words import is_personal, is_word, is_word_anywhere, may_be_name

ERROR, WARNING, NOTE = 1.4, 1.1, 0.1  # evidence

_KNOWN, _KNOWN_WORD = 1.0, 0.6
_ORPHAN = 0.5
_WEAK_KNOWN, _WEAK = -0.1, -0.6
_ONLY_INITIAL = -0.7
_SAME_NEIGHBOUR = 1.0
_ONE_ALONE = -0.2
_BOTH_KNOWN = -1.0
_SURPLUS = -0.3
_NEAREST = 0.4
_MAYBE = 0.1
_ENGLISH = -0.3
_TRANSLATED = 0.5
_LEAST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Swapped:
    """A source word and a target word in the same place; ``score`` is the evidence.

    ``same_person``: both are parts of one full name. ``certain``: beyond reasonable doubt.
    """

    source: Token
    target: Token
    score: float
    same_person: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """Words of one side that are free to be swapped: without counterpart, or surplus."""

    free: Sequence[Token]
    surplus: frozenset[int]
    near: frozenset[int]


def rest(own: Half, other: Half, free: Sequence[Token], extra: Sequence[Token]) -> Rest:
    """What of one side a swap can involve; ``near`` has a counterpart in the next bead."""
    words = [*(t for t in free if _is_candidate(t, own, other)), *extra]
    near = [t.start for t in words if has_counterpart(t, own, other, _outside(other))]
    return Rest(words, frozenset(t.start for t in extra), frozenset(near))


def swapped(bead: Bead, left: Rest, right: Rest, words: WordVectors) -> Iterator[Swapped]:
    """The best pairs of different names, each word used once."""
    pairs = [
        _pair(bead, a, b, left, right)
        for a in left.free
        for b in right.free
        if (not _are_near(a, b, left, right) or _has_place(bead, a, b))
        and not (a.start in left.surplus and b.start in right.surplus)
        and not _is_dropped(bead, a, b)
        and (same_neighbour(bead, a, b) or not (_may_be_title(a) and _may_be_title(b)))
    ]
    used: set[tuple[bool, int]] = set()
    for pair in sorted(pairs, key=lambda p: (-p.score, p.source.start, p.target.start)):
        ends = {(True, pair.source.start), (False, pair.target.start)}
        least = NOTE if pair.same_person else WARNING
        if pair.score < least or ends & used or _translated(bead, pair, words):
            continue
        used |= ends
        yield pair


def _are_near(one: Token, other: Token, left: Rest, right: Rest) -> bool:
    """True when the next bead of the other side has either: the versions may be cut differently."""
    return one.start in left.near and other.start in right.near


def _has_place(bead: Bead, one: Token, other: Token) -> bool:
    """True when both belong where they stand: beside one name, or first in their sentence."""
    return same_neighbour(bead, one, other) or one.index == other.index == 0


def _pair(bead: Bead, one: Token, other: Token, left: Rest, right: Rest) -> Swapped:
    score = _score(bead, one, other, left, right)
    same = same_neighbour(bead, one, other)
    known = bead.target.names.has(one) or bead.source.names.has(other)
    titles = [_may_be_title(t) for t in (one, other)]
    strong = one.strong and other.strong and not _are_near(one, other, left, right)
    alone = known and strong and not any(titles)
    repeated = one.start in left.surplus or other.start in right.surplus
    certain = score >= ERROR and not repeated and (not all(titles) if same else alone)
    return Swapped(one, other, score, _same_person(bead, one, other), certain)


def _may_be_title(token: Token) -> bool:
    """True for a word of any language that is no usual name: works, offices, institutes."""
    return is_word_anywhere(token.text) and not is_personal(token.text)


def _is_candidate(token: Token, own: Half, other: Half) -> bool:
    """True for words that may be a name; no ordinary noun, no part of a known place."""
    known_beside = any(has_counterpart(t, own, other, other.words) for t in own.beside(token))
    if token.groups - groups_of(token.text) and not known_beside:
        return False
    if token.strong:
        return True
    named = known_beside and is_personal(token.text)
    if token.initial and is_word(token.text, own.code) and not named:
        return False
    if not _only_initial(token, own) and other.names.has(token):
        return True
    if not own.names.language.nouns_capitalised:
        return not token.initial and len(token.text) >= _LEAST_LENGTH
    return named or (may_be_name(token.text, own.code) and not _has_article(token, own))


def _has_article(token: Token, own: Half) -> bool:
    """True for an ordinary noun with its article: der Gast.

    Neither for the first part of a compound (die Grant-Regierung) nor behind a relative pronoun,
    which a comma shows (Zusagen, die Grant gab).
    """
    at = next(i for i, t in enumerate(own.words) if t is token)
    before, after = own.words[max(0, at - 2) : at], own.words[at + 1 : at + 2]
    if not before or before[-1].folded not in own.names.language.articles:
        return False
    relative = len(before) > 1 and before[1].start - before[0].end > 1
    return not relative and not any(t.capital for t in after)


def _is_dropped(bead: Bead, one: Token, other: Token) -> bool:
    """True when either is a part of a full name of which the other side has the rest.

    Steve Jobs, Jobs: the given name is left out there, not exchanged for what follows,
    unless that is a name which this side knows.
    """
    if same_neighbour(bead, one, other):
        return False
    tokens = (one, other)
    return any(
        not _is_known(rival, own) and _has_rest(token, own, facing)
        for token, rival, (own, facing) in zip(tokens, tokens[::-1], bead.halves(), strict=True)
    )


def _is_known(token: Token, half: Half) -> bool:
    """True for a name of the other side that this side's article has, too."""
    return token.strong and not _may_be_title(token) and half.names.has(token)


def _has_rest(token: Token, own: Half, facing: Half) -> bool:
    """True when the other side has the name beside ``token``."""
    return any(has_counterpart(t, own, facing, facing.words) for t in own.beside(token))


def _translated(bead: Bead, pair: Swapped, words: WordVectors) -> bool:
    """True when one is an ordinary word and both mean the same (Coupe, Cup)."""
    one, other = pair.source.folded, pair.target.folded
    if min(len(one), len(other)) >= _LEAST_LENGTH and (one in other or other in one):
        return True
    if one.startswith(other) or other.startswith(one):
        return True
    ordinary = _may_be_title(pair.source) and _may_be_title(pair.target)
    tokens = (pair.source, pair.target)
    named = all(t.strong for t in tokens) or all(is_personal(t.text) for t in tokens)
    if named and not ordinary:
        return False
    first, second = words([pair.source.text, pair.target.text])
    return bool(float(first @ second) >= _TRANSLATED)


def _outside(half: Half) -> list[Token]:
    inside = {t.start for t in half.words}
    return [t for t in half.around if t.start not in inside]


def _score(bead: Bead, one: Token, other: Token, left: Rest, right: Rest) -> float:
    known = bead.target.names.has(one), bead.source.names.has(other)
    english = _is_english(one, other) or _is_english(other, one)
    same = same_neighbour(bead, one, other)
    score = _alone(one, bead.source, known[0], known[1])
    score += _alone(other, bead.target, known[1], None)
    score += _SAME_NEIGHBOUR * same + _ENGLISH * english
    score += _ONE_ALONE * (bool(bead.source.beside(one)) != bool(bead.target.beside(other)))
    score += _BOTH_KNOWN * (all(known) and not same)
    score += _SURPLUS * (one.start in left.surplus or other.start in right.surplus)
    return score + _NEAREST - abs(bead.source.position(one) - bead.target.position(other))


def _alone(token: Token, half: Half, known: bool, rival_known: bool | None) -> float:
    """Evidence from one word: that it is a name and that it is out of place here."""
    if known:
        return _KNOWN if token.strong else _KNOWN_WORD
    score = 0.0
    if token.strong or _is_known_place(token, half):
        score = _ORPHAN
    elif rival_known is None:
        score = _MAYBE * may_be_name(token.text, half.code)
    else:
        score = _WEAK_KNOWN if rival_known else _WEAK
    return score + _ONLY_INITIAL * _only_initial(token, half)


def _is_known_place(token: Token, half: Half) -> bool:
    """True for a place of the tables that word lists have, too: Aarau."""
    places = token.groups - of_kind(token.groups, "person")
    return bool(places) and may_be_name(token.text, half.code)


def _only_initial(token: Token, half: Half) -> bool:
    """True when the capital may come from nothing but the beginning of sentences."""
    return token.initial and not token.run and token.folded not in half.names.inner


def _is_english(token: Token, other: Token) -> bool:
    """True for an English word that may translate an ordinary word of the other side."""
    return not other.strong and token.strong and is_word(token.text, "en")


def _same_person(bead: Bead, one: Token, other: Token) -> bool:
    """True when either article uses both words for one person (Angela, Merkel)."""
    partners = bead.source.names.partners.get(one.folded, frozenset()) | (
        bead.target.names.partners.get(one.folded, frozenset())
    )
    form = other.folded
    return form in partners or form.rstrip("s") in partners
