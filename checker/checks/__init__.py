"""What a check is and what it gets to see. Each check is one file in this folder.

A check module defines ``CHECK``. Its ``compare`` sees two aligned articles, its ``lint``
one article alone; either may be absent. Both are pure functions: they yield findings and
change nothing. They never import readers, encoders, the aligner or reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from checker.errors import SettingsError, did_you_mean
from checker.model import (
    Article,
    Finding,
    Language,
    Link,
    Passage,
    Sentence,
    Severity,
    Span,
)
from checker.registry import discover
from checker.settings import Settings

T = TypeVar("T")
Vectors = NDArray[np.float32]


class WordVectors(Protocol):
    """Vectors of single words or short texts, comparable across languages."""

    def __call__(self, words: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(words), dimensions)."""


@dataclass(frozen=True, slots=True)
class Example:
    """Texts that a rule must flag or leave alone; ``target`` is empty for lint rules.

    ``termbase`` is one in TOML, for rules that only speak when there is a termbase.
    """

    source: str
    target: str = ""
    source_language: str = "fr"
    target_language: str = "de"
    termbase: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of defect. The texts feed ``checker explain``, the docs and the first tests.

    ``severity`` is the loudest a finding of this rule can be. ``shared``: a lint finding is
    but a note where the other version has the like at the same place.
    """

    id: str
    severity: Severity
    what: str
    why: str
    wrong: Example
    right: Example
    limits: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One article with what is known of its language: what a lint sees."""

    article: Article
    language: Language
    settings: Settings
    words: WordVectors
    _facts: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, compute: Callable[[Side], T]) -> T:
        """``compute(self)``, computed at most once however many checks ask for it."""
        if compute not in self._facts:
            self._facts[compute] = compute(self)
        result: T = self._facts[compute]
        return result

    def passage(self, span: Span) -> Passage:
        return self.article.document.passage(span)

    def within(self, sentence: Sentence, start: int, end: int) -> Passage:
        """The passage at offsets ``start`` to ``end`` inside a sentence."""
        return self.passage(Span(start, end).shifted(sentence.span.start))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two aligned articles: what a compare sees."""

    source: Side
    target: Side
    links: tuple[Link, ...]
    _facts: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, compute: Callable[[Comparison], T]) -> T:
        """``compute(self)``, computed at most once however many checks ask for it."""
        if compute not in self._facts:
            self._facts[compute] = compute(self)
        result: T = self._facts[compute]
        return result

    @property
    def settings(self) -> Settings:
        return self.source.settings

    @property
    def words(self) -> WordVectors:
        return self.source.words


@dataclass(frozen=True, slots=True)
class Check:
    """A named group of rules.

    ``needs`` lists the sections a language file must have for this check to run; where
    one is missing the report says that the check was skipped and why. Inline tags and
    placeholders of bilingual files are kept from a check unless it ``sees_codes``.
    """

    name: str
    summary: str
    rules: tuple[Rule, ...]
    compare: Callable[[Comparison], Iterable[Finding]] | None = None
    lint: Callable[[Side], Iterable[Finding]] | None = None
    needs: tuple[str, ...] = ()
    sees_codes: bool = False

    def lacks(self, side: Side) -> bool:
        """Whether the language of a side misses a section that this check needs."""
        return any(not side.language.section(name) for name in self.needs)


def available() -> Mapping[str, Check]:
    """Every check of this folder by name."""
    return discover(__name__, "CHECK", Check)


def selected(settings: Settings) -> tuple[Check, ...]:
    """The checks that ``settings`` ask for. Raises SettingsError on an unknown name."""
    known = available()
    for name in (*settings.only, *settings.skip):
        if name not in known:
            hint = did_you_mean(name, list(known))
            raise SettingsError(
                'No check "{name}"{hint}. Known: {known}.',
                name=name,
                hint=hint,
                known=", ".join(known),
            )
    wanted = settings.only or tuple(known)
    return tuple(known[n] for n in known if n in wanted and n not in settings.skip)
