"""Floors: the figures under which a measurement must not fall, and differences between two.

A floors file is TOML: one table for everything (``[overall]``), one a check
(``[checks.numbers]``) and one for the links (``[alignment]``). Keys are ``recall``,
``precision``, ``error_precision``, ``f1``, ``strict_f1``, ``lax_f1``; ``false_alarms``
and ``blocked_clean`` are ceilings.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from math import ceil, floor
from pathlib import Path
from typing import Any

from checker.errors import CheckerError
from checker.evaluate.measure import Figure, Measurement, Row

CEILINGS = ("false_alarms", "blocked_clean")
CHECK_KEYS = ("recall", "error_precision", "false_alarms")


class FloorsError(CheckerError):
    """A floors file or an earlier result cannot be used."""


def broken(measurement: Measurement, path: Path) -> tuple[str, ...]:
    """A sentence for every figure on the wrong side of its floor. Empty when all hold."""
    return tuple(_broken(measured_values(measurement), _toml(path), path))


def recorded(measurement: Measurement) -> str:
    """A floors file that this measurement just meets; silent checks get no floor."""
    silent = {f"checks.{row.name}" for row in measurement.checks if not row.right + row.wrong}
    lines = [
        "# Figures under which `checker evaluate corpora` must not fall.",
        "# Written by `checker evaluate corpora --record-floors`.",
    ]
    for table, values in measured_values(measurement).items():
        if table in silent:
            continue
        lines += ["", f"[{table}]", *(f"{k} = {_safe(k, v)}" for k, v in values.items())]
    return "\n".join(lines) + "\n"


def changes(measurement_json: str, old: Path) -> tuple[str, ...]:
    """What changed since an earlier ``--format json`` result, finding by finding."""
    before, after = _findings(_json(old)), _findings(json.loads(measurement_json))
    gone = [f"- {_told(key)}" for key in (before - after).elements()]
    new = [f"+ {_told(key)}" for key in (after - before).elements()]
    return tuple(sorted(gone + new, key=lambda line: (line[2:], line[0])))


def measured_values(m: Measurement) -> dict[str, dict[str, float]]:
    """The figures that floors can speak of, by table."""
    overall = {**_values(m.overall), **_value("blocked_clean", m.blocked_clean)}
    checks = {f"checks.{row.name}": _values(row) for row in m.checks}
    alignment = {
        **_value("strict_f1", m.alignment.strict_f1),
        **_value("lax_f1", m.alignment.lax_f1),
    }
    return {"overall": overall, **checks, "alignment": alignment}


def _values(row: Row) -> dict[str, float]:
    values: dict[str, float] = {}
    for key in CHECK_KEYS:
        values |= _value(key, getattr(row, key))
    return values


def _value(key: str, figure: Figure) -> dict[str, float]:
    return {} if figure.value is None else {key: figure.value}


def _safe(key: str, value: float) -> float:
    """Rounded to two places, to the side on which this measurement still passes."""
    return (ceil(value * 100) if key in CEILINGS else floor(value * 100 + 1e-9)) / 100


def _broken(
    values: Mapping[str, Mapping[str, float]], floors: Mapping[str, Any], path: Path
) -> Iterator[str]:
    tables = {"overall": floors.get("overall", {}), "alignment": floors.get("alignment", {})}
    tables |= {f"checks.{name}": table for name, table in floors.get("checks", {}).items()}
    for name, table in tables.items():
        for key, limit in table.items():
            value = values.get(name, {}).get(key)
            if value is None:
                yield f"{name} {key}: nothing was measured, {path} asks for {limit}"
            elif key in CEILINGS and value > limit:
                yield f"{name} {key}: {value:.4f}, over {limit}"
            elif key not in CEILINGS and value < limit:
                yield f"{name} {key}: {value:.4f}, under {limit}"


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FloorsError(f"{path} is no floors file: {error}.") from None


def _json(path: Path) -> dict[str, Any]:
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        values["findings"]
    except (OSError, ValueError, KeyError) as error:
        raise FloorsError(
            f"{path} is no result of `checker evaluate --format json`: {error!r}."
        ) from None
    return values


Key = tuple[str, ...]


def _findings(result: Mapping[str, Any]) -> Counter[Key]:
    names = ("pair", "check", "rule", "verdict", "severity", "source", "target")
    return Counter(tuple(str(f[n] or "") for n in names) for f in result["findings"])


def _told(key: Key) -> str:
    pair, check, rule, verdict, severity, source, target = key
    return f"{pair}: {check}/{rule}: {verdict} ({severity}): {source!r} / {target!r}"
