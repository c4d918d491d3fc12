"""Builds the lexicons in checker/data from the FreeDict dictionaries of both directions.

Usage: build_lexicon.py FRA_DEU.tsv.xz DEU_FRA.tsv.xz
(columns: headword, part of speech, translation). Keeps single words.

lexicon.fr-de.tsv.gz has them reduced to the keys that the terms check compares: one line a
French key, its German keys joined by "|", and "n" for words that can be nouns, "p" for those that
are names only. renderings.fr-de.tsv.gz and renderings.de-fr.tsv.gz have what can be proposed: a
key and the nouns that render it as they are written, in the order of the dictionary.
Run it again whenever the endings in the language files change.
"""

from __future__ import annotations

import gzip
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from checker.languages import load
from checker.terms.language import grammar

# What public bodies of Switzerland, Austria and Belgium are called, which the dictionaries lack;
# general knowledge.
BODIES = (
    "Confédération Bund", "Confédération Eidgenossenschaft", "canton Kanton", "commune Gemeinde",
    "district Bezirk", "municipalité Gemeinderat", "municipalité Stadtrat", "exécutif Regierung",
    "exécutif Stadtrat", "législatif Parlament", "législatif Gemeindeparlament", "conseiller Rat",
    "conseiller Bundesrat", "conseillère Bundesrätin", "syndic Gemeindepräsident",
    "syndique Gemeindepräsidentin", "maire Gemeindepräsident", "maire Stadtpräsident",
    "maire Bürgermeister", "bourgmestre Bürgermeister", "échevin Schöffe", "échevin Stadtrat",
    "votation Abstimmung", "initiative Volksinitiative", "référendum Volksabstimmung",
    "parquet Staatsanwaltschaft", "procureur Staatsanwalt", "procureure Staatsanwältin",
    "gendarmerie Kantonspolizei", "Land Bundesland", "gouverneur Landeshauptmann",
    "chambre Kammer", "chambre Rat", "préfet Statthalter", "préfet Regierungsstatthalter",
    "gymnase Gymnasium", "gymnase Kantonsschule", "apprentissage Lehre", "apprenti Lehrling",
)  # fmt: skip
Nouns = dict[str, list[str]]
OUT = Path(__file__).parents[1] / "checker" / "data"
MOST = 6  # renderings of a word


def main(french_first: str, german_first: str) -> None:
    """Merges both dictionaries into the data files."""
    french, german = grammar(load("fr")), grammar(load("de"))
    pairs: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    written: tuple[Nouns, Nouns] = (defaultdict(list), defaultdict(list))
    for path, swapped in ((french_first, False), (german_first, True)):
        for head, part, translation in _entries(path):
            fr, de = (translation, head) if swapped else (head, translation)
            kind = part.split(",")[0]
            pairs[french.key(fr)].add(german.key(de))
            parts[french.key(fr)].add("" if swapped else kind)
            if kind == "n" and de[0].isupper():
                written[0][french.key(fr)].append(de)
                written[1][german.key(de)].append(fr)
    for pair in BODIES:
        fr, de = pair.split()
        pairs[french.key(fr)].add(german.key(de))
        parts[french.key(fr)].add("n")
        written[0][french.key(fr)].append(de)
        written[1][german.key(de)].append(fr)
    lines = [f"{fr}\t{'|'.join(sorted(des))}\t{_part(parts[fr])}" for fr, des in pairs.items()]
    _write("lexicon.fr-de", lines)
    for name, nouns in zip(("renderings.fr-de", "renderings.de-fr"), written, strict=True):
        unique = {key: list(dict.fromkeys(words))[:MOST] for key, words in nouns.items()}
        _write(name, [f"{key}\t{'|'.join(words)}" for key, words in unique.items()])
    print(f"{len(pairs)} French words, {sum(map(len, pairs.values()))} pairs")


def _entries(path: str) -> Iterator[tuple[str, str, str]]:
    """Headword, part of speech and translation of what is one word on both sides."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            head, part, translation = [*line.rstrip("\n").split("\t"), "", ""][:3]
            if _word(head) and _word(translation):
                yield head, part, translation


def _write(name: str, lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in sorted(lines))
    (OUT / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _part(parts: set[str]) -> str:
    """Can be a noun, is a proper name and nothing else, or neither."""
    known = parts - {""}
    return "n" if "n" in known else "p" if known == {"pn"} else ""


def _word(text: str) -> bool:
    return len(text) > 2 and text.replace("-", "").isalpha()


if __name__ == "__main__":
    main(*sys.argv[1:3])
