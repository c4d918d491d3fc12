"""Finds the terms of a termbase in a text: inflected, compounded, separated, never by accident.

Words are compared, not letters, so that "Art" is not found in "Artikel". A term matches when
its words stand in order with at most two others between them, the longest term first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from checker.terms.language import Grammar, fold
from checker.terms.termbase import Concept, Status, Term

_WORD = re.compile(r"[^\W_]+")
_HYPHEN = "-\u2010\u2011"
_BETWEEN = 2
_BREAK = re.compile(r"[.!?;:,()\u00ab\u00bb\u201c\u201d\u201e\"]")
_SHORTEST_PART = 4
_SHORTEST_REST = 3
_SHORTEST_COMPOUND = _SHORTEST_PART + _SHORTEST_REST
_LONGEST = 80
_SEPARATED = 80

Lemma = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text. ``keys`` are what it can be looked up by: its own and its base form's."""

    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    glued: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A term found at ``start`` to ``end`` of a text; ``inside`` a longer compound or not."""

    concept: Concept
    term: Term
    start: int
    end: int
    inside: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    keys: tuple[str, ...]
    words: tuple[str, ...]
    concept: Concept
    term: Term


@dataclass(frozen=True, slots=True)
class Index:
    """The terms of one language, ready to be looked up.

    ``vocabulary`` holds known word keys: the rest of a compound must be one of them.
    """

    rules: Grammar
    entries: dict[str, tuple[_Entry, ...]]
    separated: dict[str, tuple[tuple[str, _Entry], ...]]
    vocabulary: frozenset[str]

    def matches(self, text: str, lemma: Lemma) -> list[Match]:
        """The terms in a text in order, the longest where several overlap."""
        tokens = list(tokens_of(text, self.rules, lemma))
        found = [
            *self._whole(text, tokens),
            *self._in_compounds(tokens),
            *self._apart(text, tokens),
        ]
        return _longest(found)

    def _whole(self, text: str, tokens: list[Token]) -> Iterator[Match]:
        for position, token in enumerate(tokens):
            for key in token.keys:
                for entry in self.entries.get(key, ()):
                    last = self._last_token(text, tokens, position, entry)
                    if last is not None and _case_fits(entry.term, text, token, last):
                        yield Match(entry.concept, entry.term, token.start, last.end)
            yield from self._joined(text, tokens, position)

    def _last_token(
        self, text: str, tokens: list[Token], position: int, entry: _Entry
    ) -> Token | None:
        """The token that completes a term begun at ``position``; None when it does not follow."""
        if not self._is(tokens[position], entry.keys[0], entry.words[0]):
            return None
        for key, word in zip(entry.keys[1:], entry.words[1:], strict=True):
            begun = tokens[position]
            for following in range(position + 1, min(position + 2 + _BETWEEN, len(tokens))):
                if self._is(tokens[following], key, word):
                    if _BREAK.search(text, begun.end, tokens[following].start):
                        return None
                    position = following
                    break
            else:
                return None
        return tokens[position]

    def _is(self, token: Token, key: str, word: str) -> bool:
        """Whether a token is a form of a word, by its base form or by its endings."""
        if key in token.keys[1:]:
            return True
        return key == token.keys[0] and self.rules.inflects(token.text, word)

    def _joined(self, text: str, tokens: list[Token], position: int) -> Iterator[Match]:
        """ "Massen-Mobilisierung" for Massenmobilisierung."""
        end = position
        while end + 1 < len(tokens) and tokens[end + 1].glued:
            end += 1
        if end == position or tokens[position].glued:
            return
        parts = tokens[position : end + 1]
        key = self.rules.key("".join(part.text for part in parts))
        for entry in self.entries.get(key, ()):
            if len(entry.keys) == 1 and _case_fits(entry.term, text, parts[0], parts[-1]):
                yield Match(entry.concept, entry.term, parts[0].start, parts[-1].end)

    def _in_compounds(self, tokens: list[Token]) -> Iterator[Match]:
        if not self.rules.compounds:
            return
        for token in tokens:
            folded, key = fold(token.text), token.keys[0]
            if not _SHORTEST_COMPOUND <= len(folded) <= _LONGEST or key in self.rules.frozen:
                continue
            matches = [
                self._inside(token, entry, start, end, folded)
                for part, start, end in _parts(folded, self.rules, self.vocabulary, self.entries)
                for entry in self.entries[part]
                if len(entry.keys) == 1
                and not entry.term.case_sensitive
                and self.rules.inflects(folded[start:end], entry.words[0])
            ]
            yield from sorted(matches, key=_distance)

    @staticmethod
    def _inside(token: Token, entry: _Entry, start: int, end: int, folded: str) -> Match:
        """The part of the compound, or all of it where folding changed the length."""
        if len(folded) != len(token.text):
            start, end = 0, len(token.text)
        return Match(entry.concept, entry.term, token.start + start, token.start + end, True)

    def _apart(self, text: str, tokens: list[Token]) -> Iterator[Match]:
        """Verbs whose prefix stands at the end of the clause: "führt das Gesetz ein"."""
        for position, token in enumerate(tokens):
            for key in token.keys:
                for prefix, entry in self.separated.get(key, ()):
                    for later in tokens[position + 1 :]:
                        between = text[token.end : later.start]
                        if len(between) > _SEPARATED or _BREAK.search(between):
                            break
                        if later.text == prefix:
                            yield Match(entry.concept, entry.term, token.start, later.end)
                            break


def index_of(
    concepts: Iterable[Concept], language: str, rules: Grammar, vocabulary: frozenset[str]
) -> Index:
    """The terms that ``concepts`` have in a language."""
    entries: dict[str, list[_Entry]] = defaultdict(list)
    separated: dict[str, list[tuple[str, _Entry]]] = defaultdict(list)
    for concept in concepts:
        for term in concept.of(language):
            words = tuple(_WORD.findall(term.text))
            keys = tuple(_key(word, word is not words[-1], rules) for word in words)
            entry = _Entry(keys, words, concept, term)
            if keys:
                entries[keys[0]].append(entry)
            if len(keys) > 1 and any(hyphen in term.text for hyphen in _HYPHEN):
                whole = "".join(words)
                joined = _Entry((rules.key(whole),), (whole,), concept, term)
                entries[joined.keys[0]].append(joined)
            for prefix, stem in _separable(term, rules):
                separated[stem].append((prefix, entry))
    return Index(
        rules,
        {key: tuple(found) for key, found in entries.items()},
        {key: tuple(found) for key, found in separated.items()},
        vocabulary,
    )


def _key(word: str, before_noun: bool, rules: Grammar) -> str:
    """The key of a term's word; adjectives in names (Nationaler Rat) inflect as others do."""
    return rules.key(word.lower() if before_noun and rules.nouns_capitalised else word)


