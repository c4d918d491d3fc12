"""The arrays of the bundled model's archive, from an uncompressed copy where there is one.

Unpacking the archive takes most of the time a model needs to load. The copy is made once,
beside the cache of vectors, and its table is read from disk as it is needed, so that
processes share it. Its name says which archive it comes from; the checksums of a zip file
say whether it is whole. Without a folder, or where anything fails, the archive is unpacked.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
_TABLE = "table"
_LOCAL_HEADER = 30
_SIZES_OF_NAMES = 26
_UNUSABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    KeyError,
    RuntimeError,  # a flag says that a member is locked, or packed in a way not known
    ValueError,
)


def arrays_of(archive: Path, folder: Path | None) -> Arrays:
    """The arrays of ``archive`` by name, the parts of its table joined as ``table``.

    With ``folder`` an uncompressed copy is kept there and used.
    """
    if folder is None:
        return _unpacked(archive)
    copy = folder / f"{_fingerprint(archive)}.npz"
    try:
        if not _is_whole(copy):
            _write(copy, _unpacked(archive))
        return _opened(copy)
    except _UNUSABLE:
        return _unpacked(archive)


def _unpacked(archive: Path) -> dict[str, NDArray[Any]]:
    """All arrays in memory. Entry i of the table is in part i % parts, line i // parts."""
    with np.load(archive, allow_pickle=False) as stored:
        parts = sorted((n for n in stored.files if n[0] == "q"), key=lambda n: int(n[1:]))
        arrays = {name: stored[name] for name in stored.files if name not in parts}
        lines, width = stored[parts[0]].shape
        table = np.empty((len(parts) * lines, width), np.uint8)
        for number, name in enumerate(parts):
            table[number :: len(parts)] = stored[name]
    return {**arrays, _TABLE: table}


def _fingerprint(archive: Path) -> str:
    """A hash of the names, sizes and checksums of the members."""
    with zipfile.ZipFile(archive) as stored:
        members = sorted((m.filename, m.file_size, m.CRC) for m in stored.infolist())
    return hashlib.blake2b(repr(members).encode(), digest_size=12).hexdigest()


def _is_whole(copy: Path) -> bool:
    if not copy.is_file():
        return False
    try:
        with zipfile.ZipFile(copy) as stored:
            return stored.testzip() is None
    except _UNUSABLE:
        return False


def _write(copy: Path, arrays: Arrays) -> None:
    """Puts the copy in place in one step; a process that writes it too does no harm."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(".part", dir=copy.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        Path(name).replace(copy)
    finally:
        Path(name).unlink(missing_ok=True)


def _opened(copy: Path) -> Arrays:
    """The small arrays in memory, the table mapped from the file."""
    with np.load(copy, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files if name != _TABLE}
    return {**arrays, _TABLE: _mapped(copy, f"{_TABLE}.npy")}


def _mapped(copy: Path, name: str) -> NDArray[Any]:
    """A member of an uncompressed archive, read where it lies."""
    with zipfile.ZipFile(copy) as stored, stored.open(name) as member:
        np.lib.format.read_magic(member)
        shape, _, dtype = np.lib.format.read_array_header_1_0(member)
        start, header = stored.getinfo(name).header_offset, member.tell()
    with copy.open("rb") as file:
        file.seek(start + _SIZES_OF_NAMES)
        names = sum(struct.unpack("<HH", file.read(4)))
    return np.memmap(copy, dtype, "r", start + _LOCAL_HEADER + names + header, shape)
