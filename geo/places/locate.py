"""The point, radius and precision that a place and a relation to it give.

Precision follows UCDP GED's where_prec (1 exact … 7 over water; Codebook 24.1) and ACLED's geo_precision
(1 town, 2 part of a region, 3 region; ACLED Codebook 2024). Geodesics are those of the WGS 84 ellipsoid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from gazetteer.place import Place
from geo.lexicons import rows
from geo.records import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What is meant, after the relation."""

    lat: float
    lon: float
    radius_km: float
    where_prec: int
    geo_precision: int


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
LIMITED_KM = 25.0
"""UCDP: two places so near are one limited area; the line between others is a class of its own."""
FARTHEST_KM = 600.0
"""Places farther apart have no "between" that says where."""


def locate_between(place: Place, other: Place) -> Located | None:
    """Return the middle of two places, and how far it is from there to either; `None`: too far apart."""
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    bearing, _, metres = geod.inv(place.lon, place.lat, other.lon, other.lat)
    km = metres / 1000.0
    if km > FARTHEST_KM:
        return None
    lat, lon = move(place.lat, place.lon, bearing, km / 2)
    limited = km <= LIMITED_KM
    return Located(
        lat=lat,
        lon=lon,
        radius_km=max(2.0, km / 2),
        where_prec=2 if limited else 5,
        geo_precision=2 if limited else 3,
    )


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
