"""The thing counted by the same number differs: "160 013 mannequins" for "160.013 Modelle"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.checks import Comparison, Side
from checker.errors import worded
from checker.model import Finding, Link, Severity
from checker.terms.counted import Counted, counted_of
from checker.terms.kinship import relation
from checker.terms.pairings import Pairings, Usual, lexicon_of, pairings_of
from checker.terms.translations import certainty
from checker.terms.words import Word, Words, passage, words_of

RULE = "counted-noun"

# The usual rendering is proven by this many other links and this share of them ...
_LINES, _SHARE = 4, 0.8
# ... and two words this alike are the same thing whatever is usual.
_ALIKE = 0.8
_UNRELATED = 0.40
_SUPPORTED = 0.55
# What connects two words: listed in the lexicon, learned, inside a compound, written alike.
_KIN = (0.5, 0.03, 0.05, 0.5)
# The product of both words' certainty that makes a warning.
_CERTAIN = 0.47


@dataclass(frozen=True, slots=True)
class _Anchored:
    """Two nouns counted by the same number in one link."""

    number: int
    link: Link
    source: Counted
    target: Counted


def counted_differently(comparison: Comparison) -> Iterator[Finding]:
    """Nouns that count the same on both sides of a link and are not the same thing.

    An error where the document itself proves what one of them is usually called; a warning
    where the two have nothing to do with each other or with anything else in the link.
    """
    pairings = comparison.once(pairings_of)
    known = comparison.once(lexicon_of)
    anchored = list(_anchored(comparison))
    for pair in anchored:
        cosine = _cosine(comparison, pair.source.word, pair.target.word)
        keys = pair.source.word.key, pair.target.word.key
        if cosine >= _ALIKE or known.pairs(*keys):
            continue
        proven = _departure(comparison, pairings, anchored, pair, of_source=False) or _departure(
            comparison, pairings, anchored, pair, of_source=True
        )
        if proven:
            yield proven
        elif cosine < _UNRELATED and not (
            _general(pair)
            or _supported(comparison, pairings, pair)
            or known.related(*keys)
            or _kin(comparison, pair)
        ):
            yield _unrelated(pair, comparison)


def _anchored(comparison: Comparison) -> Iterator[_Anchored]:
    source, target = (_by_sentence(s) for s in (comparison.source, comparison.target))
    for number, link in enumerate(comparison.links):
        left, right = _once_each(source, link.source), _once_each(target, link.target)
        for value in left:
            if value in right and not (left[value].year and right[value].year):
                yield _Anchored(number, link, left[value], right[value])


def _by_sentence(side: Side) -> dict[int, list[Counted]]:
    found: dict[int, list[Counted]] = defaultdict(list)
    for counted in side.once(counted_of):
        found[counted.word.sentence].append(counted)
    return found


def _once_each(by_sentence: dict[int, list[Counted]], sentences: range) -> dict[Fraction, Counted]:
    """What each number counts, for numbers that count once in these sentences."""
    here = [counted for index in sentences for counted in by_sentence.get(index, ())]
    often = Counter(counted.value for counted in here)
    return {counted.value: counted for counted in here if often[counted.value] == 1}


def _general(pair: _Anchored) -> bool:
    """True when one noun is so general (people, cases) that it may stand for the other."""
    return pair.source.general or pair.target.general


def _cosine(comparison: Comparison, left: Word, right: Word) -> float:
    first, second = comparison.words([left.text, right.text])
    return float(first @ second)


def _departure(
    comparison: Comparison,
    pairings: Pairings,
    anchored: list[_Anchored],
    pair: _Anchored,
    of_source: bool,
) -> Finding | None:
    """An error where the noun of one side is usually rendered by another word than here.

    ``of_source`` says that the source's noun is the known one and the target's departs.
    """
    known, odd = (
        (pair.source.word, pair.target.word) if of_source else (pair.target.word, pair.source.word)
    )
    usual = pairings.usual(known.key, of_source, besides=pair.number)
    if usual is None or usual.key == odd.key:
        return None
    side, sentences = (
        (comparison.target, pair.link.target)
        if of_source
        else (comparison.source, pair.link.source)
    )
    present = any(usual.key in word.key for word in side.once(words_of).of(sentences))
    if present or _pairs_elsewhere(pairings, known.key, odd.key):
        return None
    again = pair.source.precise and any(
        other is not pair and (other.target if of_source else other.source).word.key == usual.key
        for other in anchored
        if other.source.value == pair.source.value
    )
    proven = usual.lines >= _LINES and usual.lines >= _SHARE * usual.total
    if not proven and not again:
        return None
    return _error(comparison, pair, odd, known, usual, of_source, again)


def _pairs_elsewhere(pairings: Pairings, known: str, odd: str) -> bool:
    """True when the two words stand for each other somewhere in the document."""
    return any(
        {p.source.key, p.target.key} == {known, odd} for link in pairings.by_link for p in link
    )


def _supported(comparison: Comparison, pairings: Pairings, pair: _Anchored) -> bool:
    """True when one of the two nouns may stand for another word that nothing else claims."""
    claimed = {word for p in pairings.by_link[pair.number] for word in (p.source, p.target)}
    if pair.source.word in claimed or pair.target.word in claimed:
        return True
    source = comparison.source.once(words_of).of(pair.link.source)
    target = comparison.target.once(words_of).of(pair.link.target)
    free_source = [word for word in source if word not in claimed]
    free_target = [word for word in target if word not in claimed]
    return (
        _best(comparison, pair.source.word, free_target) >= _SUPPORTED
        or _best(comparison, pair.target.word, free_source) >= _SUPPORTED
    )


def _best(comparison: Comparison, word: Word, opposite: list[Word]) -> float:
    if not opposite:
        return 0.0
    vectors = comparison.words([word.text, *(other.text for other in opposite)])
    return float((vectors[1:] @ vectors[0]).max())


def _error(
    comparison: Comparison,
    pair: _Anchored,
    odd: Word,
    known: Word,
    usual: Usual,
    of_source: bool,
    again: bool,
) -> Finding:
    side = comparison.target if of_source else comparison.source
    suggestion = agreeing(odd.text, usual, side, side.once(words_of))
    elsewhere = (
        worded("the same number stands beside it elsewhere")
        if again
        else worded("in {some} of {all} other places", some=usual.lines, all=usual.total)
    )
    return Finding(
        check="terms",
        rule=RULE,
        severity=Severity.ERROR,
        confidence=0.95 if again else 0.9,
        message=worded(
            'The same number ({number}) counts "{source}" here and "{target}" there; "{known}" '
            'is otherwise rendered by "{usual}" ({elsewhere}).',
            number=pair.source.written,
            source=pair.source.word.text,
            target=pair.target.word.text,
            known=known.text,
            usual=suggestion,
            elsewhere=elsewhere,
        ),
        source=passage(comparison.source, pair.source.word),
        target=passage(comparison.target, pair.target.word),
        suggestion=suggestion,
    )


def _kin(comparison: Comparison, pair: _Anchored) -> bool:
    """Whether lexicon, learned translations, letters or a part of a compound connect the two."""
    codes = comparison.source.language.code, comparison.target.language.code
    known = relation(pair.source.word.key, pair.target.word.key, *codes)
    return any(value >= least for value, least in zip(known, _KIN, strict=True))


def _unrelated(pair: _Anchored, comparison: Comparison) -> Finding:
    """A warning where both words nearly always have a counterpart in good translations,
    else a note: what is rendered freely anyway may be so here."""
    certain = certainty(comparison.source.language.code, pair.source.word.key) * certainty(
        comparison.target.language.code, pair.target.word.key
    )
    sure = certain >= _CERTAIN
    return Finding(
        check="terms",
        rule=RULE,
        severity=Severity.WARNING if sure else Severity.NOTE,
        confidence=0.6 if sure else 0.35,
        message=worded(
            'The same number ({number}) counts "{source}" here and "{target}" there, which '
            "hardly mean the same.",
            number=pair.source.written,
            source=pair.source.word.text,
            target=pair.target.word.text,
        ),
        source=passage(comparison.source, pair.source.word),
        target=passage(comparison.target, pair.target.word),
    )


def agreeing(odd: str, usual: Usual, side: Side, words: Words) -> str:
    """The form of the usual rendering that agrees in number and case with the word it replaces.

    Forms are taken from the document itself: those with the same plural ending where the
    language shows number by endings, those that are counted where it does not.
    """
    rules = words.grammar
    forms = Counter(word.text for word in words.all if word.key == usual.key)
    counted = {c.word.text for c in side.once(counted_of)}
    number = rules.is_plural(odd)

    def fitness(form: str) -> tuple[bool, bool, int, str]:
        agrees = number is None or rules.is_plural(form) == number
        return (not agrees, form not in counted, -forms[form], form)

    best = min(forms, key=fitness)
    return best[0].upper() + best[1:] if odd[0].isupper() else best[0].lower() + best[1:]
