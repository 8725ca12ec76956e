"""Cells of the data files that hold more than a word: lists, days, spells of time."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date

from geo.errors import LexiconError
from geo.lexicons import Name, said

DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")


def split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, separated by |."""
    return tuple(filter(None, cell.split("|")))


def day(name: Name, line: int, cell: str, *, last: bool) -> date | None:
    """Return the first or last day of a year, month or day as written.

    Raises
    ------
    LexiconError
        The cell is neither empty nor such a date.
    """
    if not cell:
        return None
    if (m := DATE.fullmatch(cell)) is not None:
        year, month = int(m[1]), int(m[2] or (12 if last else 1))
        with suppress(ValueError):
            return date(year, month, int(m[3] or (monthrange(year, month)[1] if last else 1)))
    raise LexiconError(f"{said(name)}:{line}: {cell!r} is no date; write 2018, 2018-02 or 2018-02-07.")


def spell(name: Name, line: int, begin: str, end: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a spell of time.

    Raises
    ------
    LexiconError
        A cell is no date, or the spell ends before it begins.
    """
    first, last = day(name, line, begin, last=False), day(name, line, end, last=True)
    if first and last and last < first:
        raise LexiconError(f"{said(name)}:{line}: ends {end} before it begins {begin}; swap or mend them.")
    return first, last
