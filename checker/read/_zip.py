"""Zip archives of strangers: read in memory, part by part, within limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from checker.errors import ReadError

LARGEST_PART = 64 * 1024 * 1024
LARGEST_SUM = 256 * 1024 * 1024
STEEPEST = 250
"""How many times its packed size a part above a megabyte may be; office documents stay under 50."""
_MOST_PARTS = 20_000
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What office documents use; no other unpacker is let near the bytes of a stranger."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def is_zip(data: bytes) -> bool:
    """True for bytes that begin like a zip archive."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def mentions(data: bytes, name: bytes) -> bool:
    """True when the archive lists a part of this name in its directory, at its end."""
    return is_zip(data) and name in data[-_MOST_PARTS * 50 :]


class Archive:
    """A zip archive in memory. Nothing is ever written to disk, so no path can escape."""

    def __init__(self, data: bytes, path: str) -> None:
        """Opens the archive; raises ReadError when it is damaged or built to do harm."""
        self._path = path
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except _DAMAGED as error:
            raise ReadError(
                "{path} is a damaged archive ({error}).", path=path, error=error
            ) from None
        if len(parts) > _MOST_PARTS:
            raise ReadError(
                "{path} has {number} parts: no document has as many.", path=path, number=len(parts)
            )
        self._parts = {part.filename: part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """Names of all parts in the archive's order."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """Bytes of a part; raises ReadError when it is missing, damaged, locked or too large."""
        part = self._parts.get(name)
        if part is None:
            raise ReadError(
                "{path} lacks its part {name}: it is damaged or another format.",
                path=self._path,
                name=name,
            )
        if part.flag_bits & 0x1:
            raise ReadError("{path} is locked with a password: save it without.", path=self._path)
        if part.compress_type not in _PACKED:
            raise ReadError(
                "{path} is packed in a way no document is: save it anew.", path=self._path
            )
        data = self._unpacked(part)
        self._read += len(data)
        packed = max(part.compress_size, 1)
        if (
            len(data) > LARGEST_PART
            or self._read > LARGEST_SUM
            or (len(data) > 1 << 20 and len(data) > STEEPEST * packed)
        ):
            raise ReadError(
                "{path} unpacks to far more than a document holds ({name}): not read.",
                path=self._path,
                name=name,
            )
        return data

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        """At most one byte more than allowed, whatever the archive says of its size."""
        try:
            with self._zip.open(part) as stream:
                return stream.read(LARGEST_PART + 1)
        except _DAMAGED as error:
            raise ReadError(
                "{path} is a damaged archive ({error}).", path=self._path, error=error
            ) from None
