"""What each way of writing a date means, as an interval with precision, against the day of publication."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from geo.records import DatePrecision, When

MONTHS = "january february march april may june july august september october november december".split()


MONTH = {m[:3]: i for i, m in enumerate(MONTHS, 1)}


DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


NUMBER = {
    w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "few": 3, "several": 3, "couple of": 2, "a few": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What relative dates stand on."""

    published: date | None
    """Day of publication."""
    last: When | None = None
    """The date mentioned before."""


ONE_DAY = timedelta(days=1)


def _when(first: date, last: date | None = None, precision: DatePrecision | None = None) -> When:
    last = last or first
    if precision is None:
        precision = "day" if first == last else "days" if (last - first).days < 6 else "week"
    return When(first=first, last=last, precision=precision)


def _month(word: str) -> int:
    return MONTH[word[:3]]


def _day(word: str) -> int:
    return int(re.match(r"\d+", word).group())  # type: ignore[union-attr]


def _date(year: str | None, month: int, day: int, anchor: Anchor) -> date | None:
    """Return the date; without a year, the latest one at or before publication."""
    try:
        if year:
            return date(int(year), month, day)
        if anchor.published is None:
            return None
        near = date(anchor.published.year, month, day)
        return near if near <= anchor.published + ONE_DAY else date(near.year - 1, month, day)
    except ValueError:
        return None


def _iso(m: re.Match[str], _: Anchor) -> When | None:
    try:
        return _when(date.fromisoformat(m["iso"]))
    except ValueError:
        return None


def _numeric(m: re.Match[str], anchor: Anchor) -> When | None:
    """Read 25-7-2018 as day, month, year, as everywhere but in the United States."""
    found = _date(m["ny"], int(m["nm"]), _day(m["nd"]), anchor)
    return _when(found) if found else When()


def _dmy(m: re.Match[str], anchor: Anchor) -> When | None:
    found = _date(m["y1"], _month(m["m1"]), _day(m["d1"]), anchor)
    return _when(found) if found else When()


def _mdy(m: re.Match[str], anchor: Anchor) -> When | None:
    found = _date(m["y2"], _month(m["m2"]), _day(m["d2"]), anchor)
    return _when(found) if found else When()


def _ordinal(m: re.Match[str], anchor: Anchor) -> When | None:
    """Read "the 24th of the current month", "that 25th": near the date told before, else the latest."""
    day, last = _day(m["od"]), anchor.published
    if last is None:
        return When()
    if "month" not in m["ordinal"] and (near := _near(day, anchor)):
        return _when(near)
    if last.day < day:
        last = last.replace(day=1) - ONE_DAY
    return _when(last.replace(day=day)) if day <= monthrange(last.year, last.month)[1] else When()


def _near(day: int, anchor: Anchor) -> date | None:
    """Return the day of a month that lies within three weeks of the date told before."""
    told = anchor.last.first if anchor.last and anchor.last.precision in {"day", "days"} else None
    if told is None or anchor.published is None:
        return None
    for step in range(-NEAR_DAYS, NEAR_DAYS + 1):
        found = told + timedelta(days=step)
        if found.day == day and found <= anchor.published:
            return found
    return None


NEAR_DAYS = 21


def _range(m: re.Match[str], anchor: Anchor) -> When | None:
    last = _date(m["ry"], _month(m["rm2"]), _day(m["rd2"]), anchor)
    if last is None:
        return When()
    first = _date(str(last.year), _month(m["rm1"] or m["rm2"]), _day(m["rd1"]), anchor)
    return _when(first, last) if first and first <= last else When()


def _us_range(m: re.Match[str], anchor: Anchor) -> When | None:
    last = _date(m["uy"], _month(m["um"]), _day(m["ud2"]), anchor)
    if last is None or _day(m["ud1"]) > last.day:
        return When()
    return _when(last.replace(day=_day(m["ud1"])), last)


