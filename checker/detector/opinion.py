"""What the detector thinks of the links of one comparison, asked for link by link."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from checker.checks import Comparison, Side
from checker.detector.links import Token, reading
from checker.detector.network import WRONG, Network, network
from checker.memory import Recent
from checker.model import Link, Passage
from checker.settings import Settings
from checker.terms.language import Grammar, grammar
from checker.terms.lexicon import Lexicon, lexicon

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

FIRST, SECOND = "fr", "de"
NAME = "contextual-3"
NEVER = -12.0
_COMPOUND, _PART = 9, 4
_REMEMBERED = 512  # links, some 6 MB

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Log-odds that the words of one link are wrong, by kind; places count in the documents."""

    places: tuple[tuple[bool, int, int], ...]
    scores: Floats

    def of(self, on_source: bool, passage: Passage, kind: int) -> Floats:
        """The log-odds of one kind for the words that a passage touches, in order."""
        return self.scores[self._rows(on_source, passage), kind]

    def others(self, on_source: bool, passage: Passage, kind: int) -> Floats:
        """The same for all other words of the link."""
        inside = set(self._rows(on_source, passage))
        return self.scores[[i for i in range(len(self.places)) if i not in inside], kind]

    def highest(self, on_source: bool, passage: Passage, kind: int) -> tuple[float, float, float]:
        """The highest of the words of a passage, of the rest of its side, of the other side."""
        inside = set(self._rows(on_source, passage))
        found = [NEVER, NEVER, NEVER]
        for row, (place, score) in enumerate(zip(self.places, self.scores[:, kind], strict=True)):
            part = 0 if row in inside else 1 if place[0] == on_source else 2
            found[part] = max(found[part], float(score))
        return found[0], found[1], found[2]

    def _rows(self, on_source: bool, passage: Passage) -> list[int]:
        return [
            row
            for row, (source, start, end) in enumerate(self.places)
            if source == on_source and start < passage.end and passage.start < end
        ]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the network says of two texts, the words' places counted in these."""

    tokens: tuple[Token, ...]
    scores: Floats


@dataclass(frozen=True, slots=True)
class Opinions:
    """Opinions on the links of a comparison, each formed at most once."""

    comparison: Comparison
    net: Network
    exchanged: bool
    grammars: tuple[Grammar, Grammar]
    known: Lexicon
    _formed: dict[Link, Opinion | None] = field(default_factory=dict)

    def of(self, link: Link) -> Opinion | None:
        """The opinion on a link; None where it is too long or has no words."""
        if link not in self._formed:
            self._formed[link] = self._form(link)
        return self._formed[link]

    @property
    def asked(self) -> int:
        """How many links were looked at so far."""
        return len(self._formed)

    def strangeness(self, link: Link, on_source: bool, here: Passage, word: str) -> float:
        """Log-odds that ``word`` would be wrong in the place of a passage of a link; infinite
        where the link cannot be read."""
        passages = self._passages(link)
        side = int(on_source == self.exchanged)
        start = here.start - passages[side].start
        texts = [passage.text for passage in passages]
        texts[side] = texts[side][:start] + word + texts[side][start + len(here.text) :]
        verdict = self._read((texts[0], texts[1]))
        if verdict is None:
            return math.inf
        found = [
            float(score)
            for token, score in zip(verdict.tokens, verdict.scores[:, WRONG], strict=True)
            if token.on_target == bool(side)
            and token.start < start + len(word)
            and start < token.end
        ]
        return max(found, default=math.inf)

    def _passages(self, link: Link) -> tuple[Passage, Passage]:
        """The texts of a link in the order of the network."""
        source = _passage(self.comparison.source, link.source)
        target = _passage(self.comparison.target, link.target)
        return (target, source) if self.exchanged else (source, target)

    def _form(self, link: Link) -> Opinion | None:
        passages = self._passages(link)
        texts = passages[0].text, passages[1].text
        verdict = self._read(texts)
        if verdict is None:
            return None
        places = tuple(self._place(token, passages) for token in verdict.tokens)
        return Opinion(places, verdict.scores)

    def _read(self, texts: tuple[str, str]) -> Verdict | None:
        with _blas().limit(limits=1, user_api="blas"):
            read = reading(
                texts,
                (self.grammars[0].function_words, self.grammars[1].function_words),
                self.net.pieces,
                self.comparison.words,
                self._translates,
            )
            if read is None:
                return None
            key = texts, hashlib.blake2b(read.related.tobytes(), digest_size=16).digest()
            return Verdict(read.tokens, _scores().of(key, lambda: self.net.scores(read)))

    def _place(self, token: Token, passages: tuple[Passage, Passage]) -> tuple[bool, int, int]:
        shift = passages[token.on_target].start
        return token.on_target == self.exchanged, token.start + shift, token.end + shift

    def _translates(self, first: str, second: str) -> float:
        one, other = self.grammars[0].key(first), self.grammars[1].key(second)
        return translation(one, other, self.known.of(one))


def translation(first: str, second: str, translations: tuple[str, ...]) -> float:
    """1 for a translation, 0.6 for a compound that begins or ends with one, 0 else; all keys."""
    if second in translations:
        return 1.0
    if len(second) < _COMPOUND:
        return 0.0
    parts = tuple(t for t in translations if len(t) >= _PART)
    return 0.6 if parts and (second.startswith(parts) or second.endswith(parts)) else 0.0


def detector_name(settings: Settings) -> str:
    """Name of the detector that these settings use for the languages it knows, else "none"."""
    return "none" if settings.fast else NAME


def opinions_of(comparison: Comparison) -> Opinions | None:
    """The detector for a comparison; None where it is left out or knows the languages not."""
    codes = tuple(s.language.code.split("-")[0] for s in (comparison.source, comparison.target))
    if set(codes) != {FIRST, SECOND} or detector_name(comparison.settings) == "none":
        return None
    sides = (comparison.source, comparison.target)
    exchanged = codes[0] == SECOND
    grammars = [grammar(s.language) for s in (sides[::-1] if exchanged else sides)]
    known = lexicon(FIRST, SECOND)
    return Opinions(comparison, network(), exchanged, (grammars[0], grammars[1]), known)


def _passage(side: Side, sentences: range) -> Passage:
    return side.passage(side.article.span_of(sentences))


@cache
def _scores() -> Recent[tuple[tuple[str, str], bytes], Floats]:
    """Of the links read last, by texts and what relates their words: an edited article is
    judged anew only where it was edited."""
    return Recent(_REMEMBERED)


@cache
def _blas() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
