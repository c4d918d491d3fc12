"""Settings of one comparison. Frozen; an unknown key names the known ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from checker.errors import SettingsError, did_you_mean

BUNDLED_MODEL = "use-multilingual-v3"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to compare.

    ``only`` and ``skip`` name checks; ``only`` empty means all. ``threads`` is the
    number of BLAS threads. ``termbases`` are paths; ``term_domains`` and ``term_projects``
    narrow them (empty: everything), ``lenient_termbases`` loads
    what it can of broken ones. ``realign`` aligns a bilingual file anew instead of taking
    its units as links. ``fast`` leaves the contextual detector out.
    """

    source_language: str = ""
    target_language: str = ""
    model: str = BUNDLED_MODEL
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    termbases: tuple[str, ...] = ()
    term_domains: tuple[str, ...] = ()
    term_projects: tuple[str, ...] = ()
    lenient_termbases: bool = False
    threads: int = 1
    cache: bool = True
    realign: bool = False
    fast: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Settings:
        """Settings from a mapping. Raises SettingsError on a key that does not exist."""
        known = [f.name for f in fields(cls)]
        for key in values:
            if key not in known:
                hint = did_you_mean(key, known)
                raise SettingsError(
                    'No setting "{key}"{hint}. Known: {known}.',
                    key=key,
                    hint=hint,
                    known=", ".join(known),
                )
        return cls(**values)
