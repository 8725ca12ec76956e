"""First- and second-level divisions, named and placed from two packages joined by position."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.names import fold, type_stripped
from gazetteer.rules import table
from gazetteer.sources.entry import Entry, demonyms, distinct
from gazetteer.sphere import MOST_LON, distances_km

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SAME_DEG = 0.15
_LEND_KM = 30.0
_AGREE = 0.6
"""Share of joined places that must bear one name before a code takes it."""

Row = dict[str, Any]


class Division(NamedTuple):
    """A division to be: its code, level and members."""

    code: str
    level: int
    name: str
    members: list[Row]


class Divisions:
    """Names for the codes of `cities`, and a second level for the places that can be joined."""

    def __init__(self, cities: list[Row], named: Path) -> None:
        joined = _join(cities, named)
        self._first = _first_names(cities, joined)
        self._second = _second_names(cities, joined)
        self._cities = cities

    def of(self, city: Row) -> tuple[str, str, str]:
        """Return a place's codes of both levels and its feature (a division's seat or not)."""
        first = _first_code(city)
        second = self._second.get(int(city["geonameid"]), "")
        return first, f"{first}.{_slug(second)}" if second else "", self._feature(city, first, second)

    def entries(self) -> Iterator[Entry]:
        """Yield every division with a name, sorted by code."""
        for division in self._divisions():
            yield _entry(division)

    def _feature(self, city: Row, first: str, second: str) -> str:
        plain = type_stripped(fold(city["name"]))
        if plain == type_stripped(fold(self._first.get(first, ""))):
            return "P.PPLA"
        return "P.PPLA2" if second and plain == type_stripped(fold(second)) else "P.PPL"

    def _divisions(self) -> list[Division]:
        members: dict[tuple[int, str, str], list[Row]] = defaultdict(list)
        for city in self._cities:
            first, second, _ = self.of(city)
            if first in self._first:
                members[1, first, self._first[first]].append(city)
            if second:
                members[2, second, self._second[int(city["geonameid"])]].append(city)
        return [
            Division(code, level, name, rows)
            for (level, code, name), rows in sorted(members.items(), key=_key)
        ]


def _key(item: tuple[tuple[int, str, str], list[Row]]) -> tuple[int, str]:
    return item[0][0], item[0][1]


def _first_code(city: Row) -> str:
    return f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else ""


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")


def _join(cities: list[Row], path: Path) -> dict[int, Row]:
    """Find for each place the row of the other table with its name and position."""
    by_name = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_name[row["cc"], fold(row["name"])].append(row)
    joined = {}
    for city in cities:
        rows = by_name.get((city["countrycode"], fold(city["name"])), ())
        near = [(_apart(city, row), i) for i, row in enumerate(rows)]
        if near and min(near)[0] < _SAME_DEG:
            joined[int(city["geonameid"])] = rows[min(near)[1]]
    return joined


def _apart(city: Row, row: Row) -> float:
    return hypot(city["latitude"] - float(row["lat"]), city["longitude"] - float(row["lon"]))


def _first_names(cities: list[Row], joined: dict[int, Row]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for city in cities:
        row = joined.get(int(city["geonameid"]))
        if row and row["admin1"]:
            votes[_first_code(city)][row["admin1"]] += 1
    names = {}
    for code, counter in votes.items():
        name, count = counter.most_common(1)[0]
        if code and count >= _AGREE * counter.total():
            names[code] = name
    names.update({row["code"]: row["name"] for row in table("division_names")})
    return names


def _second_names(cities: list[Row], joined: dict[int, Row]) -> dict[int, str]:
    """Name the second level of joined places, and of others from the nearest of the same first level."""
    named = {key: row["admin2"] for key, row in joined.items() if row["admin2"]}
    groups = defaultdict(list)
    for city in cities:
        groups[_first_code(city)].append(city)
    for group in groups.values():
        _lend(group, joined, named)
    return named


def _lend(group: list[Row], joined: dict[int, Row], named: dict[int, str]) -> None:
    known = [city for city in group if int(city["geonameid"]) in named]
    wanting = [city for city in group if int(city["geonameid"]) not in joined]
    if not known:
        return
    lat, lon = (np.array([city[axis] for city in known]) for axis in ("latitude", "longitude"))
    for city in wanting:
        distance = distances_km(city["latitude"], city["longitude"], lat, lon)
        best = int(distance.argmin())
        if distance[best] <= _LEND_KM:
            named[int(city["geonameid"])] = named[int(known[best]["geonameid"])]


def _entry(division: Division) -> Entry:
    country = division.code.partition(".")[0]
    lat, lon, radius = _extent(division.members)
    forms = _forms(division.name, country, division.level)
    first = division.code if division.level == 1 else ".".join(division.code.split(".")[:2])
    shortened = (
        ()
        if division.level == 1
        else tuple(n for n in forms if n != division.name and len(n) < len(division.name))
    )
    return Entry(
        id=f"division:{division.code}", name=division.name,
        alternates=tuple(n for n in forms[1:] if n not in shortened),
        shortened=shortened, codes=_codes(division.code),
        demonyms=demonyms(f"division:{division.code}"), feature=f"A.ADM{division.level}", country=country,
        admin1=first, admin2=division.code if division.level > 1 else "", lat=lat, lon=lon,
        population=sum(int(row["population"]) for row in division.members), radius_km=radius,
    )  # fmt: skip


def _codes(code: str) -> tuple[str, ...]:
    """Postal codes of states, which reports use as words."""
    country, _, state = code.partition(".")
    forms = [
        form for row in table("abbreviations") if row["division"] == code for form in row["forms"].split("|")
    ]
    return (
        (state,) if country in {"US", "CA", "AU"} and state.isalpha() and "." not in state else tuple(forms)
    )


def _forms(name: str, country: str, level: int) -> tuple[str, ...]:
    """Names with and without the type word; "Homs" gives "Homs Governorate" too."""
    stripped = _without_type(name)
    words = [
        row["words"]
        for row in table("division_types")
        if row["level"] == str(level) and row["country"] == country
    ]
    if not words and level == 1:
        words = [row["words"] for row in table("division_types") if row["country"] == "*"]
    typed = [f"{stripped} {word}" for word in "|".join(words).split("|") if word]
    extra = [
        row["alternates"].split("|")
        for row in table("division_names")
        if row["code"].startswith(f"{country}.") and row["name"] == name
    ]
    return distinct([name, stripped, *typed, *(form for forms in extra for form in forms)])


def _without_type(name: str) -> str:
    """Drop type words from a name and keep its spelling otherwise."""
    words = name.split(" ")
    bare = type_stripped(fold(name))
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if fold(" ".join(words[start:end])) == bare:
                return " ".join(words[start:end])
    return name


def _extent(members: list[Row]) -> tuple[float, float, float]:
    """Return a middle and a radius: the middle of the box of all members, 80 of 100 places within."""
    lat, lon = (np.array([row[axis] for row in members]) for axis in ("latitude", "longitude"))
    if lon.max() - lon.min() > MOST_LON:
        lon = np.where(lon < 0, lon + 360, lon)
    middle = ((lat.min() + lat.max()) / 2, (lon.min() + lon.max()) / 2)
    distance = distances_km(middle[0], middle[1], lat, lon)
    radius = max(8.0, float(np.percentile(distance, 80)))
    return round(float(middle[0]), 4), round(float((middle[1] + 180) % 360 - 180), 4), round(radius, 1)
