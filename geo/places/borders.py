"""Where two countries meet, as the gazetteer's settlements tell: those near the other country's.

No outlines are at hand when a report is read. The settlements of each country that have one of the other
within reach lie along the border; their middle and their spread stand for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer import Gazetteer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088
REACH_KM = 60.0
"""Settlements so near one of the other country are taken for the border's."""
LEAST_REACH_KM = 15.0
"""Radius of a border that is a single spot."""
MARGIN_DEGREES = 1.0
STEP = 512
"""Settlements that are compared at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """The middle and reach of a border."""

    lat: float
    lon: float
    radius_km: float


@lru_cache(maxsize=256)
def border(gazetteer: Gazetteer, first: str, second: str) -> Border | None:
    """Return where two countries meet; `None`: their settlements do not.

    Parameters
    ----------
    gazetteer
        Holds the settlements.
    first, second
        ISO 3166-1 alpha-2 codes.
    """
    import numpy as np

    a, b = _settlements(gazetteer, first), _settlements(gazetteer, second)
    a, b = _beside(a, b), _beside(b, a)
    if not len(a) or not len(b):
        return None
    points, others = _vectors(a), _vectors(b)
    reach = float(np.cos(REACH_KM / EARTH_RADIUS_KM))
    close = [points[i : i + STEP] @ others.T >= reach for i in range(0, len(points), STEP)]
    along = np.concatenate(
        [
            points[np.concatenate([c.any(axis=1) for c in close])],
            others[np.any([c.any(axis=0) for c in close], axis=0)],
        ]
    )
    if not len(along):
        return None
    middle = along.mean(axis=0)
    middle /= np.linalg.norm(middle)
    apart = float(np.arccos(np.clip(along @ middle, -1.0, 1.0)).max()) * EARTH_RADIUS_KM
    return Border(
        lat=round(float(np.degrees(np.arcsin(middle[2]))), 5),
        lon=round(float(np.degrees(np.arctan2(middle[1], middle[0]))), 5),
        radius_km=round(max(LEAST_REACH_KM, apart), 1),
    )


def _settlements(gazetteer: Gazetteer, country: str) -> NDArray[np.float64]:
    """Return latitudes and longitudes of a country's settlements, a row each."""
    import numpy as np

    columns = gazetteer.columns
    settled = np.array([f.startswith("P.") for f in gazetteer.features])[columns.feature]
    if country not in gazetteer.countries:
        return np.empty((0, 2))
    here = settled & (columns.country == gazetteer.countries.index(country))
    return np.column_stack([columns.lat[here], columns.lon[here]]).astype(np.float64)


def _beside(points: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the points within a degree of the others' box: most of a large country is far from any border."""
    if not len(points) or not len(others):
        return points[:0]
    low, high = others.min(axis=0) - MARGIN_DEGREES, others.max(axis=0) + MARGIN_DEGREES
    kept: NDArray[np.float64] = points[((points >= low) & (points <= high)).all(axis=1)]
    return kept


def _vectors(points: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    lat, lon = np.radians(points.T)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
