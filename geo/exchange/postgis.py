"""A project's layers and tables in PostGIS: keys, foreign keys and indexes, in one transaction."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import shapely

from geo.errors import OutputError
from geo.project.ddl import GEOMETRY_COLUMN
from geo.tables.schema import schema
from geo.tables.sheet import of_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from geo.tables.schema import Column
    from geo.tables.sheet import Sheet

SCHEMES = ("postgresql", "postgres")
"""How addresses of databases begin."""
SCHEMA = "conflictmap"
"""Schema of the database that the tables go into."""

_SRID = 4326
_TYPES = {
    "text": "text",
    "json": "jsonb",
    "int": "bigint",
    "float": "double precision",
    "bool": "boolean",
    "date": "date",
    "datetime": "timestamptz",
}


def is_database(target: str) -> bool:
    """Tell whether a target is the address of a database, not a file."""
    return urlsplit(target).scheme in SCHEMES


def write(
    tables: Mapping[str, pd.DataFrame],
    url: str,
    schema_name: str = SCHEMA,
    *,
    watch: Callable[[int], None] | None = None,
) -> int:
    """Write all layers and tables into a schema of a PostGIS database and give the number of rows.

    Tables of these names in the schema are replaced when all is written, or stay if anything fails.
    `watch` is told the number of rows written, of all tables together.

    Raises
    ------
    OutputError
        If psycopg is not installed, or the database cannot be reached or written; no password is told.
    """
    try:
        psycopg = importlib.import_module("psycopg")
    except ImportError as error:
        raise OutputError("A PostGIS target needs psycopg: `pip install conflictmap[postgis]`.") from error
    sheets = [of_layer(tables, table) for table in schema() if table in tables]
    try:
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            _begin(cursor, schema_name)
            done = 0
            for sheet in sheets:
                _make(cursor, sheet)
                _fill(cursor, replace(sheet, watch=_behind(done, watch)))
                done += len(sheet)
            _finish(cursor, sheets)
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise OutputError(
            f"{without_password(url)} cannot be written ({reason}): see address and rights."
        ) from error
    return sum(len(sheet) for sheet in sheets)


def _behind(done: int, watch: Callable[[int], None] | None) -> Callable[[int], None] | None:
    return None if watch is None else lambda rows: watch(done + rows)


def without_password(url: str) -> str:
    """Give an address as it may be shown: without user, password and parameters."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=""))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _begin(cursor: Any, schema_name: str) -> None:
    cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {_quoted(schema_name)}")
    cursor.execute(f"SET LOCAL search_path TO {_quoted(schema_name)}, public")
    ours = ", ".join(f"{_quoted(schema_name)}.{_quoted(table)}" for table in schema())
    cursor.execute(f"DROP TABLE IF EXISTS {ours}")


def _make(cursor: Any, sheet: Sheet) -> None:
    parts = ["fid bigint PRIMARY KEY"]
    if sheet.geometry is not None:
        parts.append(f"{GEOMETRY_COLUMN} geometry({sheet.geometry}, {_SRID})")
    parts += [_column(column) for column in sheet.columns]
    cursor.execute(f"CREATE TABLE {_quoted(sheet.name)} ({', '.join(parts)})")
    for column in sheet.columns:
        if column.meaning:
            meaning = column.meaning.replace("'", "''")
            cursor.execute(f"COMMENT ON COLUMN {_quoted(sheet.name)}.{_quoted(column.name)} IS '{meaning}'")


def _column(column: Column) -> str:
    return f"{_quoted(column.name)} {_TYPES[column.type]}" + (" UNIQUE" if column.key == "id" else "")


def _fill(cursor: Any, sheet: Sheet) -> None:
    names = [column.name for column in sheet.columns]
    if sheet.geometry is not None:
        names = [GEOMETRY_COLUMN, *names]
    listed = ", ".join(["fid", *map(_quoted, names)])
    with cursor.copy(f"COPY {_quoted(sheet.name)} ({listed}) FROM STDIN") as copy:
        for number, row in enumerate(_rows(sheet), 1):
            copy.write_row((number, *row))


def _rows(sheet: Sheet) -> Iterator[tuple[object, ...]]:
    if sheet.geometry is None:
        return sheet.rows()
    shapes = shapely.to_wkb(shapely.set_srid(sheet.where(), _SRID), hex=True, include_srid=True)
    return ((shape, *row) for shape, row in zip(shapes, sheet.rows(), strict=True))


def _finish(cursor: Any, sheets: Iterable[Sheet]) -> None:
    """Add indexes and foreign keys once the rows are there, which is quicker."""
    there = {sheet.name for sheet in sheets}
    for sheet in sheets:
        if sheet.geometry is not None:
            cursor.execute(f"CREATE INDEX ON {_quoted(sheet.name)} USING gist ({GEOMETRY_COLUMN})")
        for column in sheet.columns:
            if column.key == "index" or column.refers_to:
                cursor.execute(f"CREATE INDEX ON {_quoted(sheet.name)} ({_quoted(column.name)})")
            if column.refers_to in there:
                points = f"REFERENCES {_quoted(str(column.refers_to))} (id)"
                cursor.execute(
                    f"ALTER TABLE {_quoted(sheet.name)} ADD FOREIGN KEY ({_quoted(column.name)}) {points}"
                )
