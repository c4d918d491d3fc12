"""Nouns with nothing that could correspond on the other side, a stranger in their place.

What a detector thinks of single words (``suspicions``) is weighed together with what the
whole document shows. Another detector, one that reads whole sentences for instance, only has
to yield ``Suspicion`` values to take part.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.checks import Comparison, Side
from checker.content.weights import model, probability
from checker.detector.network import SURPLUS, WRONG
from checker.detector.opinion import Opinion, opinions_of, translation
from checker.errors import worded
from checker.model import Finding, Passage, Severity
from checker.quantities.lexicon import units_of
from checker.terms import detector
from checker.terms.anchored import agreeing
from checker.terms.lexicon import Lexicon, vocabulary
from checker.terms.pairings import Usual, lexicon_of, pairings_of
from checker.terms.suggested import rendering
from checker.terms.words import Word, passage, words_of

MOST_WORDS = 160
_SHORTEST = 4
_FREE_SHARE, _FREE_LINES = 0.7, 2
_TRAINED = {"fr", "de"}
_FEWEST_WORDS = 30
_FITTING = 3
# See docs/terms.md and docs/detector.md for the figures. Without the contextual detector a noun
# that only looks strange is never more than a note: under one in three is wrong.
_WARNING, _NOTED_BELOW = 1.8, 0.4
# The same with the contextual detector: log odds of a warning with a usual rendering, without.
_READ_DEPARTING, _READ_STRANGER, _READ_NOTED_BELOW = 2.0, 2.8, 1.0
# From here on the noun of the other side is shown as what the stranger faces.
_FACING_BELOW = 1.8
# Log-odds from which the contextual detector is believed that a noun lost its counterpart.
_LEFT_OVER = 0.0
_WORTH_READING = 1.2  # four links in ten; 27 of 28 planted nouns that reading all of them finds
_SUREST = 0.8  # confidence of the strangest noun
FEATURES = ("score", "repeated", "orphan", "fit", "nearby")
READ = ("read", "rest", "opposite", "left")

STRANGER = "stranger"
DEPARTING = "departing-rendering"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A noun of one side that a detector finds strange in its link. ``score``: log-odds.

    ``read`` is what the contextual detector thinks, where it was asked: log-odds of the word,
    the highest of the rest of its own side and of the other side, and the highest of a word
    of the other side to be left without counterpart.
    """

    link: int
    word: Word
    on_source: bool
    score: float
    read: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Orphan:
    """A noun left without counterpart in a link, and what it is usually rendered by."""

    word: Word
    usual: Usual


_Judged = tuple[float, Suspicion]


def strangers(comparison: Comparison) -> Iterator[Finding]:
    """Nouns that stand in the place of another, at most one a link.

    With a noun opposite that is elsewhere rendered otherwise, that rendering is suggested
    (rule ``departing-rendering``); without one it is only noted that nothing corresponds.
    """
    if not _measured(comparison):
        return
    document = comparison.once(_Document)
    by_link: dict[int, list[_Judged]] = defaultdict(list)
    for suspicion, features in judged(comparison):
        by_link[suspicion.link].append((_margin(suspicion, features), suspicion))
    for found in by_link.values():
        (margin, suspicion), *others = sorted(found, key=lambda item: -item[0])
        if margin >= -(_READ_NOTED_BELOW if suspicion.read else _NOTED_BELOW):
            facing = _left_over(comparison, suspicion) or next(
                (s.word for value, s in others if value >= -_FACING_BELOW), None
            )
            yield _finding(comparison, suspicion, document.orphan(suspicion), facing, margin)


