"""Facts about units that hold in every language: data/units.tsv, and conversion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

_MEASURES = frozenset(["volume", "pressure"])
"""Dimensions in which one measure has two names."""


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit's dimension, its factor to the base unit (None for money), its symbols."""

    code: str
    dimension: str
    factor: Fraction | None
    symbols: tuple[str, ...]


@cache
def facts() -> Mapping[str, UnitFact]:
    """Every unit by code."""
    table = resources.files("checker").joinpath("data/units.tsv").read_text(encoding="utf-8")
    return {fact.code: fact for fact in _rows(table)}


@cache
def symbols() -> Mapping[str, tuple[str, ...]]:
    """Units by symbol, which is written with spaces between its tokens."""
    table: dict[str, tuple[str, ...]] = {}
    for fact in facts().values():
        for symbol in fact.symbols:
            table[symbol] = (*table.get(symbol, ()), fact.code)
    return table


def dimension(unit: str) -> str:
    """What ``unit`` measures, "length" or "money"; of a unit per another, "length/time"."""
    fact = facts().get(unit)
    if fact:
        return fact.dimension
    base, _, per = unit.partition("/")
    return f"{dimension(base)}/{dimension(per)}" if base and per else ""


def symbol(unit: str) -> str:
    """How a unit is written where it has a sign of its own ("°C" for degC), else its code."""
    fact = facts().get(unit)
    return fact.symbols[0].replace(" ", "") if fact and fact.symbols else unit


def is_money(unit: str) -> bool:
    """True for a currency, alone or per something."""
    return dimension(unit).startswith("money")


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True when two lists of possible units can mean the same, or one side names none."""
    if not one or not other:
        return True
    return any(_same(a, b) for a in one for b in other)


def _same(a: str, b: str) -> bool:
    if a == b or _bare_degrees(a, b) or _bare_degrees(b, a) or _two_names(a, b):
        return True
    if ("/" in a) == ("/" in b):
        return False
    return a.partition("/")[0] == b.partition("/")[0]


def _two_names(a: str, b: str) -> bool:
    """One measure under two names: hectopascal and millibar, litre and cubic decimetre."""
    one, other = facts().get(a), facts().get(b)
    if not one or not other or one.factor is None or one.dimension not in _MEASURES:
        return False
    return (one.dimension, one.factor) == (other.dimension, other.factor)


def _bare_degrees(a: str, b: str) -> bool:
    """The sign alone says neither of what nor on which scale: 21° and 21 °C."""
    return a == "deg" and dimension(b) in ("temperature", "angle")


def converted(value: Fraction, unit: str, to: str) -> Fraction | None:
    """``value`` in ``unit`` as a value in ``to``; None where that makes no sense or is money."""
    if {unit, to} == {"degC", "degF"}:
        return value * Fraction(9, 5) + 32 if to == "degF" else (value - 32) * Fraction(5, 9)
    source, target = facts().get(unit), facts().get(to)
    if not source or not target or source.dimension != target.dimension or unit == to:
        return None
    if source.factor is None or target.factor is None or source.dimension == "temperature":
        return None
    return value * source.factor / target.factor


def _rows(table: str) -> Iterator[UnitFact]:
    for line in table.splitlines():
        if not line.startswith("#"):
            code, name, factor, signs = line.split("\t")
            number = Fraction(factor) if factor else None
            yield UnitFact(code, name, number, tuple(filter(None, signs.split("|"))))
