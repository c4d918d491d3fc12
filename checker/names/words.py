"""Whether a word is an ordinary word of a language.

The word lists are those of ``checker.wordset``, in small letters and without names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from checker.names.spelling import fold
from checker.wordset import word_set

_LANGUAGES = ("fr", "de", "en", "es", "it", "nl")

_SHORTEST_PART = 4
_DEEPEST = 2


@lru_cache(maxsize=1 << 13)
def is_word(word: str, language: str) -> bool:
    """True for an ordinary word of ``language``, whatever its case.

    A language without a list has no ordinary words.
    """
    known = word_set(language)
    return known is not None and word.lower() in known


@lru_cache(maxsize=1 << 13)
def is_word_anywhere(word: str) -> bool:
    """True for an ordinary word of any language that has a list: titles are kept or translated."""
    return any(is_word(word, language) for language in _LANGUAGES)


@lru_cache(maxsize=1 << 13)
def is_given_name(word: str) -> bool:
    """True for a usual given name of some country."""
    listed = word_set("given")
    return listed is not None and fold(word) in listed


@lru_cache(maxsize=1 << 13)
def is_surname(word: str) -> bool:
    """True for a usual surname of some country."""
    listed = word_set("surnames")
    return listed is not None and fold(word) in listed


def is_personal(word: str) -> bool:
    """True for a usual given name or surname."""
    return is_given_name(word) or is_surname(word)


@lru_cache(maxsize=1 << 13)
def may_be_name(word: str, language: str) -> bool:
    """True for a word on the list of those that a language has as names too."""
    listed = word_set(f"{language}.names")
    return listed is not None and len(word) >= _SHORTEST_PART and word.lower() in listed


@lru_cache(maxsize=1 << 13)
def is_compound(word: str, language: str, short: tuple[str, ...] = (), depth: int = 0) -> bool:
    """True when ``word`` falls into two or more ordinary words, with the usual joints.

    Parts have four letters or more; ``short`` lists shorter words that may come last.
    """
    low = word.lower()
    return any(
        (len(low) - cut >= _SHORTEST_PART or low[cut:] in short)
        and is_word(low[cut:], language)
        and _is_first_part(low[:cut], language, depth)
        for cut in range(len(low) - 2, _SHORTEST_PART - 1, -1)
    )


def _is_first_part(head: str, language: str, depth: int) -> bool:
    heads = _without_joint(head)
    if any(is_word(h, language) for h in heads):
        return True
    longer = len(head) > 2 * _SHORTEST_PART - 2
    return (
        depth < _DEEPEST and longer and any(is_compound(h, language, (), depth + 1) for h in heads)
    )


def _without_joint(head: str) -> tuple[str, ...]:
    """``head`` as it stands and without a linking s, n, en, es, er."""
    bare = re.sub(r"(?:e[nsr]|[sn])$", "", head)
    return (head, bare) if len(bare) >= _SHORTEST_PART - 1 else (head,)
