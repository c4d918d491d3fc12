"""What the program says, in the language of the person at the terminal.

The catalogues lie in ``locale/<language>/LC_MESSAGES/checker.po``; ``scripts/messages.py``
collects what is to be translated and compiles them. English is the source. The language
is chosen as by every gettext program: ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG``.

Only what people read is translated. Formats for programs (json, sarif, csv, ...), the store
of an audit and exceptions of the library say the same everywhere; the command line says the
sentences of exceptions anew (``said``).
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from checker.errors import Sentence

DOMAIN = "checker"
FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("en", "fr", "de")

Catalogue = gettext.NullTranslations
ENGLISH = Catalogue()


def preferred() -> str:
    """The language of the environment among ``LANGUAGES``, English if it is none of them."""
    found = gettext.translation(DOMAIN, FOLDER, fallback=True)
    return found.info().get("language", "en")


@cache
def catalogue(language: str) -> Catalogue:
    """The words of a language; those of English for one there is no catalogue for."""
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def say(message: str) -> str:
    """``message`` in the language of the environment."""
    return catalogue(preferred()).gettext(message)


def said(text: str) -> str:
    """What an error says, in the language of the environment where it has a translation."""
    return said_in(text, catalogue(preferred()))


def said_in(text: str, words: Catalogue) -> str:
    """What an error or a finding says in the words of a catalogue, as far as it has them."""
    if not isinstance(text, Sentence):
        return words.gettext(text)
    values = {
        k: said_in(v, words) if isinstance(v, Sentence) else v for k, v in text.values.items()
    }
    return words.gettext(text.template).format(**values)


def say_many(one: str, many: str, number: int) -> str:
    """``one`` or ``many`` as ``number`` asks for, with ``{count}`` filled in."""
    said = catalogue(preferred()).ngettext(one, many, number)
    return said.format(count=number)


def speak() -> None:
    """Lets the library behind the command line (click) say its own sentences likewise."""
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
