"""Full names: the words of one name with its particles, initials and titles, kept whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from checker.model import Span
from checker.names.document import Names
from checker.names.tokens import Token
from checker.names.words import is_personal, is_word, may_be_name
from checker.wordset import function_words

_INITIAL = 2


def full_names(words: Sequence[Token], names: Names) -> list[tuple[Token, ...]]:
    """The names of several words among ``words``, ordinary words around them left out."""
    runs: dict[int, list[Token]] = defaultdict(list)
    for token in words:
        if token.capital and token.name >= 0:
            runs[token.name].append(token)
    trimmed = (_trimmed(run, names) for run in runs.values())
    return [name for name in trimmed if len(name) > 1]


def whole(token: Token, names: Names) -> Span:
    """Where the whole name stands that ``token`` is part of; the word alone where it has none."""
    if token.name < 0:
        return Span(token.start, token.end)
    row = next((r for r in names.rows if r and r[0].start <= token.start <= r[-1].start), ())
    run = [t for t in row if t.capital and t.name == token.name]
    kept = _trimmed(run, names)
    if token not in kept:
        return Span(token.start, token.end)
    first = _with_particles(kept[0], row, names)
    return Span(first.start, kept[-1].end)


def _trimmed(run: Sequence[Token], names: Names) -> tuple[Token, ...]:
    """The run without ordinary words before and behind the name (Montag Macron)."""
    kept = [i for i, t in enumerate(run) if _belongs(t, names)]
    titles = [i for i, t in enumerate(run) if t.folded in names.language.titles]
    if not kept:
        return ()
    first = min([kept[0], *(i for i in titles if i < kept[0])])
    return tuple(run[first : kept[-1] + 1])


def _belongs(token: Token, names: Names) -> bool:
    """True for a word that a name can begin or end with."""
    code = names.language.code
    if len(token.text) > 1 and token.folded in function_words().get(code, ()):
        return False
    if token.strong or is_personal(token.text) or may_be_name(token.text, code):
        return True
    if len(token.text) <= _INITIAL:
        return not token.initial and token.folded not in names.language.titles
    return bool(token.groups) and not is_word(token.text, code)


def _with_particles(first: Token, row: Sequence[Token], names: Names) -> Token:
    """The particle that a name begins with (al-Assad, von der Leyen), else its first word."""
    before = row[max(0, first.index - 2) : first.index]
    for at in range(len(before)):
        stretch = before[at:]
        if " ".join(t.text for t in stretch) in names.language.leading:
            return stretch[0]
    return first
