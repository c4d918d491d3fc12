"""How long a large termbase takes to load, and what it adds to comparing one pair.

    python benchmarks/termbase.py [ENTRIES]

Both sides of each ratio are measured in this run, on this machine.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from checker.embed import load as load_encoder
from checker.pipeline import compare
from checker.settings import BUNDLED_MODEL, Settings
from checker.terms.termbase import Concept, Term, formats, load

SYLLABLES = ["ba", "de", "fi", "go", "lu", "mer", "nat", "pol", "ris", "son", "tar", "ver"]
FRENCH = "Le conseil de la ville a voté hier le budget des écoles primaires et des transports.\n"
GERMAN = "Der Stadtrat hat gestern das Budget der Primarschulen und des Verkehrs beschlossen.\n"


def concepts(count: int) -> list[Concept]:
    """Made-up words of two to four syllables, one concept in five of two words."""
    generator = random.Random(1)

    def word() -> str:
        return "".join(generator.choices(SYLLABLES, k=generator.randint(2, 4)))

    def term(language: str) -> Term:
        text = f"{word()} {word()}" if generator.random() < 0.2 else word()
        return Term(text.capitalize() if language == "de" else text, language)

    return [Concept(f"c{n}", (term("fr"), term("de"))) for n in range(count)]


def seconds(action: Callable[[], object], times: int = 3) -> float:
    """The median processor time of an action."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main(count: int) -> None:
    """Prints the loading time of each format and the time a pair takes with and without."""
    house = concepts(count)
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, chosen in formats().items():
            paths[name] = Path(folder) / f"house{chosen.suffixes[0]}"
            paths[name].write_bytes(chosen.write(house))
            taken = seconds(lambda path=paths[name]: load(path))
            print(f"{name:5} {count} entries load in {taken:.2f} s")
        source, target = Path(folder) / "a.fr.txt", Path(folder) / "a.de.txt"
        source.write_text("".join(f"{n}. {FRENCH}" for n in range(60)), encoding="utf-8")
        target.write_text("".join(f"{n}. {GERMAN}" for n in range(60)), encoding="utf-8")
        encoder = load_encoder(BUNDLED_MODEL)
        plain, house_rules = Settings(), Settings(termbases=(str(paths["csv"]),))
        for settings in (plain, house_rules):
            compare(source, target, settings, encoder)
        taken: dict[bool, list[float]] = {False: [], True: []}
        for _ in range(7):
            for used, settings in ((False, plain), (True, house_rules)):
                compared = partial(compare, source, target, settings, encoder)
                taken[used].append(seconds(compared, times=1))
        without, with_house = (statistics.median(taken[used]) for used in (False, True))
        print(f"a pair: {without:.2f} s; with the termbase {with_house:.2f} s")
        print(f"ratio {with_house / without:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
