"""A correction, and the key by which its event is found again after its report is coded anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from types import MappingProxyType
from typing import Literal, get_args

from geo.errors import ConflictmapError
from geo.records import Event, Report

Field = Literal["reject", "sub_type", "when", "place", "with", "apart"]
FIELDS = frozenset(get_args(Field))
Target = Literal["event", "incident"]
SAME_SENTENCE = 4
LEAST_LIKE = 3
"""Points from which an event is taken for the one a key means: its sentence, or an overlap and a detail."""


class CorrectionError(ConflictmapError, ValueError):
    """A correction that cannot be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What finds an event again by content."""

    report: str
    """Id of the report."""
    text: str
    """Checksum of the report's words, which finds it under another id."""
    start: int
    """First code point of the event's sentence."""
    end: int
    """One past the last."""
    quote: str
    """Checksum of the sentence."""
    sub_type: str
    """Sub-type as coded."""
    place: str
    """Gazetteer id of the place as coded; empty: none."""
    day: str
    """First day as coded, ISO 8601; empty: unknown."""

    def write(self) -> str:
        """Give the key as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing an analyst says of one event or incident."""

    target: Target
    """Whether it is said of an event or of the incident that the event is a version of."""
    id: str
    """Id of the event or incident when it was said."""
    key: Key
    """Finds the event again."""
    field: Field
    """What is corrected."""
    value: str
    """What stands there now; `geo.review.values` says how it is written for each field."""
    author: str | None = None
    """Who says so; `None`: not told."""
    at: datetime | None = None
    """When, UTC; `None`: not told."""
    note: str | None = None
    """Why; `None`: not told."""

    @property
    def identity(self) -> str:
        """Id of the correction: a later one of the same field and event takes its place."""
        k = self.key
        event = f"{k.text} {k.start} {k.quote} {k.sub_type} {k.place} {k.day}"
        return "k" + _sum(f"{self.target} {self.field} {event}")


def _sum(text: str) -> str:
    return hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def words_sum(text: str) -> str:
    """Return a checksum of a text's words, whatever their spacing and case."""
    return _sum("".join(text.split()).casefold())


def key_of(event: Event, report: Report) -> Key:
    """Return the key of an event as coded."""
    place = event.place.place.id if event.place and event.place.place else ""
    return Key(
        report=report.id,
        text=words_sum(report.text),
        start=event.start,
        end=event.end,
        quote=words_sum(event.quote),
        sub_type=event.sub_type,
        place=place,
        day=event.when.first.isoformat() if event.when.first else "",
    )


def read_key(words: str) -> Key:
    """Read a key from its JSON.

    Raises
    ------
    CorrectionError
        It is no key.
    """
    try:
        key = Key(**json.loads(words))
    except (json.JSONDecodeError, TypeError) as fault:
        raise CorrectionError(
            f"{words[:60]!r} is no key of an event: leave that column as it was."
        ) from fault
    if not all(isinstance(value, KINDS[name]) for name, value in asdict(key).items()):
        raise CorrectionError(f"{words[:60]!r} is no key of an event: leave that column as it was.")
    return key


KINDS: Mapping[str, type] = MappingProxyType(
    {f.name: int if f.name in {"start", "end"} else str for f in fields(Key)}
)
"""Type of each field of a key."""


class Finder:
    """Finds events by key among those of some reports."""

    def __init__(self, reports: Mapping[str, Report], events: Iterable[Event]) -> None:
        self.reports = reports
        self.by_text: dict[str, list[str]] = {}
        for report in reports.values():
            self.by_text.setdefault(words_sum(report.text), []).append(report.id)
        self.events: dict[str, list[Event]] = {}
        for event in events:
            self.events.setdefault(event.report, []).append(event)

    def find(self, key: Key) -> Event | None:
        """Return the event a key means, or `None` where no event is like it any more."""
        told = [key.report] if key.report in self.reports else sorted(self.by_text.get(key.text, []))
        ranked = [
            (likeness(key, key_of(e, self.reports[r])), e) for r in told for e in self.events.get(r, [])
        ]
        like = [(points, e) for points, e in ranked if points >= LEAST_LIKE]
        return min(like, key=lambda x: (-x[0], x[1].id))[1] if like else None


def likeness(a: Key, b: Key) -> int:
    """Return how many points speak for two keys meaning one event of a report."""
    overlap = min(a.end, b.end) > max(a.start, b.start)
    same = a.quote == b.quote
    if not overlap and not same:
        return 0
    details = (a.sub_type == b.sub_type) + (a.place == b.place) + (a.day == b.day)
    return same * SAME_SENTENCE + overlap * 2 + details
