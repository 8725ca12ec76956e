"""The project file: written whole through a temporary file, read back as the same tables."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import ProjectError
from geo.project import ddl, geometry, geopackage
from geo.project.atomic import LOCK_WAIT_S, only_writer, staged
from geo.tables.schema import GEOMETRY, Column, Tables, assemble, empty, frame, schema, typed
from geo.tables.sheet import of_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

VERSION = 1
"""Format of the project file; a newer one is refused, not misread."""

PART_ROWS = 5_000
"""Rows that are read at once where a layer is read in parts."""

_LAST_ROW = 2**63 - 1
_VERSION_KEY = "version"
_SQLITE = b"SQLite format 3\x00"


def write(
    path: Path | str, tables: Mapping[str, pd.DataFrame], meta: Mapping[str, str] | None = None
) -> None:
    """Write a project file; an old one is replaced at once, or stays as it was if anything fails.

    Parameters
    ----------
    path
        The GeoPackage.
    tables
        Any of the tables of `geo.tables.schema`; those left out are written empty.
    meta
        What the `meta` table tells beside the format's version ("gazetteer": its fingerprint).

    Raises
    ------
    OutputError
        If the file cannot be written there.
    ProjectError
        If another run is writing it.
    """
    target = Path(path)
    with only_writer(target):
        _write(target, tables, meta or {})


def update(
    path: Path | str,
    change: Callable[[Tables], Mapping[str, pd.DataFrame]],
    meta: Mapping[str, str] | None = None,
    *,
    wait_s: float = LOCK_WAIT_S,
) -> None:
    """Read a project, change its tables and write it, while no other run can write it.

    Raises
    ------
    ProjectError
        If it is no project, or another run is writing it for longer than `wait_s` seconds.
    """
    target = Path(path)
    with only_writer(target, wait_s):
        before = read(target)
        _write(target, change(before), {**told(before), **(meta or {})})


def told(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Give the `meta` table as a mapping."""
    meta = tables["meta"]
    return dict(zip(meta["key"], meta["value"], strict=True))


def write_parts(
    path: Path | str,
    parts: Iterable[tuple[str, pd.DataFrame]],
    meta: Mapping[str, str],
    *,
    newest: str | None,
) -> None:
    """Write a project file from parts of its tables, holding one part at a time.

    Unlike `write` it does not keep other writers away: the caller holds `geo.project.atomic.only_writer`.

    Parameters
    ----------
    path
        The GeoPackage.
    parts
        Parts of every table but `meta` by its name, table after table, as `geo.tables.parts` makes them.
    meta
        As for `write`.
    newest
        Day of the newest report, ISO 8601; `None`: none is dated.
    """
    target = Path(path)
    with staged(target) as part:
        _save(_with_meta(parts, meta), part, newest, target)


def _write(target: Path, tables: Mapping[str, pd.DataFrame], meta: Mapping[str, str]) -> None:
    whole = {table: tables[table] if table in tables else empty(table) for table in schema()}
    newest = whole["reports"]["published"].max()
    with staged(target) as part:
        day = None if pd.isna(newest) else newest.date().isoformat()
        _save(_with_meta(whole.items(), meta), part, day, target)


def _with_meta(
    parts: Iterable[tuple[str, pd.DataFrame]], meta: Mapping[str, str]
) -> Iterator[tuple[str, pd.DataFrame]]:
    entries = {**meta, _VERSION_KEY: str(VERSION)}
    rows = [{"key": key, "value": entries[key]} for key in sorted(entries)]
    return ((table, frame("meta", rows) if table == "meta" else data) for table, data in parts)


def _save(parts: Iterable[tuple[str, pd.DataFrame]], file: Path, newest: str | None, target: Path) -> None:
    """Write all parts; the contents are dated by the newest report, so that the same give the same bytes."""
    changed = None if newest is None else f"{newest}T00:00:00.000Z"
    sheets = (of_layer({table: data}, table) for table, data in parts)
    try:
        geopackage.write(sheets, file, present=list(schema()), last_change=changed)
    except sqlite3.Error as error:
        raise ProjectError(
            f"{target} cannot be written ({error}): look at the disk and the tables."
        ) from error


