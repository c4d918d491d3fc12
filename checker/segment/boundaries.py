"""Where sentences end: every stop is looked at once, through a bounded window.

Rules over the language's word lists, no model. The work grows with the length of the
text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.segment.rules import Rules

_WINDOW = 48
_QUOTE_WINDOW = 300
_QUOTES = "'\"’”“‘«»‹›"
_OPENERS = "„“\"«»‚‘'‹›”"
_STOP = re.compile(
    # "3!", "...", "? !", and the dash of Swiss prices: "20.–", "20.–."
    r"(?P<stop>[.!?…]+(?:\s[!?]+){0,4}(?:[–—-](?=[\s.,;:]|\Z)[.]?)?)"
    # quotes and brackets that close, the last two of French after a space, and footnote marks
    r"(?P<close>(?:['\"’”“‘«»‹›)\]}*_]|\s[»›](?=[\s)\].,;:!?]|\Z)|\[\d{1,3}\]|[¹²³⁴-⁹⁰]){0,6})"
    r"(?P<gap>\s*)"
)
_FOLLOWING = re.compile(
    r"(?:[-–—•*]{1,2}\s*)?(?:[«»„“”\"'’‚‘‹›(\[¿¡*_]\s?){0,6}"
    r"(?:(?P<word>[^\W\d_](?:\w|-(?=\w)){0,40})|(?P<number>\d{1,9}))?(?P<after>.?)",
    re.DOTALL,
)
_INNER = re.compile("['’/(\\[«»„“\"‚‹›]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}\Z")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")  # to 89: DC is a city
_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLCDM]{1,7}|[A-Za-z])\Z")
_DAYS = re.compile(r"\d{1,2}\.[-–/]\d{1,2}\Z")  # vom 8.-10. August
_DAY_AND_MONTH = re.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\Z")
_CUT = re.compile(r"[\[(](?:\.{3}|…)[\])]")
_DATELINE = re.compile(
    r"(?:[^\W\d_a-zß-ÿ]|[ '/-]){3,30}"  # BERLIN, SAINT-GALL
    r"(?:,\s[\w .]{2,24})?(?:\s\([\w/, ]{2,20}\))?\Z"  # , 3. Mai (dpa)
)


class _Candidate(NamedTuple):
    """A stop with what stands around it."""

    text: str
    start: int  # where the current sentence begins
    at: int  # where the stop begins
    stop: str
    close: str
    gap: str
    word: str
    number: str
    after: str
    starter: bool

    @property
    def tail(self) -> str:
        """What stands before the stop, as far as anybody looks."""
        return self.text[max(self.start, self.at - _WINDOW) : self.at]

    @property
    def opens(self) -> bool:
        """True when nothing but white space stands between the sentence's start and the token."""
        end = self.at - len(_token(self.tail))
        lead = self.text[self.start : end] if end - self.start < _WINDOW else "x"
        return not lead.strip(_OPENERS + "([ \t\n\u00a0")


def boundaries(text: str, rules: Rules) -> Iterator[int]:
    """Offsets in ``text``, one block, at which a new sentence begins."""
    start = 0
    for match in _STOP.finditer(text):
        if match.end() == len(text):
            return
        following = _FOLLOWING.match(text, match.end())
        if following is None:
            continue
        word = following["word"] or ""
        if word[:1].islower():
            continue
        candidate = _Candidate(
            text,
            start,
            match.start(),
            match["stop"],
            match["close"],
            match["gap"],
            word,
            following["number"] or "",
            following["after"],
            rules.starts(word, following["after"]),
        )
        if _ends(candidate, rules):
            start = match.end()
            yield start


def _ends(c: _Candidate, rules: Rules) -> bool:
    if not (c.word or c.number):
        return _ends_before_sign(c, rules)
    if not c.gap:
        return _ends_without_space(c)
    if "!" in c.stop or "?" in c.stop:
        return not (rules.capital_nouns and _is_embedded(c)) or c.starter
    if "…" in c.stop or ".." in c.stop:
        return _ellipsis_ends(c, rules)
    if c.stop[-1] in "–—-":
        return c.starter
    if any(mark in _QUOTES for mark in c.close):
        return True
    token = _token(c.tail)
    if c.number:
        return _ends_before_number(c, token, rules)
    return _ends_before_word(c, token, rules)


def _ends_before_sign(c: _Candidate, rules: Rules) -> bool:
    """Before neither word nor number: "[…]", a sign, a picture. "ca. $6,7" goes on."""
    if _CUT.match(c.text, c.at + len(c.stop) + len(c.close) + len(c.gap)):
        return True
    if not c.gap or c.after in ",;:.)!?%/…":
        return False
    token = _token(c.tail).lower()
    return token not in rules.abbreviations and token not in rules.numbering


def _ends_without_space(c: _Candidate) -> bool:
    """Only where a space was certainly forgotten: no address, file name or product."""
    token = _token(c.tail.rstrip())
    if not c.starter or not c.word[1:2].islower() or c.after not in " ,'’\u00a0":
        return False
    return len(token) > 1 and token[-2:].islower() and token.isalpha()


