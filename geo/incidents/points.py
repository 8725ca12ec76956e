"""Points on the globe: distances and the hull around them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from geo.records import PlaceRef, Spot

EARTH_DIAMETER_KM = 12742.0


def spot(place: PlaceRef | None) -> Spot | None:
    """Return the point of a place; `None` where it has none."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return Spot(lat=place.lat, lon=place.lon)


def distance_km(a: Spot, b: Spot) -> float:
    """Return the great-circle distance in kilometres."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def hull(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Return the corners of the convex hull, anticlockwise from the west; two points give a line, one none.

    Degrees are taken for a plane, which is right enough for the places of one incident away from the
    antimeridian.
    """
    points = sorted({(s.lon, s.lat) for s in spots})
    if len(points) < 2:
        return ()
    corners = points if len(points) == 2 else _half(points)[:-1] + _half(points[::-1])[:-1]
    return tuple(Spot(lat=lat, lon=lon) for lon, lat in corners)


def _half(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners under a row of points (Andrew's monotone chain)."""
    found: list[tuple[float, float]] = []
    for p in points:
        while len(found) > 1 and _turn(found[-2], found[-1], p) <= 0:
            found.pop()
        found.append(p)
    return found


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
