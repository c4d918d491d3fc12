"""Finds checks, readers, renderers and backends by walking their folder.

A new one is a new file that defines the expected constant; nothing else is edited.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Protocol, TypeVar

from checker.errors import RegistryError


class Named(Protocol):
    """What a registry holds: anything with a name."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


def modules(package: str) -> tuple[str, ...]:
    """Full names of the modules of a package, sorted, those that begin with _ left out."""
    folder = importlib.import_module(package)
    names = sorted(m.name for m in pkgutil.iter_modules(folder.__path__))
    return tuple(f"{package}.{name}" for name in names if not name.startswith("_"))


@cache
def discover(package: str, constant: str, kind: type[T]) -> Mapping[str, T]:
    """Everything the modules of ``package`` declare as ``constant``, by its ``name``.

    Raises RegistryError when a module declares nothing, something of another type, or a
    name that another module has taken.
    """
    found: dict[str, T] = {}
    for module in modules(package):
        item = getattr(importlib.import_module(module), constant, None)
        if not isinstance(item, kind):
            raise RegistryError(f"{module} must define {constant}, a {kind.__name__}.")
        name = item.name
        if name in found:
            raise RegistryError(f'{module} declares "{name}", which another module has taken.')
        found[name] = item
    return MappingProxyType(found)
