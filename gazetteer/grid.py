"""Cells of the globe and the settlements in them, for the way from coordinates to a name.

The globe is cut into rows of a tenth of a degree, each row into cells about as wide as high, so that
a cell's neighbours cover the same distance at every latitude. Cells of a row have consecutive
numbers; a few at each end of a row repeat those of the other end, across the 180th meridian.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

CELL_DEG = 0.1
"""Height of a cell in degrees."""
ROWS = 1800
"""Rows from pole to pole."""
PAD = 16
"""Cells that are repeated at each end of a row."""
_FEWEST = 64

Ints = NDArray[np.int64]


def _columns() -> Ints:
    """Count the cells of each row."""
    middle = np.radians((np.arange(ROWS) + 0.5) * CELL_DEG - 90)
    columns: Ints = np.maximum(_FEWEST, np.round(2 * ROWS * np.cos(middle))).astype(np.int64)
    return columns


COLUMNS = _columns()
_BASES = np.r_[0, np.cumsum(COLUMNS + 2 * PAD)]


def row_of(lat: NDArray[Any]) -> Ints:
    """Return the row of each latitude."""
    return np.clip(np.floor((lat.astype(np.float64) + 90) / CELL_DEG).astype(np.int64), 0, ROWS - 1)


def cell_in(row: Ints, lon: NDArray[Any]) -> Ints:
    """Return the number of the cell of a row that holds each longitude."""
    share = (lon.astype(np.float64) + 180) / 360 % 1.0
    column = np.minimum((share * COLUMNS[row]).astype(np.int64), COLUMNS[row] - 1)
    cell: Ints = _BASES[row] + PAD + column
    return cell


def _repeated(row: Ints, cell: Ints) -> tuple[Ints, Ints]:
    """Return where settlements near a row's ends are repeated: their indices and the cells there."""
    column = cell - _BASES[row] - PAD
    left, right = np.flatnonzero(column >= COLUMNS[row] - PAD), np.flatnonzero(column < PAD)
    return np.r_[left, right], np.r_[cell[left] - COLUMNS[row[left]], cell[right] + COLUMNS[row[right]]]


class Cells(NamedTuple):
    """Places by cell."""

    occupied: NDArray[np.int32]
    """Numbers of the cells that hold something, ascending."""
    starts: NDArray[np.int32]
    """Where each cell's rows begin; one more than cells."""
    rows: NDArray[np.int32]
    """Rows, cell by cell."""


def arrange(rows: NDArray[Any], lat: NDArray[Any], lon: NDArray[Any]) -> Cells:
    """Sort some rows into cells; `lat` and `lon` are columns of all rows."""
    row = row_of(lat[rows])
    cells = cell_in(row, lon[rows])
    index, again = _repeated(row, cells)
    rows, cells = np.r_[rows, rows[index]], np.r_[cells, again]
    order = np.lexsort((rows, cells))
    occupied, starts = np.unique(cells[order], return_index=True)
    ends = np.r_[starts, len(rows)]
    return Cells(occupied.astype(np.int32), ends.astype(np.int32), rows[order].astype(np.int32))
