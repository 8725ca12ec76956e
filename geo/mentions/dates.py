"""Dates in running text, as intervals with precision, against the day of publication.

A bare weekday in news is the latest such day at or before publication. What cannot be
resolved stays unknown: the words are kept, no day is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.mentions.text import Document
from geo.records import DatePrecision, When

MONTHS = "january february march april may june july august september october november december".split()
MONTH = {m[:3]: i for i, m in enumerate(MONTHS, 1)}
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
NUMBER = {
    w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "few": 3, "several": 3, "couple of": 2, "a few": 3}

_M = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_W = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_D = r"(?:[12]?\d|3[01]|0[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:19|20)\d\d"
_N = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?|a few|few|several|a couple of)"
_PART = r"(?:early|mid|late|the start of|the beginning of|the end of|the middle of|the last days of|the first days of|the first half of|the second half of)"
PATTERN = re.compile(
    "|".join(
        (
            rf"(?P<numeric>\b(?P<nd>{_D})[-./](?P<nm>0?[1-9]|1[0-2])[-./](?P<ny>{_Y})\b)",
            rf"(?P<iso>\b{_Y}-[01]\d-[0-3]\d\b)",
            rf"(?P<range>\b(?P<rd1>{_D})(?:\s+(?P<rm1>{_M}))?\s*(?:to|and|until|till|[-–])\s*(?P<rd2>{_D})\s+(?P<rm2>{_M})(?:,?\s+(?P<ry>{_Y}))?)",
            rf"(?P<us_range>\b(?P<um>{_M})\s+(?P<ud1>{_D})\s*(?:to|and|until|[-–])\s*(?P<ud2>{_D})(?:,?\s+(?P<uy>{_Y}))?)\b(?!\s*(?:{_M}))",
            rf"(?P<dmy>\b(?:{_W},?\s+)?(?:the\s+)?(?P<d1>{_D})(?:\s+of)?\s+(?P<m1>{_M})(?:,?\s+(?P<y1>{_Y}))?\b)",
            rf"(?P<mdy>\b(?:{_W},?\s+)?(?P<m2>{_M})\s+(?P<d2>{_D})(?:,?\s+(?P<y2>{_Y}))?\b(?!:\d))",
            rf"(?P<part>\b(?P<pp>{_PART})[\s-]+(?P<pm>{_M})(?:,?\s+(?P<py>{_Y}))?\b)",
            rf"(?P<month>\b(?P<mm>{_M})(?:,?\s+(?:of\s+)?(?P<my>{_Y}))\b)",
            r"(?P<last_month>\b(?:last|in|since|of|this|until|by|through|during)\s+(?P<lm>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d))",
            rf"(?P<weekday>\b(?:(?P<wmod>last|this|next|the following|the same|the previous)\s+)?(?P<wd>{_W})(?P<wn>(?:'s|’s)?(?:\s+(?:night|evening))?)\b(?!-))",
            r"(?P<overnight>\b(?:overnight|last night|during the night|in the night)\b)",
            r"(?P<today>\b(?:today|tonight|this (?:morning|afternoon|evening)|at dawn today|earlier in the day)\b)",
            r"(?P<yesterday>\byesterday\b)",
            r"(?P<day_before>\b(?:the day before|the previous day|a day earlier|the day after|the next day|the following day|a day later)\b)",
            r"(?P<same_day>\b(?:the same day|that day|that night|the same night|the same evening)\b)",
            r"(?P<weekend>\b(?:at|over|during) the weekend\b|\blast weekend\b)",
            r"(?P<week>\b(?:(?:earlier|late|later|early)\s+)?(?P<wk>this|last|the past|the previous)\s+week(?:'s|’s)?\b)",
            r"(?P<this_month>\b(?P<tm>this|last)\s+month(?:'s|’s)?\b|\bsince the (?:start|beginning) of the month\b)",
            r"(?P<this_year>\b(?P<ty>this|last)\s+year(?:'s|’s)?\b)",
            rf"(?P<ago>\b(?P<an>{_N})\s+(?P<au>days?|weeks?|months?|years?)\s+(?P<ad>ago|earlier|before|later|after)\b)",
            r"(?P<hours>\b(?:in|over|during|within) the (?:last|past) (?:24|48|twenty-four) hours\b|\bin the past day\b|\bin the last day\b)",
            rf"(?P<year>\b(?:in|since|until|of|from|by|during|late|early|summer|spring|autumn|winter)\s+(?P<yy>{_Y})\b(?!\s*(?:people|men|fighters|troops|soldiers|civilians)))",
        ),
    ),
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\b(?:since|until|till|before|by|between)\s+(?:last\s+|the\s+|early\s+|late\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in the text."""

    start: int
    """First code point."""
    end: int
    """One past the last."""
    when: When
    """What it means; unknown where it cannot be resolved."""
    kind: str
    """Which pattern met: dmy, weekday, overnight ..."""
    bounded: bool
    """Stands behind "since", "until", "before": a limit, not the time of an event."""
    future: bool = False
    """Lies after publication ("next Friday")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What relative dates stand on."""

    published: date | None
    """Day of publication."""
    last: When | None = None
    """The date mentioned before."""


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """Return every date mention of a report, in order, resolved against its publication."""
    published = document.report.published
    day = published.last if published.precision == "day" else _head_day(document.report.text)
    return tuple(_resolved(document.report.text, Anchor(published=day)))


