"""Sheets into a new GeoPackage 1.2.

It is made through SQLite itself, because the tables need what GDAL's writer cannot give them: days that are
dates, foreign keys, and the same bytes for the same rows.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from typing import TYPE_CHECKING

import shapely

from geo.project import ddl, geometry, styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.tables.sheet import Sheet

_LONG_AGO = "2000-01-01T00:00:00.000Z"


def write(sheets: Sequence[Sheet], path: Path, *, last_change: str | None = None) -> None:
    """Write sheets as layers and tables of a GeoPackage that must not be there yet.

    Parameters
    ----------
    sheets
        The layers and tables; ids of other tables become foreign keys where that table is among them.
    path
        The file.
    last_change
        When the contents changed (ISO 8601, UTC); `None`: a fixed moment, for the same bytes.
    """
    present = [sheet.name for sheet in sheets]
    changed = last_change or _LONG_AGO
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        # The file is nobody's until it is renamed: a journal on disk would protect nothing.
        database.execute("PRAGMA journal_mode = MEMORY")
        ddl.start(database)
        database.execute("BEGIN")
        for sheet in sheets:
            database.execute(ddl.create_table(sheet, present))
            ddl.register(database, sheet, changed)
            _fill(database, sheet)
        styles.add(database, sheets, changed)
        database.execute("COMMIT")


def _fill(database: sqlite3.Connection, sheet: Sheet) -> None:
    names = [column.name for column in sheet.columns]
    cells: list[Sequence[object]] = [*sheet.cells()]
    if sheet.geometry is not None:
        names, cells = [ddl.GEOMETRY_COLUMN, *names], [geometry.encode(sheet.where()), *cells]
    slots = ", ".join("?" * (len(names) + 1))
    listed = ", ".join(map(ddl.quoted, names))
    rows = sheet.watched(zip(range(1, len(sheet) + 1), *cells, strict=True))
    database.executemany(f"INSERT INTO {ddl.quoted(sheet.name)} (fid, {listed}) VALUES ({slots})", rows)
    for statement in ddl.create_indexes(sheet):
        database.execute(statement)
    if sheet.geometry is not None:
        ddl.index_space(database, sheet.name, list(_boxes(sheet)))


def _boxes(sheet: Sheet) -> Iterator[tuple[int, float, float, float, float]]:
    for fid, (west, south, east, north) in enumerate(shapely.bounds(sheet.where()).tolist(), 1):
        if not math.isnan(west):
            yield fid, west, east, south, north
