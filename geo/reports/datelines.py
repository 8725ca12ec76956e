"""When a report was published, where the metadata are silent: labels, mastheads, datelines, its address.

Dates in running text tell when something happened, not when it was written up, and are never taken.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.reports.cues import cues
from geo.reports.moments import Moment, all_in, first_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIME = r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:[AaPp]\.?[Mm]\.?)?(?:\s?\(?[A-Z]{2,4}\)?)?)"
_GAP = re.compile(rf"[\s:,|\u2013—-]*(?:on\s|at\s|le\s|am\s)?\s?(?:{_TIME}[\s,|\u2013—-]*)?")
_BY = re.compile(r"[\s:]*[^\d\n]{0,60}")
_AFTER_LEADING = re.compile(rf"[,.]?\s?(?:[-\u2013—|]?\s?{_TIME})?\s?(?:\Z|[-\u2013—|(©]|[A-Z\d\"“\u2018])")
_ZONES = "gmt|utc|et|est|edt|bst|cet|uk|us"
_ALONE = re.compile(rf"{_TIME}|\b(?i:at|on|am|pm|local time|time|edition|{_ZONES})\b|[\s\d:.,،|()/\u2013—-]")
_AFTER_PLACE = re.compile(r"\.?,?\s?(?:\((?P<agency>[^()\n]{2,60})\)\s?)?(?:[-\u2013—:]+\s|\.\s(?=[A-Z]))")
_PLACE = re.compile(r"(?P<caps>[^\W\d_a-z][^\W\d_a-z'\u2019.-]+[^\n.!?]{0,60}?)(?:,\s?|\s[-\u2013—]\s)\Z")
_NAMES = r"[A-Z][\w'\u2019-]+(?:[\s/][A-Z][\w'\u2019-]+)"
_SMALL_PLACE = re.compile(rf"{_NAMES}{{0,2}}(?:,\s{_NAMES}?)?,\s?\Z")
_SEPARATOR = re.compile(r"\s+[-\u2013—|·•]\s+|\s*\|\s*")
_HEAD_WORDS = re.compile(r"(?:[^\W\da-z_][\w'\u2019.&-]*|\d{1,4}|of|the|and|de|du|des|la|no\.?)(?:\s|\Z)")
_AGENCY = re.compile(
    r"\b(?:AFP|AP|Reuters|DPA|EFE|ANSA|Xinhua|Ahram Online|[A-Z]{2,5})\s(?=[A-Z][a-z]{2,8},?\s\d)"
)
_MASTHEAD_LINES = 3
_LONGEST_LINE = 160
_LONGEST_REST = 32
_LONGEST_PREFIX = 70
_NEAR = 120
_URL = re.compile(
    r"[/=_-]((?:19|20)\d\d)(?:[/-]([01]?\d|[a-z]{3})(?:[/-]([0-3]?\d))?|([01]\d)([0-3]\d))(?=[/_?#.-]|$)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = timedelta(days=31), timedelta(days=1)


def moments_of(head: list[str], foot: list[str]) -> Iterator[Moment]:
    """Give the dates a report bears, the most telling first."""
    label, change = cues().published, cues().updated
    for line in (*head, *foot):
        yield from _some(_labelled(line, label))
    for line in head[:_MASTHEAD_LINES]:
        yield from _some(_masthead(line))
    for line in head:
        yield from _some(_signed(line))
    for line in head:
        yield from _some(_alone(line) or _dateline(line))
    yield from _some(_leading(head[0]) or _wired(head[0]) if head else None)
    for line in reversed(foot):
        yield from _some(_alone(line))
    for line in (*head, *foot):
        yield from _some(_labelled(line, change))


def in_address(url: str) -> Moment | None:
    """Find the date in an address such as ".../2018/02/12/..."; without a day it is the month."""
    for match in _URL.finditer(url):
        year = match[1]
        month, day = match[2] or match[4], match[3] or match[5]
        number = first_in(f"1 {month}") if month.isalpha() else None
        words = f"{year}-{number.month if number else month:0>2}" if number or month.isdigit() else ""
        moment = first_in(f"{words}-{day:0>2}") if words and day else None
        moment = moment or (first_in(words) if words else None)
        if moment:
            return moment
    return None


def year_of(partial: Moment, text: str, url_moment: Moment | None) -> int | None:
    """Find the year of a day given without one, from the address or a full date near it; `None`: not sure.

    A full date in the text counts only if it lies in the month before and the weekday beside the day
    fits its year.
    """
    if url_moment and url_moment.year and abs(url_moment.month - partial.month) <= 1:
        return url_moment.year
    if partial.weekday is None or partial.day is None:
        return None
    years = {year for moment in all_in(text) if (year := _fits(partial, moment))}
    return years.pop() if len(years) == 1 else None


def _fits(partial: Moment, other: Moment) -> int | None:
    full = other.when()
    if full.first is None or other.day is None or partial.day is None:
        return None
    try:
        day = date(full.first.year, partial.month, partial.day)
    except ValueError:
        return None
    near = day - _BEFORE <= full.first <= day + _AFTER
    return day.year if near and day.weekday() == partial.weekday else None


def _some(moment: Moment | None) -> Iterator[Moment]:
    if moment:
        yield moment


def _labelled(line: str, label: re.Pattern[str]) -> Moment | None:
    match = label.match(line)
    if not match:
        return None
    by = match.group().lower().endswith("by")
    gap = (_BY if by else _GAP).match(line, match.end())
    end = gap.end() if gap else match.end()
    moment = first_in(line[: end + _NEAR], match.end())
    return moment if moment and moment.start <= end else None


def _masthead(line: str) -> Moment | None:
    if len(line) > _LONGEST_LINE or line.endswith("."):
        return None
    parts = _SEPARATOR.split(line)
    if len(parts) == 1 or not _is_heading(parts[0]):
        return None
    for part in parts[1:]:
        moment = first_in(part)
        if moment and len(part) - len(moment.words) <= _LONGEST_REST:
            return moment
    return None


def _is_heading(words: str) -> bool:
    position = 0
    while position < len(words):
        match = _HEAD_WORDS.match(words, position)
        if not match:
            return False
        position = match.end()
    return bool(words)


def _signed(line: str) -> Moment | None:
    if len(line) > _LONGEST_LINE or not cues().byline.match(line):
        return None
    return first_in(line)


def _alone(line: str) -> Moment | None:
    if len(line) > _LONGEST_LINE // 2:
        return None
    moment = first_in(line)
    if moment is None or moment.year is None:
        return None
    return None if _ALONE.sub("", line[: moment.start] + line[moment.end :]) else moment


def _dateline(line: str) -> Moment | None:
    moment = first_in(line[:_NEAR])
    if moment is None or moment.start > _LONGEST_PREFIX or moment.start == 0:
        return None
    dotted = line[moment.end - 1] == "."
    after = _AFTER_PLACE.match(line, moment.end - dotted)
    before = line[: moment.start]
    if not after:
        return None
    is_place = _PLACE.match(before) or (moment.year and _SMALL_PLACE.match(before))
    return moment if is_place else None


def _wired(line: str) -> Moment | None:
    # "<headline> AFP Thursday 9 Jul 2015 At least ...": pages whose lines were run together.
    match = _AGENCY.search(line)
    if not match:
        return None
    moment = first_in(line[: match.end() + _NEAR], match.end())
    is_full = (
        moment and moment.start == match.end() and moment.year is not None and moment.weekday is not None
    )
    return moment if moment and is_full and _AFTER_LEADING.match(line, moment.end) else None


def _leading(line: str) -> Moment | None:
    moment = first_in(line[:_NEAR])
    if moment is None or moment.start > 0 or moment.year is None:
        return None
    return moment if _AFTER_LEADING.match(line, moment.end) else None
