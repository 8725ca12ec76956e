"""Dates of publication: from metadata, and as words of a line."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from tomllib import loads
from typing import TYPE_CHECKING

from geo.errors import LexiconError
from geo.records import UNKNOWN_TIME, When

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = "report_dates.toml"
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_FEBRUARY = 2
_LAST_MONTH = 12
_LONGEST = 200
_DIGITS = re.compile(r"\d+")
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Words that name a day, a month or a day of an unnamed year."""

    start: int
    """First code point in the line."""
    end: int
    """One past the last."""
    words: str
    """As written."""
    year: int | None
    """Year; `None`: not said."""
    month: int
    """1 to 12."""
    day: int | None
    """Day of the month; `None`: not said."""
    weekday: int | None
    """0 (Monday) to 6; `None`: not said."""

    def when(self, year: int | None = None) -> When:
        """Give the interval; `year` fills in for one not said. Without any, only the words are known."""
        known = self.year or year
        if known is None:
            return When(words=self.words)
        first = date(known, self.month, self.day or 1)
        last = first if self.day else date(known, self.month, monthrange(known, self.month)[1])
        return When(first=first, last=last, precision="day" if self.day else "month", words=self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    months: dict[str, int]
    weekdays: dict[str, int]
    pattern: re.Pattern[str]


def first_in(line: str, start: int = 0) -> Moment | None:
    """Find the first date in a line of text; `None`: there is none."""
    return next(_found(line, start), None)


def all_in(line: str) -> list[Moment]:
    """Find every date in a piece of text."""
    return list(_found(line, 0))


def stated(words: str) -> When | None:
    """Read a date given as metadata: ISO 8601, RFC 2822, a month, a year, or words; `None`: not understood.

    A time of day and a zone are passed over: the day is the publisher's. 4/5/2017 is not understood, since
    nothing says which is the month.
    """
    text = words.strip()[:_LONGEST]
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?", text)
    text = "-".join(compact.groups()) if compact else text
    year = re.fullmatch(r"\d{4}", text)
    if year and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return When(first=date(int(text), 1, 1), last=date(int(text), 12, 31), precision="year", words=text)
    moment = first_in(text)
    if moment is None or moment.start > 0 or moment.year is None:
        return None
    return moment.when()


def given(day: date) -> When:
    """Make a time of one day."""
    return When(first=day, last=day, precision="day", words=day.isoformat())


def _found(line: str, start: int) -> Iterator[Moment]:
    words = _words()
    for first, last in _windows(line, start):
        for match in words.pattern.finditer(line, first, last):
            moment = _moment(match, words)
            if moment:
                yield moment


def _windows(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Give the stretches around digits: every date holds one, and most text holds none."""
    first = last = -1
    for digits in _DIGITS.finditer(line, start):
        if digits.start() > last >= 0:
            yield first, last
            last = -1
        if last < 0:
            first = max(start, digits.start() - _REACH)
        last = digits.end() + _REACH
    if last >= 0:
        yield first, last


def _moment(match: re.Match[str], words: _Words) -> Moment | None:
    group = match.groupdict()
    year = group["y1"] or group["y2"] or group["y3"] or group["y4"] or group["y5"]
    day, month = _day_month(group, words)
    weekday = group["wd"] or group["wd2"]
    moment = Moment(
        start=match.start(),
        end=match.end(),
        words=match.group(),
        year=int(year) if year else None,
        month=month,
        day=day,
        weekday=words.weekdays[weekday.casefold()] if weekday else None,
    )
    return moment if _possible(moment) else None


def _day_month(group: dict[str, str | None], words: _Words) -> tuple[int | None, int]:
    name = group["m1"] or group["m2"] or group["m5"]
    day = group["d1"] or group["d2"] or group["d3"]
    if name:
        return int(day) if day else None, words.months[name.casefold()]
    if group["m3"]:
        return int(day) if day else None, int(group["m3"])
    return _numeric(int(group["a"] or 0), int(group["b"] or 0), dotted=group["sep"] == ".")


def _numeric(one: int, two: int, *, dotted: bool) -> tuple[int | None, int]:
    # 05.02.2015 is day first everywhere; 5/2/2015 and 5-2-2015 are day first here and month first there.
    if dotted or one > _LAST_MONTH or one == two:
        return one, two
    return (two, one) if two > _LAST_MONTH else (0, 0)


def _possible(moment: Moment) -> bool:
    if moment.year is not None and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return False
    if not 1 <= moment.month <= _LAST_MONTH or moment.day == 0:
        return False
    # A year that is not said may be a leap year.
    longest = monthrange(moment.year or 2000, moment.month)[1]
    return moment.day is None or moment.day <= longest


@cache
def _words() -> _Words:
    tables = loads(resources.files("geo").joinpath("data", _FILE).read_text("utf-8"))
    months = _numbered(tables, "months", 1, _LAST_MONTH)
    weekdays = _numbered(tables, "weekdays", 0, 6)
    return _Words(months=months, weekdays=weekdays, pattern=_pattern(months, weekdays))


def _numbered(tables: dict[str, object], name: str, low: int, high: int) -> dict[str, int]:
    rows = tables.get(name)
    if not isinstance(rows, dict):
        raise LexiconError(f"geo/data/{_FILE}: no table [{name}]; reinstall the package")
    numbers: dict[str, int] = {}
    for key, words in rows.items():
        if not (key.isdigit() and low <= int(key) <= high and isinstance(words, list)):
            raise LexiconError(
                f"geo/data/{_FILE}: [{name}] {key}: not a number of {low} to {high} with a list of words"
            )
        numbers |= {str(word).casefold(): int(key) for word in words}
    return numbers


def _pattern(months: dict[str, int], weekdays: dict[str, int]) -> re.Pattern[str]:
    month, weekday = f"(?i:{_either(months)})", f"(?i:{_either(weekdays)})"
    end = r"(?:st|nd|rd|th|er|\.)?"
    year = r"\d{4}(?!\d)"
    return re.compile(
        rf"""(?<![\w/.-])
        (?:(?P<wd>{weekday})\.?[,،]?\s{{1,3}}(?:the\s)?)?
        (?:
            (?P<d1>\d{{1,2}}){end}[\s-](?:of\s|de\s)?(?P<m1>{month})\.?(?:[,،]?[\s-](?:de\s)?(?P<y1>{year}))?
          | (?P<m2>{month})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:[,،]?\s(?P<y2>{year}))?
          | (?P<y3>{year})-(?P<m3>\d\d)(?:-(?P<d3>\d\d))?(?=T\d\d|[^\w-]|$)
          | (?P<a>\d{{1,2}})(?P<sep>[./-])(?P<b>\d{{1,2}})(?P=sep)(?P<y4>{year})
          | (?P<m5>{month})\.?,?\s(?P<y5>{year})
        )(?![a-z\d_])(?:\s?\((?P<wd2>{weekday})\))?""",
        re.VERBOSE,
    )


def _either(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))


UNKNOWN = UNKNOWN_TIME
"""The time of a report that tells none."""