def _left_over(comparison: Comparison, suspicion: Suspicion) -> Word | None:
    """The noun opposite that the contextual detector thinks has lost its counterpart."""
    opinions = comparison.once(opinions_of)
    link = comparison.links[suspicion.link]
    opinion = opinions.of(link) if opinions and suspicion.read else None
    if opinion is None:
        return None
    side, sentences = comparison.source, link.source
    if suspicion.on_source:
        side, sentences = comparison.target, link.target
    known = comparison.once(lexicon_of)
    ranked = [
        (opinion.highest(not suspicion.on_source, passage(side, word), SURPLUS)[0], word)
        for word in side.once(words_of).of(sentences)
        if _is_noun(word, side, known)
    ]
    best = max(ranked, key=lambda item: item[0], default=None)
    return best[1] if best and best[0] >= _LEFT_OVER else None


def _margin(suspicion: Suspicion, features: NDArray[np.float64]) -> float:
    """By how much the log odds of a suspicion exceed those of a warning."""
    if suspicion.read is None:
        return float(features @ detector.judge()) - _WARNING
    weights = model("stranger-read", (*FEATURES, *READ))
    log_odds = weights.log_odds((*features[:-1].tolist(), *suspicion.read))
    departs = features[FEATURES.index("orphan")] > 0
    return log_odds - (_READ_DEPARTING if departs else _READ_STRANGER)


def judged(comparison: Comparison) -> Iterator[tuple[Suspicion, NDArray[np.float64]]]:
    """Every suspicion with the features that the judge weighs."""
    document = comparison.once(_Document)
    for suspicion in suspicions(comparison):
        yield suspicion, document.features(suspicion, document.orphan(suspicion))


def _measured(comparison: Comparison) -> bool:
    """The detector is trained on French and German, for texts with some context."""
    codes = {comparison.source.language.code, comparison.target.language.code}
    words = len(comparison.source.once(words_of).all)
    return codes == _TRAINED and words >= _FEWEST_WORDS


def suspicions(comparison: Comparison) -> tuple[Suspicion, ...]:
    """The strangest noun of each side of each link.

    The small detector looks at every link; where it finds anything strange, the contextual
    one, if it may, says which noun it is.
    """
    source, target = comparison.source.once(words_of), comparison.target.once(words_of)
    known, weights = comparison.once(lexicon_of), detector.weights()
    opinions = comparison.once(opinions_of)
    found: list[Suspicion] = []
    for number, link in enumerate(comparison.links):
        left, right = source.of(link.source), target.of(link.target)
        if left and right and len(left) + len(right) <= MOST_WORDS:
            scored = detector.scores(sentences_of(comparison, left, right, known), weights)
            worth = opinions is not None and scored.max() >= _WORTH_READING
            opinion = opinions.of(link) if opinions and worth else None
            sides = (
                (comparison.source, left, scored[: len(left)]),
                (comparison.target, right, scored[len(left) :]),
            )
            for side, words, scores in sides:
                suspicion = _strangest(number, side, words, scores, comparison.source, opinion)
                found += [suspicion] if suspicion else []
    return tuple(found)


def _strangest(
    number: int,
    side: Side,
    words: list[Word],
    scored: NDArray[np.float32],
    source: Side,
    opinion: Opinion | None,
) -> Suspicion | None:
    candidates = [
        Suspicion(number, word, side is source, score, _read(opinion, side is source, side, word))
        for score, word in zip(scored.tolist(), words, strict=True)
        if score > detector.NEVER and _is_common(word, side)
    ]
    return max(candidates, key=lambda c: c.read or (c.score,), default=None)


def _read(
    opinion: Opinion | None, on_source: bool, side: Side, word: Word
) -> tuple[float, float, float, float] | None:
    """What the contextual detector thinks of a word, of the rest of its side, and opposite."""
    if opinion is None:
        return None
    here = passage(side, word)
    own, rest, opposite = opinion.highest(on_source, here, WRONG)
    return own, rest, opposite, opinion.highest(on_source, here, SURPLUS)[2]