def _whole_month(year: int, month: int) -> When:
    return _when(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def _month_year(m: re.Match[str], _: Anchor) -> When | None:
    return _whole_month(int(m["my"]), _month(m["mm"]))


def _named_month(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    year = anchor.published.year - (_month(m["lm"]) > anchor.published.month)
    return _whole_month(year, _month(m["lm"]))


def _part(m: re.Match[str], anchor: Anchor) -> When | None:
    first = _date(m["py"], _month(m["pm"]), 1, anchor)
    if first is None:
        return When()
    end = monthrange(first.year, first.month)[1]
    words = m["pp"]
    if words.startswith(("early", "the start", "the beginning", "the first")):
        return _when(first, first.replace(day=15 if "half" in words else 10), "days")
    if words.startswith(("mid", "the middle")):
        return _when(first.replace(day=11), first.replace(day=20), "days")
    return _when(first.replace(day=16 if "half" in words else 21), first.replace(day=end), "days")


def _weekday(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    wanted = next(i for i, d in enumerate(DAYS) if d.startswith(m["wd"][:3]))
    back = (anchor.published.weekday() - wanted) % 7
    modifier = m["wmod"] or ""
    told = anchor.last.first if anchor.last and anchor.last.precision == "day" else None
    if modifier in {"that", "the same", "the"} and told is not None and told.weekday() == wanted:
        return _when(told)
    if modifier == "next":
        return _when(anchor.published + timedelta(days=7 - back if back else 7))
    if modifier == "last" and back == 0:
        back = 7
    day = anchor.published - timedelta(days=back)
    return _when(day, day + ONE_DAY, "day") if "night" in m["wn"] and back else _when(day)


def _recent(first: int, last: int = 0) -> Callable[[re.Match[str], Anchor], When]:
    def handler(_: re.Match[str], anchor: Anchor) -> When:
        if anchor.published is None:
            return When()
        return _when(anchor.published - timedelta(days=first), anchor.published - timedelta(days=last))

    return handler


def _day_before(m: re.Match[str], anchor: Anchor) -> When | None:
    base = anchor.last.first if anchor.last else anchor.published
    if base is None:
        return When()
    after = re.search(r"after|next|following|later", m.group())
    return _when(base + (ONE_DAY if after else -ONE_DAY))


def _same_day(_: re.Match[str], anchor: Anchor) -> When | None:
    return anchor.last or When()


def _weekend(_: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    saturday = anchor.published - timedelta(days=(anchor.published.weekday() - 5) % 7)
    return _when(saturday, min(saturday + ONE_DAY, anchor.published))


def _week(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    monday = anchor.published - timedelta(days=anchor.published.weekday())
    if m["wk"] == "this":
        return _when(monday, anchor.published, "week")
    if m["wk"] == "the past":
        return _when(anchor.published - timedelta(days=7), anchor.published, "week")
    return _when(monday - timedelta(days=7), monday - ONE_DAY, "week")


def _this_month(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    first = anchor.published.replace(day=1)
    if (m["tm"] or "this") == "this":
        return _when(first, anchor.published, "month")
    last = first - ONE_DAY
    return _whole_month(last.year, last.month)


def _this_year(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    year = anchor.published.year - (m["ty"] == "last")
    return _when(date(year, 1, 1), date(year, 12, 31), "year")


UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _ago(m: re.Match[str], anchor: Anchor) -> When | None:
    number = int(m["an"]) if m["an"].isdigit() else NUMBER.get(m["an"], 3)
    unit = m["au"].rstrip("s")
    told = anchor.last.first if anchor.last else None
    base = anchor.published if m["ad"] == "ago" else told or anchor.published
    if base is None:
        return When()
    sign = 1 if m["ad"] in {"later", "after"} else -1
    day = base + sign * timedelta(days=number * UNIT_DAYS[unit])
    if unit == "day":
        return _when(day)
    slack = {"week": 3, "month": 15, "year": 183}[unit]
    precision: DatePrecision = {"week": "week", "month": "month", "year": "year"}[unit]  # type: ignore[assignment]
    return _when(day - timedelta(days=slack), day + timedelta(days=slack), precision)


def _year(m: re.Match[str], _: Anchor) -> When | None:
    year = int(m["yy"])
    return _when(date(year, 1, 1), date(year, 12, 31), "year")


HANDLERS: dict[str, Callable[[re.Match[str], Anchor], When | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "range": _range,
    "us_range": _us_range,
    "dmy": _dmy,
    "mdy": _mdy,
    "ordinal": _ordinal,
    "part": _part,
    "month": _month_year,
    "last_month": _named_month,
    "weekday": _weekday,
    "overnight": _recent(1),
    "today": _recent(0),
    "yesterday": _recent(1, 1),
    "day_before": _day_before,
    "same_day": _same_day,
    "weekend": _weekend,
    "week": _week,
    "this_month": _this_month,
    "this_year": _this_year,
    "ago": _ago,
    "hours": _recent(1),
    "year": _year,
}
