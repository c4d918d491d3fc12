"""How well ``checker diff --since`` tells stale sentences: edits own article pairs and counts.

usage: python benchmarks/since.py [PAIRS]

In each of the first PAIRS (default 20) French-German pairs of ``corpora/`` a number of
the source is changed, one sentence is dropped and one is added. Each edit must be reported at
its sentence and no other sentence may be.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from checker.embed import load
from checker.model import Document, LinkKind
from checker.pipeline import CachedWords, article, compare
from checker.read import parse
from checker.settings import BUNDLED_MODEL, Settings
from checker.since import State, updates

CORPORA = Path(__file__).parent.parent / "corpora"
NUMBER = re.compile(r"(?<![\d,.'’/:-])(?<!\d )[1-9]\d{1,3}(?!\d|[,.'’/:-]\d| \d)")
ADDED = "Le service de presse a précisé vendredi que les chiffres définitifs suivront au printemps."


def pairs() -> list[str]:
    """Names of the pairs with a French and a German side."""
    return [
        folder.name
        for folder in sorted(CORPORA.iterdir())
        if all((folder / f"{folder.name}.{code}.txt").is_file() for code in ("fr", "de"))
    ]


def edits(text: str, linked: list[str]) -> tuple[str, str, str] | None:
    """The edited text, the sentence with another number, and the dropped one."""
    with_number = next((s for s in linked if NUMBER.search(s)), None)
    plain = [s for s in linked if s != with_number and 60 < len(s) < 300 and text.count(s) == 1]
    if with_number is None or len(plain) < 4:
        return None
    changed = NUMBER.sub(lambda m: str(int(m.group()) + 7), with_number, count=1)
    dropped, neighbour = plain[-2], plain[1]
    edited = text.replace(with_number, changed).replace(dropped, "")
    return edited.replace(neighbour, f"{neighbour} {ADDED}"), changed, dropped


def document(name: str, language: str) -> Document:
    """One side of a pair."""
    path = CORPORA / name / f"{name}.{language}.txt"
    return replace(parse(path.read_bytes(), path.name), language=language)


def main() -> None:
    """Prints found, missed and invented edits by kind."""
    encoder = load(BUNDLED_MODEL)
    words = CachedWords(encoder)
    settings = Settings(only=("omissions",), cache=False)
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    invented: list[tuple[str, str, str]] = []
    wished, edited = int(sys.argv[1]) if len(sys.argv) > 1 else 20, 0
    for name in pairs():
        if edited == wished:
            break
        old, target = document(name, "fr"), document(name, "de")
        before = compare(old, target, settings, encoder)
        one_to_one = [
            before.source.sentences[k.source[0]].text
            for k in before.links
            if k.kind is LinkKind.LINK and len(k.source) == len(k.target) == 1
        ]
        edit = edits(old.text, one_to_one)
        if edit is None:
            continue
        edited += 1
        new_text, changed, dropped = edit
        new = replace(parse(new_text.encode(), old.path), language="fr")
        report = compare(new, target, settings, encoder)
        wanted = {State.STALE: changed, State.SUPERFLUOUS: dropped, State.MISSING: ADDED}
        for update in updates(article(old), report, words):
            shown = update.new.text if update.new else update.old
            if wanted.get(update.state) == shown:
                found[update.state.value] += 1
                del wanted[update.state]
            else:
                invented.append((name, update.state.value, shown[:70]))
        missed.update(state.value for state in wanted)
    print(f"{edited} pairs; found", dict(found))
    print("missed", dict(missed))
    print("invented", len(invented), *invented, sep="\n  ")


if __name__ == "__main__":
    main()
