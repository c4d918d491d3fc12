"""Writes the word lists of ``checker/data/words`` from simplemma's dictionaries.

usage: python scripts/build_words.py

``<language>.forms.bloom`` holds every form of the dictionary as it stands,
``<language>.bloom`` ordinary words in small letters. Proper names are left out where
the English dictionary, which has capitals for names alone, shows them as such.
``de.names.bloom`` holds the German words that may be names: German writes every noun with
a capital, but a name has no forms beside its genitive and is made of no other words.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from babel import Locale
from simplemma.strategies import DefaultDictionaryFactory

from checker.names.words import is_compound
from checker.wordset import WordSet

PLURALS = ("n", "en", "e", "er")
FOLDER = Path(__file__).parent.parent / "checker" / "data" / "words"


def dictionary(language: str) -> dict[str, str]:
    """Every form of simplemma's dictionary of ``language`` with its base form."""
    listed = DefaultDictionaryFactory().get_dictionary(language)
    return {_text(form): _text(listed[form]) for form in listed}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def ordinary_words(language: str, english: set[str]) -> set[str]:
    """The words of ``language`` in small letters, without those known as names."""
    forms = set(dictionary(language))
    names = {w.lower() for w in english if w[:1].isupper()} - english
    small = {w for w in forms if w.islower()}
    nouns = {w.lower() for w in forms} if language == "de" else set()
    return {w for w in (nouns - names) | small if w.isalpha()}


def possible_names() -> set[str]:
    """German words with a capital that have no form but a genitive."""
    forms: dict[str, set[str]] = defaultdict(set)
    known = dictionary("de")
    for form, base in known.items():
        forms[base].add(form)
    lone = {b for b, f in forms.items() if b.istitle() and f <= {b, b + "s", b + "'"}}
    ordinary = {b for b in lone if b.lower() in known or known.get(b, b) != b}
    plurals = {b for b in lone if any(b.endswith(e) and b[: -len(e)] in known for e in PLURALS)}
    names = {b.lower() for b in lone - ordinary - plurals} - calendar()
    return {b for b in names if not is_compound(b, "de")}


def calendar() -> set[str]:
    """German names of months and days."""
    german = Locale("de")
    tables = (german.months["format"]["wide"], german.days["format"]["wide"])
    return {name.lower() for table in tables for name in table.values()}


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    english = set(dictionary("en"))
    for language in ("de", "en", "es", "fr", "it", "nl"):
        words = WordSet.of(ordinary_words(language, english))
        (FOLDER / f"{language}.bloom").write_bytes(words.bits)
        (FOLDER / f"{language}.forms.bloom").write_bytes(WordSet.of(dictionary(language)).bits)
    (FOLDER / "de.names.bloom").write_bytes(WordSet.of(possible_names()).bits)


if __name__ == "__main__":
    main()
