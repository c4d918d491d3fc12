"""How alike two spellings of a name are: accents, inflection, sound, slips of the pen."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from anyascii import anyascii
from rapidfuzz.distance import DamerauLevenshtein

_APOSTROPHES = re.compile(r"['’ʼ`´]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "đ": "dj"}
)
_RUSSIAN = re.compile(r"(?<=..)([oe])[wf]f?(?=a?$)")
# Arabic names end in an e that French needs to say their n (Salmane); Romane is a name of its own.
_FRENCH = re.compile(r"(?<!ro)(?<!ger)(?<=.man)e$")
_WOMEN = ("ova", "eva")
_RUSSIAN_ENDINGS = ("ov", "ev", *_WOMEN)
_DOUBLED = re.compile(r"(.)\1")
_LOOSE_ENDINGS = (
    (re.compile(r"(?<=.)ine$"), "in"),
    (re.compile(r"(?<=..)(?:eiev|iev|iov|ev)$"), "ov"),
    (re.compile(r"(?<=.....)(?:ien|ier|ie|ia|en|es|er|e|a|s|i)$"), ""),
    (re.compile(r"h(?=[^aeiou]|$)"), ""),
)


@lru_cache(maxsize=1 << 13)
def fold(word: str) -> str:
    """``word`` in plain small Latin letters: no accents, ß as ss, no apostrophes.

    >>> fold("Hanoï"), fold("Straße"), fold("Żukowski"), fold("Aix-la-Chapelle")
    ('hanoi', 'strasse', 'zukowski', 'aix-la-chapelle')
    """
    bare = _APOSTROPHES.sub("", word.replace("ß", "ss").lower())
    if bare.isascii():
        return bare
    kept = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare))
    return kept if kept.isascii() else anyascii(kept).lower()


@lru_cache(maxsize=1 << 13)
def fold_umlauts(word: str) -> str:
    """``word`` folded with special letters spelt out: Müller as mueller, Đoković as djokovic."""
    return fold(unicodedata.normalize("NFC", word.lower()).translate(_SPELT_OUT))


def likeness(first: str, second: str) -> float:
    """1 for equal names, 0 for unrelated ones; a final genitive s does not count.

    Damerau-Levenshtein, so that two letters exchanged are one slip.
    """
    one, other = fold(first), fold(second)
    if not one or not other:
        return 0.0
    rivals = {(one, other), (_without_s(one), other), (one, _without_s(other))}
    return max(DamerauLevenshtein.normalized_similarity(a, b) for a, b in rivals)


def _without_s(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


@lru_cache(maxsize=1 << 13)
def sound(word: str, language: str, loose: bool) -> str:
    """What stays the same when two languages write a foreign name by ear.

    Russian surnames level their ending and double letters (Fetissov, Fetisow). ``loose`` also
    levels all double letters and the endings that languages adapt (Khrouchtchev,
    Chruschtschow).
    """
    heard = fold(word)
    for spelling, sign in _sounds(language, loose):
        heard = heard.replace(spelling, sign)
    if language == "fr":
        heard = _FRENCH.sub("", heard)
    heard = _RUSSIAN.sub(r"\1v", heard)
    if heard.endswith(_RUSSIAN_ENDINGS):
        heard = _DOUBLED.sub(r"\1", heard)
    if loose and not heard.endswith(_WOMEN):
        for ending, levelled in _LOOSE_ENDINGS:
            heard = ending.sub(levelled, heard)
    return heard


@cache
def _sounds(language: str, loose: bool) -> tuple[tuple[str, str], ...]:
    """The spellings of ``language`` and then those of all, in the order they apply."""
    codes = (language, "~", "*") if loose else (language, "*")
    text = resources.files("checker").joinpath("data/names/sounds.tsv").read_text("utf-8")
    rows = [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
    return tuple((r[1], r[2]) for code in codes for r in rows if r[0] == code)
