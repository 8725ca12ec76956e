"""TopoJSON as the vendored atlases have it: arcs that areas share, read into shapely geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Array = NDArray[Any]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

WORLD: Box = (-180.0, -85.0, 180.0, 85.0)
_HALF_TURN = 180.0
_STEPS = 10_000
_CORNERS = 4
"""Points of a triangle that ends where it began; what has fewer is no area."""


class Transform(msgspec.Struct, frozen=True):
    """How the whole numbers of the arcs become degrees."""

    scale: tuple[float, float]
    translate: tuple[float, float]


class Topology(msgspec.Struct, frozen=True):
    """A TopoJSON file; typed, because that is four times as fast to read."""

    objects: dict[str, dict[str, Any]]
    arcs: list[list[tuple[int, int]]]
    transform: Transform

    def lines(self) -> Lines:
        """Give the arcs as longitudes and latitudes."""
        return Lines(self)

    @property
    def box(self) -> Box:
        """Bounds of all that is in the file: its arcs count in ten thousand steps from side to side."""
        (left, low), (width, height) = self.transform.translate, self.transform.scale
        return (left, low, left + width * _STEPS, low + height * _STEPS)


class Lines(dict[int, Array]):
    """Arcs by number, each made when it is asked for."""

    def __init__(self, topology: Topology) -> None:
        super().__init__()
        self._topology = topology

    def __missing__(self, number: int) -> Array:
        """Make an arc."""
        steps: Array = np.cumsum(np.array(self._topology.arcs[number], dtype=float), axis=0)
        transform = self._topology.transform
        line = self[number] = steps * transform.scale + transform.translate
        return line


def read(raw: bytes) -> Topology:
    """Read a TopoJSON file."""
    return msgspec.json.decode(raw, type=Topology)


def touches(line: Array, crop: Box) -> bool:
    """Tell whether a line's bounds meet a box."""
    (west, south), (east, north) = line.min(axis=0), line.max(axis=0)
    return bool(west <= crop[2] and east >= crop[0] and south <= crop[3] and north >= crop[1])


def linestrings(geometries: Sequence[Mapping[str, Any]], arcs: Lines, crop: Box) -> Array:
    """Give the arcs of line geometries that touch a box."""
    used = sorted({n if n >= 0 else ~n for geometry in geometries for n in _flat(geometry.get("arcs", []))})
    return np.array([shapely.linestrings(arcs[n]) for n in used if touches(arcs[n], crop)], dtype=object)


def polygons(geometry: Mapping[str, Any], arcs: Lines, crop: Box = WORLD) -> list[shapely.Polygon]:
    """Build the polygons of a geometry that touch a box; what crosses 180° comes once at each side."""
    kind, parts = geometry["type"], geometry.get("arcs", [])
    found = []
    for rings_of_arcs in parts if kind == "MultiPolygon" else [parts]:
        loops = [
            _unwrapped(ring)
            for numbers in rings_of_arcs
            if len(ring := _ring(numbers, arcs)) >= _CORNERS and _may_touch(ring, crop)
        ]
        for turn in _turns(loops[0]) if loops else ():
            turned = [loop + np.array([turn, 0.0]) for loop in loops]
            if touches(turned[0], crop):
                found.append(shapely.Polygon(turned[0], turned[1:]))
    return found


def shared(geometries: Sequence[Mapping[str, Any]]) -> list[int]:
    """Give the numbers of the arcs that two areas have in common: what is a border and no coast."""
    users: dict[int, set[int]] = {}
    for number, geometry in enumerate(geometries):
        for arc in _flat(geometry.get("arcs", [])):
            users.setdefault(arc if arc >= 0 else ~arc, set()).add(number)
    return sorted(arc for arc, found in users.items() if len(found) > 1)


def _ring(numbers: list[int], arcs: Lines) -> Array:
    """Join arcs; `~n` is arc n backwards; each begins where the last one ends."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _may_touch(ring: Array, crop: Box) -> bool:
    """Tell quickly that a ring which does not cross 180° lies elsewhere."""
    return bool(np.ptp(ring[:, 0]) >= _HALF_TURN) or touches(ring, crop)


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


def _flat(nested: list[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item
