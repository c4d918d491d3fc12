"""Reads a policy: ``checker.toml``, or ``[tool.checker]`` in ``pyproject.toml``.

extends = "../checker.toml"        # start from another policy
min-coverage = 0.5                 # less aligned text than this: could not check
termbases = ["house.toml"]
waivers = "checker-waivers.toml"

[block]                            # what blocks unless a table below says otherwise
severity = "error"
confidence = 0.0
count = 0                          # findings tolerated

[checks.punctuation]               # the same keys for one check, [rules.NAME] for one rule
severity = "never"

[[overrides]]                      # for some documents only; the last match counts
path = "sport/**"
languages = ["fr-de"]
checks.names.severity = "warning"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checker.checks import available
from checker.errors import PolicyError, did_you_mean
from checker.model import Finding, Severity

FILE = "checker.toml"
NEVER = "never"
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """The line of a policy that says something; line 0 is the built-in default."""

    file: str = "built-in default"
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Limit:
    """What blocks: findings this loud and this certain, once there are more than ``count``.

    ``severity`` None never blocks.
    """

    severity: Severity | None = Severity.ERROR
    confidence: float = 0.0
    count: int = 0
    origin: Origin = Origin()

    def counts(self, finding: Finding) -> bool:
        """True when ``finding`` is one of those that this limit counts."""
        return (
            self.severity is not None
            and finding.severity.at_least(self.severity)
            and finding.confidence >= self.confidence
        )


@dataclass(frozen=True, slots=True)
class Override:
    """Limits for some documents only."""

    path: str
    languages: tuple[str, ...]
    block: Limit | None
    checks: Mapping[str, Limit]
    rules: Mapping[str, Limit]

    def applies(self, path: str, languages: str) -> bool:
        """True for a document path and a pair of languages such as ``fr-de``."""
        return fnmatchcase(path, self.path) and (not self.languages or languages in self.languages)


@dataclass(frozen=True, slots=True)
class Policy:
    """What blocks publication. ``folder`` is where the paths in it start."""

    block: Limit = Limit()
    checks: Mapping[str, Limit] = field(default_factory=lambda: MappingProxyType({}))
    rules: Mapping[str, Limit] = field(default_factory=lambda: MappingProxyType({}))
    overrides: tuple[Override, ...] = ()
    min_coverage: float = 0.5
    min_coverage_origin: Origin = Origin()
    termbases: tuple[str, ...] = ()
    waivers: str = "checker-waivers.toml"
    source_language: str = ""
    target_language: str = ""
    folder: Path = Path()

    def limit(self, finding: Finding, path: str, languages: str) -> Limit:
        """The limit that decides on a finding: a rule before its check before the rest."""
        matching = [o for o in reversed(self.overrides) if o.applies(path, languages)]
        for table, name in (("rules", finding.rule), ("checks", finding.check)):
            for place in (*matching, self):
                limit: Limit | None = getattr(place, table).get(name)
                if limit is not None:
                    return limit
        return next((o.block for o in matching if o.block is not None), self.block)


def find_policy(start: Path) -> Path | None:
    """The policy that governs a folder: in it or in the nearest folder above."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return folder / FILE
        project = folder / "pyproject.toml"
        if project.is_file() and "checker" in _parse(project).get("tool", {}):
            return project
    return None


def load_policy(path: Path, _depth: int = 0) -> Policy:
    """The policy in a file.

    Raises PolicyError for a file that is missing or no TOML, and for unknown keys or
    values of the wrong kind, naming the line and the nearest key there is.
    """
    if _depth > _DEPTH:
        raise PolicyError("{path}: policies extend each other in a circle.", path=path)
    table = _parse(path)
    inside = path.name == "pyproject.toml"
    table = table.get("tool", {}).get("checker", {}) if inside else table
    source = _Source(path, ("tool", "checker") if inside else ())
    base = Policy()
    if "extends" in table:
        base = load_policy(path.parent / source.text(table, "extends"), _depth + 1)
    return _policy(table, source, replace(base, folder=path.parent))


def _policy(table: Mapping[str, Any], source: _Source, base: Policy) -> Policy:
    source.known(table, _KEYS)
    languages = source.table(table, "languages")
    source.known(languages, ("source", "target"), "languages")
    coverage = source.share(table, "min-coverage", base.min_coverage)
    origin = source.at("min-coverage") if "min-coverage" in table else base.min_coverage_origin
    return replace(
        base,
        block=source.limit(table, "block", base.block),
        checks=source.limits(table, "checks", list(available()), base.checks),
        rules=source.limits(table, "rules", _rule_names(), base.rules),
        overrides=base.overrides + tuple(source.overrides(table)),
        min_coverage=coverage,
        min_coverage_origin=origin,
        termbases=base.termbases + tuple(source.texts(table, "termbases")),
        waivers=source.text(table, "waivers") if "waivers" in table else base.waivers,
        source_language=str(languages.get("source", base.source_language)),
        target_language=str(languages.get("target", base.target_language)),
    )


