"""Gold annotations: which differences a pair really has, and which sentences say the same.

A pair is a folder with two texts and a ``gold.json``. Spans are stored as offsets together
with the text they cut out, so that a text edited by hand is noticed and not mismeasured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import CheckerError
from checker.model import Passage, Severity, Span

GOLD_FILE = "gold.json"


class GoldError(CheckerError):
    """A gold annotation is missing, malformed, or no longer fits its texts."""


@dataclass(frozen=True, slots=True)
class GoldSide:
    """One text of a pair with the spans of its sentences."""

    path: Path
    language: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldBead:
    """Sentences that say the same, by index; one side is empty where a text has no counterpart."""

    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """A real defect. ``also`` names other checks that may rightly report it.

    A finding of severity ``note`` is tolerated: nobody must report it, and reporting it is
    no false alarm.
    """

    check: str
    rule: str
    severity: Severity
    source: tuple[Passage, ...]
    target: tuple[Passage, ...]
    note: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A pair of texts with its gold."""

    name: str
    topic: str
    translation: str
    source: GoldSide
    target: GoldSide
    beads: tuple[GoldBead, ...]
    findings: tuple[GoldFinding, ...]

    @property
    def clean(self) -> bool:
        """True when nothing in the pair must be reported."""
        return all(f.severity is Severity.NOTE for f in self.findings)


def load_folder(folder: Path) -> tuple[GoldPair, ...]:
    """Every pair below ``folder``, sorted by name. Raises GoldError when there is none."""
    if not folder.is_dir():
        raise GoldError(
            f"{folder} is not a folder: name a folder that holds pairs with {GOLD_FILE}."
        )
    pairs = tuple(load_pair(path.parent) for path in sorted(folder.rglob(GOLD_FILE)))
    if not pairs:
        raise GoldError(
            f"{folder} holds no {GOLD_FILE}: each pair is a folder of two texts and a {GOLD_FILE}."
        )
    return pairs


def load_pair(folder: Path) -> GoldPair:
    """The pair in ``folder``. Raises GoldError with every problem it has, one a line."""
    path = folder / GOLD_FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        texts = {side: _text(folder / values[side]["file"]) for side in ("source", "target")}
        pair = _pair(folder, values, texts)
    except OSError as error:
        raise GoldError(f"{error.filename} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{path} does not follow the schema: {error!r}.") from None
    problems = list(_problems(pair, texts))
    if problems:
        raise GoldError("\n".join(f"{path}: {problem}" for problem in problems))
    return pair


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _pair(folder: Path, values: Mapping[str, Any], texts: Mapping[str, str]) -> GoldPair:
    return GoldPair(
        name=folder.name,
        topic=values["topic"],
        translation=values["translation"],
        source=_side(folder, values["source"]),
        target=_side(folder, values["target"]),
        beads=tuple(GoldBead(tuple(b[0]), tuple(b[1])) for b in values["beads"]),
        findings=tuple(_finding(f) for f in values["findings"]),
    )


def _side(folder: Path, values: Mapping[str, Any]) -> GoldSide:
    sentences = tuple(Span(start, end) for start, end in values["sentences"])
    return GoldSide(folder / values["file"], values["language"], sentences)


def _finding(values: Mapping[str, Any]) -> GoldFinding:
    return GoldFinding(
        check=values["check"],
        rule=values["rule"],
        severity=Severity(values["severity"]),
        source=_passages(values["source"]),
        target=_passages(values["target"]),
        note=values["note"],
        also=tuple(values.get("also", ())),
    )


def _passages(values: Sequence[Mapping[str, Any]]) -> tuple[Passage, ...]:
    return tuple(Passage(v["start"], v["end"], v["text"]) for v in values)


def _problems(pair: GoldPair, texts: Mapping[str, str]) -> Iterator[str]:
    for side, name in ((pair.source, "source"), (pair.target, "target")):
        yield from _sentence_problems(side.sentences, texts[name], name)
    yield from _bead_problems(pair)
    for finding in pair.findings:
        if not finding.source and not finding.target:
            yield f"a {finding.rule} finding has no place on either side."
        for passages, name in ((finding.source, "source"), (finding.target, "target")):
            for p in passages:
                if texts[name][p.start : p.end] != p.text:
                    yield f'"{p.text}" does not stand at {p.start} of the {name}.'


def _sentence_problems(sentences: Sequence[Span], text: str, name: str) -> Iterator[str]:
    """Sentences follow each other, and only white space lies outside them."""
    end = 0
    for span in sentences:
        if span.start < end or text[end : span.start].strip():
            yield f"text of the {name} before {span.start} is in no sentence, or in two."
        end = span.end
    if text[end:].strip() or end > len(text):
        yield f"text of the {name} after {end} is in no sentence."


def _bead_problems(pair: GoldPair) -> Iterator[str]:
    for name, indices, count in (
        ("source", [i for b in pair.beads for i in b.source], len(pair.source.sentences)),
        ("target", [i for b in pair.beads for i in b.target], len(pair.target.sentences)),
    ):
        if sorted(indices) != list(range(count)):
            yield f"the beads must name every {name} sentence once."
