"""What a table must have, and its columns as plain arrays.

The names, kinds and meanings stand in `data/columns.csv`. A column is turned into an array when it
is asked for, all of it or some rows, so that a large table never stands in memory twice: text as
objects (`str` or `None`), days since 1970 and counts as integers (`MISSING`: none), numbers as
floats (NaN: missing), flags as booleans.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from maps.datafiles import table
from maps.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

Kind = Literal["text", "date", "count", "number", "flag"]
Array = NDArray[Any]

REQUIRED = ("incidents", "events")
"""Tables without which there is no map; all others may be missing."""
MISSING = np.iinfo(np.int64).min
"""Stands for a missing count or day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column a table may have."""

    name: str
    """Its name."""
    kind: Kind
    """What it holds."""
    required: bool
    """The map cannot be drawn without it."""
    meaning: str
    """What it says, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A table whose columns are read as arrays; a column it lacks is read as missing throughout."""

    name: str
    """Name of the table."""
    rows: int
    """Number of rows."""
    known: Mapping[str, Column]
    """The columns it may have."""
    source: pd.DataFrame
    """The table."""

    def __getitem__(self, column: str) -> Array:
        """Give a column."""
        return self.take(column, None)

    def take(self, column: str, rows: Array | None) -> Array:
        """Give some rows of a column; raises `TableError` where it holds what it should not."""
        kind = self.known[column].kind
        if column not in self.source.columns:
            return _empty(kind, self.rows if rows is None else len(rows))
        series = self.source[column]
        try:
            return _READERS[kind](series if rows is None else series.iloc[rows])
        except (TypeError, ValueError) as fault:
            raise TableError(
                f"table {self.name!r}, column {column!r} is not {_KINDS[kind]}: {fault}"
            ) from fault

    @property
    def shapes(self) -> Array | None:
        """Geometries (WGS 84, longitude first); `None` where the table has none."""
        return _shapes(self.source)


@cache
def schema() -> Mapping[str, tuple[Column, ...]]:
    """Columns by table."""
    found: dict[str, list[Column]] = {}
    for name, column, kind, required, meaning in table("columns.csv", 5):
        found.setdefault(name, []).append(
            Column(name=column, kind=cast("Kind", kind), required=required == "1", meaning=meaning)
        )
    return {name: tuple(columns) for name, columns in found.items()}


def read(tables: Mapping[str, pd.DataFrame]) -> dict[str, Frame]:
    """Check the tables and turn them into arrays; a missing optional table becomes an empty one.

    Raises `TableError` where a required table or column is missing or a column holds what it
    should not.
    """
    for name in REQUIRED:
        if tables.get(name) is None:
            given = ", ".join(sorted(tables)) or "none"
            raise TableError(f"there is no table {name!r} (given: {given}); pass it, it may be empty")
    return {name: _frame(name, columns, tables.get(name)) for name, columns in schema().items()}


def _frame(name: str, columns: tuple[Column, ...], source: pd.DataFrame | None) -> Frame:
    import pandas as pd

    given = pd.DataFrame() if source is None else source
    for column in columns:
        if column.required and source is not None and column.name not in given.columns:
            raise TableError(
                f"table {name!r} has no column {column.name!r} ({column.meaning.lower()}); add it"
            )
    return Frame(name=name, rows=len(given), known={c.name: c for c in columns}, source=given)


def _empty(kind: Kind, rows: int) -> Array:
    value, dtype = _MISSING[kind]
    return np.full(rows, value, dtype=dtype)


_MISSING: dict[Kind, tuple[Any, Any]] = {
    "text": (None, object),
    "date": (MISSING, np.int64),
    "count": (MISSING, np.int64),
    "number": (np.nan, np.float64),
    "flag": (False, np.bool_),
}


def _text(series: pd.Series[Any]) -> Array:
    import pandas as pd

    if isinstance(series.dtype, pd.StringDtype):
        found: Array = series.array.to_numpy(dtype=object, na_value=None)
        return found
    values = series.astype(object).to_numpy(dtype=object, copy=True)
    values[series.isna().to_numpy()] = None
    strange = [k for k, value in enumerate(values) if value is not None and type(value) is not str]
    values[strange] = [str(value) for value in values[strange]]
    return values


def _days(series: pd.Series[Any]) -> Array:
    import pandas as pd

    is_date = pd.api.types.is_datetime64_any_dtype(series.dtype)
    days = (
        pd.to_datetime(series, utc=True, format=None if is_date else "ISO8601")
        .dt.tz_localize(None)
        .to_numpy(dtype="datetime64[D]")
    )
    return np.where(np.isnat(days), MISSING, days.astype(np.int64))


def _counts(series: pd.Series[Any]) -> Array:
    values = _numbers(series)
    return np.where(np.isnan(values), MISSING, np.nan_to_num(values).round().astype(np.int64))


def _numbers(series: pd.Series[Any]) -> Array:
    import pandas as pd

    return pd.to_numeric(series).to_numpy(dtype=np.float64, na_value=np.nan)


def _flags(series: pd.Series[Any]) -> Array:
    return np.nan_to_num(_numbers(series)).astype(np.bool_)


_READERS = {"text": _text, "date": _days, "count": _counts, "number": _numbers, "flag": _flags}
_KINDS = {
    "text": "text",
    "date": "a date",
    "count": "a whole number",
    "number": "a number",
    "flag": "true or false",
}


def _shapes(source: pd.DataFrame) -> Array | None:
    import shapely

    geometry = getattr(source, "geometry", None) if hasattr(source, "crs") else None
    if geometry is not None:
        known = geometry if geometry.crs is None else geometry.to_crs(4326)
        return np.asarray(known.to_numpy(), dtype=object)
    if {"lon", "lat"} <= set(source.columns):
        pairs = np.column_stack([_numbers(source["lon"]), _numbers(source["lat"])])
        return np.asarray(shapely.points(pairs), dtype=object)
    return None


def coordinates(frame: Frame) -> tuple[Array, Array]:
    """Longitude and latitude of each row (NaN: no place; of an area: a point inside it)."""
    import shapely

    shapes = frame.shapes
    if shapes is None:
        return np.full(frame.rows, np.nan), np.full(frame.rows, np.nan)
    areas = shapely.get_dimensions(shapes) > 0
    points = shapes.copy()
    points[areas] = shapely.point_on_surface(shapes[areas])
    return shapely.get_x(points), shapely.get_y(points)


def positions(names: Array, ids: Array) -> Array:
    """Give the row of each name among ids (-1: none); of two rows with one id the first counts."""
    import pandas as pd

    distinct = pd.Index(ids)
    first = np.flatnonzero(~(distinct.duplicated() | np.asarray(distinct.isna())))
    found = distinct[first].get_indexer(pd.Index(names))
    return np.where(found >= 0, first[found], -1) if len(first) else np.full(len(names), -1)
