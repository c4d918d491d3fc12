"""The kinds of errors that ``checker calibrate`` plants, and which checks should see each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from random import Random
from types import MappingProxyType
from typing import TypeVar

from checker.evaluate.plant import WORD, Edit, Planter, Scene, nouns_of, shared_names, words_of
from checker.model import Sentence, Span

T = TypeVar("T")
_NUMBER = re.compile(
    r"(?<![\w.,'’/-])\d[\d.,'’\u202f\xa0]*\d(?![\w/-])|(?<![\w.,'’/-])[2-9](?![\w/.,'’-])"
)
_CLAUSE = re.compile(r", [^,;:.!?«»„“”\"()]{25,90}(?=[,.])")


def exchange_number(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """Another digit, or two digits exchanged, never giving the same value."""
    found = [(s, m) for s in _linked(scene) for m in _NUMBER.finditer(s.text)]
    sentence, match = _pick(found, random) or (None, None)
    if sentence is None or match is None:
        return ()
    digits = [i for i, c in enumerate(match.group()) if c.isdigit()]
    swaps = [(a, b) for a, b in pairwise(digits) if match.group()[a] != match.group()[b]]
    text = list(match.group())
    pair = _pick([s for s in swaps if text[s[1]] != "0" or s[0] > 0], random)
    if pair and random.random() < 0.5:
        text[pair[0]], text[pair[1]] = text[pair[1]], text[pair[0]]
    else:
        place = random.choice(digits)
        text[place] = random.choice([d for d in "123456789" if d != text[place]])
    return _replaced(sentence, match, "".join(text))


def exchange_unit(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A unit, currency or scale word behind a number becomes another of its group."""
    return _exchange_in_groups(scene, random, "units", after_number=True)


