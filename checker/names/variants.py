"""Names that one article spells in two ways: Hanoi and Hanoï, Müller and Mueller."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from checker.checks import Side
from checker.names.document import Names, names_of
from checker.names.spelling import fold_umlauts, sound
from checker.names.tokens import Token
from checker.names.words import is_word

_SHORTEST = 4
_DOUBLE = re.compile(r"(.)\1")


def spelling_variants(side: Side) -> tuple[tuple[Token, ...], ...]:
    """Groups of spellings of one name: the first of each, the usual one first.

    Ask through ``side.once(spelling_variants)``. Accents, umlauts spelt out, double letters
    and letters that sound alike make a variant; a genitive does not, and neither do two
    surnames with different given names.
    """
    names = side.once(names_of)
    code = names.language.code
    groups: dict[str, dict[str, list[Token]]] = defaultdict(lambda: defaultdict(list))
    for row in names.rows:
        for token in row:
            if _is_compared(token, code):
                groups[_DOUBLE.sub(r"\1", sound(_key(token), code, loose=False))][
                    _key(token)
                ].append(token)
    return tuple(_groups(groups.values(), names))


def _groups(heard: Iterable[dict[str, list[Token]]], names: Names) -> Iterator[tuple[Token, ...]]:
    for spelt in heard:
        forms: dict[str, list[Token]] = defaultdict(list)
        for tokens in spelt.values():
            for token in tokens:
                forms[token.text].append(token)
        ranked = sorted(forms.values(), key=lambda found: (-len(found), found[0].start))
        usual = ranked[0][0]
        others = [found[0] for found in ranked[1:] if _is_variant(usual, found[0], names)]
        if others:
            yield (usual, *others)


def _key(token: Token) -> str:
    """What accents, umlauts and a final s leave of a name."""
    bare = fold_umlauts(token.text)
    return bare[:-1] if bare.endswith("s") and len(bare) > _SHORTEST else bare


def _is_compared(token: Token, language: str) -> bool:
    long = token.capital and len(token.text) >= _SHORTEST
    return long and not token.text.isupper() and not is_word(token.text, language)


def _is_variant(usual: Token, other: Token, names: Names) -> bool:
    """False for an inflected form, and for two people by their given names."""
    one, two = usual.text.rstrip("s").lower(), other.text.rstrip("s").lower()
    if one == two:
        return False
    first, second = (names.partners.get(t.folded, frozenset()) for t in (usual, other))
    return not first or not second or bool(first & second)
