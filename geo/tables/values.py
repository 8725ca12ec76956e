"""Cells of a typed column as plain Python values, the same for every file format."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from geo.tables.schema import ColumnType

Cell = str | int | float | bool | None


def plain(kind: ColumnType, column: pd.Series[Any]) -> list[Cell]:
    """Give the cells of a column: unknown is `None`, a day "2018-02-07", a moment ISO 8601 in UTC."""
    return _PLAIN[kind](column)


def _known(column: pd.Series[Any], convert: Callable[[Any], Cell]) -> list[Cell]:
    unknown = column.isna().to_numpy()
    return [
        None if missing else convert(value)
        for value, missing in zip(column.to_numpy(object), unknown, strict=True)
    ]


def _text(column: pd.Series[Any]) -> list[Cell]:
    return _known(column, str)


def _integers(column: pd.Series[Any]) -> list[Cell]:
    return _known(column, int)


def _floats(column: pd.Series[Any]) -> list[Cell]:
    values = column.to_numpy("float64", na_value=np.nan)
    return [
        value if finite else None for value, finite in zip(values.tolist(), np.isfinite(values), strict=True)
    ]


def _booleans(column: pd.Series[Any]) -> list[Cell]:
    return list(column.fillna(value=False).astype(bool).tolist())


def _days(column: pd.Series[Any]) -> list[Cell]:
    return _times(column, "D", "")


def _moments(column: pd.Series[Any]) -> list[Cell]:
    return _times(column, "ms", "Z")


def _times(column: pd.Series[Any], unit: str, zone: str) -> list[Cell]:
    stamps = column.to_numpy("datetime64[ms]")
    texts = np.datetime_as_string(stamps, unit=unit).tolist()  # type: ignore[call-overload]
    return [None if unknown else text + zone for text, unknown in zip(texts, np.isnat(stamps), strict=True)]


_PLAIN: Mapping[str, Callable[[pd.Series[Any]], list[Cell]]] = MappingProxyType(
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
