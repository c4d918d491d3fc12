"""Builds checker/data/lexicon.fr-de.tsv.gz from the FreeDict dictionaries of both directions.

Usage: build_lexicon.py FRA_DEU.tsv.xz DEU_FRA.tsv.xz
(columns: headword, part of speech, translation). Keeps single words, reduced to the keys
that the terms check compares: one line a French key, its German keys joined by "|", and "n" for
words that can be nouns, "p" for those that are names only.
Run it again whenever the endings in the language files change.
"""

from __future__ import annotations

import gzip
import lzma
import sys
from collections import defaultdict
from pathlib import Path

from checker.languages import load
from checker.terms.language import grammar

OUT = Path(__file__).parents[1] / "checker" / "data" / "lexicon.fr-de.tsv.gz"


def main(french_first: str, german_first: str) -> None:
    """Merges both dictionaries into the data file."""
    french, german = grammar(load("fr")), grammar(load("de"))
    pairs: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    for path, swapped in ((french_first, False), (german_first, True)):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                head, part, translation = [*line.rstrip("\n").split("\t"), "", ""][:3]
                fr, de = (translation, head) if swapped else (head, translation)
                if _word(fr) and _word(de):
                    pairs[french.key(fr)].add(german.key(de))
                    parts[french.key(fr)].add("" if swapped else part.split(",")[0])
    text = "".join(
        f"{fr}\t{'|'.join(sorted(des))}\t{_part(parts[fr])}\n" for fr, des in sorted(pairs.items())
    )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(pairs)} French words, {sum(map(len, pairs.values()))} pairs")


def _part(parts: set[str]) -> str:
    """Can be a noun, is a proper name and nothing else, or neither."""
    known = parts - {""}
    return "n" if "n" in known else "p" if known == {"pn"} else ""


def _word(text: str) -> bool:
    return len(text) > 2 and text.replace("-", "").isalpha()


if __name__ == "__main__":
    main(*sys.argv[1:3])
