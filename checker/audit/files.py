"""Documents and results on this machine or anywhere that fsspec reaches (s3, gs, abfs, ...).

A remote place is a path whose first part is its protocol. pathlib folds ``s3://bucket/name``
into ``s3:/bucket/name``; ``address`` unfolds it, and everything else that paths can do
(names, suffixes, parents, relative paths) works on remote ones as well.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from checker.errors import ReadError, SettingsError
from checker.model import Document
from checker.read import DocumentPair, parse, parse_pair, read, read_pair

_PROTOCOL = re.compile(r"[a-z][a-z0-9+.-]+:")  # two letters at least: C: is a drive
_ROOTED = ("file:", "local:")
_UNPUBLISHED = ("audit.lock", "audit.sqlite-wal", "audit.sqlite-shm")


def is_remote(path: Path) -> bool:
    """True when fsspec has to fetch what is there."""
    return bool(path.parts and _PROTOCOL.fullmatch(path.parts[0]))


def address(path: Path) -> str:
    """What people call a place: its address if it is remote, else the path."""
    if not is_remote(path):
        return str(path)
    root = "/" if path.parts[0] in _ROOTED else ""
    return f"{path.parts[0]}//{root}{'/'.join(path.parts[1:])}"


def is_folder(path: Path) -> bool:
    """True for a folder, here or remote."""
    return bool(_filesystem(path).isdir(address(path))) if is_remote(path) else path.is_dir()


def exists(path: Path) -> bool:
    """True when there is something, here or remote."""
    return bool(_filesystem(path).exists(address(path))) if is_remote(path) else path.exists()


def files_in(folder: Path) -> list[Path]:
    """All files below a folder, sorted."""
    if not is_remote(folder):
        return sorted(path for path in folder.rglob("*") if path.is_file())
    found = _filesystem(folder)
    root = str(found._strip_protocol(address(folder)))
    names = (str(name)[len(root) :].lstrip("/") for name in found.find(address(folder)))
    return sorted(folder / name for name in names if name)


def content(path: Path) -> bytes:
    """The bytes of a file. Raises OSError when they cannot be had."""
    return (
        bytes(_filesystem(path).cat_file(address(path))) if is_remote(path) else path.read_bytes()
    )


def document(path: Path) -> Document:
    """The document at a path. Raises ReadError as ``checker.read.read`` does."""
    if not is_remote(path):
        return read(path)
    try:
        return parse(content(path), address(path))
    except OSError as error:
        raise ReadError(
            "{path} cannot be read: {reason}.", path=address(path), reason=error
        ) from None


def both(path: Path) -> DocumentPair:
    """Both sides of a file that holds two languages; ``#`` may say which as in ``read_pair``."""
    if not is_remote(path):
        return read_pair(path)
    file = without_option(path)
    try:
        return parse_pair(content(file), address(file), path.name[len(file.name) + 1 :])
    except OSError as error:
        raise ReadError(
            "{path} cannot be read: {reason}.", path=address(file), reason=error
        ) from None


def without_option(path: Path) -> Path:
    """The file that a path with ``#`` means, unless there is a file of just that name."""
    name, mark, _ = path.name.rpartition("#")
    return path.with_name(name) if mark and name and not exists(path) else path


def keep(path: Path, data: bytes) -> None:
    """Writes a file unless it is there already with as many bytes."""
    if is_remote(path):
        remote = _filesystem(path)
        if not remote.exists(address(path)) or remote.size(address(path)) != len(data):
            remote.makedirs(address(path.parent), exist_ok=True)
            remote.pipe_file(address(path), data)
    elif not path.is_file() or path.stat().st_size != len(data):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@contextmanager
def here(path: Path, folder: Path) -> Iterator[Path]:
    """A file on this machine: the path itself, or a copy in ``folder`` while it is needed."""
    if not is_remote(path):
        yield path
        return
    copy = folder / path.name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        copy.write_bytes(content(path))
    except OSError as error:
        raise ReadError(
            "{path} cannot be read: {reason}.", path=address(path), reason=error
        ) from None
    try:
        yield copy
    finally:
        copy.unlink()


@contextmanager
def results(out: Path, publish: bool = True) -> Iterator[Path]:
    """The folder for the results of an audit: ``out``, or a local one that mirrors it.

    A mirror begins with the store that lies at ``out`` and is published there at the end,
    also after Ctrl-C. What a killed audit left in its mirror is gone on with. ``publish`` is
    False for those who only read.
    """
    if not is_remote(out):
        yield out
        return
    mirror = _mirror(out)
    fetched = not mirror.is_dir()
    if fetched:
        _fetch(out, mirror)
    try:
        yield mirror
    finally:
        if publish:
            _publish(mirror, out)
        elif fetched:
            shutil.rmtree(mirror)


def _mirror(out: Path) -> Path:
    from platformdirs import user_cache_path

    name = hashlib.sha256(address(out).encode()).hexdigest()[:16]
    return user_cache_path("checker") / "audits" / name


def _fetch(out: Path, mirror: Path) -> None:
    mirror.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        _filesystem(out).get_file(address(out / "audit.sqlite"), str(mirror / "audit.sqlite"))


def _publish(mirror: Path, out: Path) -> None:
    """Copies all results; the mirror goes only when everything has arrived."""
    remote = _filesystem(out)
    for path in files_in(mirror):
        if path.name not in _UNPUBLISHED:
            there = out / path.relative_to(mirror)
            remote.makedirs(address(there.parent), exist_ok=True)
            remote.put_file(str(path), address(there))
    shutil.rmtree(mirror)


def _filesystem(path: Path) -> Any:
    """What fsspec knows of the protocol of a path."""
    try:
        import fsspec
    except ImportError:
        raise SettingsError(
            "{path} is remote: run `pip install 'translation-consistency-checker[cluster]'`.",
            path=address(path),
        ) from None
    protocol = path.parts[0].rstrip(":")
    try:
        return fsspec.filesystem(protocol)
    except (ImportError, ValueError) as error:
        raise SettingsError(
            "{path} cannot be reached: {error}.", path=address(path), error=error
        ) from None