_KEYS = (
    "extends", "min-coverage", "termbases", "waivers", "languages", "block", "checks", "rules",
    "overrides",
)  # fmt: skip
_LIMIT_KEYS = tuple(f.name for f in fields(Limit) if f.name != "origin")


@dataclass(frozen=True, slots=True)
class _Source:
    """A policy file, for saying where in it something stands."""

    path: Path
    prefix: tuple[str, ...]

    def at(self, *keys: str) -> Origin:
        return Origin(str(self.path), _line_of(self.path, (*self.prefix, *keys)))

    def wrong(self, message: str, *keys: str) -> PolicyError:
        return PolicyError(f"{self.at(*keys)}: {message}")

    def known(self, table: Mapping[str, Any], names: tuple[str, ...], *keys: str) -> None:
        for key in table:
            if key not in names:
                hint = did_you_mean(key, list(names))
                raise self.wrong(f'no key "{key}"{hint}. Known: {", ".join(names)}.', *keys, key)

    def table(self, table: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
        value = table.get(keys[-1], {})
        if not isinstance(value, dict):
            raise self.wrong(f'"{keys[-1]}" must be a table, [{".".join(keys)}].', *keys)
        return value

    def text(self, table: Mapping[str, Any], key: str, *keys: str) -> str:
        value = table[key]
        if not isinstance(value, str):
            raise self.wrong(f'"{key}" must be text in quotes, not {value!r}.', *keys, key)
        return value

    def texts(self, table: Mapping[str, Any], key: str, *keys: str) -> list[str]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(f'"{key}" must be a list of texts, ["...", "..."].', *keys, key)
        return value

    def share(self, table: Mapping[str, Any], key: str, default: float, *keys: str) -> float:
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.wrong(f'"{key}" must be a number from 0 to 1, not {value!r}.', *keys, key)
        return float(value)

    def limit(self, table: Mapping[str, Any], name: str, base: Limit, *keys: str) -> Limit:
        """The limit in the table called ``name``; keys it leaves out are those of ``base``."""
        here = (*keys, name)
        given = self.table(table, *here)
        if not given:
            return base
        self.known(given, _LIMIT_KEYS, *here)
        count = given.get("count", base.count)
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise self.wrong(f'"count" must be a whole number, not {count!r}.', *here, "count")
        return Limit(
            self._severity(given, base, *here),
            self.share(given, "confidence", base.confidence, *here),
            count,
            self.at(*here, next(iter(given))),
        )

    def _severity(self, given: Mapping[str, Any], base: Limit, *keys: str) -> Severity | None:
        known = [*(s.value for s in Severity), NEVER]
        value = given.get("severity", base.severity)
        if value is not None and value not in known:
            hint = did_you_mean(str(value), known)
            raise self.wrong(
                f'"severity" must be one of {", ".join(known)}, not "{value}"{hint}.',
                *keys,
                "severity",
            )
        return None if value in (None, NEVER) else Severity(value)

    def limits(
        self,
        table: Mapping[str, Any],
        name: str,
        known: list[str],
        base: Mapping[str, Limit],
        *keys: str,
    ) -> Mapping[str, Limit]:
        """The limits of a table of tables, one for each check or rule."""
        given = self.table(table, *keys, name)
        self.known(given, tuple(known), *keys, name)
        own = {key: self.limit(given, key, base.get(key, Limit()), *keys, name) for key in given}
        return MappingProxyType({**base, **own})

    def overrides(self, table: Mapping[str, Any]) -> Iterator[Override]:
        given = table.get("overrides", [])
        if not isinstance(given, list) or not all(isinstance(o, dict) for o in given):
            raise self.wrong('"overrides" must be tables, [[overrides]].', "overrides")
        none: Mapping[str, Limit] = MappingProxyType({})
        for each in given:
            self.known(each, ("path", "languages", "block", "checks", "rules"), "overrides")
            yield Override(
                self.text(each, "path", "overrides") if "path" in each else "*",
                tuple(self.texts(each, "languages", "overrides")),
                self.limit(each, "block", Limit(), "overrides") if "block" in each else None,
                self.limits(each, "checks", list(available()), none, "overrides"),
                self.limits(each, "rules", _rule_names(), none, "overrides"),
            )


def _rule_names() -> list[str]:
    return [rule.id for check in available().values() for rule in check.rules]


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise PolicyError(
            "{path} does not exist: `checker init` writes a policy.", path=path
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError("{path} cannot be read: {reason}.", path=path, reason=error) from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyError("{path} is no TOML: {error}.", path=path, error=error) from None


_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")


def _line_of(path: Path, keys: tuple[str, ...]) -> int:
    """The line where a key stands, or the nearest table around it; 0 when nowhere."""
    best, best_line = 0, 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _names(header.group(1))
        here = table if header else (*table, *_names(key.group(1))) if key else ()
        common = min(len(here), len(keys))
        if common > best and here[:common] == keys[:common]:
            best, best_line = common, number
    return best_line


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip(" \"'") for part in dotted.split("."))
