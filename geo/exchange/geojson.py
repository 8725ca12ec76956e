"""GeoJSON as RFC 7946 wants it, and one feature a line.

WGS 84 without a `crs` member, outer rings counter-clockwise, at most seven decimals (about a centimetre), a
`bbox`, and each feature's own id. The same rows give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geo.tables.sheet import Sheet

DECIMALS = 7

_POINT, _POLYGON, _MULTIPOLYGON = 0, 3, 6


def write_collection(sheet: Sheet, path: Path) -> None:
    """Write a feature collection, a feature a line."""
    shapes = sheet.where()
    void = shapely.is_empty(shapes).all() or shapely.is_missing(shapes).all()
    write_parts([sheet], sheet.name, None if void else shapely.total_bounds(shapes).tolist(), path)


def write_parts(parts: Iterable[Sheet], name: str, box: Iterable[float] | None, path: Path) -> None:
    """Write the parts of a layer as one feature collection; `box`: its extent, `None`: it has none."""
    encode = msgspec.json.Encoder().encode
    edges = {} if box is None else {"bbox": [_rounded(edge) for edge in box]}
    with path.open("wb") as file:
        head = {"type": "FeatureCollection", "name": name, **edges}
        file.write(encode(head)[:-1] + b',"features":[')
        found = (feature for part in parts for feature in features(part))
        for number, feature in enumerate(found):
            file.write((b",\n" if number else b"\n") + encode(feature))
        file.write(b"\n]}\n")


def write_lines(sheet: Sheet, path: Path) -> None:
    """Write newline-delimited GeoJSON: a feature a line, nothing around them."""
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        file.writelines(encode(feature) + b"\n" for feature in features(sheet))


def features(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Give the rows as features; a row whose place is unknown has a null geometry."""
    names = [column.name for column in sheet.columns]
    key = next((number for number, column in enumerate(sheet.columns) if column.key == "id"), None)
    for number, (row, shape) in enumerate(zip(sheet.rows(), _geometries(sheet), strict=True), 1):
        yield {
            "type": "Feature",
            "id": number if key is None else row[key],
            "geometry": shape,
            "properties": dict(zip(names, row, strict=True)),
        }


def _rounded(value: float) -> float:
    # Adding zero turns -0.0 into 0.0.
    return round(value, DECIMALS) + 0.0


def _geometries(sheet: Sheet) -> Iterator[dict[str, Any] | None]:
    shapes = sheet.where()
    kinds = shapely.get_type_id(shapes)
    lons, lats = (
        np.round(shapely.get_x(shapes), DECIMALS) + 0.0,
        np.round(shapely.get_y(shapes), DECIMALS) + 0.0,
    )
    for shape, kind, lon, lat in zip(shapes, kinds.tolist(), lons.tolist(), lats.tolist(), strict=True):
        if shape is None or shape.is_empty:
            yield None
        elif kind == _POINT:
            yield {"type": "Point", "coordinates": [lon, lat]}
        else:
            yield _other(shape, kind)


def _other(shape: Any, kind: int) -> dict[str, Any]:
    if kind == _POLYGON:
        shape = orient(shape)
    elif kind == _MULTIPOLYGON:
        shape = shapely.MultiPolygon([orient(part) for part in shape.geoms])
    return {"type": shape.geom_type, "coordinates": _nested(mapping(shape)["coordinates"])}


def _nested(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        return _rounded(coordinates)
    return [_nested(item) for item in coordinates]