def _is_embedded(c: _Candidate) -> bool:
    """True for a quotation inside a sentence: der Film „Wer hat Angst?“ Premiere."""
    if not any(mark in _QUOTES for mark in c.close):
        return False
    before = c.text[max(c.start, c.at - _QUOTE_WINDOW) : c.at]
    opening = max(before.rfind(mark) for mark in '„“"«»‚‹›')
    lead = before[:opening].rstrip() if opening > 0 else ""
    return bool(lead) and lead[-1].isalnum()


def _ellipsis_ends(c: _Candidate, rules: Rules) -> bool:
    if c.close[:1] in ("]", ")") and c.tail[-1:] in ("[", "("):
        return False
    if not c.tail.strip():
        return False
    stands_alone = c.tail[-1:].isspace()
    return c.starter or not (stands_alone and rules.capital_nouns)


def _ends_before_number(c: _Candidate, token: str, rules: Rules) -> bool:
    if token.isdigit() and len(token) <= 2:
        return not _continues_date(c)
    known = token.lower()
    if len(token) == 1 and token.isalpha():
        return _word_before(c.tail, token) in rules.lettered
    return not (
        known in rules.abbreviations
        or token in rules.abbreviations
        or known in rules.numbering
        or known.endswith(rules.endings)
        or (_NUMBERING.match(token) and c.opens)
    )


def _continues_date(c: _Candidate) -> bool:
    """True inside "9. 11. 1989"."""
    return (len(c.number) <= 2 and c.after == ".") or bool(_DAY_AND_MONTH.search(c.tail))


def _ends_before_word(c: _Candidate, token: str, rules: Rules) -> bool:
    if _NUMBERING.match(token) and c.opens:
        return False
    if token.isdigit() or (len(token) > 1 and _ROMAN.match(token)):
        return not (rules.ordinal_dot and _is_ordinal(c, token, rules)) and not _lists(c, token)
    if _DAYS.match(token):
        return c.starter or not rules.ordinal_dot
    known = _known(c, token, rules)
    if known is not None:
        return known
    if len(token) == 1 and token.isalpha():
        return _initial_ends(c, token, rules)
    if _DOTTED.match(token):
        return c.starter and "-" not in token
    return not (c.start == 0 and c.at < 60 and _DATELINE.match(c.text[: c.at]))


def _known(c: _Candidate, token: str, rules: Rules) -> bool | None:
    """What the abbreviations of the language say; None when the token is none of them."""
    phrases = _phrases(c.tail, token)
    if not rules.final.isdisjoint(phrases):
        return True
    if not rules.abbreviations.isdisjoint(phrases):
        return False
    if not rules.closing.isdisjoint(phrases) or token.lower().endswith(rules.endings):
        return c.starter
    if token.lower() in rules.numbering and _ROMAN.match(c.word):
        return False
    return None


def _lists(c: _Candidate, token: str) -> bool:
    """True where a list begins after a colon: "drei Ziele: 1. Der Rat"."""
    return token.isdigit() and len(token) < 3 and c.tail[: -len(token)].rstrip().endswith(":")


def _is_ordinal(c: _Candidate, token: str, rules: Rules) -> bool:
    """True for "12. Zentralkomitee", False for "insgesamt 12. Keiner"."""
    if c.word.lower() in rules.months:
        return True
    if c.starter:
        return False
    if not token.isdigit():
        return True
    return len(token) <= 3 and _announces_ordinal(c, token, rules)


def _announces_ordinal(c: _Candidate, token: str, rules: Rules) -> bool:
    before = _word_before(c.tail, token, lower=False)
    if not before or before.endswith((",", ":", ".", "(", "–", "-", "/")):
        return True
    if before.lower() in rules.ordinal_cues:
        return True
    if before[0].isupper():
        return before.endswith("s")  # Bayerns 12. Sieg
    return before.endswith(rules.ordinal_cue_endings) or (
        _word_before(c.tail, f"{before} {token}") in rules.ordinal_cues  # den alten 12. Bezirk
    )


def _initial_ends(c: _Candidate, token: str, rules: Rules) -> bool:
    before = _word_before(c.tail, token)
    if before in rules.lettered:
        return True
    if c.tail[-2:-1] in ("/", "°"):
        return True  # 120 km/h. 2 °C.
    if token.islower() and c.tail[-2:-1] in ("'", "’"):
        return True  # Sotheby's.
    if token.islower() and before[-1:].isdigit():
        return c.starter or not rules.capital_nouns  # 8481 m., but 334 v. Chr.
    return c.starter and c.word.lower() not in rules.particles


def _phrases(tail: str, token: str) -> list[str]:
    """The token as it is and in lower case, also with the abbreviated words before it: "u.a"."""
    phrases = [token, token.lower()]
    words = tail.lower().split()[-3:]
    for count in range(2, len(words) + 1):
        if not words[-count].endswith("."):
            break
        phrases.append("".join(words[-count:]).lstrip(_OPENERS + "(["))
    return phrases


def _word_before(tail: str, token: str, lower: bool = True) -> str:
    words = tail[: len(tail) - len(token)].split()
    word = re.split("['’]", words[-1].lstrip(_OPENERS + "(["))[-1] if words else ""
    return word.lower() if lower else word


def _token(tail: str) -> str:
    """What stands right before the stop, up to white space, a quote or an apostrophe."""
    if not tail or tail[-1].isspace():
        return ""
    return _INNER.split(tail.rsplit(None, 1)[-1])[-1]
