"""Distances and bearings on a sphere; good to half a per cent, which is finer than place names are.

The module that opens an index must not import numpy, so the scalar functions do without it.
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""
MOST_LAT, MOST_LON = 90, 180
"""Largest degrees of latitude and longitude."""
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
"""The eight points, clockwise from north."""


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in kilometres between two points in degrees."""
    phi, psi = radians(lat), radians(other_lat)
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def bearing_deg(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the initial bearing from the first point to the second, degrees clockwise from north."""
    phi, psi, delta = radians(lat), radians(other_lat), radians(other_lon - lon)
    east = sin(delta) * cos(psi)
    north = cos(phi) * sin(psi) - sin(phi) * cos(psi) * cos(delta)
    return degrees(atan2(east, north)) % 360


def compass(bearing: float) -> str:
    """Name the nearest of the eight compass points."""
    return COMPASS[round(bearing / 45) % 8]


def distances_km(
    lat: ArrayLike, lon: ArrayLike, other_lat: ArrayLike, other_lon: ArrayLike
) -> NDArray[np.float64]:
    """Return great-circle distances in kilometres, element by element."""
    import numpy as np

    phi, psi = (np.radians(np.asarray(value, dtype=np.float64)) for value in (lat, other_lat))
    delta = np.radians(np.asarray(other_lon, dtype=np.float64) - np.asarray(lon, dtype=np.float64))
    half = np.sin((psi - phi) / 2) ** 2 + np.cos(phi) * np.cos(psi) * np.sin(delta / 2) ** 2
    distances: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return distances
