"""Tables of a project as plain rows, and what of them finds an event again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from geo.review.corrections import Key, read_key, words_sum
from geo.tables.sheet import of_layer
from geo.tables.values import Cell

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Cell]


def plain_rows(tables: Mapping[str, pd.DataFrame], table: str) -> Iterator[Row]:
    """Yield the rows of a table with Python values; unknown is `None`, a day ISO 8601."""
    sheet = of_layer(tables, table)
    names = [column.name for column in sheet.columns]
    return (dict(zip(names, row, strict=True)) for row in sheet.rows())


def _kept_key(row: Row) -> Key:
    return read_key(json.dumps(json.loads(str(row["key"]))["event"]))


class Project:
    """The rows of a project that reviewing asks for."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.reports = {str(r["id"]): r for r in plain_rows(tables, "reports")}
        self.incidents = {str(r["id"]): r for r in plain_rows(tables, "incidents")}
        self.events = {str(r["id"]): r for r in plain_rows(tables, "events")}
        self.versions: defaultdict[str, list[str]] = defaultdict(list)
        for identity, row in self.events.items():
            self.versions[str(row["incident"])].append(identity)
        self._kept = {str(r["target"]): _kept_key(r) for r in plain_rows(tables, "corrections")}
        self._sums: dict[str, str] = {}

    def key(self, identity: str) -> Key | None:
        """Return the key of an event, or of an incident's first version; `None` for one without versions.

        One that was corrected before keeps its key, which holds what was coded, not what stands there now.
        """
        if kept := self._kept.get(identity):
            return kept
        members = self.members(identity)
        return self._key(members[0]) if members else None

    def _key(self, event: str) -> Key:
        if kept := self._kept.get(event):
            return kept
        row = self.events[event]
        return Key(
            report=str(row["report"]),
            text=self._sum(str(row["report"])),
            start=int(row["start"] or 0),
            end=int(row["end"] or 0),
            quote=words_sum(str(row["quote"] or "")),
            sub_type=str(row["sub_type"] or ""),
            place=str(row["place_id"] or ""),
            day=str(row["date_from"] or ""),
        )

    def _sum(self, report: str) -> str:
        if report not in self._sums:
            row = self.reports.get(report)
            self._sums[report] = words_sum(str(row["text"] or "") if row else "")
        return self._sums[report]

    def members(self, identity: str) -> list[str]:
        """Return the events an id stands for: those of an incident, or the event itself; empty: neither."""
        if identity in self.events:
            return [identity]
        return list(self.versions.get(identity, ())) if identity in self.incidents else []
