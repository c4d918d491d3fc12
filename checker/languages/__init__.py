"""What the checker knows about each language: one TOML file a language in this folder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from checker.errors import LanguageError, did_you_mean
from checker.model import Language


@cache
def codes() -> tuple[str, ...]:
    """Codes of the languages there is a file for, sorted."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


@cache
def load(code: str) -> Language:
    """The language of ``code``; a region ("de-CH") is accepted and its base file read.

    Raises LanguageError for a language without a file.
    """
    base = code.split("-")[0].lower()
    if base not in codes():
        hint = did_you_mean(base, list(codes()))
        raise LanguageError(
            'No language "{code}"{hint}. Known: {known}.',
            code=code,
            hint=hint,
            known=", ".join(codes()),
        )
    text = resources.files(__package__).joinpath(f"{base}.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    name = table.pop("name")
    sections = {key: MappingProxyType(value) for key, value in table.items()}
    return Language(code=base, name=name, sections=MappingProxyType(sections))
