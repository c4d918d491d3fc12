"""What the detector sees of one link: pieces of both texts and how their words are related."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.detector.pieces import BEGIN, END, Pieces

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Lookup = Callable[[str, str], float]

TOKEN = re.compile(r"[^\W_]+(?:[-\u2011][^\W_]+)*")
MOST_PIECES, MOST_PLACES = 400, 256  # of a link, of one of its texts
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of one of the two texts; ``content`` words are compared by vectors."""

    text: str
    start: int
    end: int
    on_target: bool
    content: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One link as the network reads it, n pieces and m words.

    ``ids``, ``places`` and ``on_target`` have shape (n,); ``word`` (n,) the number of each piece's
    word or -1; ``first`` (m,) the first piece of each word; ``related`` (m, m, 2) cosine and
    lexicon of words across the two texts; ``features`` (m, 8) what that says of each word.
    """

    tokens: tuple[Token, ...]
    ids: Integers
    places: Integers
    on_target: NDArray[np.bool_]
    word: Integers
    first: Integers
    related: Floats
    features: Floats

    def spread(self) -> tuple[Floats, Floats]:
        """Features (n, 8) and relations (n, n, 4) of pieces: what their words have, whether
        two stand on different sides, and how far from each other they then are."""
        count, owned = len(self.ids), self.word >= 0
        features = np.zeros((count, self.features.shape[1]), np.float32)
        features[owned] = self.features[self.word[owned]]
        relations = np.zeros((count, count, 4), np.float32)
        pieces = np.flatnonzero(owned)
        words = self.word[pieces]
        relations[pieces[:, None], pieces, :2] = self.related[words[:, None], words]
        cross = self.on_target[:, None] != self.on_target
        lengths = np.where(self.on_target, self.on_target.sum(), (~self.on_target).sum())
        place = self.places / lengths
        relations[..., 2] = cross
        relations[..., 3] = -np.abs(place[:, None] - place) * cross
        return features, relations


def reading(
    texts: tuple[str, str],
    function_words: tuple[frozenset[str], frozenset[str]],
    pieces: Pieces,
    vectors: Callable[[Sequence[str]], Floats],
    translates: Lookup,
) -> Reading | None:
    """The link of two texts; None where it is too long or has no words on one side.

    ``translates`` gives 1 for a word of the first text and one of the second that the lexicon
    knows as translations, less for parts of them, 0 else.
    """
    tokens: list[Token] = []
    ids: list[int] = []
    places: list[int] = []
    word: list[int] = []
    for side, text in enumerate(texts):
        mine = _tokens(text, side == 1, function_words[side])
        cut = pieces.cut(text)
        owner = _owners(cut, mine, len(tokens))
        ids += [BEGIN, *(piece for piece, _, _ in cut), END]
        places += range(len(cut) + 2)
        word += [-1, *owner, -1]
        tokens += mine
    if not tokens or tokens[0].on_target or not tokens[-1].on_target:
        return None
    if len(ids) > MOST_PIECES or max(places) >= MOST_PLACES:
        return None
    owners = np.array(word, np.int64)
    present, first = np.unique(owners, return_index=True)
    kept = present[present >= 0]
    if len(kept) < len(tokens):
        renumber = np.full(len(tokens), -1, np.int64)
        renumber[kept] = np.arange(len(kept))
        owners = np.where(owners >= 0, renumber[owners], -1)
        tokens = [tokens[i] for i in kept]
    related = _related(tokens, vectors, translates)
    targets = np.zeros(len(ids), np.bool_)
    targets[places.index(0, 1) :] = True
    return Reading(
        tuple(tokens),
        np.array(ids, np.int64),
        np.array(places, np.int64),
        targets,
        owners,
        first[present >= 0].astype(np.int64),
        related,
        _features(tokens, related),
    )


def _tokens(text: str, on_target: bool, function_words: frozenset[str]) -> list[Token]:
    return [
        Token(
            m.group(),
            m.start(),
            m.end(),
            on_target,
            len(m.group()) >= _SHORTEST
            and not m.group()[0].isdigit()
            and m.group().lower() not in function_words,
        )
        for m in TOKEN.finditer(text)
    ]


def _owners(cut: Sequence[tuple[int, int, int]], tokens: Sequence[Token], shift: int) -> list[int]:
    """The number of the word in which each piece begins, or ends where it begins outside."""
    found, at = [], 0
    for _, start, end in cut:
        while at < len(tokens) and tokens[at].end <= start:
            at += 1
        inside = at < len(tokens) and tokens[at].start < end and end > start
        found.append(at + shift if inside else -1)
    return found


def _related(
    tokens: Sequence[Token], vectors: Callable[[Sequence[str]], Floats], translates: Lookup
) -> Floats:
    count = len(tokens)
    related = np.zeros((count, count, 2), np.float32)
    left = [i for i, t in enumerate(tokens) if t.content and not t.on_target]
    right = [i for i, t in enumerate(tokens) if t.content and t.on_target]
    if not left or not right:
        return related
    cosines = vectors([tokens[i].text for i in left]) @ vectors([tokens[i].text for i in right]).T
    related[np.array(left)[:, None], right, 0] = np.clip(cosines, 0, 1)
    for i in left:
        for j in right:
            related[i, j, 1] = translates(tokens[i].text, tokens[j].text)
    return related + related.transpose(1, 0, 2)


def _features(tokens: Sequence[Token], related: Floats) -> Floats:
    """Best and second cosine, lexicon, mutual choice, place, distance to the likest, kind."""
    cosine, known = related[..., 0], related[..., 1]
    count = len(tokens)
    rows = np.arange(count)
    best, facing = cosine.max(1), cosine.argmax(1)
    rest = cosine.copy()
    rest[rows, facing] = 0
    content = np.array([t.content for t in tokens])
    place = np.array([t.start for t in tokens], np.float32)
    targets = np.array([t.on_target for t in tokens])
    for side in (False, True):
        longest = max(t.end for t in tokens if t.on_target == side)
        place[targets == side] /= longest
    columns = [
        best,
        rest.max(1),
        known.max(1),
        (cosine.max(0)[facing] <= best + 1e-4) & (best > 0),
        place,
        np.where(best > 0, np.abs(place - place[facing]), 0),
        content,
        np.array([t.text[0].isupper() for t in tokens]),
    ]
    return np.stack(columns, -1).astype(np.float32)