def sentences_of(
    comparison: Comparison, left: list[Word], right: list[Word], known: Lexicon
) -> detector.Sentences:
    """What the detector sees of one link."""
    count, cut = len(left) + len(right), len(left)
    lexicon = np.zeros((count, count), np.float32)
    lexicon[:cut, cut:] = _in_lexicon(left, right, known)
    lexicon[cut:, :cut] = lexicon[:cut, cut:].T
    return detector.Sentences(
        vectors=comparison.words([w.text for w in (*left, *right)]),
        on_target=np.arange(count) >= cut,
        position=np.concatenate([np.linspace(0, 1, cut), np.linspace(0, 1, len(right))]).astype(
            np.float32
        ),
        noun=np.array(
            [_is_noun(w, comparison.source, known) for w in left]
            + [_is_noun(w, comparison.target, known) for w in right]
        ),
        lexicon=lexicon,
    )


def _in_lexicon(left: list[Word], right: list[Word], known: Lexicon) -> NDArray[np.float32]:
    """How far words are translations, shape (left, right): see ``translation``."""
    first, second = (right, left) if known.exchanged else (left, right)
    table = np.zeros((len(first), len(second)), np.float32)
    for row, word in zip(table, first, strict=True):
        translations = known.of(word.key)
        if translations:
            row[:] = [translation(word.key, other.key, translations) for other in second]
    return table.T if known.exchanged else table


def _is_noun(word: Word, side: Side, known: Lexicon) -> bool:
    if len(word.text) < _SHORTEST:
        return False
    if side.once(words_of).grammar.nouns_capitalised:
        return word.noun
    return word.text[0].islower() and known.is_noun(word.key)


def _is_common(word: Word, side: Side) -> bool:
    """Neither a name nor a weekday or month: those are the business of other checks."""
    rules = side.once(words_of).grammar
    if any(name in word.key for name in rules.calendar):
        return False
    return not rules.nouns_capitalised or _is_word(word.key, vocabulary(side.language.code))


def _is_word(key: str, known: frozenset[str]) -> bool:
    """A known word or a compound of at least one: unknown words are mostly names."""
    return key in known or any(
        key[cut:] in known for cut in range(_SHORTEST - 1, len(key) - _SHORTEST + 1)
    )


