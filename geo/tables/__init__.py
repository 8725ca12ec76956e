"""Records to tables: the GeoDataFrames that the project file keeps, maps draw and exports hand on."""

from __future__ import annotations

from geo.tables.build import Ledger, parts, tables
from geo.tables.schema import CRS, GEOMETRY, Column, Tables, empty, frame, schema
from geo.tables.towns import towns

__all__ = [
    "CRS",
    "GEOMETRY",
    "Column",
    "Ledger",
    "Tables",
    "empty",
    "frame",
    "parts",
    "schema",
    "tables",
    "towns",
]
