"""What Natural Earth knows of a part of the world: land, borders, rivers, lakes, first-level divisions.

Every file is vendored by the build (`assets/vendor.toml`); what is asked for is cut to a box.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from maps import topology
from maps.assets import ASSETS, vendor
from maps.topology import WORLD, Box

if TYPE_CHECKING:
    from collections.abc import Iterator

Array = NDArray[Any]

WATERS = ("africa", "asia", "europe", "north-america", "south-america")
"""Pieces of the world with rivers and lakes; none of both is in two pieces."""
DIVISIONS = "divisions.zip"
FINEST = "countries-10m.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """Land and borders of one scale."""

    land: Array
    """Polygons."""
    borders: Array
    """Lines between countries."""
    countries: tuple[tuple[str | None, str, shapely.Geometry], ...]
    """ISO number, English name and area; only of the whole world."""


def lands(name: str, crop: Box) -> Atlas:
    """Read land and borders that touch a box from one of the files of countries."""
    found, arcs = _file(name)
    countries = found.objects["countries"]["geometries"]
    land = [p for g in found.objects["land"]["geometries"] for p in topology.polygons(g, arcs, crop)]
    borders = [arcs[k] for k in topology.shared(countries) if topology.touches(arcs[k], crop)]
    return Atlas(
        land=np.array(land, dtype=object),
        borders=np.array([shapely.linestrings(line) for line in borders], dtype=object),
        countries=tuple(
            (c.get("id"), c["properties"]["name"], shapely.union_all(topology.polygons(c, arcs)))
            for c in countries
        )
        if crop == WORLD
        else (),
    )


@lru_cache(maxsize=1)
def _file(name: str) -> tuple[topology.Topology, topology.Lines]:
    """Read a file of countries; one map asks for the same one more than once."""
    found = topology.read(vendor(name).read_bytes())
    return found, found.lines()


def countries(crop: Box) -> Array:
    """Give the areas of the countries that touch a box, finely."""
    found, arcs = _file(FINEST)
    areas = [topology.polygons(g, arcs, crop) for g in found.objects["countries"]["geometries"]]
    return _objects([shapely.make_valid(shapely.MultiPolygon(parts)) for parts in areas if parts])


@cache
def world() -> Atlas:
    """Give the whole world, coarsely."""
    return lands("countries-110m.json", WORLD)


def waters(crop: Box) -> tuple[Array, Array]:
    """Give rivers (lines) and lakes (polygons) that touch a box."""
    rivers: list[Any] = []
    lakes: list[Any] = []
    for name in WATERS:
        found = topology.read(vendor(f"water-{name}.json").read_bytes())
        if not topology.touches(np.reshape(found.box, (2, 2)), crop):
            continue
        arcs = found.lines()
        lakes += [p for g in found.objects["lakes"]["geometries"] for p in topology.polygons(g, arcs, crop)]
        rivers += list(topology.linestrings(found.objects["rivers"]["geometries"], arcs, crop))
    return _objects(rivers), _objects(lakes)


def division_lines(crop: Box) -> Array:
    """Give the lines between two first-level divisions of a country, of all countries that touch a box."""
    found = [
        shapely.linestrings(arcs[number])
        for country in _countries(crop)
        for arcs in [country.lines()]
        for number in topology.shared(_geometries(country))
        if len(arcs[number]) > 1
    ]
    return _objects(found)


def divisions(crop: Box) -> Array:
    """Give the areas of the first-level divisions of all countries that touch a box."""
    found = [
        topology.polygons(geometry, arcs, crop)
        for country in _countries(crop)
        for arcs in [country.lines()]
        for geometry in _geometries(country)
    ]
    return _objects([shapely.make_valid(shapely.MultiPolygon(parts)) for parts in found if parts])


def detailed() -> bool:
    """Tell whether the build put rivers and divisions beside the countries; older builds did not."""
    return (ASSETS / "vendor" / DIVISIONS).is_file()


def _countries(crop: Box) -> Iterator[topology.Topology]:
    if not detailed():
        return
    with zipfile.ZipFile(vendor(DIVISIONS)) as file:
        boxes: dict[str, list[float]] = msgspec.json.decode(file.read("index.json"))
        for name, box in sorted(boxes.items()):
            if topology.touches(np.reshape(box, (2, 2)), crop):
                yield topology.read(file.read(f"{name}.json"))


def _geometries(country: topology.Topology) -> list[dict[str, Any]]:
    return [g for kept in country.objects.values() for g in kept["geometries"] if g.get("type")]


def _objects(items: list[Any]) -> Array:
    found = np.empty(len(items), dtype=object)
    found[:] = items
    return found
