"""Base forms of words from simplemma, loaded only when something asks for them.

Loading takes most of a second a language, so the checks that always run make do with
``Grammar.key``; termbases, which must know "conduit" for "conduire", use this as well.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def base_form(word: str, code: str) -> str:
    """The base form of a word; the word itself where the language or the word is unknown."""
    import simplemma

    try:
        return str(simplemma.lemmatize(word, lang=code))
    except ValueError:
        return word
