"""Lists the licences of everything the package needs or ships: docs/licences.md.

    python scripts/licences.py           # after a change of dependencies or data
    python scripts/licences.py --check   # fails when the page names other packages than are needed

Dependencies are followed from the installed packages' own metadata, extras included; those for
tests and development are left out, since nobody who uses the checker gets them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from email.message import Message
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
EXTRAS = ("documents", "web", "cluster")
HEAD = """# Licences

Made by `python scripts/licences.py`. The checker is Apache-2.0, the article pairs in `corpora/`
are CC0.

"""
TRANSFORMERS = """## The extra `transformers`

torch (BSD-3-Clause), sentence-transformers, transformers and tokenizers (Apache-2.0) and what these
bring along. Each model has a licence of its own, which `checker models` shows.
"""


def main() -> int:
    """Writes the page, or with ``--check`` names direct dependencies that it lacks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    direct = {"": project["dependencies"], **{name: extras[name] for name in EXTRAS}}
    if "--check" in sys.argv:
        there = _names(PAGE.read_text(encoding="utf-8"))
        wanted = {_normal(Requirement(r).name) for listed in direct.values() for r in listed}
        for name in sorted(wanted - there):
            print(f"{PAGE}: {name} is missing, run python scripts/licences.py")
        return 1 if wanted - there else 0
    core = needed(direct[""])
    text = "".join([HEAD, *_table("The core", core), *_data()])
    for extra in EXTRAS:
        text += "".join(_table(f"The extra `{extra}`", needed(direct[extra]) - core))
    PAGE.write_text(text + TRANSFORMERS, encoding="utf-8")
    return 0


def needed(requirements: Iterable[str]) -> set[str]:
    """Names of the packages that these requirements need, directly or not, as installed here."""
    found: set[str] = set()
    waiting = list(map(Requirement, requirements))
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        found.add(_normal(requirement.name))
        for extra in requirement.extras | {""}:
            if (requirement.name, extra) not in seen:
                seen.add((requirement.name, extra))
                waiting += _requirements(requirement.name, extra)
    return found


def _requirements(name: str, extra: str) -> Iterator[Requirement]:
    try:
        listed = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in map(Requirement, listed):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def licence(name: str) -> str:
    """What a package's metadata say of its licence, in few words."""
    known: Message = metadata.metadata(name)  # type: ignore[assignment]
    if stated := known.get("License-Expression"):
        return str(stated)
    classified = [
        c.rpartition(" :: ")[2] for c in known.get_all("Classifier") or [] if "License ::" in c
    ]
    named = [c for c in classified if c not in ("OSI Approved",)]
    first = str(known.get("License") or "").strip().partition("\n")[0]
    return "; ".join(named) or first or "see the package"


def _table(title: str, names: set[str]) -> Iterator[str]:
    yield f"## {title}\n\n| package | licence |\n|---|---|\n"
    for name in sorted(names):
        try:
            yield f"| {name} | {licence(name)} |\n"
        except metadata.PackageNotFoundError:
            yield f"| {name} | not installed where this page was made |\n"
    yield "\n"


def _data() -> Iterator[str]:
    yield "## Data in the package\n\n"
    yield "Each licence lies beside its data or in the head of the file.\n\n"
    yield "| data | licence |\n|---|---|\n"
    for path, said in DATA:
        assert (ROOT / "checker" / path).exists(), path
        yield f"| `checker/{path}` | {said} |\n"
    yield "\n"


def _names(text: str) -> set[str]:
    return set(re.findall(r"^\| ([a-z0-9-]+) \|", text, re.MULTILINE)) - {"package", "data"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


DATA = (
    ("data/lexicon.fr-de.tsv.gz", "CC-BY-SA-3.0 (FreeDict, WikDict)"),
    (
        "data/translations.fr-de.tsv.gz",
        "Apache-2.0, counts of words; see `data/translations.fr-de.txt`",
    ),
    (
        "data/certainty.fr-de.tsv.gz",
        "Apache-2.0, counts of words; see `data/translations.fr-de.txt`",
    ),
    ("data/names/places.tsv", "facts; see `data/names/LICENCES.txt`"),
    ("data/words", "see `data/words/LICENCES.txt`"),
    ("data/detector.npz", "Apache-2.0, trained for this project; see `data/detector.txt`"),
    ("languages", "Apache-2.0, written for this project"),
)

if __name__ == "__main__":
    sys.exit(main())
