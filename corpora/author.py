"""Writes and checks the pairs of this folder, so that nobody counts characters by hand.

    python corpora/author.py compile DRAFT...   writes the folder of every pair in the drafts
    python corpora/author.py draft FOLDER...    prints a folder as a draft, to edit and compile again
    python corpora/author.py check              validates every pair of this folder

A draft (corpora/README.md explains it) puts the sentences that say the same under each
other, marks defects as [[1:text]] in place, and lists them below a line of dashes.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = re.compile(r"\[\[(\d+):(.*?)\]\]", re.DOTALL)
PLACE = re.compile(r"@(\d+(?:\.\d+)?)(¶?) ")
SEPARATOR = " | "
BOUNDARY = "\x1e"
MAY_LACK = {"omissions", "untranslated"}
ONE_SIDED = {"arithmetic", "repetition", "leftovers", "spelling", "punctuation", "consistency", "dates", "links"}


@dataclass
class Side:
    """One text while it is put together."""

    text: str = ""
    sentences: list[list[int]] = field(default_factory=list)
    marks: dict[str, list[dict]] = field(default_factory=dict)

    def add(self, marked: str, paragraph: bool) -> list[int]:
        """Appends the sentences of one bead; their indices. A mark may run over several."""
        if self.text:
            self.text += "\n\n" if paragraph else " "
        start = len(self.text)
        self._append(marked.replace(SEPARATOR, BOUNDARY))
        first = len(self.sentences)
        for sentence in self.text[start:].split(BOUNDARY):
            self.sentences.append([start, start + len(sentence)])
            start += len(sentence) + 1
        self.text = self.text.replace(BOUNDARY, " ")
        return list(range(first, len(self.sentences)))

    def _append(self, marked: str) -> None:
        rest = 0
        for mark in MARK.finditer(marked):
            self.text += marked[rest : mark.start()]
            start = len(self.text)
            self.text += mark[2]
            passage = {
                "start": start,
                "end": len(self.text),
                "text": mark[2].replace(BOUNDARY, " "),
            }
            self.marks.setdefault(mark[1], []).append(passage)
            rest = mark.end()
        self.text += marked[rest:]


@dataclass
class Bead:
    """Two lines of a draft."""

    source: str
    target: str
    paragraph: bool
    order: float
    breaks: bool | None = None
    number: int = 0
    indices: dict[str, list[int]] = field(default_factory=dict)


def drafts(text: str) -> Iterator[str]:
    """The drafts of a file, each from its "# name" line on."""
    yield from (part for part in re.split(r"(?m)^(?=# )", text) if part.strip())


def parse_beads(body: str) -> list[Bead]:
    """The beads of a draft's body, in the order of the source."""
    beads = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        lines = paragraph.splitlines()
        if len(lines) % 2:
            raise SystemExit(f"a line without its counterpart in:\n{paragraph}")
        for number in range(0, len(lines), 2):
            place = PLACE.match(lines[number + 1])
            beads.append(Bead(
                lines[number],
                PLACE.sub("", lines[number + 1], count=1),
                number == 0,
                float(place[1]) if place else float(len(beads)),
                bool(place[2]) if place else None,
            ))
    return beads


def lay_out(beads: list[Bead]) -> dict[str, Side]:
    """Both texts; the target in the order its beads ask for."""
    sides = {"source": Side(), "target": Side()}
    for number, paragraph in enumerate(accumulate(bead.paragraph for bead in beads)):
        beads[number].number = paragraph
    for name, ordered in (("source", beads), ("target", sorted(beads, key=lambda b: b.order))):
        last = 0
        for bead in ordered:
            line = bead.source if name == "source" else bead.target
            bead.indices[name] = []
            if line != "-":
                asked = bead.breaks if name == "target" else None
                bead.indices[name] = sides[name].add(line, bead.number != last if asked is None else asked)
                moved = name == "target" and not bead.order.is_integer()
                last = last if moved else bead.number
    return sides


def findings(lines: str, sides: dict[str, Side], beads: list[Bead]) -> list[dict]:
    """The findings listed under a draft, with the spans of their marks."""
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        head, _, note = line.partition(" | ")
        number, checks, rule, severity = head.split()
        check, *also = checks.split("+")
        places = {name: sides[name].marks.get(number, []) for name in sides}
        if not any(places.values()):
            raise SystemExit(f"no mark for: {line}")
        for name in places:
            if not places[name] and check not in ONE_SIDED | MAY_LACK:
                raise SystemExit(f"no mark in the {name} for: {line}")
            if not places[name] and check in MAY_LACK:
                places[name] = absent(number, name, sides, beads)
        found.append({"check": check, "rule": rule, "severity": severity, "also": also, **places, "note": note})
    return found


def absent(number: str, name: str, sides: dict[str, Side], beads: list[Bead]) -> list[dict]:
    """The empty span where the counterpart of a mark should stand."""
    position = 0
    for bead in beads:
        if f"[[{number}:" in (bead.target if name == "source" else bead.source):
            break
        if bead.indices[name]:
            position = sides[name].sentences[bead.indices[name][-1]][1]
    return [{"start": position, "end": position, "text": ""}]


