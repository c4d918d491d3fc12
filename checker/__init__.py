"""Compares two language versions of an article and reports every real difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.pipeline import compare, lint

__version__ = "0.1.0"
__all__ = ["compare", "lint"]


def __getattr__(name: str) -> Any:
    """Loads the pipeline on first use, so that ``import checker`` stays instant."""
    if name in __all__:
        from checker import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
