"""Dates in running text, as intervals with precision, against the day of publication.

A bare weekday in news is the latest such day at or before publication. What cannot be
resolved stays unknown: the words are kept, no day is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from geo.actors.folding import lower
from geo.mentions.date_patterns import OPENING, PATTERN, SINCE
from geo.mentions.date_rules import HANDLERS, ONE_DAY, Anchor
from geo.mentions.text import Document
from geo.records import When


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


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """Return every date mention of a report, in order, resolved against its publication."""
    published = document.report.published
    day = published.last if published.precision == "day" else _head_day(document.report.text)
    return tuple(_resolved(document.report.text, Anchor(published=day)))


WHEN = re.compile(r",?\s+when\b")
NAMED = frozenset({"weekday", "dmy", "mdy", "part", "month", "last_month", "range", "us_range"})
HEAD = 240
DATED = frozenset({"iso", "numeric", "dmy", "mdy"})


def _head_day(text: str) -> date | None:
    """Return the first full date at the head of a text, which dates the text where nothing else does."""
    for kind, m in _written(lower(text[:HEAD])):
        when = HANDLERS[kind](m, Anchor(published=None)) if kind in DATED else None
        if when is not None and when.first is not None:
            return when.first
    return None


def _written(low: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield what is written like a date in a text in lower case, with the way it is written."""
    free = 0
    for opening in OPENING.finditer(low):
        start = opening.start()
        if start >= free and (m := PATTERN.match(low, start)):
            free = m.end()
            yield next(k for k in HANDLERS if m[k]), m


def _resolved(text: str, anchor: Anchor) -> Iterator[DateMention]:
    low = lower(text)
    for kind, m in _written(low):
        words = text[m.start() : m.end()]
        if kind in NAMED and words.islower():
            continue  # "sat", "may", "march" are words too
        when = HANDLERS[kind](m, anchor)
        if when is None:
            continue
        when = replace(when, words=words)
        bounded = _bounded(kind, m, low)
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


def _bounded(kind: str, m: re.Match[str], text: str) -> bool:
    """Tell whether a date is a limit ("since May") or hangs on words that follow."""
    if WHEN.match(text, m.end()):
        return False  # "the worst since 27 January, when two bombs went off": that day, they did
    if _hangs(kind, m, text) or m.group()[:6] in {"since ", "until "}:
        return True
    return kind not in {"range", "us_range"} and bool(SINCE.search(text, max(0, m.start() - 20), m.start()))


def _hangs(kind: str, m: re.Match[str], text: str) -> bool:
    """Tell whether "two weeks after" hangs on words that follow, so that no day can be told from it alone."""
    return kind == "ago" and m["ad"] in {"after", "before"} and text[m.end() : m.end() + 1] == " "
