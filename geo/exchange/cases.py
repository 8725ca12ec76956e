"""Incidents or single accounts with all that researchers' layouts ask of them: parties, claims, versions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.tables.sheet import of_layer
from geo.tables.values import Cell

if TYPE_CHECKING:
    import pandas as pd

Record = Mapping[str, Cell]

CASE_LAYERS = {"incidents": "incident", "events": "event"}
"""Layers that layouts can be made of, and the column by which other tables point at them."""

_DAYS_IN = {"days": 6, "week": 7, "month": 31}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who takes part, once for each name."""

    name: str | None
    """Registry name, else the words; `None`: nobody is named."""
    kind: str | None
    """What sort of actor."""
    country: str | None
    """ISO 3166-1 alpha-2 code of the country it belongs to."""


NOBODY = Party(name=None, kind=None, country=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An incident or an event, and what hangs on it."""

    row: Record
    """Its own columns."""
    lat: float | None
    """Latitude, degrees."""
    lon: float | None
    """Longitude, degrees."""
    initiators: tuple[Party, ...]
    """Who did it, the one named most often first."""
    targets: tuple[Party, ...]
    """To whom, the one named most often first."""
    killed: tuple[Record, ...]
    """Claims of deaths that still stand and count everybody."""
    claims: tuple[Record, ...]
    """All claims."""
    versions: tuple[Record, ...]
    """The accounts of it: rows of events."""

    def text(self, column: str) -> str | None:
        """Give one of its text columns."""
        value = self.row[column]
        return None if value is None else str(value)

    def number(self, column: str) -> int | None:
        """Give one of its whole numbers."""
        value = self.row[column]
        return None if value is None else int(value)

    @property
    def initiator(self) -> Party:
        """Who did it before all others."""
        return self.initiators[0] if self.initiators else NOBODY

    @property
    def target(self) -> Party:
        """To whom it was done before all others."""
        return self.targets[0] if self.targets else NOBODY

    @property
    def killed_range(self) -> tuple[int | None, int | None]:
        """Lowest and highest claim of deaths; an open upper end counts with its lower figure."""
        lows = [int(claim["low"]) for claim in self.killed if claim["low"] is not None]
        ends = [claim["low"] if claim["high"] is None else claim["high"] for claim in self.killed]
        return min(lows, default=None), max((int(end) for end in ends if end is not None), default=None)

    @property
    def span(self) -> str:
        """How long a time its date is: day, days (two to six), week, month, year or unknown."""
        precision = str(self.row["date_precision"])
        first, last = self.row["date_from"], self.row["date_to"]
        if first is None or last is None:
            return "unknown"
        if precision != "days":
            return precision
        days = int((np.datetime64(str(last)) - np.datetime64(str(first))).astype(int)) + 1
        return next((name for name, most in _DAYS_IN.items() if days <= most), "year")


def cases(tables: Mapping[str, pd.DataFrame], layer: str) -> Iterator[Case]:
    """Give the rows of `incidents` or `events` with what hangs on them, in the layer's order."""
    pointer = CASE_LAYERS[layer]
    sheet = of_layer(tables, layer)
    shapes = sheet.where()
    parts = _by(pointer, _records(tables, "event_actors"))
    claims = _by(pointer, _records(tables, "claims"))
    versions = _by("id" if layer == "events" else pointer, _records(tables, "events"))
    names = [column.name for column in sheet.columns]
    for values, lon, lat in zip(sheet.rows(), shapely.get_x(shapes), shapely.get_y(shapes), strict=True):
        row = dict(zip(names, values, strict=True))
        key = str(row["id"])
        yield Case(
            row=row,
            lat=None if np.isnan(lat) else float(lat),
            lon=None if np.isnan(lon) else float(lon),
            initiators=_parties(parts[key], "initiator"),
            targets=_parties(parts[key], "target"),
            killed=tuple(claim for claim in claims[key] if _kills(claim)),
            claims=tuple(claims[key]),
            versions=tuple(versions[key]),
        )


def _records(tables: Mapping[str, pd.DataFrame], table: str) -> Iterator[Record]:
    sheet = of_layer(tables, table)
    names = [column.name for column in sheet.columns]
    return (dict(zip(names, row, strict=True)) for row in sheet.rows())


def _by(pointer: str, records: Iterable[Record]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[str(record[pointer])].append(record)
    return found


def _parties(parts: Iterable[Record], role: str) -> tuple[Party, ...]:
    named = Counter(
        Party(name=str(part["name"]), kind=_text(part["kind"]), country=_text(part["country"]))
        for part in parts
        if part["role"] == role
    )
    once: dict[str | None, Party] = {}
    for party, _ in named.most_common():
        once.setdefault(party.name, party)
    return tuple(once.values())


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _kills(claim: Record) -> bool:
    gone = (
        claim["denied"] or claim["superseded"] or claim["cumulative"] or claim["of"] in {"children", "women"}
    )
    return claim["measure"] == "killed" and not gone
