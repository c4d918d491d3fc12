"""Pairs web pages by what they say of themselves: hreflang and canonical addresses.

A page names its other language versions with ``<link rel="alternate" hreflang="de"
href="...">`` and itself with ``<link rel="canonical" href="...">``. Only addresses are
compared, so saved pages are found under any file name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from checker.audit.files import content
from checker.audit.pairing import Pair, Pairing, printable

_SUFFIXES = (".html", ".htm", ".xhtml")
_HEAD = 200_000  # bytes; links to other versions stand at the top
_ENCODING = "latin-1"  # addresses and codes are ASCII; no byte is refused


@dataclass(frozen=True, slots=True)
class _Page:
    """One page: its language, the addresses it goes by, those of its other versions."""

    path: Path
    language: str
    addresses: frozenset[str]
    versions: Mapping[str, str]


def pair_by_metadata(files: Sequence[Path], source: str, target: str, root: Path) -> Pairing:
    """The pages of ``files`` that name each other; one side naming the other is enough.

    Pairs have the name of the source page. A page is in one pair at most.
    """
    pages = [_page(path, root) for path in files if path.suffix.lower() in _SUFFIXES]
    known = {a: p for p in pages for a in sorted(p.addresses) if p.language == target}
    back = {p.versions[source]: p for p in pages if p.language == target and source in p.versions}
    pairs: list[Pair] = []
    taken: set[Path] = set()
    for page in (p for p in pages if p.language == source):
        other = known.get(page.versions.get(target, "")) or _first(back, page.addresses)
        if other is not None and other.path not in taken:
            name = printable(str(page.path.relative_to(root).with_suffix("")))
            pairs.append(Pair(name, page.path, other.path))
            taken |= {page.path, other.path}
    alone = tuple(p.path for p in pages if p.path not in taken and p.language in (source, target))
    return Pairing(tuple(sorted(pairs, key=lambda pair: pair.name)), alone)


def _first(pages: Mapping[str, _Page], addresses: Iterable[str]) -> _Page | None:
    return next((pages[a] for a in sorted(addresses) if a in pages), None)


def _page(path: Path, root: Path) -> _Page:
    place = "/" + path.relative_to(root).as_posix()
    links = _Links()
    try:
        links.feed(content(path)[:_HEAD].decode(_ENCODING))
    except OSError:
        return _Page(path, "", frozenset(), {})
    canonical = _address(links.canonical, place) if links.canonical else place
    versions = {code: _address(href, canonical) for code, href in links.versions.items()}
    own = next((code for code, a in sorted(versions.items()) if a in (canonical, place)), "")
    language = links.language or own
    return _Page(path, language, frozenset({canonical, place}), versions)


def _address(href: str, base: str) -> str:
    """An address without its fragment, relative ones resolved, the same however it is written."""
    try:
        whole = urldefrag(urljoin(base, href.strip())).url
    except ValueError:
        return ""
    whole = re.sub(r"^https?://", "//", whole)
    return os.path.normpath(whole) if whole.startswith("/") and whole[1:2] != "/" else whole


class _Links(HTMLParser):
    """Collects the language of a page and its links to itself and to other versions."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = self.canonical = ""
        self.versions: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = _base(values.get("lang") or values.get("xml:lang", ""))
        if tag != "link":
            return
        relation = values.get("rel", "").lower().split()
        if "canonical" in relation and not self.canonical:
            self.canonical = values.get("href", "")
        elif "alternate" in relation and values.get("hreflang") and values.get("href"):
            self.versions.setdefault(_base(values["hreflang"]), values["href"])


def _base(code: str) -> str:
    return code.strip().lower().split("-")[0]
