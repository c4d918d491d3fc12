"""Finds out the language of a document."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from checker.errors import LanguageError, Sentence, worded
from checker.languages import codes
from checker.model import Document
from checker.wordset import function_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\s{100,}")
_LATIN = frozenset(map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))))
_FIRST = 2000
_COUNTED = 800
_FEWEST_COUNTED = 40
_FUNCTION_SHARE = 0.33
_RIVAL = 0.55
_SURE = 0.7
_SURE_OF_ANOTHER = 0.99
_ENOUGH = 100
"""Letters it takes before a text may be called one of a language not known here."""


def with_language(document: Document, override: str = "") -> Document:
    """The document with its language: ``override``, what it says itself, or detected.

    What a document says is not believed against a text long enough to tell: word
    processors and page templates declare the language of their menus. Raises
    LanguageError when the language stays open or is none that there is a file for.
    """
    if override:
        return replace(document, language=_written(override))
    said = _written(document.language)
    found = detect(document.text) if not said or _is_long(document.text) else ""
    if said and found and base(said) != base(found):
        remark = f'says it is in "{said}", the text is in "{found}"'
        return with_language(replace(document, language="", remarks=(*document.remarks, remark)))
    language = said or found
    if not language:
        raise LanguageError(_undecided(document))
    if base(language) not in codes():
        raise LanguageError(
            '{path} seems to be in "{language}", a language not known here; where '
            "that is wrong say it with --source-lang or --target-lang, one of "
            "{known}.",
            path=document.path,
            language=language,
            known=", ".join(codes()),
        )
    return replace(document, language=language)


def base(code: str) -> str:
    """The language of a code without its region: "de" of "de-CH"."""
    return code.split("-")[0].lower()


def detect(text: str) -> str:
    """Code of the text's language among those there is a file for, "" when undecided.

    A text long enough to tell may also be found to be in another language: then that
    language's code, which no file is there for. Most texts are decided by their share of
    function words, which costs nothing; the rest by naive Bayes over byte sequences
    (py3langid, after Lui and Baldwin 2012), whose table takes a while to load.
    """
    sample = _sample(text)
    if not _is_latin(sample):
        return ""
    plain = _by_function_words(sample)
    if plain:
        return plain
    ranked = _identifier().rank(sample)
    if _is_long(sample) and ranked[0][1] >= _SURE_OF_ANOTHER:
        return str(ranked[0][0])
    known = [(code, share) for code, share in ranked if code in codes()]
    code, share = max(known, key=lambda pair: pair[1])
    return str(code) if share >= _SURE * sum(s for _, s in known) else ""


def _sample(text: str) -> str:
    """The beginning of a text; white space without end says nothing and is passed over."""
    return _GAP.sub("\n\n", text)[:_SAMPLE] if _GAP.search(text[:_SAMPLE]) else text[:_SAMPLE]


def _is_latin(sample: str) -> bool:
    """True unless most letters are of a script that no language known here is written in."""
    letters = [c for c in sample[:_FIRST] if c.isalpha()]
    return sum(map(_LATIN.__contains__, letters)) >= len(letters) / 2


def _by_function_words(sample: str) -> str:
    """The language whose function words the text is full of, "" unless beyond doubt.

    Running text has two in five; in a related language they are fewer, and those of
    another language here come too close.
    """
    found = [word.lower() for word in _WORD.findall(sample)[:_COUNTED]]
    if len(found) < _FEWEST_COUNTED:
        return ""
    shares = sorted(
        (sum(word in listed for word in found) / len(found), code)
        for code, listed in function_words().items()
        if code in codes()
    )
    (second, _), (first, code) = shares[-2:]
    return code if first >= _FUNCTION_SHARE and second <= _RIVAL * first else ""


def _written(code: str) -> str:
    """The code as it is written here: "de-AT" for "de_AT"."""
    return code.strip().replace("_", "-")


def _is_long(text: str) -> bool:
    return sum(map(str.isalpha, _sample(text))) >= _ENOUGH


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _undecided(document: Document) -> Sentence:
    sample = " ".join(document.text[:200].split())
    shown = f" (“{sample[:40]}…”)" if len(sample) > 40 else f" (“{sample}”)" if sample else ""
    return worded(
        "The language of {path}{shown} cannot be told for certain: say it with "
        "--source-lang or --target-lang, one of {known}.",
        path=document.path,
        shown=shown,
        known=", ".join(codes()),
    )
