"""Sheets into a new GeoPackage 1.2.

It is made through SQLite itself, because the tables need what GDAL's writer cannot give them: days that are
dates, foreign keys, and the same bytes for the same rows.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo.project import ddl, geometry, styles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from geo.tables.sheet import Sheet

Floats = npt.NDArray[np.float64]

_CACHE_KB = 64 * 1024
_LONG_AGO = "2000-01-01T00:00:00.000Z"


def write(
    sheets: Iterable[Sheet],
    path: Path,
    *,
    present: Collection[str] | None = None,
    last_change: str | None = None,
) -> None:
    """Write sheets as layers and tables of a GeoPackage that must not be there yet.

    Parameters
    ----------
    sheets
        The layers and tables; a sheet of the same name as the one before it is its next part.
    path
        The file.
    present
        Names of the tables; ids of those become foreign keys. `None`: those of the sheets, which are then
        all taken at once.
    last_change
        When the contents changed (ISO 8601, UTC); `None`: a fixed moment, for the same bytes.
    """
    if present is None:
        sheets = list(sheets)
        present = [sheet.name for sheet in sheets]
    changed = last_change or _LONG_AGO
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        # The file is nobody's until it is renamed: a journal on disk would protect nothing.
        database.execute("PRAGMA journal_mode = MEMORY")
        database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        ddl.start(database)
        database.execute("BEGIN")
        tables = groupby(sheets, key=lambda sheet: sheet.name)
        heads = [_table(database, parts, present, changed) for _, parts in tables]
        styles.add(database, heads, changed)
        database.execute("COMMIT")


def _table(
    database: sqlite3.Connection, parts: Iterator[Sheet], present: Collection[str], changed: str
) -> Sheet:
    """Write one table from its parts; returns it without its rows."""
    head = next(parts)
    database.execute(ddl.create_table(head, present))
    ddl.register(database, head, changed)
    _fill(database, head, chain([head], parts))
    return replace(head, data=head.data[:0], shapes=None)


def _fill(database: sqlite3.Connection, head: Sheet, parts: Iterable[Sheet]) -> None:
    into_tree = None if head.geometry is None else ddl.start_space(database, head.name)
    extent = np.full(4, np.nan)
    done = 0
    for part in parts:
        _insert(database, part, done)
        if into_tree is not None:
            boxes = shapely.bounds(part.where())
            database.executemany(into_tree, _boxes(boxes, done))
            extent = _wider(extent, boxes)
        done += len(part)
    for statement in ddl.create_indexes(head):
        database.execute(statement)
    if into_tree is not None:
        ddl.end_space(database, head.name, extent.tolist())


def _insert(database: sqlite3.Connection, sheet: Sheet, done: int) -> None:
    names = [column.name for column in sheet.columns]
    cells: list[Sequence[object]] = [*sheet.cells()]
    if sheet.geometry is not None:
        names, cells = [ddl.GEOMETRY_COLUMN, *names], [geometry.encode(sheet.where()), *cells]
    slots = ", ".join("?" * (len(names) + 1))
    listed = ", ".join(map(ddl.quoted, names))
    rows = sheet.watched(zip(range(done + 1, done + len(sheet) + 1), *cells, strict=True))
    database.executemany(f"INSERT INTO {ddl.quoted(sheet.name)} (fid, {listed}) VALUES ({slots})", rows)


def _boxes(boxes: Floats, done: int) -> Iterator[tuple[int, float, float, float, float]]:
    for fid, (west, south, east, north) in enumerate(boxes.tolist(), done + 1):
        if not math.isnan(west):
            yield fid, west, east, south, north


def _wider(extent: Floats, boxes: Floats) -> Floats:
    """Give the extent of what was before and of more boxes."""
    west, south, east, north = np.vstack([extent, boxes]).T
    return np.array(
        [np.fmin.reduce(west), np.fmin.reduce(south), np.fmax.reduce(east), np.fmax.reduce(north)]
    )
