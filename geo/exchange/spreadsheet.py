"""CSV: longitude, latitude and well-known text beside the columns.

A text that a spreadsheet would run as a formula gets an apostrophe in front, which keeps it text.
"""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import shapely

from geo import lexicons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np

    from geo.tables.sheet import Sheet
    from geo.tables.values import Cell

PLACE_COLUMNS = ("lon", "lat", "wkt")
"""Longitude and latitude of points, and any geometry as well-known text."""

_DECIMALS = 7
_TEXTS = frozenset({"text", "json"})
_HXL = "hxl.csv"
# The signs that start a formula, also in their full-width forms, and the blanks that hide them.
_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def write_csv(sheet: Sheet, path: Path) -> None:
    """Write UTF-8 CSV with a header row, quoted as RFC 4180 says; unknown is empty."""
    _write(sheet, path, [header(sheet)])


def write_hxl(sheet: Sheet, path: Path) -> None:
    """Write CSV with a row of HXL hashtags under the header."""
    tags = {row["column"]: row["tag"] for _, row in lexicons.rows(_HXL, "column", "tag")}
    _write(sheet, path, [header(sheet), [tags.get(name, "") for name in header(sheet)]])


def _write(sheet: Sheet, path: Path, heads: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerows(heads)
        writer.writerows(placed(sheet, guarded))


def header(sheet: Sheet) -> list[str]:
    """Name the columns."""
    return [column.name for column in sheet.columns] + list(PLACE_COLUMNS if _adds_place(sheet) else ())


def placed(
    sheet: Sheet, made: Callable[[list[Cell]], list[Cell]] = lambda cells: cells
) -> Iterator[tuple[Cell, ...]]:
    """Give the rows with their place; `made` may change the cells of a column of texts."""
    places = _places(sheet) if _adds_place(sheet) else ()
    columns = zip(sheet.columns, sheet.cells(), strict=True)
    cells = (made(column) if known.type in _TEXTS else column for known, column in columns)
    return sheet.watched(zip(*cells, *places, strict=True))


def _adds_place(sheet: Sheet) -> bool:
    """Tell whether the columns do not give the place yet."""
    return sheet.shapes is not None and not any(column.name == "latitude" for column in sheet.columns)


def guarded(cells: list[Cell]) -> list[Cell]:
    """Put an apostrophe before each text that a spreadsheet would run."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in _STARTS else cell for cell in cells]


def _places(sheet: Sheet) -> list[list[Cell]]:
    shapes = sheet.where()
    lons, lats = (_known(shapely.get_x(shapes)), _known(shapely.get_y(shapes)))
    texts = shapely.to_wkt(shapes, rounding_precision=_DECIMALS, trim=True)
    return [lons, lats, [None if text is None else str(text) for text in texts]]


def _known(degrees: np.ndarray) -> list[Cell]:
    return [None if math.isnan(value) else value for value in degrees.round(_DECIMALS).tolist()]
