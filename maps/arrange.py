"""Which version belongs to which incident, in which order.

Incidents are sorted by date and id, versions by incident, publication and id, so that one pass
over the versions meets every incident once and the list needs no sorting to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maps.columns import MISSING, Frame, coordinates, positions
from maps.errors import TableError

Array = NDArray[Any]
ALL = slice(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A table in drawing order; columns are read when they are asked for."""

    frame: Frame
    """The table."""
    order: Array
    """Row of the table for each row drawn; beyond its last row: a row of `lone`."""
    lone: Array
    """Rows of `spare` that are drawn as rows of this table."""
    spare: Frame | None
    """Table of the lone rows."""
    lon: Array
    """Longitude of each row drawn (NaN: no place)."""
    lat: Array
    """Latitude."""

    def __len__(self) -> int:
        """Count the rows drawn."""
        return len(self.order)

    def __getitem__(self, column: str) -> Array:
        """Give a column."""
        return self.part(column, ALL)

    def part(self, column: str, rows: slice) -> Array:
        """Give some rows of a column."""
        wanted = self.order[rows]
        own = wanted < self.frame.rows
        if self.spare is None or own.all():
            return self.frame.take(column, wanted)
        found = np.empty(len(wanted), dtype=self.frame.take(column, wanted[:0]).dtype)
        found[own] = self.frame.take(column, wanted[own])
        found[~own] = self._lone(column, self.lone[wanted[~own] - self.frame.rows])
        return found

    def _lone(self, column: str, rows: Array) -> Array:
        """Give what a version without incident says for a column of the incidents."""
        name = {"sources": "source"}.get(column, column)
        if self.spare is not None and name in self.spare.known:
            return self.spare.take(name, rows)
        return np.repeat(_nothing(self.frame, column), len(rows))


def _nothing(frame: Frame, column: str) -> Array:
    missing = {"text": None, "number": np.nan, "flag": False}
    return np.array([missing.get(frame.known[column].kind, MISSING)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """Incidents and versions in drawing order."""

    incidents: View
    """Incidents, the earliest first."""
    events: View
    """Versions, by incident."""
    parent: Array
    """Row of each version's incident."""


def arrange(incidents: Frame, events: Frame) -> Arranged:
    """Sort both tables; a version without a known incident becomes an incident of its own.

    Raises `TableError` where an id stands twice or an incident has no version: it would be lost.
    """
    _check_ids(incidents)
    _check_ids(events)
    parents = positions(events["incident"], incidents["id"])
    _check_told(incidents, parents)
    lone = np.flatnonzero(parents < 0)
    parents[lone] = incidents.rows + np.arange(len(lone))
    order = _order(
        np.concatenate([incidents["date_from"], events.take("date_from", lone)]),
        np.concatenate([incidents["id"], events.take("id", lone)]),
    )
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    parents = place[parents]
    rows = np.lexsort((_ranks(events["id"]), _late(events["published"]), parents))
    return Arranged(
        incidents=_view(incidents, order, lone, events),
        events=_view(events, rows, lone[:0], None),
        parent=parents[rows],
    )


def _check_ids(frame: Frame) -> None:
    import pandas as pd

    ids = frame["id"]
    twice = ids[pd.Index(ids).duplicated()]
    if len(twice):
        raise TableError(f"table {frame.name!r} has two rows with the id {twice[0]!r}; leave one out")


def _check_told(incidents: Frame, parents: Array) -> None:
    silent = np.setdiff1d(np.arange(incidents.rows), parents)
    if len(silent):
        name = incidents["id"][silent[0]]
        raise TableError(
            f"table 'events' has no account of {len(silent)} incidents (the first: {name!r}); "
            "add the accounts or leave the incidents out"
        )


def _view(frame: Frame, order: Array, lone: Array, spare: Frame | None) -> View:
    lon, lat = coordinates(frame)
    if spare is not None and len(lone):
        extra = coordinates(spare)
        lon, lat = np.concatenate([lon, extra[0][lone]]), np.concatenate([lat, extra[1][lone]])
    return View(frame=frame, order=order, lone=lone, spare=spare, lon=lon[order], lat=lat[order])


def _order(days: Array, ids: Array) -> Array:
    return np.lexsort((_ranks(ids), _late(days)))


def _late(days: Array) -> Array:
    """Sort what has no date to the end."""
    return np.where(days == MISSING, np.iinfo(np.int64).max, days)


def _ranks(ids: Array) -> Array:
    import pandas as pd

    return pd.factorize(ids, sort=True)[0]
