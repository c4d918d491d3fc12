"""Finds out the language of a document."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from checker.errors import LanguageError
from checker.languages import codes
from checker.model import Document

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 20_000
_SURE = 0.7
_SURE_OF_ANOTHER = 0.99
_ENOUGH = 100
"""Letters it takes before a text may be called one of a language not known here."""


def with_language(document: Document, override: str = "") -> Document:
    """The document with its language: ``override``, what it says itself, or detected.

    Raises LanguageError when neither says it and the text leaves it open, or when the
    language is none that there is a file for.
    """
    language = override or document.language or detect(document.text)
    if not language:
        raise LanguageError(_undecided(document))
    if not override and language.split("-")[0].lower() not in codes():
        raise LanguageError(
            f'{document.path} seems to be in "{language}", a language not known here; where that '
            f"is wrong say it with --source-lang or --target-lang, one of {', '.join(codes())}."
        )
    return replace(document, language=language)


def detect(text: str) -> str:
    """Code of the text's language among those there is a file for, "" when undecided.

    A text long enough to tell may also be found to be in another language: then that
    language's code, which no file is there for. Naive Bayes over byte sequences
    (py3langid, after Lui and Baldwin 2012).
    """
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) >= _ENOUGH:
        code, share = _identifier(()).rank(sample)[0]
        if share >= _SURE_OF_ANOTHER:
            return str(code)
    code, share = _identifier(codes()).rank(sample)[0]
    return str(code) if share >= _SURE else ""


@cache
def _identifier(wanted: tuple[str, ...]) -> LanguageIdentifier:
    """An identifier for the wanted languages, or for all it knows."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if wanted:
        identifier.set_languages(list(wanted))
    return identifier


def _undecided(document: Document) -> str:
    sample = " ".join(document.text[:200].split())
    shown = f" (“{sample[:40]}…”)" if len(sample) > 40 else f" (“{sample}”)" if sample else ""
    return (
        f"The language of {document.path}{shown} cannot be told for certain: say it with "
        f"--source-lang or --target-lang, one of {', '.join(codes())}."
    )