def exchange_month(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A month's name becomes another month's."""
    return _exchange(scene, random, [_calendar(scene, "months")])


def exchange_weekday(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A weekday's name becomes another weekday's."""
    return _exchange(scene, random, [_calendar(scene, "days")])


def exchange_name(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A name becomes another name of the archive."""
    sentence, match = _pick(list(_names(scene)), random) or (None, None)
    others = [n for n in scene.pools.names if match and n.lower()[:3] != match.group().lower()[:3]]
    if sentence is None or match is None or not others:
        return ()
    return _replaced(sentence, match, random.choice(others))


def misspell_name(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """Two neighbouring letters inside a name change places, or one is lost."""
    sentence, match = _pick([x for x in _names(scene) if len(x[1].group()) > 4], random) or (
        None,
        None,
    )
    if sentence is None or match is None:
        return ()
    word = match.group()
    places = [i for i in range(1, len(word) - 2) if word[i] != word[i + 1]]
    if not places:
        return ()
    i = random.choice(places)
    kept = "" if random.random() < 0.5 else word[i]
    return _replaced(sentence, match, word[:i] + word[i + 1] + kept + word[i + 2 :])


def exchange_noun(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A noun becomes another noun that stood behind the same determiner somewhere."""
    found = [(s, d, m) for s in _linked(scene) for d, m in nouns_of(s, scene.language)]
    sentence, determiner, match = _pick(found, random) or (None, "", None)
    if sentence is None or match is None:
        return ()
    here = {w.lower() for s in scene.target.sentences for w in WORD.findall(s.text)}
    vowel = _begins_with_vowel(match.group())
    others = [
        n
        for n in scene.pools.nouns.get(determiner, ())
        if n.lower() not in here and _begins_with_vowel(n) == vowel and n[:4] != match.group()[:4]
    ]
    return _replaced(sentence, match, random.choice(others)) if others else ()


def drop_negation(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A negation is taken out of a sentence."""
    rules = _pairs(scene.language, "negations")
    found = [
        (s, m, m.expand(replacement))
        for s, (pattern, replacement) in product(_linked(scene), rules)
        for m in re.finditer(pattern, s.text)
    ]
    picked = _pick(found, random)
    return _replaced(*picked) if picked else ()


def omit_sentence(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A sentence is left out."""
    sentence = _pick([s for s in _linked(scene) if len(s.text) > 40], random)
    return (Edit(_with_space(scene, sentence), ""),) if sentence else ()


def omit_clause(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A part of a sentence between commas, or from a comma to the end, is left out."""
    found = [
        (s, m)
        for s in _linked(scene)
        for m in _CLAUSE.finditer(s.text)
        if len(m.group()) < len(s.text) / 2
    ]
    sentence, match = _pick(found, random) or (None, None)
    if sentence is None or match is None:
        return ()
    closing = match.end() + (sentence.text[match.end() : match.end() + 1] == ",")
    span = Span(match.start(), closing).shifted(sentence.span.start)
    return (Edit(span, ""),)


def add_sentence(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A sentence of another article stands between two sentences."""
    own = {s.text for s in scene.target.sentences}
    others = [s for s in scene.pools.sentences if s not in own]
    place = _pick(_linked(scene), random)
    if not others or place is None:
        return ()
    return (Edit(Span(place.span.end, place.span.end), " " + random.choice(others)),)


def move_sentence(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A sentence stands at least four sentences further on or back."""
    linked = [s for s in _linked(scene) if len(s.text) > 40]
    found = [(a, b) for a in linked for b in linked if abs(a.index - b.index) > 4]
    picked = _pick(found, random)
    if not picked:
        return ()
    sentence, behind = picked
    here = Span(behind.span.end, behind.span.end)
    return Edit(_with_space(scene, sentence), ""), Edit(here, " " + sentence.text)


def leave_untranslated(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """A sentence stands in the source's language."""
    found = [k for k in scene.clear_links if len(scene.target.text_of(k.target)) > 40]
    link = _pick(found, random)
    if link is None:
        return ()
    return (Edit(scene.target.span_of(link.target), scene.source.text_of(link.source)),)


def double_words(scene: Scene, random: Random) -> tuple[Edit, ...]:
    """One word or two stand twice."""
    found = [
        (s, m)
        for s in _linked(scene)
        for m in re.finditer(r"(?<= )[^\W\d_]{4,}(?: [^\W\d_]{4,})?(?= )", s.text)
    ]
    sentence, match = _pick(found, random) or (None, None)
    if sentence is None or match is None:
        return ()
    return _replaced(sentence, match, f"{match.group()} {match.group()}")


KINDS: Mapping[str, Planter] = MappingProxyType({
    "number": exchange_number,
    "unit": exchange_unit,
    "month": exchange_month,
    "weekday": exchange_weekday,
    "name": exchange_name,
    "name misspelt": misspell_name,
    "term": exchange_noun,
    "negation": drop_negation,
    "sentence omitted": omit_sentence,
    "clause omitted": omit_clause,
    "sentence added": add_sentence,
    "sentence moved": move_sentence,
    "untranslated": leave_untranslated,
    "doubled": double_words,
})  # fmt: skip

ANSWERS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "number": ("numbers", "dates", "units", "arithmetic"),
    "unit": ("units", "numbers", "dates"),
    "month": ("dates",),
    "weekday": ("dates",),
    "name": ("names", "consistency"),
    "name misspelt": ("names", "consistency", "spelling"),
    "term": ("terms", "consistency"),
    "negation": ("negation",),
    "sentence omitted": ("omissions",),
    "clause omitted": ("omissions",),
    "sentence added": ("omissions",),
    "sentence moved": ("omissions",),
    "untranslated": ("untranslated",),
    "doubled": ("repetition",),
})  # fmt: skip


def _linked(scene: Scene) -> list[Sentence]:
    return [scene.target.sentences[k.target[0]] for k in scene.clear_links]


def _names(scene: Scene) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for link in scene.clear_links:
        for _, match in shared_names(scene.source, scene.target, link):
            yield scene.target.sentences[link.target[0]], match


def _pick(choices: Sequence[T], random: Random) -> T | None:
    return random.choice(choices) if choices else None


def _replaced(sentence: Sentence, match: re.Match[str], text: str) -> tuple[Edit, ...]:
    return (Edit(Span(match.start(), match.end()).shifted(sentence.span.start), text),)


def _exchange(
    scene: Scene, random: Random, groups: Iterable[Sequence[str]], after_number: bool = False
) -> tuple[Edit, ...]:
    """A word of one of ``groups`` becomes another of the same group."""
    found = []
    for group in groups:
        words = "|".join(sorted(map(re.escape, group), key=len, reverse=True))
        behind = r"(?<=\d[ \xa0\u202f])" if after_number else r"(?<!\w)"
        pattern = re.compile(rf"{behind}(?:{words})(?!\w)")
        found += [(s, m, group) for s in _linked(scene) for m in pattern.finditer(s.text)]
    sentence, match, group = _pick(found, random) or (None, None, ())
    if sentence is None or match is None:
        return ()
    vowel = _begins_with_vowel(match.group())
    others = [w for w in group if w != match.group() and _begins_with_vowel(w) == vowel]
    return _replaced(sentence, match, random.choice(others)) if others else ()


def _exchange_in_groups(
    scene: Scene, random: Random, key: str, after_number: bool
) -> tuple[Edit, ...]:
    groups = scene.language.get(key, ())
    lists = [tuple(g) for g in groups] if isinstance(groups, list) else []
    return _exchange(scene, random, lists, after_number)


def _calendar(scene: Scene, what: str) -> tuple[str, ...]:
    """Names of months or weekdays from CLDR, those that are words of their own left out."""
    from babel import Locale

    locale = Locale(scene.target.language.split("-")[0])
    names = getattr(locale, what)["format"]["wide"].values()
    doubtful = words_of(scene.language, "doubtful_calendar_words")
    return tuple(n for n in names if n not in doubtful)


def _pairs(table: Mapping[str, object], key: str) -> list[tuple[str, str]]:
    value = table.get(key, ())
    return [(str(a), str(b)) for a, b in value] if isinstance(value, list) else []


def _begins_with_vowel(word: str) -> bool:
    """True where French and Italian elide an article before the word."""
    return word[:1].lower() in "aeiouhàâäéèêëîïôöûü"


def _with_space(scene: Scene, sentence: Sentence) -> Span:
    """The sentence with the blank behind it, or before it at the end of a block."""
    text, span = scene.target.document.text, sentence.span
    if text[span.end : span.end + 1] == " ":
        return Span(span.start, span.end + 1)
    if span.start and text[span.start - 1] == " ":
        return Span(span.start - 1, span.end)
    return span
