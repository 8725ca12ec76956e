"""How a text stands to the place it names, and the point, radius and precision that follow.

"near X", "12 km south of X", "northern X", "the countryside of X", "the border with X". Precision
follows UCDP GED's where_prec (1 exact … 7 over water; Codebook 24.1) and ACLED's geo_precision
(1 town, 2 part of a region, 3 region; ACLED Codebook 2024).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from gazetteer.place import Place
from geo.lexicons import rows
from geo.records import IN_PLACE, Relation, RelationKind

LEFT = 64
RIGHT = 28
KM_PER_MILE = 1.609344
UNITS = "one two three four five six seven eight nine ten eleven twelve"
NUMBER_WORDS = {
    "half a": 0.5,
    "a few": 3.0,
    "several": 5.0,
    **{w: float(i) for i, w in enumerate(UNITS.split(), 1)},
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
}
_THOUSANDS = r"\d{1,2},\d{3}(?![\d,.])"
THOUSANDS = re.compile(_THOUSANDS)
_DIR = r"(?:north|south)(?:[ -]?(?:east|west))?|east|west"
OFFSET = re.compile(
    rf"(?P<n>(?<![\d.,])(?:{_THOUSANDS}|\d{{1,4}}(?:[.,]\d{{1,2}})?)"
    rf"|(?<![\w-])(?:{'|'.join(NUMBER_WORDS)}))\s*(?:-\s*)?"
    r"(?P<u>km|kms|kilometres?|kilometers?|miles?|metres?|meters?|m)\b\s*(?:\([^)]*\)\s*)?"
    rf"(?:to the\s+|further\s+|away\s+)?(?P<d>{_DIR})?(?:ern)?\s*"
    r"(?:of|from|away from|outside)\s+(?:the\s+)?(?:[a-z]+ of\s+)?$",
    re.IGNORECASE,
)
DIRECTION_OF = re.compile(
    rf"(?<!\bthe )(?<!\bthe far )\b(?:just\s+)?(?P<d>{_DIR})\s+of\s+"
    r"(?:the\s+)?(?:city of\s+|town of\s+|river\s+)?$",
    re.IGNORECASE,
)
SIDE_OF = re.compile(
    rf"\b(?:the\s+)?(?P<far>far\s+|extreme\s+)?(?P<d>{_DIR})(?:ern)?\s+"
    r"(?:part\s+|parts\s+|side\s+|edge\s+|outskirts\s+)?(?:of|in)\s+"
    r"(?:the\s+)?(?P<g>province of\s+|countryside of\s+)?$",
    re.IGNORECASE,
)
PART = re.compile(
    rf"\b(?:far\s+|extreme\s+)?(?P<d>{_DIR}|central|upper|lower|rural|downtown)(?:ern)?\s+$",
    re.IGNORECASE,
)
NEAR = re.compile(
    r"\b(?:near|close to|around|outside|by|next to|on the outskirts of|in the vicinity of|in the area of"
    r"|not far from|the area around|the country around)\s+"
    r"(?:the\s+)?(?:(?:town|city|village|oil field|oilfield|camp|base)\s+(?:of|at)\s+)?$",
    re.IGNORECASE,
)
COUNTRYSIDE = re.compile(
    r"\b(?:countryside|outskirts|suburbs?|environs)\s+(?:east\s+|west\s+|north\s+|south\s+)?of\s+$",
    re.IGNORECASE,
)
COUNTRYSIDE_AFTER = re.compile(
    r"^(?:'s|’s)?\s+(?:(?:eastern|western|northern|southern)\s+)?(?:countryside|outskirts|suburbs)",
    re.IGNORECASE,
)
BORDER = re.compile(r"\b(?:border|frontier)\s+(?:with|of)\s+$", re.IGNORECASE)
BORDER_AFTER = re.compile(r"^(?:'s|’s)?\s+(?:border|frontier)\b", re.IGNORECASE)
BEFORE: tuple[tuple[re.Pattern[str], RelationKind], ...] = (
    (NEAR, "near"),
    (COUNTRYSIDE, "around"),
    (BORDER, "border"),
)
AFTER: tuple[tuple[re.Pattern[str], RelationKind], ...] = (
    (COUNTRYSIDE_AFTER, "around"),
    (BORDER_AFTER, "border"),
)
BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What is meant, after the relation."""

    relation: Relation
    lat: float
    lon: float
    radius_km: float
    where_prec: int
    geo_precision: int


def find_relation(text: str, start: int, end: int) -> Relation:
    """Return how a text stands to the place named at start..end."""
    before, after = text[max(0, start - LEFT) : start], text[end : end + RIGHT]
    if m := OFFSET.search(before):
        return _offset(m)
    if m := DIRECTION_OF.search(before):
        return Relation(kind="offset", words=m.group().strip(), bearing=_bearing(m["d"]))
    if found := _plain(BEFORE, before):
        return found
    if m := SIDE_OF.search(before) or PART.search(before):
        return Relation(kind="part", words=m.group().strip(), bearing=_bearing(m["d"]))
    return _plain(AFTER, after) or IN_PLACE