NAMED = frozenset({"weekday", "dmy", "mdy", "part", "month", "last_month", "range", "us_range"})
HEAD = 240
DATED = frozenset({"iso", "numeric", "dmy", "mdy"})


def _head_day(text: str) -> date | None:
    """Return the first full date at the head of a text, which dates the text where nothing else does."""
    for m in PATTERN.finditer(text[:HEAD]):
        kind = next(k for k in HANDLERS if m[k])
        when = HANDLERS[kind](m, Anchor(published=None)) if kind in DATED else None
        if when is not None and when.first is not None:
            return when.first
    return None


def _resolved(text: str, anchor: Anchor) -> Iterator[DateMention]:
    for m in PATTERN.finditer(text):
        kind = next(k for k in HANDLERS if m[k])
        if kind in NAMED and m.group().islower():
            continue  # "sat", "may", "march" are words too
        when = HANDLERS[kind](m, anchor)
        if when is None:
            continue
        when = replace(when, words=m.group())
        bounded = _bounded(kind, m, text)
        future = (
            when.first is not None
            and anchor.published is not None
            and when.first > anchor.published + ONE_DAY
        )
        yield DateMention(
            start=m.start(),
            end=m.end(),
            when=when,
            kind=kind,
            bounded=bounded,
            future=future,
        )
        if when.known and not future and not bounded and kind not in {"year", "this_year"}:
            anchor = replace(anchor, last=when)


ONE_DAY = timedelta(days=1)


def _bounded(kind: str, m: re.Match[str], text: str) -> bool:
    """Tell whether a date is a limit ("since May") or hangs on words that follow."""
    if _hangs(kind, m, text) or m.group()[:6].lower() in {"since ", "until "}:
        return True
    return kind not in {"range", "us_range"} and bool(SINCE.search(text, max(0, m.start() - 20), m.start()))


def _hangs(kind: str, m: re.Match[str], text: str) -> bool:
    """Tell whether "two weeks after" hangs on words that follow, so that no day can be told from it alone."""
    return kind == "ago" and m["ad"].lower() in {"after", "before"} and text[m.end() : m.end() + 1] == " "


def _when(first: date, last: date | None = None, precision: DatePrecision | None = None) -> When:
    last = last or first
    if precision is None:
        precision = "day" if first == last else "days" if (last - first).days < 6 else "week"
    return When(first=first, last=last, precision=precision)


def _month(word: str) -> int:
    return MONTH[word[:3].lower()]


def _day(word: str) -> int:
    return int(re.match(r"\d+", word).group())  # type: ignore[union-attr]


def _date(year: str | None, month: int, day: int, anchor: Anchor) -> date | None:
    """Return the date; without a year, the latest one at or before publication."""
    try:
        if year:
            return date(int(year), month, day)
        if anchor.published is None:
            return date(anchor.last.first.year, month, day) if anchor.last and anchor.last.first else None
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
    words = m["pp"].lower()
    if words.startswith(("early", "the start", "the beginning", "the first")):
        return _when(first, first.replace(day=15 if "half" in words else 10), "days")
    if words.startswith(("mid", "the middle")):
        return _when(first.replace(day=11), first.replace(day=20), "days")
    return _when(first.replace(day=16 if "half" in words else 21), first.replace(day=end), "days")


def _weekday(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    wanted = next(i for i, d in enumerate(DAYS) if d.startswith(m["wd"][:3].lower()))
    back = (anchor.published.weekday() - wanted) % 7
    modifier = (m["wmod"] or "").lower()
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
    after = re.search(r"after|next|following|later", m.group(), re.IGNORECASE)
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
    if m["wk"].lower() == "this":
        return _when(monday, anchor.published, "week")
    if m["wk"].lower() == "the past":
        return _when(anchor.published - timedelta(days=7), anchor.published, "week")
    return _when(monday - timedelta(days=7), monday - ONE_DAY, "week")


def _this_month(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    first = anchor.published.replace(day=1)
    if (m["tm"] or "this").lower() == "this":
        return _when(first, anchor.published, "month")
    last = first - ONE_DAY
    return _whole_month(last.year, last.month)


def _this_year(m: re.Match[str], anchor: Anchor) -> When | None:
    if anchor.published is None:
        return When()
    year = anchor.published.year - (m["ty"].lower() == "last")
    return _when(date(year, 1, 1), date(year, 12, 31), "year")


UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _ago(m: re.Match[str], anchor: Anchor) -> When | None:
    number = int(m["an"]) if m["an"].isdigit() else NUMBER.get(m["an"].lower(), 3)
    unit = m["au"].lower().rstrip("s")
    told = anchor.last.first if anchor.last else None
    base = anchor.published if m["ad"].lower() == "ago" else told or anchor.published
    if base is None:
        return When()
    sign = 1 if m["ad"].lower() in {"later", "after"} else -1
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
