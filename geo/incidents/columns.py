"""What linking reads of events, as columns: under a kilobyte an event, so that a million fit in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from geo.incidents.reading import Tokens, Traits, traits
from geo.records import Event, Report

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Sums = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bags:
    """A set of weighed tokens for each row, one after the other."""

    starts: Ints
    """Where each row begins; one longer than the rows."""
    tokens: Sums
    """Checksums, ascending in each row."""
    weights: npt.NDArray[np.float16]
    """Weight of each token; half precision is enough and halves the memory."""

    def ordered(self, rows: Ints) -> Bags:
        """Return the bags of some rows, in that order."""
        counts = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        at = np.repeat(self.starts[rows] - starts[:-1], counts) + np.arange(starts[-1])
        return Bags(starts=starts, tokens=self.tokens[at], weights=self.weights[at])


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Events by row, in order of their ids."""

    ids: tuple[str, ...]
    """Event ids."""
    report: Ints
    """Row of the report, in order of report ids."""
    dataset: npt.NDArray[np.bool_]
    """Whether the report is a dataset, of which an incident has one row at most."""
    source: Sums
    """Checksum of the publisher; 0: unknown."""
    type: Sums
    """Checksum of the type."""
    sub_type: Sums
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
    killed: Floats
    """Highest figure of killed that still stands; NaN: none."""
    hours: Ints
    """A bit for each hour of the day it may have been; 0: not said."""
    initiators: Bags
    """Who did it."""
    targets: Bags
    """To whom."""
    figures: Bags
    """Figures claimed, with their measure; weight: how telling a shared one is."""
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
    """Bags as they come."""

    def __init__(self) -> None:
        self.starts = array("q", [0])
        self.tokens = array("I")
        self.weights = array("f")

    def add(self, row: Tokens) -> None:
        """Add a row."""
        for token in sorted(row):
            self.tokens.append(token)
            self.weights.append(row[token])
        self.starts.append(len(self.tokens))

    def done(self, rows: Ints) -> Bags:
        """Give the bags in another order."""
        whole = Bags(
            starts=np.array(self.starts, np.int64),
            tokens=np.array(self.tokens, np.uint32),
            weights=np.array(self.weights, np.float16),
        )
        return whole.ordered(rows)


_NUMBERS = {
    "type": "I",
    "sub_type": "I",
    "first": "q",
    "last": "q",
    "lat": "d",
    "lon": "d",
    "radius_km": "d",
    "main": "b",
    "killed": "d",
    "hours": "q",
}
_BAGS = ("initiators", "targets", "figures", "objects", "words")


class Builder:
    """Columns as the reports come; nothing of a report is kept but its rows."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.numbers = {name: array(code) for name, code in _NUMBERS.items()}
        self.bags = {name: _Gather() for name in _BAGS}
        self.report = array("q")
        self.report_row: dict[str, int] = {}
        self.source = array("I")
        self.dataset = array("b")
        self.published = array("q")
        self.report_words = _Gather()

    def add(self, found: Traits) -> None:
        """Add events of a report; those of one report may come in several parts."""
        if not found.events:
            return
        row = self.report_row.setdefault(found.report, len(self.report_row))
        if row == len(self.source):
            self.source.append(found.source)
            self.dataset.append(found.dataset)
            self.published.append(found.published)
            self.report_words.add(found.words)
        for identity, reading in found.events:
            self.ids.append(identity)
            self.report.append(row)
            for name, column in self.numbers.items():
                column.append(getattr(reading, name))
            for name, bags in self.bags.items():
                bags.add(getattr(reading, name))

    def done(self) -> Columns:
        """Give the columns, in order of the ids."""
        rows = np.array(sorted(range(len(self.ids)), key=self.ids.__getitem__), np.int64)
        reports = sorted(self.report_row)
        report_rows = np.array([self.report_row[r] for r in reports], np.int64)
        place = np.empty(len(reports), np.int64)
        place[report_rows] = np.arange(len(reports))
        of = np.array(self.report, np.int64)[rows]
        number = {name: np.array(column)[rows] for name, column in self.numbers.items()}
        bags = {name: gathered.done(rows) for name, gathered in self.bags.items()}
        return Columns(
            ids=tuple(self.ids[i] for i in rows.tolist()),
            report=place[of],
            dataset=np.array(self.dataset, np.bool_)[of],
            source=np.array(self.source, np.uint32)[of],
            type=number["type"],
            sub_type=number["sub_type"],
            first=number["first"],
            last=number["last"],
            published=np.array(self.published, np.int64)[of],
            lat=number["lat"],
            lon=number["lon"],
            radius_km=number["radius_km"],
            main=number["main"].astype(np.bool_),
            killed=number["killed"],
            hours=number["hours"],
            initiators=bags["initiators"],
            targets=bags["targets"],
            figures=bags["figures"],
            objects=bags["objects"],
            words=bags["words"],
            report_words=self.report_words.done(report_rows),
        )


def columns(reports: Mapping[str, Report], events: Iterable[Event]) -> Columns:
    """Return the columns of all events; their order does not matter, and none is kept.

    Parameters
    ----------
    reports
        Reports by id.
    events
        Events of these reports, each id once; one whose report is not there has no words around it.
    """
    builder = Builder()
    for identity, told in groupby(events, key=lambda e: e.report):
        builder.add(traits(identity, reports.get(identity), list(told)))
    return builder.done()