def _plain(patterns: Sequence[tuple[re.Pattern[str], RelationKind]], words: str) -> Relation | None:
    """Return the relation that needs no figure, if the words say one."""
    for pattern, kind in patterns:
        if m := pattern.search(words):
            return Relation(kind=kind, words=m.group().strip())
    return None


def _bearing(words: str) -> float | None:
    return BEARINGS.get(words.lower().replace(" ", "").replace("-", ""))


def _offset(m: re.Match[str]) -> Relation:
    bearing = _bearing(m["d"]) if m["d"] else None
    return Relation(
        kind="offset" if bearing is not None else "near",
        words=m.group().strip(),
        distance_km=_number(m["n"].lower()) * _km_per(m["u"].lower()),
        bearing=bearing,
    )


def _number(words: str) -> float:
    if words in NUMBER_WORDS:
        return NUMBER_WORDS[words]
    return float(words.replace(",", "" if THOUSANDS.fullmatch(words) else "."))


def _km_per(unit: str) -> float:
    if unit.startswith("mile"):
        return KM_PER_MILE
    return 0.001 if unit == "m" or unit.startswith("met") else 1.0


@cache
def precisions() -> dict[str, tuple[int, int, float]]:
    """Return by feature code (or its beginning): UCDP where_prec, ACLED geo_precision, least radius in km."""
    return {
        row["feature"]: (int(row["where_prec"]), int(row["geo_precision"]), float(row["radius_km"]))
        for _, row in rows("precision.csv", "feature", "where_prec", "geo_precision", "radius_km")
    }


def precision_of(feature: str) -> tuple[int, int, float]:
    """Return where_prec, geo_precision and least radius of a feature code.

    The longest entry of the table that begins the code counts.
    """
    table = precisions()
    for width in range(len(feature), 0, -1):
        if feature[:width] in table:
            return table[feature[:width]]
    return 1, 1, 1.0


def locate(place: Place, relation: Relation) -> Located:
    """Return the point, radius and precision that a relation to a place gives.

    Offsets run along the geodesic on the WGS 84 ellipsoid. A part of an area moves the point half
    of the area's radius that way; the radius is halved.
    """
    where, acled, least = precision_of(place.feature)
    radius = max(place.radius_km, least)
    here = Located(
        relation=relation,
        lat=place.lat,
        lon=place.lon,
        radius_km=radius,
        where_prec=where,
        geo_precision=acled,
    )
    if relation.kind in {"near", "around"}:
        reach = relation.distance_km or (10.0 if relation.kind == "around" else 5.0)
        return replace(here, radius_km=radius + reach, where_prec=max(where, 2), geo_precision=max(acled, 2))
    if relation.kind == "border":
        return replace(here, where_prec=max(where, 5), geo_precision=3)
    if relation.kind == "offset" and relation.bearing is not None:
        return _moved_out(here, relation, radius)
    if relation.kind == "part" and relation.bearing is not None:
        return _moved_in(here, relation, where, radius)
    return here


SMALL_KM = 12.0


def _moved_out(here: Located, relation: Relation, radius: float) -> Located:
    known = relation.distance_km is not None
    if not known and not _spot(here):
        return replace(here, where_prec=max(here.where_prec, 5), geo_precision=3)
    km = relation.distance_km if relation.distance_km is not None else min(max(5.0, radius), 20.0)
    lat, lon = move(here.lat, here.lon, relation.bearing or 0.0, km)
    slack = max(1.0, 0.15 * km) if known else km
    return replace(
        here,
        lat=lat,
        lon=lon,
        radius_km=max(2.0, min(radius, 10.0)) + slack,
        where_prec=max(here.where_prec, 2),
        geo_precision=max(here.geo_precision, 2),
    )


def _spot(here: Located) -> bool:
    return here.where_prec <= 2


def _moved_in(here: Located, relation: Relation, where: int, radius: float) -> Located:
    if radius <= SMALL_KM:
        return replace(here, where_prec=max(where, 1))
    lat, lon = move(here.lat, here.lon, relation.bearing or 0.0, radius * 0.5)
    return replace(
        here,
        lat=lat,
        lon=lon,
        radius_km=radius * 0.55,
        where_prec=5 if where == 6 else where,
        geo_precision=3,
    )


def move(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point so many kilometres away on the WGS 84 ellipsoid."""
    from pyproj import Geod

    lon2, lat2, _ = Geod(ellps="WGS84").fwd(lon, lat, bearing, km * 1000.0)
    return round(float(lat2), 6), round(float(lon2), 6)
