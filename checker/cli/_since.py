"""Shows what an updated source makes stale: for people and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from checker.messages import say
from checker.model import Passage, Report
from checker.since import State, Update


def as_json(found: Sequence[Update], report: Report) -> str:
    """The updates as one JSON object, version 1."""
    rows = [
        {
            "state": update.state.value,
            "what": update.what,
            "old": update.old,
            "source": _passage(update.new),
            "target": _passage(update.target),
        }
        for update in found
    ]
    data = {"version": 1, "signature": report.signature, "updates": rows}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_text(found: Sequence[Update], report: Report) -> str:
    """The updates for people: what to do first, what is done already last."""
    assert report.target is not None
    counts = Counter(update.state for update in found)
    names = {state: name for state, (name, _) in _words().items()}
    summary = ", ".join(f"{counts[state]} {names[state]}" for state in State if counts[state])
    lines = [f"{summary or say('nothing changed')}: {report.target.document.path}", ""]
    order = list(State)
    for update in sorted(found, key=lambda u: order.index(u.state)):
        lines += _entry(update, report)
    return "\n".join(lines).rstrip() + "\n"


def stale(found: Sequence[Update]) -> bool:
    """True when there is something left to do."""
    return any(update.state is not State.UP_TO_DATE for update in found)


def _words() -> dict[State, tuple[str, str]]:
    """What each state is called, and what to do."""
    return {
        State.STALE: (say("stale"), say("translate the change")),
        State.MISSING: (say("missing"), say("translate the new sentence")),
        State.SUPERFLUOUS: (say("superfluous"), say("cut it, the source dropped it")),
        State.UP_TO_DATE: (say("up to date"), say("nothing to do")),
    }


def _entry(update: Update, report: Report) -> list[str]:
    assert report.target is not None
    line, _ = report.target.document.line_and_column(update.target.start)
    name, advice = _words()[update.state]
    entry = [f"{name.upper()}  {say('line')} {line}: {update.what}"]
    for label, text in (
        (say("old"), update.old),
        (say("new"), update.new.text if update.new else ""),
        (say("now"), update.target.text),
    ):
        entry += [f"  {label}: {' '.join(text.split())}"] if text.strip() else []
    return [*entry, f"  {say('next:')} {advice}", ""]


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {"start": passage.start, "end": passage.end, "text": passage.text}
