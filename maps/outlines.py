"""True outlines for areas which the tables only know as circles.

A table that knows a province or country by its middle and size draws a circle; the atlas knows the
outline. Half circles ("in the north of Syria") are cut at the border. Other areas stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maps import atlas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maps.topology import Box

Array = NDArray[Any]

COUNTRY, DIVISION, PART = "country", "admin1", "part"
"""Kinds of areas that get an outline: the country's, the division's, or as much as lies in the country."""
ROUND = 0.97
"""Share of the circle of the same girth from which an area is taken for a circle."""
_MANY = 16
"""Corners that a drawn circle has at least."""


def outlined(shapes: Sequence[shapely.Geometry], kinds: Sequence[str | None]) -> list[shapely.Geometry]:
    """Give the areas, each circle or half circle of a country or division by its outline."""
    found = list(shapes)
    wanted = {COUNTRY: atlas.countries, DIVISION: atlas.divisions, PART: atlas.countries}
    for kind, known in wanted.items():
        of_kind = [k for k, shape in enumerate(shapes) if kinds[k] == kind and not shapely.is_empty(shape)]
        rows = [k for k in of_kind if kind == PART or _is_round(shapes[k])]
        for row, outline in zip(rows, _around([shapes[k] for k in rows], known), strict=True):
            cut = None if outline is None else _polygons(outline, shapes[row] if kind == PART else None)
            found[row] = shapes[row] if cut is None else cut
    return found


def _polygons(outline: shapely.Geometry, part: shapely.Geometry | None) -> shapely.Geometry | None:
    """Give an outline, or what a part of it covers, as polygons only; `None` where there are none."""
    whole = outline if part is None else shapely.intersection(part, outline)
    parts = shapely.get_parts(whole)
    areas = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return shapely.MultiPolygon(areas.tolist()) if len(areas) else None


def _around(shapes: list[shapely.Geometry], known: Callable[[Box], Array]) -> list[shapely.Geometry | None]:
    """Give for each area the outline in which its middle lies, or `None`."""
    if not shapes:
        return []
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    outlines = known((west, south, east, north))
    middles = shapely.centroid(np.array(shapes, dtype=object))
    rows, numbers = shapely.STRtree(outlines).query(middles, predicate="intersects")
    inside = dict(zip(rows.tolist(), numbers.tolist(), strict=True))
    found: list[shapely.Geometry | None] = [None] * len(shapes)
    for row, number in inside.items():
        found[row] = outlines[number]
    return found


def _is_round(shape: shapely.Geometry) -> bool:
    """Tell whether an area is a circle on the ground."""
    if shapely.get_num_geometries(shape) != 1 or shapely.get_num_coordinates(shape) < _MANY:
        return False
    lat = np.deg2rad(shapely.centroid(shape).y)
    flat = shapely.transform(shape, lambda points: points * [np.cos(lat), 1.0])
    return bool(4 * np.pi * shapely.area(flat) / shapely.length(flat) ** 2 > ROUND)
