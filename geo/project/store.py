"""The project file: written whole through a temporary file, read back as the same tables."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import ProjectError
from geo.project import ddl, geometry, geopackage
from geo.project.atomic import LOCK_WAIT_S, only_writer, replacing
from geo.tables.schema import GEOMETRY, Column, Tables, assemble, empty, frame, schema, typed
from geo.tables.sheet import of_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

VERSION = 1
"""Format of the project file; a newer one is refused, not misread."""

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


def _write(target: Path, tables: Mapping[str, pd.DataFrame], meta: Mapping[str, str]) -> None:
    entries = {**meta, _VERSION_KEY: str(VERSION)}
    rows = [{"key": key, "value": entries[key]} for key in sorted(entries)]
    whole = {table: tables[table] if table in tables else empty(table) for table in schema()}
    whole["meta"] = frame("meta", rows)
    with replacing(target) as part:
        try:
            geopackage.write([of_layer(whole, table) for table in whole], part, last_change=_newest(whole))
        except sqlite3.Error as error:
            raise ProjectError(
                f"{target} cannot be written ({error}): look at the disk and the tables."
            ) from error


def _newest(tables: Mapping[str, pd.DataFrame]) -> str | None:
    """Date the contents by the newest report, so that the same reports give the same bytes."""
    newest = tables["reports"]["published"].max()
    return None if pd.isna(newest) else f"{newest.date().isoformat()}T00:00:00.000Z"


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


def _read_table(database: sqlite3.Connection, table: str) -> pd.DataFrame:
    columns = schema()[table]
    shaped = table in GEOMETRY
    names = [*([ddl.GEOMETRY_COLUMN] if shaped else []), *(column.name for column in columns)]
    _check_columns(database, table, names)
    listed = ", ".join(map(ddl.quoted, names))
    rows = database.execute(f"SELECT {listed} FROM {ddl.quoted(table)} ORDER BY fid").fetchall()
    cells: list[Any] = list(zip(*rows, strict=True)) or [()] * len(names)
    shapes = geometry.decode(cells.pop(0)) if shaped else None
    data = {column.name: _column(column, values) for column, values in zip(columns, cells, strict=True)}
    return assemble(table, data, shapes)


def _check_columns(database: sqlite3.Connection, table: str, names: Iterable[str]) -> None:
    there = {row[1] for row in database.execute(f"PRAGMA table_info({ddl.quoted(table)})")}
    missing = [name for name in names if name not in there]
    if missing:
        raise ValueError(f"table {table} has no column {', '.join(missing)}")


def _column(column: Column, values: tuple[Any, ...]) -> Any:  # noqa: ANN401
    if column.type == "datetime":
        values = tuple(None if value is None else str(value).removesuffix("Z") for value in values)
    return typed(column.type, values)
