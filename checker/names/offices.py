"""Offices and titles of persons: "la ministre Baerbock", "Aussenministerin Annalena Baerbock".

An office stands before the name, in French with adjectives and what it is an office of
between, or behind a comma ("Karin Keller-Sutter, conseillère fédérale"). Which offices may
mean the same is in ``roles.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from checker.checks import Side
from checker.model import Span
from checker.names.document import Names, names_of
from checker.names.facts import groups_of, of_kind, stems_of
from checker.names.tokens import Token
from checker.names.words import is_given_name, is_personal

_LONGEST = 5
_FARTHEST = 6
_LEAST_PREFIX = 2
_BARE_COMMA = 2
_ARTICLE = r"(?:l['’]|(?:le|la|une?|der|die|eine?)[ \u00a0])?"
_BEFORE_OFFICE = re.compile(rf",[ \u00a0]{_ARTICLE}(?:[^\W\d_A-Z]+(?:en|enne|e|er)[ \u00a0])?")
_SPLIT = re.compile(r"[\s'’-]+")
_ELIDED = frozenset("ld")
_DEPUTY = "stellvertretend"
_OF = ("d'", "d’")
_FARTHEST_PORTFOLIO = 45
_CLAUSE_END = re.compile(r"[,.;:()!?–]")
_ENDINGS = ("", "s", "n", "en", "es")


@dataclass(frozen=True, slots=True)
class Office:
    """An office that an article gives to a person: its senses, its words, the name, and what
    it is an office of, as far as that is known."""

    senses: frozenset[str]
    span: Span
    person: tuple[Token, ...]
    portfolios: frozenset[str] = frozenset()

    def agrees(self, other: Office) -> bool:
        """Whether both may be one office: a sense in common, no two different portfolios."""
        apart = self.portfolios and other.portfolios and not self.portfolios & other.portfolios
        return bool(self.senses & other.senses) and not apart


def offices_of(side: Side) -> tuple[tuple[Office, ...], ...]:
    """The offices of each sentence; ask through ``side.once(offices_of)``."""
    names, text = side.once(names_of), side.article.document.text
    return tuple(_offices(row, names, text) for row in names.rows)


def _offices(row: Sequence[Token], names: Names, text: str) -> tuple[Office, ...]:
    found = []
    at = 0
    while at < len(row):
        length, senses = _office_at(row, at, names, text)
        person = _person(row, at, at + length, names, text) if senses else ()
        if person:
            span = Span(row[at].start, row[at + length - 1].end)
            portfolios = _portfolios(text[span.start :], person[0].start - span.start, names)
            found.append(Office(senses, span, person, portfolios))
        at += max(1, length)
    return tuple(found)


def _portfolios(text: str, name: int, names: Names) -> frozenset[str]:
    """What an office at the beginning of ``text`` is of; its holder's name begins at ``name``.

    In German the beginning of the office itself says it, in French the words behind it.
    """
    behind = text[: name if name > 0 else _FARTHEST_PORTFOLIO]
    said = _CLAUSE_END.split(behind, maxsplit=1)[0].lower()
    table = _portfolio_words(names.language.code)
    if names.language.nouns_capitalised:
        return frozenset(p for word, p in table if said.startswith(word))
    return frozenset(p for word, p in table if re.search(rf"\b{re.escape(word)}\b", said))


@cache
def _portfolio_words(language: str) -> tuple[tuple[str, str], ...]:
    """Words of a language that name a portfolio, each with it."""
    rows = _table("portfolios.tsv")
    if language not in rows[0]:
        return ()
    column = rows[0].index(language)
    return tuple((word, row[0]) for row in rows[1:] for word in row[column].split("|"))


def _office_at(
    row: Sequence[Token], at: int, names: Names, text: str
) -> tuple[int, frozenset[str]]:
    """How many words the office at ``at`` has, and its senses; 0 where there is none."""
    code, tied = names.language.code, at > 0 and text[row[at].start - 1] == "-"
    if at and (_is_surname(row[at - 1], row[at]) or row[at - 1].folded.startswith(_DEPUTY)):
        return 1, frozenset()
    if tied and code == "de":
        return 1, _ending((row[at - 1].text + row[at].text).lower(), code)
    word = row[at].text.lower()
    longest = min(_LONGEST, len(row) - at) if word in _first_words(code) else 0
    for length in range(longest, 0, -1):
        senses = _forms(code).get(" ".join(t.text.lower() for t in row[at : at + length]))
        if senses:
            return length, frozenset() if tied else senses
    return 1, _ending(word, code) if row[at].capital else frozenset()


def _is_surname(before: Token, token: Token) -> bool:
    """True for a surname that is an office, too: Gerhard Richter."""
    beside = 0 <= before.name == token.name
    return beside and is_given_name(before.text) and is_personal(token.text)


def _ending(word: str, language: str) -> frozenset[str]:
    """The senses of a German compound or an inflected office: Aussenministers."""
    if language != "de":
        return frozenset()
    table = _forms(language)
    for ending in _ENDINGS:
        if not word.endswith(ending):
            continue
        bare = word[: len(word) - len(ending)]
        for cut in (0, *range(_LEAST_PREFIX, len(bare) - _LEAST_PREFIX)):
            if bare[cut:] in table:
                return table[bare[cut:]]
    return frozenset()


def _person(
    row: Sequence[Token], begin: int, end: int, names: Names, text: str
) -> tuple[Token, ...]:
    """The name that the office at ``begin`` to ``end`` belongs to; empty where none does.

    Between two names French tells an apposition (Anne Roy, directrice) from a list (Anne Roy,
    la directrice Odile Blanc) by the article; German says the office before the name.
    """
    after = _behind(row, end, names, text)
    comma = _end_of_name(row, begin, text)
    gap = text[comma : row[begin].start]
    if not begin or not _BEFORE_OFFICE.fullmatch(gap):
        return after
    before = _name(row, max(i for i in range(begin) if row[i].end <= comma), names)
    if any(groups_of(t.text) or stems_of(t.text, names.language.code) for t in before[:1]):
        return after
    listed = names.language.nouns_capitalised or len(gap) > _BARE_COMMA
    return after if after and (listed or not before) else before


def _end_of_name(row: Sequence[Token], begin: int, text: str) -> int:
    """Where the word before the last comma before the office ends; -1 without one."""
    for token in reversed(row[max(0, begin - 3) : begin]):
        if text[token.end : token.end + 1] == ",":
            return token.end
    return row[begin].start


def _behind(row: Sequence[Token], end: int, names: Names, text: str) -> tuple[Token, ...]:
    """The name behind an office, over adjectives and what it is an office of."""
    linked = complement = False
    for previous, token in pairwise(row[end - 1 : end + _FARTHEST]):
        gap = text[previous.end : token.start]
        if gap.strip("'’ldLD-. \u00a0"):
            return ()
        inside = linked or gap.endswith(_OF)
        linked = token.folded in names.language.office_links
        if linked or inside:
            complement = True
        elif token.capital and _may_be_person(token):
            person = tuple(t for t in _name(row, token.index, names) if t.start >= token.start)
            return person if _is_person(person, complement) else ()
        elif not (_is_adjective(token, names) or _is_title(token, names)):
            return ()
    return ()


def _is_person(name: Sequence[Token], behind_complement: bool) -> bool:
    """True for a name of a person, and not of what the office is an office of."""
    if not name:
        return False
    if behind_complement:
        groups = groups_of(name[0].text)
        return is_given_name(name[0].text) and groups == of_kind(groups, "person")
    return len(name) == 1 or is_personal(name[0].text)


def _may_be_person(token: Token) -> bool:
    return token.strong or is_personal(token.text)


def _is_adjective(token: Token, names: Names) -> bool:
    """True for what may follow a French office: allemand, fédérale, sortant."""
    known = token.folded in names.language.office_adjectives
    return not names.language.nouns_capitalised and (
        known or bool(stems_of(token.text, names.language.code))
    )


def _is_title(token: Token, names: Names) -> bool:
    return token.capital and token.folded in names.language.titles


def _name(row: Sequence[Token], at: int, names: Names) -> tuple[Token, ...]:
    """The person's name that the word at ``at`` is part of."""
    run = [t for t in row if t.capital and t.name == row[at].name] if row[at].name >= 0 else []
    kept = [t for t in run or [row[at]] if _may_be_person(t) and not _forms_of(t, names)]
    return tuple(t for t in kept if t.capital and not t.acronym)


def _forms_of(token: Token, names: Names) -> bool:
    """True for an office inside a run of capitals (Präsident Macron)."""
    code = names.language.code
    return not is_personal(token.text) and (
        token.text.lower() in _forms(code) or bool(_ending(token.text.lower(), code))
    )


@cache
def _first_words(language: str) -> frozenset[str]:
    """The words that offices begin with."""
    return frozenset(form.split(" ")[0] for form in _forms(language))


@cache
def _forms(language: str) -> Mapping[str, frozenset[str]]:
    """Every office of a language, its words split as tokens are, with its senses."""
    rows = _table("roles.tsv")
    columns = rows[0]
    found: dict[str, frozenset[str]] = {}
    if language not in columns:
        return found
    for row in rows[1:]:
        for form in row[columns.index(language)].split("|"):
            parts = _SPLIT.split(form)
            key = " ".join(p for p in parts if p not in _ELIDED)
            found[key] = found.get(key, frozenset()) | frozenset(row[0].split())
    return found


def _table(name: str) -> list[list[str]]:
    """The rows of a table of this package, its columns first."""
    text = resources.files("checker").joinpath(f"data/names/{name}").read_text("utf-8")
    return [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
