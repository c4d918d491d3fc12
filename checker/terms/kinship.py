"""What connects two words of two languages besides their vectors: the lexicon, translations
learned from texts, parts of German compounds, letters in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from checker.languages import load as load_language
from checker.terms.language import Grammar, grammar
from checker.terms.lexicon import lexicon, vocabulary
from checker.terms.translations import strength, strengths

_SHORTEST_PART, _COMPOUND = 4, 9


@lru_cache(maxsize=1 << 16)
def relation(source: str, target: str, code: str, other: str) -> tuple[float, ...]:
    """How the keys of two words are connected by the lexicon, by learned translations, by the
    parts of a compound and by the letters they begin with, each from 0 to 1.

    ``code`` and ``other`` are the languages of the two.
    """
    known = lexicon(code, other)
    first, second = (target, source) if known.exchanged else (source, target)
    table = strengths(*known.languages) if known.languages else {}
    translations = known.of(first)
    if second in translations:
        listed = 1.0
    elif len(second) >= _COMPOUND and _begins_or_ends(second, translations):
        listed = 0.6
    else:
        listed = 0.0
    parts = _parts(second, known.languages[1]) if known.languages else ()
    inside = [max(strength(first, p, table), 0.5 * (p in translations)) for p in parts]
    common = _common_beginning(first, second) / max(len(first), len(second))
    return listed, strength(first, second, table), max(inside, default=0.0), common


def _begins_or_ends(word: str, others: Sequence[str]) -> bool:
    long_enough = (o for o in others if len(o) >= _SHORTEST_PART)
    return any(word.startswith(o) or word.endswith(o) for o in long_enough)


def _common_beginning(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


@lru_cache(maxsize=1 << 14)
def _parts(key: str, code: str) -> tuple[str, ...]:
    """The second and the first part of a compound where both are known words, else the
    longest known end; nothing for other words."""
    rules = grammar(load_language(code))
    if not rules.compounds or len(key) < _COMPOUND:
        return ()
    known = vocabulary(code)
    cuts = [c for c in range(_SHORTEST_PART, len(key) - 3) if key[c:] in known]
    for cut in cuts:
        head = _head(key[:cut], rules, known)
        if head:
            return key[cut:], head
    return tuple(key[cut:] for cut in cuts[:1])


def _head(text: str, rules: Grammar, known: frozenset[str]) -> str:
    """The key of a compound's first part, linking letters taken off; empty if unknown."""
    for linking in rules.linking:
        bare = text.removesuffix(linking) if text.endswith(linking) else ""
        if len(bare) >= _SHORTEST_PART:
            key = rules.key(bare.capitalize())
            if bare in known or key in known:
                return key
    return ""
