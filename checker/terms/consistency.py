"""What contradicts itself inside a termbase: for `checker terms check`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from checker.languages import codes
from checker.languages import load as load_language
from checker.terms.language import fold, grammar
from checker.terms.termbase import Concept, Problem, Status, Term


def contradictions(concepts: Iterable[Concept]) -> Iterator[Problem]:
    """Duplicates and contradictions inside concepts, and terms that two concepts claim."""
    everything = list(concepts)
    for concept in everything:
        yield from _inside(concept)
    yield from _twice(everything)


def _inside(concept: Concept) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Term] = {}
    preferred: dict[str, str] = {}
    for term in concept.terms:
        place = (term.language, term.text)
        first = seen.setdefault(place, term)
        if first is not term:
            contrary = first.status != term.status
            what = f"is both {first.status} and {term.status}" if contrary else "stands twice"
            yield Problem(concept.place, f'"{term.text}" ({term.language}) {what}.')
        elif term.status is Status.PREFERRED:
            other = preferred.setdefault(term.language, term.text)
            if other != term.text:
                yield Problem(
                    concept.place,
                    f'"{other}" and "{term.text}" are both preferred in {term.language}; '
                    "make one of them admitted.",
                )
    for language in dict.fromkeys(t.language for t in concept.terms):
        if not any(t.status.allowed for t in concept.terms if t.language == language):
            yield Problem(concept.place, f"no term of {language} may be used.")


def _twice(concepts: list[Concept]) -> Iterator[Problem]:
    """Allowed terms of two concepts, domains apart, that a text cannot tell apart."""
    claims: dict[tuple[str, str, str], list[tuple[Concept, Term]]] = defaultdict(list)
    for concept in concepts:
        for term in concept.terms:
            if term.status.allowed:
                claims[term.language, _key(term), concept.domain].append((concept, term))
    for claimed in claims.values():
        first, _ = claimed[0]
        for concept, term in claimed[1:]:
            if concept is not first:
                yield Problem(
                    concept.place,
                    f'"{term.text}" ({term.language}) also stands for the concept of '
                    f"{first.place or first.id}.",
                )


def _key(term: Term) -> str:
    base = term.language.split("-")[0]
    if term.case_sensitive or base not in codes():
        return term.text
    rules = grammar(load_language(base))
    return " ".join(rules.key(word) for word in fold(term.text).split())
