"""Areas of what is not a point: provinces, half-provinces, strips between two places, circles of uncertainty.

Every distance is geodesic on WGS 84. Longitudes beyond 180 degrees are cut at the antimeridian, and an area
that holds a pole reaches up to it, as RFC 7946 asks.
"""

from __future__ import annotations

import functools
import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyproj import Geod
    from shapely.geometry.base import BaseGeometry

    from gazetteer.place import Place
    from geo.records import PlaceRef

EXACT_WHERE_PREC = 1
"""UCDP precision of what is a point."""
LIMITED = 2
"""UCDP precision of a limited area about a place."""
MIN_STRIP_KM = 2.0
"""Half width of the narrowest strip."""
STRIP_SHARE = 0.1
"""Half width of a strip between two places as a share of their distance."""
MAX_RADIUS_KM = 9_000.0
"""Nearly a quarter of the way round: a wider circle is no longer an area with an inside."""

_CORNERS = 64
_AROUND = np.linspace(360.0, 0.0, _CORNERS // 4, endpoint=False)
_JOINTS = 15
_HALF_TURN = 180.0
_POLE_SHARE = 0.05
_POLAR_LAT = 85.0
_DIVISIONS = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "area", "ADM4": "area"}
_COUNTRY = "PCL"
_WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)
_KM = 1000.0
_DECIMALS = 7


def kind(ref: PlaceRef) -> str | None:
    """Tell what the area stands for, or `None` where a point says all.

    Returns
    -------
        By the relation "near", "offset", "around", "between", "border" or "part"; by the gazetteer's feature
        "country", "admin1", "admin2" or "area"; for any other place that is not exact "radius".
    """
    if ref.place is None or ref.lat is None or ref.lon is None or not ref.radius_km:
        return None
    if ref.relation.kind != "in":
        return ref.relation.kind
    if ref.where_prec == EXACT_WHERE_PREC:
        return None
    return _feature_kind(ref.place)


def _feature_kind(place: Place) -> str:
    if place.feature.startswith(_COUNTRY):
        return "country"
    if place.feature in _DIVISIONS:
        return _DIVISIONS[place.feature]
    return "radius" if place.feature_class in {"P", "S"} else "area"


def area(ref: PlaceRef, places: Mapping[str, Place]) -> MultiPolygon | None:
    """Draw the area which a place reference means.

    Parameters
    ----------
    ref
        The reference; one without a position or a radius has no area.
    places
        Places of the same report by id, where the second place of "between" is found.
    """
    if ref.lat is None or ref.lon is None or not ref.radius_km:
        return None
    other = places.get(ref.relation.other or "")
    if ref.relation.kind == "between" and other is not None and ref.place is not None:
        return strip((ref.place.lon, ref.place.lat), (other.lon, other.lat), ref.radius_km)
    if ref.relation.kind == "part" and ref.relation.bearing is not None and ref.place is not None:
        return half_circle((ref.place.lon, ref.place.lat), ref.place.radius_km, ref.relation.bearing)
    if _beyond(ref) and ref.relation.bearing is not None and ref.place is not None:
        return half_circle((ref.place.lon, ref.place.lat), ref.radius_km, ref.relation.bearing)
    return circle((ref.lon, ref.lat), ref.radius_km)


def _beyond(ref: PlaceRef) -> bool:
    """Tell whether a side of something large is meant, at no distance: "east of the Euphrates"."""
    return ref.relation.kind == "offset" and ref.relation.distance_km is None and ref.where_prec > LIMITED


@functools.lru_cache(maxsize=4096)
def circle(center: tuple[float, float], radius_km: float) -> MultiPolygon:
    """Draw a geodesic circle around (lon, lat)."""
    pole_km = _pole_km(center)
    radius_km = min(radius_km, MAX_RADIUS_KM)
    # Corners of a rim that all but touches a pole jump half round the world: keep it a little off.
    if abs(radius_km - pole_km) < radius_km * _POLE_SHARE:
        radius_km = pole_km + math.copysign(radius_km * _POLE_SHARE, radius_km - pole_km)
    ring = _ring(center, radius_km, np.linspace(360.0, 0.0, _CORNERS, endpoint=False))
    if radius_km > pole_km:
        (lon, lat), pole = ring[0], math.copysign(90.0, center[1])
        turn = math.copysign(2 * _HALF_TURN, ring[-1, 0] - lon)
        ring = np.vstack([ring, [lon + turn, lat], [lon + turn, pole], [lon, pole]])
    return _cut(Polygon(ring))


def half_circle(center: tuple[float, float], radius_km: float, bearing: float) -> MultiPolygon:
    """Draw the half of a circle around (lon, lat) towards a bearing (degrees clockwise from north)."""
    if radius_km > _pole_km(center):
        return circle(center, radius_km)
    return _cut(Polygon(_ring(center, radius_km, np.linspace(bearing + 90.0, bearing - 90.0, _CORNERS // 2))))


def strip(start: tuple[float, float], end: tuple[float, float], radius_km: float) -> MultiPolygon:
    """Draw the strip between two places (lon, lat), at most `radius_km` to each side, with round ends."""
    bearing, _, meters = _geod().inv(*start, *end)
    half = min(radius_km, max(MIN_STRIP_KM, meters / _KM * STRIP_SHARE))
    if meters < _KM:
        return circle(start, half)
    spine = [start, *_geod().npts(*start, *end, _JOINTS), end]
    if max(abs(lat) for _, lat in spine) > _POLAR_LAT:
        lon, lat, _ = _geod().fwd(*start, bearing, meters / 2)
        return circle((lon, lat), meters / 2 / _KM)
    # Every disc's longitudes count on from the last one's, so that a strip over the antimeridian stays whole.
    lons = np.unwrap([lon for lon, _ in spine], period=360.0)
    discs = [Polygon(_ring((lon, lat), half, _AROUND)) for lon, (_, lat) in zip(lons, spine, strict=True)]
    links = [shapely.union(left, right).convex_hull for left, right in itertools.pairwise(discs)]
    whole = shapely.union_all(links)
    return _cut(whole) if isinstance(whole, Polygon | MultiPolygon) else MultiPolygon()


@functools.cache
def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def _pole_km(center: tuple[float, float]) -> float:
    lon, lat = center
    _, _, meters = _geod().inv(lon, lat, lon, math.copysign(90.0, lat))
    return float(meters) / _KM


def _ring(
    center: tuple[float, float], radius_km: float, bearings: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """Give the points at these bearings; longitudes count on from the centre's and may leave -180 to 180."""
    lon, lat = center
    same = np.ones(len(bearings))
    lons, lats, _ = _geod().fwd(same * lon, same * lat, bearings, same * radius_km * _KM)
    return np.column_stack([np.unwrap([lon, *lons], period=360.0)[1:], lats]).round(_DECIMALS)


def _cut(shape: Polygon | MultiPolygon) -> MultiPolygon:
    """Bring longitudes back to -180 to 180, cut where they leave it, corners counter-clockwise."""
    west, _, east, _ = shape.bounds
    pieces: list[BaseGeometry] = [shape]
    if west < -_HALF_TURN or east > _HALF_TURN:
        turns = (-2 * _HALF_TURN, 0.0, 2 * _HALF_TURN)
        pieces = [shapely.intersection(translate(shape, turn), _WORLD) for turn in turns]
    parts = shapely.get_parts(shapely.union_all(pieces))
    return MultiPolygon([orient(part) for part in parts if part.area > 0])
