"""From coordinates to settlements, over the grid of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.grid import CELL_DEG, ROWS, Cells, cell_in, row_of
from gazetteer.sphere import EARTH_RADIUS_KM, bearing_deg, distances_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gazetteer.index import Index

_RINGS = (1, 2, 4, 8, 16)
"""Rings of cells looked at, one after the other, until the nearest is certain."""
_RING_KM = CELL_DEG * 111.19 * 0.98
"""Distance that each ring surely covers; cells of neighbouring rows differ a little in width."""
MAX_KM = 150.0
"""Farthest that is looked."""
_PIECE = 8192


class Nearest:
    """Looks for the settlements next to points."""

    def __init__(self, cells: Cells, lat: NDArray[Any], lon: NDArray[Any]) -> None:
        self._cells = cells.occupied.astype(np.int64)
        self._starts = cells.starts.astype(np.int64)
        self._rows = cells.rows
        self._lat, self._lon = lat, lon
        self._vectors = _vectors(lat[self._rows], lon[self._rows])

    @classmethod
    def of(cls, index: Index) -> Nearest:
        """Look among the settlements of an index."""
        cells = Cells(*(index.array(f"grid_{name}") for name in Cells._fields))
        return cls(cells, index.columns.lat, index.columns.lon)

    def near(self, *, lat: float, lon: float, limit: int, max_km: float) -> list[tuple[int, float, float]]:
        """List rows within `max_km`, the nearest first, with kilometres and bearing to the point."""
        rows, distance = self._rows[:0], np.zeros(0)
        for rings in _RINGS:
            _, at = self._around(np.array([lat]), np.array([lon]), rings)
            rows = np.unique(self._rows[at])
            distance = distances_km(lat, lon, self._lat[rows], self._lon[rows])
            sure = min(max_km, rings * _RING_KM)
            if (distance <= sure).sum() >= limit or sure >= max_km:
                break
        order = np.lexsort((rows, distance))[:limit]
        found = [(int(rows[i]), float(distance[i])) for i in order if distance[i] <= max_km]
        return [(row, km, self._bearing(row, lat, lon)) for row, km in found]

    def _bearing(self, row: int, lat: float, lon: float) -> float:
        return bearing_deg(float(self._lat[row]), float(self._lon[row]), lat, lon)

    def nearest(
        self, lats: NDArray[Any], lons: NDArray[Any], *, max_km: float
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return the nearest settlement of each point (-1: none) and its distance (infinite: none)."""
        lat, lon = np.asarray(lats, dtype=np.float64), np.asarray(lons, dtype=np.float64)
        best, km = np.full(len(lat), -1, dtype=np.int32), np.full(len(lat), np.inf)
        wanting = np.arange(len(lat))
        for rings in _RINGS:
            for first in range(0, len(wanting), _PIECE):
                points = wanting[first : first + _PIECE]
                found, rows, distance = self._look(lat[points], lon[points], rings)
                best[points[found]], km[points[found]] = rows, distance
            sure = min(max_km, rings * _RING_KM)
            wanting = wanting[km[wanting] > sure]
            if not len(wanting) or sure >= max_km:
                break
        best[km > max_km], km[km > max_km] = -1, np.inf
        return best, km

    def _look(
        self, lat: NDArray[Any], lon: NDArray[Any], rings: int
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Find the nearest rows in the points' rings: which points have one, the rows, kilometres."""
        owner, at = self._around(lat, lon, rings)
        if not len(owner):
            return owner, owner, owner
        wanted = _vectors(lat, lon)
        square = ((self._vectors[at] - wanted[owner]) ** 2).sum(axis=1)
        first = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        least = np.minimum.reduceat(square, first)
        hit = np.flatnonzero(square == np.repeat(least, np.diff(np.r_[first, len(owner)])))
        hit = hit[np.r_[True, owner[hit[1:]] != owner[hit[:-1]]]]
        return (
            owner[hit],
            self._rows[at[hit]],
            2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(least) / 2)),
        )

    def _around(self, lat: NDArray[Any], lon: NDArray[Any], rings: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Pair each point with the places in the grid's list that lie within so many cells of it."""
        row = row_of(lat)[:, None] + np.arange(-rings, rings + 1)[None, :]
        inside = (row >= 0) & (row < ROWS)
        row = np.clip(row, 0, ROWS - 1)
        cell = cell_in(row, np.broadcast_to(lon[:, None], row.shape))
        low = self._starts[np.searchsorted(self._cells, cell - rings, "left")]
        high = self._starts[np.searchsorted(self._cells, cell + rings, "right")]
        count = np.where(inside, high - low, 0).ravel()
        owner = np.repeat(np.repeat(np.arange(len(lat)), row.shape[1]), count)
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return owner, np.repeat(low.ravel(), count) + within


def _vectors(lat: NDArray[Any], lon: NDArray[Any]) -> NDArray[np.float64]:
    """Turn degrees into unit vectors."""
    phi, psi = np.radians(lat.astype(np.float64)), np.radians(lon.astype(np.float64))
    return np.stack((np.cos(phi) * np.cos(psi), np.cos(phi) * np.sin(psi), np.sin(phi)), axis=1)