def read(path: Path | str, layers: Iterable[str] | None = None) -> Tables:
    """Read a project file.

    Parameters
    ----------
    path
        The GeoPackage.
    layers
        Which layers and tables; `None`: all.

    Raises
    ------
    ProjectError
        If the file is missing, no project, damaged, or of a newer format; the message says the mend.
    """
    target = Path(path)
    wanted = list(schema()) if layers is None else list(layers)
    _check_names(wanted)
    with _opened(target) as database:
        return {table: _read_table(database, table) for table in wanted}


def read_parts(path: Path | str, layer: str, rows: int = PART_ROWS) -> Iterator[pd.DataFrame]:
    """Read a layer or table in parts of so many rows; raises what `read` does."""
    _check_names([layer])
    with _opened(Path(path)) as database:
        (last,) = database.execute(f"SELECT max(fid) FROM {ddl.quoted(layer)}").fetchone()
        for after in range(0, last or 0, rows):
            yield _read_table(database, layer, after, after + rows)


def extent(path: Path | str, layer: str) -> list[float] | None:
    """Give west, south, east, north of a layer; `None`: nothing in it has a place."""
    _check_names([layer])
    with _opened(Path(path)) as database:
        found = database.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (layer,)
        ).fetchone()
    return None if found is None or found[0] is None else list(found)


def _check_names(wanted: Iterable[str]) -> None:
    for table in wanted:
        if table not in schema():
            raise ProjectError(f"There is no layer {table!r} in a project: there are {', '.join(schema())}.")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    _check_file(path)
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            _check_version(path, database)
            yield database
    except (sqlite3.Error, ValueError, TypeError) as error:
        if isinstance(error, ProjectError):
            raise
        raise ProjectError(
            f"{path} is damaged ({error}): restore a copy, or make it anew with `conflictmap map`.",
        ) from error


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise ProjectError(f"{path} is a folder: name the project file in it (project.gpkg).")
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
    except FileNotFoundError as error:
        raise ProjectError(
            f"{path}: there is no such file: make it with `conflictmap map REPORTS -o FOLDER`."
        ) from error
    except OSError as error:
        raise ProjectError(f"{path} cannot be read ({error.strerror}): see who may read it.") from error
    if head != _SQLITE:
        raise ProjectError(f"{path} is not a conflictmap project: name a .gpkg made by `conflictmap map`.")


def _check_version(path: Path, database: sqlite3.Connection) -> None:
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found = dict(database.execute("SELECT key, value FROM meta")) if "meta" in names else {}
    if _VERSION_KEY not in found or "incidents" not in names:
        raise ProjectError(f"{path} is not a conflictmap project: name a .gpkg made by `conflictmap map`.")
    if int(found[_VERSION_KEY]) > VERSION:
        raise ProjectError(
            f"{path} has format {found[_VERSION_KEY]}, this conflictmap reads up to {VERSION}: "
            "upgrade it with `pip install -U conflictmap`.",
        )


def _read_table(
    database: sqlite3.Connection, table: str, after: int = -1, last: int = _LAST_ROW
) -> pd.DataFrame:
    """Read the rows of a table whose number lies after one and not after another."""
    columns = schema()[table]
    shaped = table in GEOMETRY
    names = [*([ddl.GEOMETRY_COLUMN] if shaped else []), *(column.name for column in columns)]
    _check_columns(database, table, names)
    listed = ", ".join(map(ddl.quoted, names))
    asked = f"SELECT {listed} FROM {ddl.quoted(table)} WHERE fid > ? AND fid <= ? ORDER BY fid"
    rows = database.execute(asked, (after, last)).fetchall()
    cells: list[Any] = list(zip(*rows, strict=True)) or [()] * len(names)
    shapes = geometry.decode(cells.pop(0)) if shaped else None
    data = {column.name: _column(column, values) for column, values in zip(columns, cells, strict=True)}
    return assemble(table, data, shapes)


def _check_columns(database: sqlite3.Connection, table: str, names: Iterable[str]) -> None:
    there = {row[1] for row in database.execute(f"PRAGMA table_info({ddl.quoted(table)})")}
    missing = [name for name in names if name not in there]
    if missing:
        raise ValueError(f"table {table} has no column {', '.join(missing)}")


def _column(column: Column, values: tuple[Any, ...]) -> Any:
    if column.type == "datetime":
        values = tuple(None if value is None else str(value).removesuffix("Z") for value in values)
    return typed(column.type, values)
