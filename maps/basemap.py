"""The quiet offline base: land, borders, divisions, rivers and lakes, names, and what the caller adds.

The whole world coarsely, and the surroundings of the data as finely as a byte budget allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maps import atlas
from maps.columns import MISSING, Frame
from maps.datafiles import table
from maps.pack import json_bytes
from maps.shapes import rings, steps
from maps.topology import WORLD, Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maps.atlas import Atlas

Array = NDArray[Any]

FAR_UNIT, NEAR_UNIT = 0.02, 0.001
"""Degrees of one step, far from the data and near it."""
FAR_BUDGET, BUDGET = 60_000, 140_000
"""Bytes the rest of the world and the surroundings of the data may take in the page."""
DETAIL_BUDGET = 60_000
"""Bytes for divisions, rivers and lakes."""
DETAIL_AREA = 3000.0
"""Largest area (square degrees) that has divisions, rivers and lakes; wider ones would be all lines."""
TOLERANCES = (0.0, 0.002, 0.004, 0.008, 0.016, 0.03, 0.06, 0.12)
"""Degrees by which lines are simplified, until the budget is met."""
SCALES = ((3000.0, "countries-10m.json"), (np.inf, "countries-50m.json"))
"""Largest area (square degrees) that is drawn from each file."""
CELL = 6.0
"""Degrees; a cell with data and its neighbours are drawn finely."""
_DOT = 4
"""Numbers in a line of two points; what is shorter cannot be seen."""


def base(lon: Array, lat: Array, extra: Frame, places: Frame) -> dict[str, Any]:
    """Give what the page draws under the data at these places: rings and lines, and labels."""
    near = surroundings(lon, lat)
    world = atlas.world()
    return {
        "far": _within(world, shapely.difference(shapely.box(*WORLD), near), FAR_UNIT, FAR_BUDGET),
        "near": None if shapely.is_empty(near) else _near(near),
        "countries": _country_labels(world),
        **_extra(extra, places),
    }


def surroundings(lon: Array, lat: Array) -> shapely.Geometry:
    """Give the area that is drawn finely: the cells of a coarse grid that lie near some place."""
    known = ~(np.isnan(lon) | np.isnan(lat))
    cells = np.unique(np.floor(np.column_stack([lon[known], lat[known]]) / CELL), axis=0)
    around = np.array([(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)])
    wide = np.unique((cells[:, None, :] + around[None, :, :]).reshape(-1, 2), axis=0) * CELL
    boxes = shapely.box(wide[:, 0], wide[:, 1], wide[:, 0] + CELL, wide[:, 1] + CELL)
    return shapely.intersection(shapely.union_all(boxes), shapely.box(*WORLD))


def _near(area: shapely.Geometry) -> dict[str, Any]:
    file = next(name for size, name in SCALES if shapely.area(area) <= size)
    found = _within(atlas.lands(file, _box(area)), area, NEAR_UNIT, BUDGET)
    return {**found, **_detail(area)} if atlas.detailed() and shapely.area(area) <= DETAIL_AREA else found


def _detail(area: shapely.Geometry) -> dict[str, Any]:
    """Draw divisions, rivers and lakes."""
    rivers, lakes = atlas.waters(_box(area))
    divisions = atlas.division_lines(_box(area))
    layers = {"rivers": rivers, "lakes": lakes, "divisions": divisions}
    return _simplified(
        {name: _clipped(shapes, area) for name, shapes in layers.items()}, NEAR_UNIT, DETAIL_BUDGET
    )


def _within(world: Atlas, area: shapely.Geometry, unit: float, budget: int) -> dict[str, Any]:
    """Draw land and borders in an area."""
    layers = {"land": _clipped(world.land, area), "borders": _clipped(world.borders, area)}
    return {"unit": unit, **_simplified(layers, unit, budget)}


def _simplified(layers: Mapping[str, Array], unit: float, budget: int) -> dict[str, Any]:
    """Turn shapes into steps, simplified until they take no more than `budget` bytes."""
    found: dict[str, Any] = {}
    for tolerance in TOLERANCES:
        found = {name: _steps(parts, tolerance, unit) for name, parts in layers.items()}
        if len(json_bytes(found)) <= budget:
            break
    return found


def _clipped(shapes: Array, area: shapely.Geometry) -> Array:
    """Cut to an area, single polygons and lines."""
    found = []
    for part in shapely.get_parts(area):
        inside = shapely.clip_by_rect(shapes, *_box(part))
        inside = shapely.make_valid(inside[~shapely.is_empty(inside)])
        found.append(shapely.get_parts(shapely.intersection(inside, part)))
    parts = np.concatenate(found) if found else np.array([], dtype=object)
    return parts[~shapely.is_empty(parts)]


def _box(area: shapely.Geometry) -> Box:
    west, south, east, north = shapely.bounds(area).tolist()
    return west, south, east, north


def _steps(parts: Array, tolerance: float, unit: float) -> list[list[int]]:
    found = (
        steps(shapely.get_coordinates(line), unit=unit) for line in _lines(shapely.simplify(parts, tolerance))
    )
    return [line for line in found if len(line) > _DOT]


def _lines(parts: Array) -> Iterator[shapely.Geometry]:
    """Take polygons apart into rings; join lines that meet."""
    dimensions = shapely.get_dimensions(parts)
    for part in parts[dimensions > 1]:
        yield from shapely.get_rings(part)
    yield from shapely.get_parts(shapely.line_merge(shapely.union_all(parts[dimensions == 1])))


def _country_labels(world: Atlas) -> list[list[Any]]:
    """Give code, English name, longitude, latitude and extent (degrees) of each country with an ISO code."""
    letters = {number: code for number, code in table("countries.csv", 2)}  # noqa: C416 - the widths are checked there
    rows = []
    for number, name, area in world.countries:
        if number not in letters:
            continue
        largest = max(shapely.get_parts(area), key=lambda part: part.area)
        point = shapely.point_on_surface(largest)
        extent = round(float(largest.area) ** 0.5, 1)
        rows.append([letters[number], name, round(float(point.x), 2), round(float(point.y), 2), extent])
    return rows


def _extra(extra: Frame, places: Frame) -> dict[str, Any]:
    """Give the caller's towns and lines, and the towns that the reports name."""
    towns, lines = [], []
    given = zip(_geometries(extra), extra["name"], extra["rank"].tolist(), extra["kind"], strict=True)
    for shape, name, rank, kind in given:
        level = _MIDDLE_RANK if rank == MISSING else rank
        if shape is None or shape.is_empty:
            continue
        if shapely.get_dimensions(shape) == 0:
            towns.append(_town(name, shape, level))
        else:
            lines.append([name, kind or "river", level, rings(shape)])
    written = {_spot(town) for town in towns}
    towns += [town for town in _named(places) if _spot(town) not in written]
    return {"towns": sorted(towns, key=lambda town: (town[3], town[0])), "lines": lines}


def _spot(town: list[Any]) -> tuple[str, int, int]:
    """Tell towns of one name apart, but not two points of one town."""
    return (town[0], round(town[1]), round(town[2]))


def _geometries(frame: Frame) -> Array:
    shapes = frame.shapes
    return np.full(frame.rows, None, dtype=object) if shapes is None else shapes


def _named(places: Frame) -> list[list[Any]]:
    given = zip(_geometries(places), places["name"], places["feature"], places["population"], strict=True)
    return [
        _town(name, shape, _MIDDLE_RANK + 3 - int(np.searchsorted(_SIZES, people, side="right")))
        for shape, name, feature, people in given
        if shape is not None and not shape.is_empty and (feature or "").startswith("PPL")
    ]


def _town(name: str, shape: shapely.Geometry, rank: int) -> list[Any]:
    return [name, round(float(shapely.get_x(shape)), 4), round(float(shapely.get_y(shape)), 4), rank]


_SIZES = (5_000, 50_000, 200_000, 1_000_000)
"""Inhabitants from which a town is written a zoom level earlier."""
_MIDDLE_RANK = 5
