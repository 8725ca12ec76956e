"""Areas as short lists of whole numbers, each distinct area once."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maps.columns import MISSING, Frame, positions
from maps.outlines import outlined
from maps.pack import dictionary, integers

Array = NDArray[Any]

UNIT = 1e-4
"""Degrees of one step (11 m)."""
DETAIL = 400
"""An area is simplified by this part of its extent."""
ROUND = "radius"
"""Kind of area that the page draws from the version's radius alone."""


def footprints(frame: Frame, *, incidents: Array, events: Array) -> tuple[list[Any], dict[str, Any]]:
    """Give the distinct areas and, for each footprint, its version or incident, kind and area."""
    given: Any = frame.shapes if frame.shapes is not None else ()
    kinds = frame["kind"].tolist()
    kept = [
        k for k, shape in enumerate(given) if kinds[k] != ROUND and shape is not None and not shape.is_empty
    ]
    found = outlined([given[k] for k in kept], [kinds[k] for k in kept])
    distinct: dict[bytes, int] = {}
    numbers = [distinct.setdefault(shapely.to_wkb(shape), len(distinct)) for shape in found]
    drawn = {
        "rows": len(kept),
        "event": integers(_row(frame.take("event", np.array(kept, dtype=np.int64)), events)),
        "incident": integers(_row(frame.take("incident", np.array(kept, dtype=np.int64)), incidents)),
        "kind": dictionary(frame.take("kind", np.array(kept, dtype=np.int64))),
        "shape": integers(np.array(numbers, dtype=np.int64)),
    }
    return [rings(simple(shapely.from_wkb(raw))) for raw in distinct], drawn


def _row(names: Array, ids: Array) -> Array:
    rows = positions(names, ids)
    return np.where(rows < 0, MISSING, rows)


def simple(shape: shapely.Geometry, *, detail: int = DETAIL) -> shapely.Geometry:
    """Simplify an area by a part of its own extent."""
    west, south, east, north = shapely.bounds(shape)
    tolerance = max(east - west, north - south) / detail
    simpler: shapely.Geometry = shapely.simplify(shape, tolerance, preserve_topology=True)
    return simpler


def rings(shape: shapely.Geometry) -> list[list[int]]:
    """Give the rings and lines of a geometry as differences: `[x, y, dx, dy, dx, dy, ...]` in `UNIT`."""
    parts = shapely.get_parts(shape)
    parts = shapely.get_rings(parts) if _has_area(shape) else parts
    return [steps(shapely.get_coordinates(part)) for part in parts]


def _has_area(shape: shapely.Geometry) -> bool:
    return bool(shapely.get_dimensions(shape) == 2)


def steps(points: Array, *, unit: float = UNIT) -> list[int]:
    """Turn points into whole-number differences, steps of nothing left out."""
    grid = np.rint(points / unit).astype(np.int64)
    moves = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moving: Array = np.array(moves.any(axis=1))
    moving[:1] = True
    found: list[int] = moves[moving].ravel().tolist()
    return found
