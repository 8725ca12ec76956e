"""The quiet offline base: land, borders, names of countries, and what the caller adds.

Natural Earth as TopoJSON: the whole world coarsely, and the surroundings of the data as finely
as a byte budget allows. Lines shared by two countries are borders; all others are coasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from maps.assets import vendor
from maps.columns import MISSING, Frame
from maps.datafiles import table
from maps.pack import json_bytes
from maps.shapes import rings, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Array = NDArray[Any]
Box = tuple[float, float, float, float]

WORLD: Box = (-180.0, -85.0, 180.0, 85.0)
FAR_UNIT, NEAR_UNIT = 0.02, 0.001
"""Degrees of one step, far from the data and near it."""
FAR_BUDGET, BUDGET = 60_000, 140_000
"""Bytes the rest of the world and the surroundings of the data may take in the page."""
TOLERANCES = (0.0, 0.002, 0.004, 0.008, 0.016, 0.03, 0.06, 0.12)
"""Degrees by which lines are simplified, until the budget is met."""
SCALES = ((3000.0, "countries-10m.json"), (np.inf, "countries-50m.json"))
"""Largest area (square degrees) that is drawn from each file."""
CELL = 6.0
"""Degrees; a cell with data and its neighbours are drawn finely."""
_DOT = 4
"""Numbers in a line of two points; what is shorter cannot be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """Land and borders of one scale."""

    land: Array
    """Polygons."""
    borders: Array
    """Lines between countries."""
    countries: tuple[tuple[str | None, str, shapely.Geometry], ...]
    """ISO number, English name and area."""


def base(lon: Array, lat: Array, extra: Frame, places: Frame) -> dict[str, Any]:
    """Give what the page draws under the data at these places: rings and lines, and labels."""
    near = surroundings(lon, lat)
    world = _whole()
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
    return _within(_atlas(file, _box(area)), area, NEAR_UNIT, BUDGET)


def _within(atlas: Atlas, area: shapely.Geometry, unit: float, budget: int) -> dict[str, Any]:
    """Draw what lies in an area, simplified until it takes no more than `budget` bytes."""
    clipped = {
        name: _clipped(shapes, area) for name, shapes in (("land", atlas.land), ("borders", atlas.borders))
    }
    for tolerance in TOLERANCES:
        found = {name: _steps(parts, tolerance, unit) for name, parts in clipped.items()}
        if len(json_bytes(found)) <= budget:
            break
    return {"unit": unit, **found}


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


@cache
def _whole() -> Atlas:
    return _atlas("countries-110m.json", WORLD)


class _Transform(msgspec.Struct, frozen=True):
    scale: tuple[float, float]
    translate: tuple[float, float]


class _Objects(msgspec.Struct, frozen=True):
    land: dict[str, Any]
    countries: dict[str, Any]


class _Topology(msgspec.Struct, frozen=True):
    """TopoJSON as world-atlas has it; typed, because that is four times as fast to read."""

    objects: _Objects
    arcs: list[list[tuple[int, int]]]
    transform: _Transform


def _atlas(name: str, crop: Box) -> Atlas:
    topology = msgspec.json.decode(vendor(name).read_bytes(), type=_Topology)
    arcs = _arcs(topology)
    land = [p for g in topology.objects.land["geometries"] for p in _polygons(g, arcs, crop)]
    countries = topology.objects.countries["geometries"]
    borders = [shapely.linestrings(arcs[k]) for k in _shared(countries) if _touches([arcs[k]], crop)]
    return Atlas(
        land=np.array(land, dtype=object),
        borders=np.array(borders, dtype=object),
        countries=tuple(
            (c.get("id"), c["properties"]["name"], shapely.union_all(_polygons(c, arcs, crop)))
            for c in countries
        )
        if crop == WORLD
        else (),
    )


def _arcs(topology: _Topology) -> list[Array]:
    scale, shift = np.array(topology.transform.scale), np.array(topology.transform.translate)
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology.arcs]


def _polygons(geometry: Mapping[str, Any], arcs: list[Array], crop: Box) -> list[shapely.Polygon]:
    kind, parts = geometry["type"], geometry.get("arcs", [])
    found = []
    for rings_of_arcs in parts if kind == "MultiPolygon" else [parts]:
        loops = [_unwrapped(_ring(numbers, arcs)) for numbers in rings_of_arcs]
        for turn in _turns(loops[0]) if loops else ():
            turned = [loop + np.array([turn, 0.0]) for loop in loops]
            if _touches(turned[:1], crop):
                found.append(shapely.Polygon(turned[0], turned[1:]))
    return found


def _ring(numbers: list[int], arcs: list[Array]) -> Array:
    """Join arcs; `~n` is arc n backwards; each begins where the last one ends."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _unwrapped(ring: Array) -> Array:
    """Let a ring run on beyond 180° instead of jumping; one around a pole is closed over it."""
    jumps = np.rint(np.diff(ring[:, 0], prepend=ring[0, 0]) / -360.0)
    line = ring + np.column_stack([np.cumsum(jumps) * 360.0, np.zeros(len(ring))])
    if abs(line[-1, 0] - line[0, 0]) < _HALF_TURN:
        return line
    pole = np.copysign(90.0, line[:, 1].mean())
    return np.concatenate([line, [(line[-1, 0], pole), (line[0, 0], pole), line[0]]])


def _turns(ring: Array) -> Iterator[float]:
    """Give the whole turns by which some of the ring comes to lie on the map."""
    low, high = ring[:, 0].min(), ring[:, 0].max()
    yield from (turn for turn in (-360.0, 0.0, 360.0) if low + turn < WORLD[2] and high + turn > WORLD[0])


_HALF_TURN = 180.0


def _touches(lines: list[Array], crop: Box) -> bool:
    return any(
        line[:, 0].min() <= crop[2]
        and line[:, 0].max() >= crop[0]
        and line[:, 1].min() <= crop[3]
        and line[:, 1].max() >= crop[1]
        for line in lines
    )


def _shared(countries: list[dict[str, Any]]) -> list[int]:
    """Give the numbers of the arcs that two countries have in common."""
    users: dict[int, set[int]] = {}
    for country, geometry in enumerate(countries):
        for arc in _flat(geometry.get("arcs", [])):
            users.setdefault(arc if arc >= 0 else ~arc, set()).add(country)
    return sorted(arc for arc, found in users.items() if len(found) > 1)


def _flat(nested: list[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


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
        rows.append([letters[number], name, round(point.x, 2), round(point.y, 2), extent])
    return rows


def _extra(extra: Frame, places: Frame) -> dict[str, Any]:
    """Give the caller's towns and lines; without any, the towns that the reports name."""
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
    return {"towns": sorted(towns or _named(places), key=lambda town: (town[3], town[0])), "lines": lines}


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
