"""The words of an article, with what tells a name from an ordinary word.

No model of names: a capital, its position, the neighbours and the word lists decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from checker.model import Sentence
from checker.names.facts import groups_of, longest_phrase
from checker.names.language import NameWords
from checker.names.spelling import fold
from checker.names.words import is_compound, is_given_name, is_personal, is_word, may_be_name
from checker.wordset import function_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_GENITIVE = re.compile(r"['’]s?$")
_OPENING = frozenset("«„“”\"‘‚'’(–—[ \u00a0\u202f\t")
_CLOSING = frozenset(".!?:…»")
_GAP = re.compile(r"(?:[ \u00a0\u202f]+|[-‑]|\.[ -]?)(?:[dl]['’])?")
_HYPHENS = ("-", "‑")
_SHORTEST = 3
_INITIALS = 2
_SHORTEST_REST = 7
_SHORTEST_COMPOUND = 12


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``start`` and ``end`` are positions in the document.

    ``initial``: the capital may come from where it stands. ``run``: next to another word
    with a capital. ``strong``: no ordinary word of the language. ``groups``: facts known
    of the whole name the word is part of. ``folded``: the text folded. ``name``: where the
    full name begins that the word is part of, -1 for a word alone.
    """

    text: str
    start: int
    end: int
    index: int
    initial: bool = False
    capital: bool = False
    run: bool = False
    strong: bool = False
    groups: frozenset[int] = frozenset()
    folded: str = ""
    name: int = -1

    @property
    def acronym(self) -> bool:
        """True for short words with several capitals: GmbH, UNO, VIH."""
        return len(self.text) <= 5 and sum(c.isupper() for c in self.text) > 1


def tokens_of(sentence: Sentence, language: NameWords) -> tuple[Token, ...]:
    """The words of a sentence in order."""
    found: list[Token] = []
    for word in _WORD.finditer(sentence.text):
        start, end = _bare(word, language)
        if start < end:
            text = sentence.text[start:end]
            initial = _may_begin(sentence.text, word.start())
            place = sentence.span.start
            found.append(
                Token(
                    text,
                    place + start,
                    place + end,
                    len(found),
                    initial,
                    text[:1].isupper(),
                    folded=fold(text),
                )
            )
    found = _with_runs(found, sentence, language)
    found = _with_groups(found, sentence)
    return tuple(replace(t, strong=True) if is_strong(t, language) else t for t in found)


def is_strong(token: Token, language: NameWords) -> bool:
    """True when nothing but a name explains the capital."""
    if not token.capital or len(token.text) < _SHORTEST or token.folded in language.titles:
        return False
    return not _is_ordinary(token, language)


def _is_ordinary(token: Token, language: NameWords) -> bool:
    low = token.text.lower()
    named = not language.nouns_capitalised or is_personal(low)
    if token.run and named and may_be_name(low, language.code):
        return False
    if is_word(low, language.code):
        return True
    if not language.nouns_capitalised:
        return False
    if token.run:
        return len(low) >= _SHORTEST_COMPOUND and _is_compound_noun(low, language)
    return low.endswith(language.noun_endings) or _is_inflected(low, language)


def _is_compound_noun(low: str, language: NameWords) -> bool:
    """True for a long compound; surnames made of two words are short (Obermüller)."""
    return not is_personal(low) and _is_inflected(low, language)


def _is_inflected(low: str, language: NameWords) -> bool:
    """True for a compound, and for a word or compound without what inflection adds."""
    rests = [low[: -len(e)] for e in language.endings if low.endswith(e)]
    return is_compound(low, language.code, language.short_parts) or any(
        is_word(rest, language.code) or is_compound(rest, language.code, language.short_parts)
        for rest in rests
        if len(rest) >= _SHORTEST_REST
    )


def _bare(word: re.Match[str], language: NameWords) -> tuple[int, int]:
    """Where the word stands without an elided article and without a genitive."""
    text, start, end = word.group(), word.start(), word.end()
    cut = next((i for i, c in enumerate(text) if c in "'’"), -1)
    if cut > 0 and text[:cut].lower() in language.elisions:
        start += cut + 1
        text = text[cut + 1 :]
    genitive = _GENITIVE.search(text)
    return start, end - (len(genitive.group()) if genitive else 0)


def _may_begin(text: str, start: int) -> bool:
    """True where a capital may come from the beginning of a sentence, title or quote."""
    place, opened = start - 1, False
    while place >= 0 and text[place] in _OPENING:
        opened = opened or not text[place].isspace()
        place -= 1
    return opened or place < 0 or text[place] in _CLOSING


def _with_runs(found: Sequence[Token], sentence: Sentence, language: NameWords) -> list[Token]:
    """The same words, those marked that stand beside another word with a capital.

    Particles may stand between: Robert van der Heijden.
    """
    begins: dict[int, int] = {}
    capitals = [t.index for t in found if t.capital and not _is_opening(t, language)]
    for first, second in pairwise(capitals):
        stretch = found[first : second + 1]
        between = " ".join(t.text for t in stretch[1:-1])
        joined = all(_adjoin(a, b, sentence) for a, b in pairwise(stretch))
        if joined and _is_compound_head(found[first], found[second], sentence, language):
            continue
        if joined and (not between or _is_particle(between, found[first], language)):
            begins[second] = begins.setdefault(first, found[first].start)
    return [replace(t, run=True, name=begins[t.index]) if t.index in begins else t for t in found]


def _is_opening(token: Token, language: NameWords) -> bool:
    """True for a small word that begins a sentence where all nouns have capitals: Der Gast."""
    small = function_words().get(language.code, ())
    return language.nouns_capitalised and token.initial and token.folded in small


def _is_particle(between: str, first: Token, language: NameWords) -> bool:
    """True for the small words inside a name; some of them need a given name before them."""
    given = between in language.given_particles and is_given_name(first.text)
    return given or between in language.particles


def _is_compound_head(one: Token, other: Token, sentence: Sentence, language: NameWords) -> bool:
    """True for the ordinary noun that a hyphen ties to a name: Biden-Regierung."""
    gap = sentence.text[one.end - sentence.span.start : other.start - sentence.span.start]
    return (
        language.compounds
        and gap in _HYPHENS
        and not is_personal(other.text)
        and _is_ordinary(other, language)
    )


def _adjoin(one: Token, other: Token, sentence: Sentence) -> bool:
    """True when only a space, a hyphen or the dot of an initial stands between two words."""
    base = sentence.span.start
    gap = sentence.text[one.end - base : other.start - base]
    return bool(_GAP.fullmatch(gap)) and (not gap.startswith(".") or len(one.text) <= _INITIALS)


def _with_groups(found: Sequence[Token], sentence: Sentence) -> list[Token]:
    """The same words, those of a known name with the facts about the longest such name."""
    out = list(found)
    base, at = sentence.span.start, 0
    while at < len(out):
        for length in range(min(longest_phrase(out[at].folded), len(out) - at), 0, -1):
            named = out[at : at + length]
            if not any(t.capital for t in named):
                continue
            groups = groups_of(sentence.text[named[0].start - base : named[-1].end - base])
            if groups:
                out[at : at + length] = [replace(t, groups=t.groups | groups) for t in named]
                break
        at += 1
    return out