def tokens_of(text: str, rules: Grammar, lemma: Lemma) -> Iterator[Token]:
    """The words of a text; the parts of a hyphenated word are words glued to each other."""
    previous = -2
    for match in _WORD.finditer(text):
        word = match.group()
        glued = match.start() == previous + 1 and text[previous] in _HYPHEN
        keys = dict.fromkeys((rules.key(word), rules.key(lemma(word))))
        yield Token(word, match.start(), match.end(), tuple(keys), glued)
        previous = match.end()


def _case_fits(term: Term, text: str, first: Token, last: Token) -> bool:
    """Whether the letters are those of a case-sensitive term, inflection apart."""
    if not term.case_sensitive:
        return True
    found = text[first.start : last.end]
    begins = term.text[: max(1, len(term.text) - 2)]
    return found.startswith(begins)


def _parts(
    folded: str, rules: Grammar, vocabulary: frozenset[str], terms: Container[str]
) -> Iterator[tuple[str, int, int]]:
    """(key, start, end) of the terms that are part of a compound whose rest is known words."""
    for cut in range(_SHORTEST_REST, len(folded) - _SHORTEST_REST + 1):
        tail = folded[cut:]
        for head in _bare(folded[:cut], rules):
            key = rules.key(head.capitalize())
            if key in terms and len(head) >= _SHORTEST_PART and _known(tail, rules, vocabulary):
                yield key, 0, len(head)
        key = rules.key(tail.capitalize())
        heads = _bare(folded[:cut], rules)
        if key in terms and len(tail) >= _SHORTEST_PART:
            known = any(_known(head, rules, vocabulary) for head in heads)
            yield from [(key, cut, len(folded))] * known


def _distance(match: Match) -> int:
    """How far the found part is from the term as written: the cut that fits best comes first."""
    return abs(match.end - match.start - len(match.term.text))


def _bare(head: str, rules: Grammar) -> Iterator[str]:
    """The first part of a compound without each linking element it may end in."""
    for link in rules.linking:
        bare = head.removesuffix(link) if link else head
        if (not link or bare != head) and len(bare) >= _SHORTEST_REST:
            yield bare


def _known(part: str, rules: Grammar, vocabulary: frozenset[str], depth: int = 1) -> bool:
    """Whether a part is a word, or is made of two words."""
    if rules.key(part.capitalize()) in vocabulary or rules.key(part) in vocabulary:
        return True
    if not depth:
        return False
    return any(
        _known(part[cut:], rules, vocabulary, 0)
        and any(_known(bare, rules, vocabulary, 0) for bare in _bare(part[:cut], rules))
        for cut in range(_SHORTEST_PART, len(part) - _SHORTEST_PART + 1)
    )


def _separable(term: Term, rules: Grammar) -> Iterator[tuple[str, str]]:
    if term.part_of_speech not in ("", "verb") or not term.text.islower():
        return
    for prefix in sorted(rules.separable):
        rest = term.text.removeprefix(prefix)
        if rest != term.text and len(rest) > _SHORTEST_REST and rest.endswith("n"):
            yield prefix, rules.key(rest)


def _longest(found: Iterable[Match]) -> list[Match]:
    """Matches of which none lies inside a longer one or doubles another of its concept."""
    ranked = sorted(
        _first_cuts(found), key=lambda m: (m.inside, m.start - m.end, m.start, _rank(m))
    )
    kept: list[Match] = []
    for match in ranked:
        covering = [k for k in kept if k.start <= match.start and match.end <= k.end]
        longer = any(k.end - k.start > match.end - match.start for k in covering)
        doubled = any(
            k.concept is match.concept and k.term.status == match.term.status for k in covering
        )
        if not longer and not doubled:
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, m.end, _rank(m)))


def _first_cuts(found: Iterable[Match]) -> Iterator[Match]:
    """Of several cuts of a compound that give one term, the one without linking letters."""
    heads: dict[tuple[int, int, bool], int] = {}
    for match in found:
        if match.inside:
            place = (id(match.term), match.start, match.inside)
            if heads.setdefault(place, match.end) != match.end:
                continue
        yield match


def _rank(match: Match) -> int:
    return list(Status).index(match.term.status)
