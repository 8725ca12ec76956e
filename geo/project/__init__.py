"""The project file: a GeoPackage that is both the project's database and what GIS programs open."""

from __future__ import annotations

from geo.project.filters import Filter, select
from geo.project.store import VERSION, read, told, update, write, write_parts

__all__ = ["VERSION", "Filter", "read", "select", "told", "update", "write", "write_parts"]
