"""Cells of a foreign row as our values, or the reason why not."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from geo.records import When

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.exchange.mapping import Layout
    from geo.records import DatePrecision

_WHOLE = re.compile(r"(-?\d+)\.0+")
_THOUSANDS = re.compile(r"(?<=\d)[ ,\u00a0](?=\d{3}\b)")
_LONGEST_LAT, _LONGEST_LON = 90.0, 180.0
_HALF_WEEK = timedelta(days=3)


class UnfitError(ValueError):
    """A row that is no event, with the reason."""


class Cells:
    """A foreign row, seen through its layout."""

    def __init__(self, layout: Layout, row: Mapping[str, str]) -> None:
        self._layout = layout
        self._row = row

    def raw(self, field: str) -> list[str]:
        """Give the cells of a field's columns, without those that are blank."""
        named = self._layout.columns.get(field, ())
        found = [self._row[name].strip() for name in named if self._row.get(name, "").strip()]
        constant = self._layout.constants.get(field)
        return found or ([] if constant is None else [constant])

    def text(self, field: str) -> str | None:
        """Give a field's cell as it means, or `None` where it is blank or means nothing."""
        found = next(iter(self.raw(field)), None)
        meanings = self._layout.values.get(field)
        if found is None or meanings is None:
            return found
        return meanings.get(whole(found), meanings.get(found))

    def names(self, field: str) -> tuple[str, ...]:
        """Give the names in a field's cells, each once."""
        between = self._layout.split.get(field)
        cells = self.raw(field)
        parts = [part for cell in cells for part in (cell.split(between) if between else [cell])]
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def count(self, field: str) -> int | None:
        """Give a whole number.

        Raises
        ------
        UnfitError
            If the cell holds something else.
        """
        found = self.text(field)
        if found is None:
            return None
        try:
            return int(whole(_THOUSANDS.sub("", found)))
        except ValueError:
            raise UnfitError(f"{self._column(field)} {found!r} is no whole number") from None

    def degrees(self) -> tuple[float, float]:
        """Give latitude and longitude.

        Raises
        ------
        UnfitError
            If they are missing, unreadable, out of range, swapped, or both zero.
        """
        lat, lon = self._degree("lat"), self._degree("lon")
        if lat == lon == 0:
            raise UnfitError("latitude and longitude are 0: the place is unknown")
        if abs(lat) > _LONGEST_LAT and abs(lat) <= _LONGEST_LON and abs(lon) <= _LONGEST_LAT:
            raise UnfitError(f"latitude {lat} and longitude {lon} are swapped")
        if abs(lat) > _LONGEST_LAT or abs(lon) > _LONGEST_LON:
            raise UnfitError(f"latitude {lat} or longitude {lon} is out of range")
        return lat, lon

    def _degree(self, field: str) -> float:
        found = self.text(field)
        if found is None:
            raise UnfitError(f"{self._column(field)} is blank")
        try:
            value = float(found.replace(",", ".") if found.count(",") == 1 and "." not in found else found)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise UnfitError(f"{self._column(field)} {found!r} is no number of degrees")
        return value

    def _column(self, field: str) -> str:
        named = self._layout.columns.get(field, (field,))
        return next((name for name in named if name in self._row), named[0])

    def when(self) -> When:
        """Give the time; a single day of a week, month or year stands for all of it.

        Raises
        ------
        UnfitError
            If a date is missing or unreadable, or the end lies before the beginning.
        """
        first, last = self._date("date_from"), self._date("date_to")
        if first is None:
            raise UnfitError(f"{self._column('date_from')} is blank")
        last = last or first
        if last < first:
            raise UnfitError(f"it ends on {last} before it begins on {first}")
        precision = _precision(self.text("date_precision"), first, last)
        if first == last:
            first, last = _widened(first, precision)
        return When(first=first, last=last, precision=precision, words=" ".join(self.raw("date_from")[:1]))

    def _date(self, field: str) -> date | None:
        found = self.text(field)
        if found is None:
            return None
        parsed = _dates(found, self._layout.dates)
        if parsed is None:
            raise UnfitError(f"{self._column(field)} {found!r} is no date in a known form")
        return parsed


def whole(number: str) -> str:
    """Take the decimals from a whole number that a spreadsheet made of an integer ("256305.0")."""
    found = _WHOLE.fullmatch(number)
    return found[1] if found else number


def _dates(text: str, forms: Iterable[str]) -> date | None:
    for form in forms:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - days have no zone
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _precision(given: str | None, first: date, last: date) -> DatePrecision:
    match given:
        case "week" | "month" | "year":
            return given
        case _:
            return "day" if first == last else "days"


def _widened(day: date, precision: DatePrecision) -> tuple[date, date]:
    match precision:
        case "week":
            return day - _HALF_WEEK, day + _HALF_WEEK
        case "month":
            return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        case "year":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
        case _:
            return day, day
