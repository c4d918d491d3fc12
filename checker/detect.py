"""Finds out the language of a document."""

from __future__ import annotations

from dataclasses import replace

from checker.languages import codes
from checker.model import Document

_SAMPLE = 20_000


def with_language(document: Document, override: str = "") -> Document:
    """The document with its language: ``override``, what it says itself, or detected."""
    language = override or document.language or detect(document.text)
    return replace(document, language=language)


def detect(text: str) -> str:
    """Code of the most likely language among those there is a file for."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(codes()))
    code: str = identifier.classify(text[:_SAMPLE])[0]
    return code
