"""Errors a person can act on: each says what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping


class Sentence(str):
    """A sentence in English that knows what it is made of, to be said in another language."""

    template: str
    values: Mapping[str, object]


def worded(template: str, /, **values: object) -> Sentence:
    """``template`` with its values filled in; a value may be such a sentence itself."""
    made = Sentence(template.format(**values))
    made.template, made.values = template, values
    return made


def to_say(template: str) -> str:
    """``template`` as it is: a mark that it is to be translated, where it is kept in a table."""
    return template


class CheckerError(Exception):
    """Bad input. The command line prints it as one sentence and exits with 2.

    Its text is English everywhere: ``message`` with ``values`` filled in, where there are any.
    ``checker.messages.said`` says it in another language.
    """

    def __init__(self, message: str = "", /, **values: object) -> None:
        super().__init__(worded(message, **values) if values else message)


class ReadError(CheckerError):
    """A document could not be read."""


class LanguageError(CheckerError):
    """A language is unknown, undecided, or the same on both sides."""


class ModelError(CheckerError):
    """An embedding model is unknown or not installed."""


class SettingsError(CheckerError):
    """A setting, option or policy is wrong."""


class PolicyError(CheckerError):
    """A policy or waiver file is missing, broken, or says something that does not exist."""


class StoreError(CheckerError):
    """The store of an audit cannot be opened or written."""


class RegistryError(CheckerError):
    """Two files of the package claim the same name, or one declares nothing."""


class TermbaseError(CheckerError):
    """A termbase could not be read or written."""


def did_you_mean(word: str, known: list[str]) -> str:
    """A hint such as `` (did you mean "numbers"?)``, or an empty string."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return worded(' (did you mean "{name}"?)', name=close[0]) if close else ""
