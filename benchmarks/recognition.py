"""How fast quantities are recognised, and that hostile input costs no more than its length.

Run: python benchmarks/recognition.py [FILE LANGUAGE]

Prints the processor seconds for one million characters of news-like text in French and in
German (or of FILE, repeated to that length), then for hostile texts of two sizes the ratio
of the times, which is the ratio of the sizes when the work is linear.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from checker.quantities import recognise

LENGTH = 1_000_000
CASES = Path(__file__).parent.parent / "tests" / "cases" / "numbers"
HOSTILE = {
    "digits": "7",
    "spaces": " ",
    "hyphens": "-",
    "letters": "a",
    "digits and spaces": "1 ",
    "digits and dots": "1.",
    "groups": "123 ",
    "digits and slashes": "1/",
    "digits and colons": "1:",
    "letters and digits": "A1-",
    "number words": "deux ",
    "hyphened words": "cent-",
    "days and months": "1er mai ",
    "one long word": "hundert",
}


def seconds(text: str, language: str) -> float:
    """Processor seconds for one recognition."""
    start = time.process_time()
    recognise(text, language)
    return time.process_time() - start


def prose(language: str) -> str:
    """Sentences from our own cases, each with three of plain prose, to the full length."""
    plain = {
        "fr": "Le conseil de la ville a longuement débattu du projet. Personne ne s'attendait "
        "à une telle affluence dans la salle. Les habitants du quartier ont posé leurs questions. ",
        "de": "Der Rat der Stadt hat lange über das Vorhaben beraten. Niemand hatte mit einem "
        "solchen Andrang im Saal gerechnet. Die Leute aus der Gegend stellten ihre Fragen. ",
    }
    lines = (CASES / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    text = "\n".join(plain[language] + s.split("\t")[0] for s in lines if not s.startswith("#"))
    return repeated(text + "\n")


def repeated(text: str, length: int = LENGTH) -> str:
    """``text`` over and over, cut to ``length`` characters."""
    return (text * (length // len(text) + 1))[:length]


def main() -> None:
    """Print the figures."""
    for language in ("fr", "de"):
        recognise(prose(language)[:10_000], language)
    if len(sys.argv) == 3:
        text = Path(sys.argv[1]).read_text(encoding="utf-8")
        print(f"{sys.argv[1]}: {seconds(repeated(text), sys.argv[2]):.2f} s for 1 MB")
        return
    for language in ("fr", "de"):
        print(f"{language}: {seconds(prose(language), language):.2f} s for 1 MB of prose")
    for name, unit in HOSTILE.items():
        small, large = (seconds(repeated(unit, n), "fr") for n in (LENGTH // 80, LENGTH // 20))
        print(
            f"{name}: {large:.2f} s for 50 kB, {large / max(small, 1e-3):.1f} times that of 12 kB"
        )


if __name__ == "__main__":
    main()
