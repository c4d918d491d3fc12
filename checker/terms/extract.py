"""Proposes a termbase from texts: terms that keep standing for each other, link by link.

Candidates are nouns and short noun phrases. Two are a pair when the links that have one
mostly have the other (the Dice coefficient) and their vectors agree; pairs compete, so that
"mobilisation de masse" takes Massenmobilisierung and "mobilisation" does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.checks import Comparison, Side
from checker.terms.language import Grammar
from checker.terms.lemmas import base_form
from checker.terms.pairings import lexicon_of
from checker.terms.termbase import Concept, Status, Term
from checker.terms.words import Word, words_of

_MOST_WORDS = 3
_DICE, _COSINE, _TOGETHER = 0.5, 0.5, 0.62
_VARIANT = 0.2
_EXAMPLE = 200
_MOST_PAIRS = 500_000
_OPENING = ("«", "“", '"', "‹")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair of terms, how often they face each other, and what else faces the source term."""

    source: str
    target: str
    count: int
    confidence: float
    variants: tuple[str, ...]
    example_source: str
    example_target: str


@dataclass(slots=True)
class Collector:
    """Counts candidates over many comparisons. ``languages`` are those of the first one."""

    languages: tuple[str, str] = ("", "")
    together: Counter[tuple[Key, Key]] = field(default_factory=Counter)
    alone: tuple[Counter[Key], Counter[Key]] = field(default_factory=lambda: (Counter(), Counter()))
    forms: dict[tuple[int, Key], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: dict[tuple[Key, Key], tuple[str, str]] = field(default_factory=dict)
    likeness: dict[tuple[Key, Key], float] = field(default_factory=dict)

    def add(self, comparison: Comparison) -> None:
        """Takes in one pair of articles."""
        self.languages = (
            comparison.source.language.code,
            comparison.target.language.code,
        )
        met: dict[tuple[Key, Key], None] = {}
        for link in comparison.links:
            if link.paired:
                left = self._candidates(0, comparison.source, link.source)
                right = self._candidates(1, comparison.target, link.target)
                texts = (
                    comparison.source.article.text_of(link.source)[:_EXAMPLE],
                    comparison.target.article.text_of(link.target)[:_EXAMPLE],
                )
                for pair in ((a, b) for a in left for b in right):
                    self.together[pair] += 1
                    self.examples.setdefault(pair, texts)
                    met[pair] = None
        self._measure(comparison, met)
        if len(self.together) > _MOST_PAIRS:
            self._forget()

    def _forget(self) -> None:
        """Drops the pairs met once, so that memory stays bounded over a whole archive.

        Lossy counting (Manku and Motwani 2002): what keeps returning is met again.
        """
        self.together = Counter({pair: n for pair, n in self.together.items() if n > 1})
        self.examples = {pair: self.examples[pair] for pair in self.together}
        self.likeness = {p: x for p, x in self.likeness.items() if p in self.together}

    def _candidates(self, number: int, side: Side, sentences: range) -> list[Key]:
        found = dict(candidates(side, sentences))
        for key, form in found.items():
            self.alone[number][key] += 1
            self.forms[number, key][form] += 1
        return list(found)

    def _measure(self, comparison: Comparison, met: Iterable[tuple[Key, Key]]) -> None:
        """Cosines of the pairs that this comparison made frequent enough."""
        known = comparison.once(lexicon_of)
        new = [p for p in met if p not in self.likeness and self._dice(p) >= _VARIANT]
        texts = list(dict.fromkeys(self._form(i, pair[i]) for pair in new for i in (0, 1)))
        vectors = dict(zip(texts, comparison.words(texts), strict=True))
        for pair in new:
            left, right = (vectors[self._form(i, pair[i])] for i in (0, 1))
            single = len(pair[0]) == len(pair[1]) == 1
            sure = single and known.pairs(pair[0][0], pair[1][0])
            self.likeness[pair] = 0.95 if sure else float(left @ right)

    def _dice(self, pair: tuple[Key, Key]) -> float:
        total = self.alone[0][pair[0]] + self.alone[1][pair[1]]
        return 2 * self.together[pair] / total

    def _form(self, number: int, key: Key) -> str:
        forms = self.forms[number, key]
        return min(forms, key=lambda form: (-forms[form], form))

    def _base(self, number: int, key: Key) -> str:
        """The base form of a single word, otherwise the commonest form."""
        form = self._form(number, key)
        return base_form(form, self.languages[number]) if len(key) == 1 else form

    def proposals(self, least: int = 2) -> list[Proposal]:
        """Pairs found in at least so many links, best first, each term in one pair only."""
        ranked = sorted(self._scored(least), key=lambda item: (-item[0], item[1]))
        taken: tuple[set[Key], set[Key]] = (set(), set())
        found = []
        for _, pair in ranked:
            if pair[0] not in taken[0] and pair[1] not in taken[1]:
                for side in (0, 1):
                    taken[side].add(pair[side])
                found.append(self._proposal(pair))
        return sorted(found, key=lambda p: (-p.count * p.confidence, p.source))

    def _scored(self, least: int) -> Iterator[tuple[float, tuple[Key, Key]]]:
        for pair, count in self.together.items():
            dice, cosine = self._dice(pair), self.likeness.get(pair, 0.0)
            if count >= least and dice >= _DICE and cosine >= _COSINE:
                mean = (dice + cosine) / 2
                if mean >= _TOGETHER:
                    yield mean + 0.02 * min(len(pair[0]), 2), pair

    def _proposal(self, pair: tuple[Key, Key]) -> Proposal:
        confidence = (self._dice(pair) + self.likeness[pair]) / 2
        return Proposal(
            self._base(0, pair[0]),
            self._base(1, pair[1]),
            self.together[pair],
            round(confidence, 2),
            tuple(self._variants(pair)),
            *self.examples[pair],
        )

    def _variants(self, pair: tuple[Key, Key]) -> Iterator[str]:
        """Other renderings of the source term that look like it and face it again and again."""
        others = (
            (count, other)
            for (source, other), count in self.together.items()
            if source == pair[0] and other != pair[1] and count > 1
        )
        for _, other in sorted(others, key=lambda item: (-item[0], item[1]))[:20]:
            if self.likeness.get((pair[0], other), 0.0) >= _TOGETHER:
                yield self._form(1, other)


def candidates(side: Side, sentences: range) -> Iterator[tuple[Key, str]]:
    """(key, form) of nouns and noun phrases of up to three words."""
    words = side.once(words_of)
    for index in sentences:
        text = side.article.sentences[index].text
        run: list[Word] = []
        for word in words.by_sentence.get(index, ()):
            if run and not _joined(text[run[-1].end : word.start], words.grammar):
                run = []
            run = [*run[1 - _MOST_WORDS :], word]
            for length in range(1, len(run) + 1):
                part = run[-length:]
                if _is_term(part, text, words.grammar):
                    yield tuple(w.key for w in part), text[part[0].start : part[-1].end]


def _joined(between: str, rules: Grammar) -> bool:
    """Whether the words between two words hold them together: "de", "d'", a space."""
    parts = between.replace("\u2019", "'").replace("'", " ").split()
    return all(part in rules.joining for part in parts)


def _is_term(part: list[Word], text: str, rules: Grammar) -> bool:
    if rules.nouns_capitalised:
        lower = all(word.text[0].islower() for word in part[:-1])
        return part[-1].noun and (len(part) == 1 or (lower and len(part) == 2))
    before = text[: part[0].start].replace("\u2019", "'").replace("'", " ").split()
    last = before[-1].lower() if before else ""
    return last in rules.determiners or last in _OPENING


def as_concepts(proposals: Iterable[Proposal], languages: tuple[str, str]) -> Iterator[Concept]:
    """Proposals as concepts, variants as admitted terms, counts and examples in the note."""
    for number, proposal in enumerate(proposals, 1):
        terms = [Term(proposal.source, languages[0]), Term(proposal.target, languages[1])]
        terms += [Term(v, languages[1], Status.ADMITTED) for v in proposal.variants]
        note = f"{proposal.count} times; {proposal.example_source} / {proposal.example_target}"
        yield Concept(f"t{number}", tuple(terms), note=note)


def as_rows(proposals: Iterable[Proposal], languages: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    """Proposals as a table that `terms convert` and `--termbase` read, header first.

    The columns besides the languages are for the person who edits it and are not read.
    """
    yield (*languages, "count", "confidence", "variants", "example_source", "example_target")
    for p in proposals:
        variants = " | ".join(p.variants)
        example = (_no_formula(p.example_source), _no_formula(p.example_target))
        yield (p.source, p.target, str(p.count), f"{p.confidence:.2f}", variants, *example)


def _no_formula(text: str) -> str:
    """A cell that a spreadsheet program cannot take for a formula."""
    line = " ".join(text.split())
    return "'" + line if line[:1] in "=+-@" else line
