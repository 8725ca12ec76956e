"""What linking reads of events, as columns: a few hundred bytes an event, so that a million fit in memory."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
import numpy.typing as npt

from geo.incidents.details import details
from geo.incidents.words import weighed
from geo.records import ActorRef, Event, Report

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BEHIND_HEADLINE = re.compile(r"\s+[-|–—]\s+")
UNKNOWN_DAY = -1
MOST_REPORT_WORDS = 48
MOST_EVENT_WORDS = 40
REPORT_RARITY = 2.0
EVENT_RARITY = 1.8
AROUND = 160
"""Code points before and after an event's sentence that are read as its own words."""
GENERIC = frozenset(
    "forces force army military militia militias fighters fighter troops soldiers soldier rebels militants "
    "group state government the and officials people coalition regime warplanes planes jets civilians "
    "residents local its their police men man woman".split(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bags:
    """A set of weighed tokens for each row, one after the other."""

    starts: Ints
    """Where each row begins; one longer than the rows."""
    tokens: npt.NDArray[np.uint32]
    """Checksums, ascending in each row."""
    weights: npt.NDArray[np.float32]
    """Weight of each token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Events by row, in order of their ids."""

    ids: tuple[str, ...]
    """Event ids."""
    report: Ints
    """Row of the report, in order of report ids."""
    source: npt.NDArray[np.uint32]
    """Checksum of the publisher; 0: unknown."""
    type: npt.NDArray[np.uint32]
    """Checksum of the type."""
    sub_type: npt.NDArray[np.uint32]
    """Checksum of the sub-type."""
    first: Ints
    """Day number (proleptic Gregorian); -1: unknown."""
    last: Ints
    """Day number, inclusive; -1: unknown."""
    published: Ints
    """Day number; -1: unknown."""
    lat: Floats
    """Degrees, WGS 84; NaN: no place."""
    lon: Floats
    """Degrees, WGS 84; NaN: no place."""
    radius_km: Floats
    """Radius within which the place lies."""
    main: npt.NDArray[np.bool_]
    """The event its report is about."""
    initiators: Bags
    """Who did it."""
    targets: Bags
    """To whom."""
    figures: Bags
    """Figures claimed, with their measure; weight: how telling a shared one is."""
    killed: Floats
    """Lowest figure of killed that still stands; NaN: none."""
    hours: Ints
    """A bit for each hour of the day it may have been; 0: not said."""
    objects: Bags
    """What was hit."""
    words: Bags
    """Rare words in and around the event's sentences."""
    report_words: Bags
    """Rarest words of each report, of unit length together."""

    def __len__(self) -> int:
        """Count the events."""
        return len(self.ids)


class _Gather:
    """Rows of tokens as they come."""

    def __init__(self) -> None:
        self.starts = array("q", [0])
        self.tokens = array("I")
        self.weights = array("f")

    def add(self, row: Mapping[int, float]) -> None:
        """Add a row."""
        for token in sorted(row):
            self.tokens.append(token)
            self.weights.append(row[token])
        self.starts.append(len(self.tokens))

    def done(self) -> Bags:
        """Give the bags."""
        return Bags(
            starts=np.array(self.starts, np.int64),
            tokens=np.array(self.tokens, np.uint32),
            weights=np.array(self.weights, np.float32),
        )


def columns(reports: Mapping[str, Report], events: Iterable[Event]) -> Columns:
    """Return the columns of all events; the order of the events does not matter.

    Parameters
    ----------
    reports
        Reports by id.
    events
        Events of these reports; an event of a report that is not there has no words around it.
    """
    listed = sorted(events, key=lambda e: e.id)
    told = sorted({e.report for e in listed})
    row = {r: i for i, r in enumerate(told)}
    texts = [reports.get(r) for r in told]
    told_details = [details(_sentences(e)) for e in listed]
    return Columns(
        ids=tuple(e.id for e in listed),
        report=_ints(row[e.report] for e in listed),
        source=_sums(_source(texts[row[e.report]]) for e in listed),
        type=_sums(e.type for e in listed),
        sub_type=_sums(e.sub_type for e in listed),
        first=_ints(_day(e.when.first) for e in listed),
        last=_ints(_day(e.when.last) for e in listed),
        published=_ints(_published(texts[row[e.report]]) for e in listed),
        lat=_floats(_lat(e) for e in listed),
        lon=_floats(_lon(e) for e in listed),
        radius_km=_floats((e.place.radius_km or 2.0) if e.place else 0.0 for e in listed),
        main=np.array([e.main for e in listed], np.bool_),
        initiators=_bags(_actors(e.initiators) for e in listed),
        targets=_bags(_actors(e.targets) for e in listed),
        figures=_bags(map(_figures, listed)),
        killed=_floats(map(_killed, listed)),
        hours=_ints(d.hours for d in told_details),
        objects=_bags({checksum(o): 1.0 for o in d.objects} for d in told_details),
        words=_bags(_words(e, texts[row[e.report]]) for e in listed),
        report_words=_bags(map(_report_words, texts)),
    )


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _floats(values: Iterable[float]) -> Floats:
    return np.fromiter(values, np.float64)


def _sums(values: Iterable[str]) -> npt.NDArray[np.uint32]:
    return np.fromiter((checksum(v) if v else 0 for v in values), np.uint32)


def checksum(text: str) -> int:
    """Return 32 bits that stand for a text, the same on every machine."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def _bags(rows: Iterable[Mapping[int, float]]) -> Bags:
    gather = _Gather()
    for row in rows:
        gather.add(row)
    return gather.done()


def _source(report: Report | None) -> str:
    return (report.source or "") if report else ""


def _day(day: date | None) -> int:
    return day.toordinal() if day else UNKNOWN_DAY


def _published(report: Report | None) -> int:
    return _day(report.published.last) if report else UNKNOWN_DAY


def _lat(event: Event) -> float:
    p = event.place
    return p.lat if p is not None and p.lat is not None and p.lon is not None else float("nan")


def _lon(event: Event) -> float:
    p = event.place
    return p.lon if p is not None and p.lat is not None and p.lon is not None else float("nan")


def _actors(actors: Sequence[ActorRef]) -> Mapping[int, float]:
    found: dict[int, float] = {}
    for a in actors:
        names = [a.id] if a.id else []
        names += [w for w in a.text.casefold().split() if len(w) > 3 and w not in GENERIC]
        names += [f"country {a.country}"] if a.country else []
        found.update((checksum(n), 1.0) for n in names)
    return found


def _figures(event: Event) -> Mapping[int, float]:
    """Return the figures; large and crooked ones are seldom shared by chance."""
    found: dict[int, float] = {}
    for c in event.claims:
        n = c.count.low
        if n is not None and n > 1:
            found[checksum(f"{c.measure} {n}")] = min(
                1.5, len(str(n).rstrip("0")) * 0.5 + 0.25 * (len(str(n)) - 1)
            )
    return found


def _killed(event: Event) -> float:
    lows = [
        c.count.low
        for c in event.claims
        if c.measure == "killed"
        and c.count.low is not None
        and not (c.superseded or c.denied or c.cumulative)
    ]
    return float(max(lows)) if lows else float("nan")


def _sentences(event: Event) -> str:
    return "\n".join([event.quote, *(c.quote for c in event.claims if c.quote != event.quote)])


def _words(event: Event, report: Report | None) -> Mapping[int, float]:
    parts = [_sentences(event)]
    if report is not None:
        parts += [
            report.text[max(0, event.start - AROUND) : event.start],
            report.text[event.end : event.end + AROUND],
        ]
    return _rarest(weighed("\n".join(parts), EVENT_RARITY), MOST_EVENT_WORDS)


def _report_words(report: Report | None) -> Mapping[int, float]:
    if report is None:
        return {}
    found = _rarest(weighed(told(report), REPORT_RARITY), MOST_REPORT_WORDS)
    length = sum(w * w for w in found.values()) ** 0.5 or 1.0
    return {t: w / length for t, w in found.items()}


def told(report: Report) -> str:
    """Return headline and text without page furniture, to which the outlet behind a headline belongs."""
    parts, at = [BEHIND_HEADLINE.split(report.title or "", maxsplit=1)[0]], 0
    for span in report.furniture:
        parts.append(report.text[at : span.start])
        at = max(at, span.end)
    return "\n".join([*parts, report.text[at:]])


def _rarest(words: Mapping[int, float], most: int) -> Mapping[int, float]:
    if len(words) <= most:
        return words
    return dict(sorted(words.items(), key=lambda x: (-x[1], x[0]))[:most])