class _Document:
    """What the whole comparison says about a suspicion."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.pairings = comparison.once(pairings_of)
        self.sides = (comparison.source.once(words_of), comparison.target.once(words_of))
        self.vectors = tuple(comparison.words([w.text for w in s.all]) for s in self.sides)
        self.index = tuple({w: i for i, w in enumerate(s.all)} for s in self.sides)
        self.keys = tuple(np.array([w.key for w in s.all], np.str_) for s in self.sides)
        self.counts = tuple(Counter(w.key for w in s.all) for s in self.sides)
        self.rows = tuple(_by_sentence(s.all) for s in self.sides)

    def features(self, suspicion: Suspicion, orphan: Orphan | None) -> NDArray[np.float64]:
        """The features that ``detector.judge`` weighs, the constant last."""
        own = 0 if suspicion.on_source else 1
        vector = self.vectors[own][self.index[own][suspicion.word]]
        return np.array(
            [
                suspicion.score,
                self._repeated(own, suspicion.word),
                math.log(orphan.usual.lines) if orphan else 0.0,
                self._fit(own, suspicion.word, vector),
                self._nearby(own, suspicion, vector),
                1.0,
            ]
        )

    def _repeated(self, own: int, word: Word) -> bool:
        return self.counts[own][word.key] > 1

    def _fit(self, own: int, word: Word, vector: NDArray[np.float32]) -> float:
        """How well the word fits its own document: mean of the three highest cosines."""
        cosines = (self.vectors[own] @ vector)[self.keys[own] != word.key]
        if len(cosines) > _FITTING:
            cosines = np.partition(cosines, -_FITTING)[-_FITTING:]
        return float(np.sort(cosines).mean()) if len(cosines) else 0.0

    def _nearby(self, own: int, suspicion: Suspicion, vector: NDArray[np.float32]) -> float:
        """The likest word of the other side in the sentences before and after the link."""
        link = self.comparison.links[suspicion.link]
        facing = link.target if suspicion.on_source else link.source
        by_sentence = self.rows[1 - own]
        near = sorted({facing.start - 1, facing.stop})
        rows = [row for sentence in near for row in by_sentence.get(sentence, ())]
        return float((self.vectors[1 - own][rows] @ vector).max()) if rows else 0.0

    def orphan(self, suspicion: Suspicion) -> Orphan | None:
        """The noun opposite with the best proven usual rendering that is missing here."""
        link = self.comparison.links[suspicion.link]
        own = 0 if suspicion.on_source else 1
        facing, here = (link.target, link.source) if own == 0 else (link.source, link.target)
        pairs = self.pairings.by_link[suspicion.link]
        claimed = {word for p in pairs for word in (p.source, p.target)}
        present = [w.key for w in self.sides[own].of(here)]
        units = units_of((self.comparison.target, self.comparison.source)[own].language.code)
        found = []
        for word in self.sides[1 - own].of(facing):
            if word.noun and word not in claimed and word.text.lower() not in units:
                usual = self.pairings.usual(word.key, own == 1, suspicion.link)
                named = usual is not None and _is_kept(word, usual)
                if usual and not named and _proven(usual) and not _has(usual.key, present):
                    found.append(Orphan(word, usual))
        return max(found, key=lambda orphan: orphan.usual.lines, default=None)


def _suggested(
    comparison: Comparison, suspicion: Suspicion, here: Passage, facing: Word
) -> str | None:
    opinions = comparison.once(opinions_of)
    if opinions is None:
        return None
    link = comparison.links[suspicion.link]
    return rendering(comparison, opinions, link, here, facing, suspicion.on_source)


def _is_kept(word: Word, usual: Usual) -> bool:
    """True for a word that the other version mostly keeps as it is: a name.

    Asked of the words, too: two languages may cut different stems from one name.
    """
    kept = word.text.lower() in (form.lower() for form in usual.forms)
    return kept or usual.key == word.key


def _has(key: str, present: list[str]) -> bool:
    return any(key in other for other in present)


def _by_sentence(words: Sequence[Word]) -> dict[int, list[int]]:
    """Numbers of the words of each sentence."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, word in enumerate(words):
        rows[word.sentence].append(row)
    return rows


def _proven(usual: Usual) -> bool:
    return usual.lines >= _FREE_LINES and usual.lines >= _FREE_SHARE * usual.total


def _finding(
    comparison: Comparison,
    suspicion: Suspicion,
    orphan: Orphan | None,
    facing: Word | None,
    margin: float,
) -> Finding:
    own, other = comparison.source, comparison.target
    if not suspicion.on_source:
        own, other = other, own
    here = passage(own, suspicion.word)
    link = comparison.links[suspicion.link]
    read = suspicion.read is not None
    suggestion = None
    if orphan:
        there = passage(other, orphan.word)
        suggestion = agreeing(suspicion.word.text, orphan.usual, own, own.once(words_of))
        message = worded(
            'Nothing corresponds to "{word}"; "{other}" is usually rendered by "{usual}" '
            "({some} of {all} other places).",
            word=here.text,
            other=there.text,
            usual=suggestion,
            some=orphan.usual.lines,
            all=orphan.usual.total,
        )
    elif facing:
        there = passage(other, facing)
        message = worded(
            '"{word}" stands where the other version has "{other}".',
            word=here.text,
            other=there.text,
        )
        suggestion = _suggested(comparison, suspicion, here, facing) if margin >= 0 else None
    else:
        there = other.passage(
            other.article.span_of(link.target if suspicion.on_source else link.source)
        )
        message = worded('Nothing in the other version corresponds to "{word}".', word=here.text)
    source, target = (here, there) if suspicion.on_source else (there, here)
    return Finding(
        check="terms",
        rule=DEPARTING if orphan else STRANGER,
        severity=Severity.WARNING if margin >= 0 and (orphan or read) else Severity.NOTE,
        confidence=round(_SUREST * probability(margin), 3),
        message=message,
        source=source,
        target=target,
        suggestion=suggestion,
    )
