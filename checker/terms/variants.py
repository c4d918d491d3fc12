"""One name written as two words and as a compound: Vaterländische Front, Vaterlandsfront."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checker.checks import Side
from checker.errors import worded
from checker.model import Finding, Severity
from checker.terms.language import Grammar, fold
from checker.terms.words import Word, Words, passage, words_of

RULE = "compound-variant"
_SHORTEST_HEAD = 4


def compound_variants(side: Side) -> Iterator[Finding]:
    """Names that stand both as capitalised adjective with noun and as one compound.

    Reported once, with all places; the commoner form is suggested.
    """
    words = side.once(words_of)
    if not words.grammar.compounds:
        return
    compounds = _by_key(words)
    names: dict[tuple[str, str], list[tuple[Word, Word]]] = defaultdict(list)
    for first, second in _named_pairs(side, words):
        names[first.key, second.key].append((first, second))
    for (_, noun), places in names.items():
        for found in compounds.values():
            if _is_compound_of(found[0], places[0][0], noun, words.grammar):
                yield _finding(side, places, found)


def _by_key(words: Words) -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = defaultdict(list)
    for word in words.all:
        if word.noun:
            found[word.key].append(word)
    return found


def _named_pairs(side: Side, words: Words) -> Iterator[tuple[Word, Word]]:
    """Neighbouring capitalised words, the first an adjective by its suffix, as names have them."""
    suffixes = words.grammar.adjective_suffixes
    for first, second in zip(words.all, words.all[1:], strict=False):
        if first.sentence == second.sentence and first.start > 0 and first.noun and second.noun:
            between = side.article.sentences[first.sentence].text[first.end : second.start]
            if between == " " and first.key.endswith(tuple(suffixes)):
                yield first, second


def _is_compound_of(compound: Word, adjective: Word, noun: str, rules: Grammar) -> bool:
    """Vaterlandsfront = Vaterland + s + front, and Vaterländisch- begins with Vaterland."""
    text = fold(compound.text)
    place = text.rfind(noun)
    if place < _SHORTEST_HEAD or not compound.key.endswith(noun):
        return False
    heads = {text[: place - len(link)] for link in rules.linking if text[:place].endswith(link)}
    endings = {adjective.key[len(h) :] for h in heads if adjective.key.startswith(h)}
    return bool(endings & set(rules.adjective_suffixes))


def _finding(side: Side, pairs: list[tuple[Word, Word]], compounds: list[Word]) -> Finding:
    sentences = side.article.sentences
    apart = [
        side.within(sentences[first.sentence], first.start, second.end) for first, second in pairs
    ]
    joined = [passage(side, word) for word in compounds]
    usual, other = (apart, joined) if len(apart) >= len(joined) else (joined, apart)
    return Finding(
        check="terms",
        rule=RULE,
        severity=Severity.WARNING,
        confidence=0.7,
        message=worded(
            'One name has two forms in this text: "{usual}" ({often}) and "{other}" ({seldom}).',
            usual=usual[0].text,
            often=len(usual),
            other=other[0].text,
            seldom=len(other),
        ),
        source=other[0],
        target=None,
        suggestion=min((p.text for p in usual), key=lambda text: (len(text), text)),
        related=(*other[1:], *usual),
    )
