"""What is counted takes part: which of two equal numbers belong together, numbers that
changed places, and "a minister" where the other version has three."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from checker.checks import Comparison, Side
from checker.checks._slips import Difference, all_of
from checker.errors import worded
from checker.model import Link, Severity, Span
from checker.quantities import Kind, Quantity, agree
from checker.quantities.lexicon import lexicon
from checker.quantities.match import paired, sameness
from checker.terms.language import Grammar, grammar
from checker.terms.pairings import lexicon_of

_RULE = "number-mismatch"
_ALIKE = 0.55
"""Cosine of two nouns above which they hardly name two different things ..."""
_TRANSLATED = 0.9
"""What a lexicon that pairs two nouns is worth as a cosine."""
_ONE_THING = 0.75
"""... above which they are the same thing ..."""
_LESS = 0.2
"""How much less alike the thing of an equal number must be to stand for something else."""
_CROSSWISE = ((0.55, 0.5), (0.72, 0.28))
"""How alike the things must be when the numbers are taken crosswise, and how much more, in
sum, than straight: either row will do."""
_MOST_PAIRS = 12
_SMALL = 12
_SURE_LINK = 0.5
_NEAR = 40


def likeness(comparison: Comparison, one: Quantity, other: Quantity) -> float | None:
    """How much alike the things counted are, -1 to 1; None where either is not named.

    Units are things too: 1 for the same, 0 for another or for a thing that is none.
    """
    if one.units and other.units:
        return float(agree(one.units, other.units))
    if one.counted is None or other.counted is None:
        lone = one.counted or other.counted
        return 0.0 if lone and (one.units or other.units) else None
    texts = [_noun(comparison.source, one.counted), _noun(comparison.target, other.counted)]
    if texts[0] == texts[1]:
        return 1.0
    vectors = comparison.words(texts)
    cosine = float(vectors[0] @ vectors[1])
    return max(cosine, _TRANSLATED) if _translate_each_other(comparison, texts) else cosine


def encode_counted(
    comparison: Comparison, sources: Iterable[Quantity], targets: Iterable[Quantity]
) -> None:
    """Has all nouns that are counted encoded in one go, which is faster than pair by pair."""
    sides = (comparison.source, sources), (comparison.target, targets)
    nouns = [_noun(side, q.counted) for side, found in sides for q in found if q.counted]
    comparison.words(list(dict.fromkeys(nouns)))


def _grammar(side: Side) -> Grammar:
    return grammar(side.language)


def _translate_each_other(comparison: Comparison, texts: Sequence[str]) -> bool:
    """True where the lexicon of the two languages pairs the nouns."""
    sides = (comparison.source, comparison.target)
    keys = [s.once(_grammar).key(text) for s, text in zip(sides, texts, strict=True)]
    return lexicon_of(comparison).pairs(keys[0], keys[1])


def _noun(side: Side, span: Span) -> str:
    return side.article.document.text[span.start : span.end]


def told_apart(
    comparison: Comparison, ones: Sequence[Quantity], others: Sequence[Quantity]
) -> list[tuple[int, int]]:
    """Pairs among equal numbers of which one side has several: what they count decides."""
    values = [q.value for q in ones if _counts(q)], [q.value for q in others if _counts(q)]
    contested = {v for side in values for v in side if side.count(v) > 1}
    contested &= set(values[0]) & set(values[1])
    if not contested or max(map(len, values)) > _MOST_PAIRS:
        return []

    def score(one: Quantity, other: Quantity) -> float:
        if one.value not in contested or not (_counts(one) and _counts(other)):
            return 0.0
        same = sameness(one, other)
        alike = likeness(comparison, one, other) if same else None
        return same + alike if alike is not None and alike >= _ALIKE else 0.0

    return paired(ones, others, score)


def _counts(quantity: Quantity) -> bool:
    return quantity.kind is Kind.CARDINAL and quantity.firm and bool(quantity.readings)


def alike_and_open(
    comparison: Comparison,
    one: Quantity,
    other: Quantity,
    sources: Sequence[Quantity],
    targets: Sequence[Quantity],
) -> bool:
    """True for two numbers that count the same thing, while every equal number of the other
    side counts something else: three ministers for three days, four ministers for three days."""
    alike = likeness(comparison, one, other)
    if alike is None or alike < _ONE_THING:
        return False
    equals = [(one, q) for q in targets if sameness(one, q)]
    equals += [(q, other) for q in sources if sameness(q, other)]
    found = (likeness(comparison, *pair) for pair in equals)
    return all(f is not None and f <= alike - _LESS for f in found)


def exchanged(
    comparison: Comparison, link: Link, pairs: Sequence[tuple[Quantity, Quantity]]
) -> Iterator[tuple[tuple[Quantity, Quantity], tuple[Quantity, Quantity]]]:
    """Two pairs of equal numbers whose things fit crosswise and not straight."""
    plain = [
        (here, there)
        for here, there in pairs
        if (_counts(here) or is_article(comparison.source, here))
        and (_counts(there) or is_article(comparison.target, there))
    ]
    if link.confidence < _SURE_LINK or not 1 < len(plain) <= _MOST_PAIRS:
        return
    taken: set[int] = set()
    for i, j in itertools.combinations(range(len(plain)), 2):
        (a, a_there), (b, b_there) = plain[i], plain[j]
        if a.value == b.value or taken & {i, j}:
            continue
        straight = [likeness(comparison, a, a_there), likeness(comparison, b, b_there)]
        crossed = [likeness(comparison, a, b_there), likeness(comparison, b, a_there)]
        if _clearly(straight, crossed):
            taken |= {i, j}
            yield plain[i], plain[j]


def _clearly(straight: Sequence[float | None], crossed: Sequence[float | None]) -> bool:
    first, second = ([s for s in both if s is not None] for both in (straight, crossed))
    if len(first) < 2 or len(second) < 2:
        return False
    gain = sum(second) - sum(first)
    return any(min(second) >= least and gain >= more for least, more in _CROSSWISE)


def exchange(
    comparison: Comparison, one: tuple[Quantity, Quantity], two: tuple[Quantity, Quantity]
) -> Difference:
    """The finding about two numbers that changed places."""
    (a, a_there), (b, b_there) = one, two
    said = _said(comparison, (a, b), (b_there, a_there))
    remark = worded("the two numbers are exchanged")
    return Difference(
        "numbers",
        "numbers-exchanged",
        Severity.ERROR,
        0.85,
        a,
        b_there,
        remark,
        said=said,
    )


def _said(comparison: Comparison, here: Sequence[Quantity], there: Sequence[Quantity]) -> str:
    """Both sides with the things counted."""
    one, other = (
        worded(
            "{text} in the {language}",
            text=all_of([_with_thing(side, q) for q in quantities]),
            language=worded(side.language.name),
        )
        for side, quantities in ((comparison.source, here), (comparison.target, there))
    )
    return worded("{one}, {other}", one=one, other=other)


def _with_thing(side: Side, quantity: Quantity) -> str:
    whole = quantity.whole
    end = quantity.counted.end if quantity.counted else whole.end
    end = end if whole.end <= end <= whole.end + _NEAR else whole.end
    return side.article.document.text[whole.start : end]


def singles(
    comparison: Comparison,
    link: Link,
    ones: Sequence[Quantity],
    others: Sequence[Quantity],
    own: Sequence[Quantity],
    source_side: bool,
) -> Iterator[tuple[Quantity, Difference]]:
    """An article on one side, a small number of the same thing on the other.

    ``ones`` holds what is left of the article's side, ``others`` the numbers without a
    partner, ``own`` all that the article's side says here; yields the number and the finding.
    """
    side = comparison.source if source_side else comparison.target
    articles = [q for q in ones if is_article(side, q)]
    if link.confidence < _SURE_LINK or not articles:
        return

    def score(article: Quantity, number: Quantity) -> float:
        small = _counts(number) and number.scale == 1 and 1 < number.value <= _SMALL
        both = (article, number) if source_side else (number, article)
        here, there = (own, ()) if source_side else ((), own)
        return float(small and alike_and_open(comparison, *both, here, there))

    for i, j in paired(articles, others, score):
        both = (articles[i], others[j]) if source_side else (others[j], articles[i])
        remark = worded("one against several")
        said = _said(comparison, both[:1], both[1:])
        yield (
            others[j],
            Difference("numbers", _RULE, Severity.ERROR, 0.8, *both, remark=remark, said=said),
        )


def is_article(side: Side, quantity: Quantity) -> bool:
    """True for un, une, ein, eine and the like."""
    words = lexicon(side.language.code).listed("numbers", "articles")
    return quantity.kind is Kind.CARDINAL and quantity.text.lower() in words