def compile_draft(draft: str, into: Path) -> Path:
    """Writes the folder of one draft."""
    head, body, *rest = re.split(r"(?m)^---\s*$", draft)
    name = head.splitlines()[0].removeprefix("# ").strip()
    values = dict(line.split(": ", 1) for line in head.splitlines()[1:] if line.strip())
    languages = dict(zip(("source", "target"), values["languages"].split(), strict=True))
    beads = parse_beads(body)
    sides = lay_out(beads)
    gold = {
        "topic": values["topic"],
        "translation": values["translation"],
        "note": values.get("note", ""),
        "origin": "written for this project",
        "licence": "CC0-1.0",
    }
    folder = into / name
    folder.mkdir(parents=True, exist_ok=True)
    for side, language in languages.items():
        file = f"{name}.{language.split('-')[0]}.txt"
        (folder / file).write_bytes((sides[side].text + "\n").encode())
        gold[side] = {"file": file, "language": language, "sentences": sides[side].sentences}
    gold["beads"] = [[b.indices["source"], b.indices["target"]] for b in beads]
    gold["findings"] = findings(rest[0] if rest else "", sides, beads)
    (folder / "gold.json").write_text(dump(gold), encoding="utf-8")
    for side in sides:
        if not 250 <= (words := len(sides[side].text.split())) <= 900:
            print(f"{name}: {words} words in the {side}, not 250 to 900", file=sys.stderr)
    return folder


def dump(gold: dict) -> str:
    """JSON with one finding a line and the sentences of a text on one line."""
    lists = {"beads": gold["beads"], **{s: gold[s] for s in ("source", "target")}}
    plain = [f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in gold.items() if k not in (*lists, "findings")]
    plain += [f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in lists.items()]
    rows = ",\n".join("  " + json.dumps(f, ensure_ascii=False) for f in gold["findings"])
    plain.append(f' "findings": [\n{rows}\n ]' if rows else ' "findings": []')
    return "{\n" + ",\n".join(plain) + "\n}\n"


def to_draft(folder: Path) -> str:
    """A folder as a draft. Compiling it gives the same folder."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    texts = {s: (folder / gold[s]["file"]).read_bytes().decode() for s in ("source", "target")}
    lines = [f"# {folder.name}"]
    lines += [f"{key}: {gold[key]}" for key in ("topic", "translation", "note") if gold[key]]
    lines += [f"languages: {gold['source']['language']} {gold['target']['language']}", "---"]
    places = target_places(gold, texts)
    for number, (source, target) in enumerate(gold["beads"]):
        if number and source and begins_paragraph(gold, texts, "source", source[0]):
            lines.append("")
        rendered = {
            name: marked(gold, texts, name, indices) if indices else "-"
            for name, indices in (("source", source), ("target", target))
        }
        lines += [rendered["source"], places.get(number, "") + rendered["target"]]
    lines.append("---")
    for number, f in enumerate(gold["findings"], 1):
        lines.append(f"{number} {'+'.join([f['check'], *f['also']])} {f['rule']} {f['severity']}" + (f" | {f['note']}" if f["note"] else ""))
    return "\n".join(lines) + "\n"


def begins_paragraph(gold: dict, texts: dict[str, str], name: str, index: int) -> bool:
    """True when a line break stands before a sentence."""
    sentences = gold[name]["sentences"]
    return index == 0 or "\n" in texts[name][sentences[index - 1][1] : sentences[index][0]]


def target_places(gold: dict, texts: dict[str, str]) -> dict[int, str]:
    """The "@7.5¶ " of every bead whose target does not stand where its source does."""
    beads, paragraph, paragraphs = gold["beads"], 0, []
    for number, (source, _) in enumerate(beads):
        paragraph += bool(not number or (source and begins_paragraph(gold, texts, "source", source[0])))
        paragraphs.append(paragraph)
    places, furthest, last = {}, -1.0, 0
    for _, number in sorted((b[1][0], n) for n, b in enumerate(beads) if b[1]):
        key = float(number) if number > furthest else round(furthest + 0.001, 3)
        furthest = key
        breaks = begins_paragraph(gold, texts, "target", beads[number][1][0])
        if key != number or breaks != (paragraphs[number] != last):
            places[number] = f"@{key:g}{'¶' if breaks else ''} "
        if key == number:
            last = paragraphs[number]
    return places


def marked(gold: dict, texts: dict[str, str], name: str, indices: list[int]) -> str:
    """The sentences of a bead with separators and marks."""
    sentences = [gold[name]["sentences"][i] for i in indices]
    start, end = sentences[0][0], sentences[-1][1]
    inserts = [(after[0] - 1, 1, SEPARATOR) for after in sentences[1:]]
    for number, found in enumerate(gold["findings"], 1):
        for p in found[name]:
            if start <= p["start"] and p["end"] <= end and (p["text"] or start < p["start"] < end):
                inserts += [(p["start"], 0, f"[[{number}:"), (p["end"], 0, "]]")]
    text = texts[name]
    for position, length, insert in sorted(inserts, reverse=True):
        text = text[:position] + insert + text[position + length :]
    return text[start : len(text) - (len(texts[name]) - end)]


def main(arguments: list[str]) -> None:
    """The command line."""
    match arguments:
        case ["compile", *files] if files:
            for file in files:
                for draft in drafts(Path(file).read_text(encoding="utf-8")):
                    print(compile_draft(draft, HERE))
        case ["draft", *folders] if folders:
            print("\n".join(to_draft(Path(folder)) for folder in folders))
        case ["check"]:
            from checker.evaluate.gold import load_folder

            print(f"{len(load_folder(HERE))} pairs, all valid")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
