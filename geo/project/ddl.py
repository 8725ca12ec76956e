"""The GeoPackage around the tables: what OGC 12-128r15 (version 1.2) asks for, as SQL.

Layers get an R-tree with its triggers, ids a unique index, ids of other tables a foreign key (from which QGIS
finds the relations) and an index, columns a title and a description.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo import lexicons

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from geo.tables.schema import Column
    from geo.tables.sheet import Sheet

APPLICATION_ID = 0x47504B47
"""The letters GPKG."""
USER_VERSION = 10_200
"""GeoPackage 1.2, which QGIS 2.18 and ArcGIS 10 already read."""
GEOMETRY_COLUMN = "geom"

_SYSTEM_TABLES = "geopackage.sql"

_TYPES = {
    "text": "TEXT",
    "json": "TEXT",
    "int": "INTEGER",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "datetime": "DATETIME",
}

_RTREE_SPEC = "http://www.geopackage.org/spec120/#extension_rtree"


def quoted(name: str) -> str:
    """Quote a table or column name."""
    return '"' + name.replace('"', '""') + '"'


def start(database: sqlite3.Connection) -> None:
    """Make the system tables of an empty database."""
    system = (lexicons.DATA / _SYSTEM_TABLES).read_text("utf-8")
    head = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {USER_VERSION};"
    database.executescript(f"{head} BEGIN; {system} COMMIT;")


def create_table(sheet: Sheet, present: Iterable[str]) -> str:
    """Give the SQL that makes a table; foreign keys only to tables which are `present`."""
    known = set(present)
    parts = ["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"]
    if sheet.geometry is not None:
        parts.append(f"{GEOMETRY_COLUMN} {sheet.geometry.upper()}")
    parts += [_column(column, known) for column in sheet.columns]
    return f"CREATE TABLE {quoted(sheet.name)} (\n    " + ",\n    ".join(parts) + "\n)"


def _column(column: Column, present: set[str]) -> str:
    unique = " UNIQUE" if column.key == "id" else ""
    points = f" REFERENCES {quoted(column.refers_to)}(id)" if column.refers_to in present else ""
    return f"{quoted(column.name)} {_TYPES[column.type]}{unique}{points}"


def create_indexes(sheet: Sheet) -> list[str]:
    """Give the SQL of the attribute indexes."""
    names = [column.name for column in sheet.columns if column.key == "index" or column.refers_to]
    on = quoted(sheet.name)
    return [f"CREATE INDEX {quoted(f'{sheet.name}_{name}')} ON {on} ({quoted(name)})" for name in names]


def register(database: sqlite3.Connection, sheet: Sheet, last_change: str) -> None:
    """Enter a table in the lists of contents, geometry columns and column titles."""
    kind, srs = ("attributes", None) if sheet.geometry is None else ("features", 4326)
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?, ?, ?, '', ?, NULL, NULL, NULL, NULL, ?)",
        (sheet.name, kind, sheet.name, last_change, srs),
    )
    if sheet.geometry is not None:
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, 4326, 0, 0)",
            (sheet.name, GEOMETRY_COLUMN, sheet.geometry.upper()),
        )
    database.executemany(
        "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)",
        [
            (sheet.name, column.name, column.name, column.alias, column.meaning)
            for column in sheet.columns
            if column.meaning
        ],
    )


def start_space(database: sqlite3.Connection, table: str) -> str:
    """Make a layer's empty R-tree; returns the SQL that puts (fid, west, east, south, north) into it."""
    tree = _tree(table)
    database.execute(f"CREATE VIRTUAL TABLE {quoted(tree)} USING rtree(id, minx, maxx, miny, maxy)")
    return f"INSERT INTO {quoted(tree)} VALUES (?, ?, ?, ?, ?)"


def end_space(database: sqlite3.Connection, table: str, extent: Sequence[float]) -> None:
    """Give a filled R-tree its triggers, and the layer its extent: west, south, east, north; NaN: none."""
    for trigger in _triggers(table, _tree(table)):
        database.execute(trigger)
    database.execute(
        "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
        (table, GEOMETRY_COLUMN, _RTREE_SPEC),
    )
    if not math.isnan(extent[0]):
        database.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
            (*extent, table),
        )


def _tree(table: str) -> str:
    return f"rtree_{table}_{GEOMETRY_COLUMN}"


def _triggers(table: str, tree: str) -> list[str]:
    """Give the triggers which keep an R-tree true when another program edits the layer.

    Their names and conditions are fixed by the standard's annex on the R-tree extension.
    """
    geom = quoted(GEOMETRY_COLUMN)
    on, index = quoted(table), quoted(tree)
    box = ", ".join(f"ST_{end}(NEW.{geom})" for end in ("MinX", "MaxX", "MinY", "MaxY"))
    put = f"INSERT OR REPLACE INTO {index} VALUES (NEW.fid, {box});"
    drop_old, drop_both = (
        f"DELETE FROM {index} WHERE id = OLD.fid;",
        f"DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);",
    )
    filled = f"NEW.{geom} NOTNULL AND NOT ST_IsEmpty(NEW.{geom})"
    void = f"(NEW.{geom} ISNULL OR ST_IsEmpty(NEW.{geom}))"
    rules = (
        ("insert", "INSERT", filled, put),
        ("update1", f"UPDATE OF {geom}", f"OLD.fid = NEW.fid AND ({filled})", put),
        ("update2", f"UPDATE OF {geom}", f"OLD.fid = NEW.fid AND {void}", drop_old),
        ("update3", "UPDATE", f"OLD.fid != NEW.fid AND ({filled})", f"{drop_old} {put}"),
        ("update4", "UPDATE", f"OLD.fid != NEW.fid AND {void}", drop_both),
        ("delete", "DELETE", f"OLD.{geom} NOT NULL", drop_old),
    )
    return [
        f"CREATE TRIGGER {quoted(f'{tree}_{name}')} AFTER {when} ON {on} "
        f"WHEN ({condition}) BEGIN {action} END"
        for name, when, condition, action in rules
    ]
