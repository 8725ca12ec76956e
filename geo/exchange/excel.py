"""Excel: texts that are never formulas, days that are dates, a header that stays in sight."""

from __future__ import annotations

import datetime as dt
import importlib
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from geo.errors import OutputError
from geo.exchange.spreadsheet import header, placed

if TYPE_CHECKING:
    from pathlib import Path

    from geo.tables.sheet import Sheet
    from geo.tables.values import Cell

MAX_ROWS = 1_048_576
"""Rows of an Excel sheet, the header among them."""
MAX_TEXT = 32_767
"""UTF-16 units of an Excel cell."""

_CUT = " [cut]"
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's times have no zone
_FIRST_YEAR = "1900-03-01"
_TIMES = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss"}


def write_excel(sheet: Sheet, path: Path) -> None:
    """Write an Excel workbook of one sheet; a text longer than a cell can hold is cut, and says so.

    Raises
    ------
    OutputError
        If XlsxWriter is not installed, or a sheet cannot hold that many rows.
    """
    if len(sheet) >= MAX_ROWS:
        raise OutputError(
            f"{path.name}: {len(sheet)} rows, Excel holds {MAX_ROWS - 1}: write .csv or narrow the filter."
        )
    try:
        xlsxwriter = importlib.import_module("xlsxwriter")
    except ImportError as error:
        raise OutputError(f"{path.name} needs XlsxWriter: `pip install conflictmap[excel]`.") from error
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        # Without a fixed date the workbook would tell the time of its making.
        book.set_properties({"created": _CREATED})
        _fill(book, book.add_worksheet(sheet.name[:31]), sheet)


def _fill(book: Any, page: Any, sheet: Sheet) -> None:
    names = header(sheet)
    kinds = [column.type for column in sheet.columns]
    formats = {kind: book.add_format({"num_format": text}) for kind, text in _TIMES.items()}
    page.freeze_panes(1, 0)
    page.write_row(0, 0, names, book.add_format({"bold": True}))
    for number, row in enumerate(placed(sheet), 1):
        for column, (kind, cell) in enumerate(zip_longest(kinds, row)):
            _put(page, number, column, cell, formats.get(kind))


def _put(page: Any, row: int, column: int, cell: Cell, time: Any) -> None:
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif isinstance(cell, str) and time is not None and cell >= _FIRST_YEAR:
        page.write_datetime(row, column, dt.datetime.fromisoformat(cell.removesuffix("Z")), time)
    elif isinstance(cell, str):
        page.write_string(row, column, cut(cell))


def cut(text: str) -> str:
    """Shorten a text to what a cell holds."""
    if len(text) <= MAX_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
        return text
    room = (MAX_TEXT - len(_CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT
