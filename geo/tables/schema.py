"""What every table holds: columns, types, keys; and the one place where a frame gets its types and its CRS.

Text is `str` or `None` in object columns, days are `datetime64[ms]` without a zone, integers are nullable
`Int64`, booleans are `bool`. The columns themselves are listed in `geo/data/columns.csv`.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from geo import lexicons
from geo.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

CRS = "EPSG:4326"
"""WGS 84, longitude before latitude inside geometries."""

GEOMETRY: Mapping[str, str] = MappingProxyType(
    {
        "incidents": "Point",
        "events": "Point",
        "mentions": "Point",
        "places": "Point",
        "footprints": "MultiPolygon",
    },
)
"""Layers and the kind of geometry they hold; the other tables have none."""

Tables = dict[str, pd.DataFrame]
"""Layers (GeoDataFrames) and tables (DataFrames) by name."""

ColumnType = Literal["text", "int", "float", "bool", "date", "datetime", "json"]

_COLUMNS_FILE = "columns.csv"
_TYPES = frozenset(get_args(ColumnType))
_KEYS = re.compile(r"(?:|id|index|ref [a-z_]+)")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INT64 = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    name: str
    """Name in files and frames."""
    type: ColumnType
    """Kind of value."""
    key: str
    """"id" (unique), "index" (often filtered by), "ref TABLE" (holds an id of that table) or empty."""
    alias: str
    """What GIS programs show in place of the name."""
    meaning: str
    """One sentence, with the unit."""

    @property
    def refers_to(self) -> str | None:
        """The table whose ids it holds, or `None`."""
        return self.key.removeprefix("ref ") if self.key.startswith("ref ") else None


@functools.cache
def schema() -> Mapping[str, tuple[Column, ...]]:
    """Give the columns of every table, in the order of the file.

    Raises
    ------
    LexiconError
        If a row of the list is not as its header says.
    """
    found: dict[str, list[Column]] = {}
    for line, row in lexicons.rows(_COLUMNS_FILE, "table", "column", "type", "key", "alias", "meaning"):
        if not _KEYS.fullmatch(row["key"]):
            raise LexiconError(
                f"geo/data/{_COLUMNS_FILE}:{line}: key is {row['key']!r}; use id, index or ref TABLE."
            )
        column = Column(
            name=row["column"],
            type=lexicons.choice(_COLUMNS_FILE, line, "type", row["type"], _TYPES),  # type: ignore[arg-type]
            key=row["key"],
            alias=row["alias"],
            meaning=row["meaning"],
        )
        found.setdefault(row["table"], []).append(column)
    return MappingProxyType({table: tuple(columns) for table, columns in found.items()})


def frame(
    table: str, rows: Sequence[Mapping[str, Any]], geometry: Sequence[Any] | None = None
) -> pd.DataFrame:
    """Make the typed frame of a table from its rows.

    Parameters
    ----------
    table
        Name of the table.
    rows
        A mapping for each row; every column of the table must be there.
    geometry
        Shapely geometries in WGS 84 (`None`: unknown), one for each row, where the table is a layer.
    """
    data = {column.name: typed(column.type, [row[column.name] for row in rows]) for column in schema()[table]}
    return assemble(table, data, geometry)


def assemble(table: str, data: Mapping[str, Any], geometry: Sequence[Any] | None = None) -> pd.DataFrame:
    """Join typed columns to a frame, with a geometry column in WGS 84 where the table is a layer."""
    plain = pd.DataFrame(dict(data))
    if table not in GEOMETRY:
        return plain
    # Half a second that tables without geometry need not pay.
    import geopandas as gpd

    points = gpd.GeoSeries(list(() if geometry is None else geometry), crs=CRS, index=plain.index)
    layer: pd.DataFrame = gpd.GeoDataFrame(plain, geometry=points, crs=CRS)
    return layer


def empty(table: str) -> pd.DataFrame:
    """Give a table without rows."""
    return frame(table, [], [])


def typed(kind: ColumnType, values: Iterable[Any]) -> Any:
    """Make a column of the project's dtype from Python values; `None` is unknown."""
    return _TYPED[kind](list(values))


def _text(values: list[str | None]) -> pd.Series[Any]:
    joined = "".join(value for value in values if value is not None)
    if "\0" in joined or _has_surrogate(joined):
        values = [None if value is None else storable(value) for value in values]
    return pd.Series(values, dtype=object)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def storable(text: str) -> str:
    """Put U+FFFD for NUL and lone surrogates, which no file format holds; every offset stays right."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def _integers(values: list[int | None]) -> Any:
    # A figure that no 64-bit column holds was misread or is a joke; as a toll it is unknown.
    return pd.array([v if v is not None and -_INT64 <= v < _INT64 else None for v in values], dtype="Int64")


def _floats(values: list[float | None]) -> Any:
    return np.array([np.nan if value is None else value for value in values], dtype="float64")


def _booleans(values: list[bool]) -> Any:
    return np.array(values, dtype="bool")


def _days(values: list[Any]) -> Any:
    return np.array(values, dtype="datetime64[D]").astype("datetime64[ms]")


def _moments(values: list[Any]) -> Any:
    return np.array(values, dtype="datetime64[ms]")


_TYPED: Mapping[str, Callable[[list[Any]], Any]] = MappingProxyType(
    {
        "text": _text,
        "json": _text,
        "int": _integers,
        "float": _floats,
        "bool": _booleans,
        "date": _days,
        "datetime": _moments,
    },
)
