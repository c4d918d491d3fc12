"""Bytes into text: which charset, and what to say about it."""

from __future__ import annotations

import re

from checker.errors import ReadError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SAMPLE = 200_000
_WEIGHTS = {
    **dict.fromkeys("áñóíúìòÁÉÈÊÀÇÎÔŒÆ€§°²³ºª¿¡·›‹‘‚", 0.5),
    **dict.fromkeys("ÄÖÜœæ…—", 0.7),
    **dict.fromkeys("éèàçùâêîôûëïäöüß«»„“”’–\u00a0", 1.0),
}
_EIGHT_BIT = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850"))
_CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """Text and remarks: by its byte order mark, else UTF-8, else an 8-bit charset.

    The remarks say the charset wherever it is not plain UTF-8. Raises ReadError for
    bytes that are no text.
    """
    text, remarks = _decoded(data, path)
    if len(_CONTROLS.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 100:
        raise ReadError("{path} is not text: it is full of control characters.", path=path)
    return text, remarks


def _decoded(data: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    for bom, charset, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data, charset, name, path), () if name == "UTF-8" else _took(name)
    if b"\0" in data:
        return _without_bom(data, path)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _damaged_utf8(data) or _eight_bit(data, path, error.start)


def _strictly(data: bytes, charset: str, name: str, path: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        raise ReadError(
            "{path} says it is {name} and breaks off at byte {start}: save it as UTF-8.",
            path=path,
            name=name,
            start=error.start,
        ) from None


def _without_bom(data: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """UTF-16 has its zero bytes on one side of nearly every pair."""
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    half = len(data[:_SAMPLE]) // 2
    if max(even, odd) > 0.7 * half and min(even, odd) < 0.05 * half and len(data) % 2 == 0:
        charset = "utf-16-le" if odd > even else "utf-16-be"
        return _strictly(data, charset, "UTF-16", path), _took("UTF-16")
    raise ReadError("{path} is not text: it holds zero bytes.", path=path)


def _damaged_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with a few broken places: far more whole characters than broken ones."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text[:_SAMPLE] if c > "\x7f") - text[:_SAMPLE].count("\ufffd")
    if whole < 10 * broken:
        return None
    return text, (f"read as UTF-8 with {broken} broken characters shown as \ufffd",)


def _eight_bit(data: bytes, path: str, at: int) -> tuple[str, tuple[str, ...]]:
    """The 8-bit charset that makes the most of the high bytes into letters and quotes in use."""
    best, best_share = "", 0.0
    sample = bytes(b for b in data[:_SAMPLE] if b > 127) or data[at : at + 1]
    for charset, _ in _EIGHT_BIT:
        text = sample.decode(charset, "replace")
        share = sum(_WEIGHTS.get(c, 0.0) for c in text) / len(text)
        if share > best_share + 0.05:
            best, best_share = charset, share
    if best_share < 0.4:
        raise ReadError(
            "{path} is not text in any charset known here: save it as UTF-8.", path=path
        )
    return data.decode(best, "replace"), _took(dict(_EIGHT_BIT)[best])


def _took(name: str) -> tuple[str, ...]:
    return (f"read as {name}",)
