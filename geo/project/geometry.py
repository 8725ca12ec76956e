"""Geometries as GeoPackage blobs: a short header in front of well-known binary."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

SRS_ID = 4326
"""WGS 84 in the tables of the GeoPackage."""

_PLAIN = b"GP\x00\x01" + struct.pack("<i", SRS_ID)
_WITH_BOX = b"GP\x00\x03" + struct.pack("<i", SRS_ID)
_BOX = struct.Struct("<4d")
_HEADER = 8
_BOX_BYTES = (0, 32, 48, 48, 64)
_POINT = 0


def encode(shapes: np.ndarray[Any, Any]) -> list[bytes | None]:
    """Write geometries; missing and empty ones become NULL, all but points carry their bounding box."""
    binary = shapely.to_wkb(shapes, byte_order=1)
    boxes = shapely.bounds(shapes)
    points = shapely.get_type_id(shapes) == _POINT
    return [
        None if np.isnan(box[0]) else (_PLAIN if point else _WITH_BOX + _box(box)) + blob
        for blob, box, point in zip(binary, boxes, points, strict=True)
    ]


def _box(box: Any) -> bytes:
    west, south, east, north = box
    return _BOX.pack(west, east, south, north)


def decode(blobs: Iterable[bytes | None]) -> Any:
    """Read geometries, whatever box their headers carry.

    Raises
    ------
    ValueError
        If a blob is no geometry.
    """
    bodies = [None if blob is None else _body(blob) for blob in blobs]
    try:
        return shapely.from_wkb(np.array(bodies, dtype=object))
    except shapely.errors.ShapelyError as error:
        raise ValueError(f"bad geometry: {error}") from error


def _body(blob: bytes) -> bytes:
    kind = blob[3] >> 1 & 0b111 if len(blob) > _HEADER and blob[:2] == b"GP" else len(_BOX_BYTES)
    if kind >= len(_BOX_BYTES):
        raise ValueError("bad geometry: no GeoPackage header")
    return blob[_HEADER + _BOX_BYTES[kind] :]
