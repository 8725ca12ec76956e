"""A coded piece of the input, read back from the store: a ledger of its own reports and incidents."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from geo.cluster.store import WORK
from geo.records import Account, Coded
from geo.runs import packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.cluster.store import Store
    from geo.incidents.copies import Passages
    from geo.records import Event, Incident, Report
    from geo.runs.packed import Kept

_KEPT = msgspec.msgpack.Decoder(list[packed.Kept])
_ENCODER = msgspec.msgpack.Encoder()


def coded_name(number: int) -> str:
    """Name the file of a coded piece."""
    return f"{WORK}/coded/part-{number:05}"


def write_coded(store: Store, number: int, kept: Sequence[Kept]) -> None:
    """Keep a coded piece."""
    store.put(coded_name(number), _ENCODER.encode(kept))


def read_coded(store: Store, number: int) -> list[Kept]:
    """Read a coded piece."""
    return _KEPT.decode(store.get(coded_name(number)))


class Reports:
    """The reports of a piece, unpacked as they are asked for."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        self.kept = kept
        self._reports: dict[int, Report] = {}

    @cached_property
    def _rows(self) -> dict[str, tuple[int, int]]:
        return {e.id: (i, j) for i, k in enumerate(self.kept) for j, e in enumerate(k.events)}

    def told(self, event: str) -> tuple[Event, Report]:
        """Give an event with its report."""
        row, number = self._rows[event]
        return packed.event_of(self.kept[row].events[number].event), self._report(row)

    def passages(self, event: str) -> Passages:
        """Give what tells copies of the report of an event."""
        row, _ = self._rows[event]
        return packed.passages_of(self.kept[row].passages)

    def _report(self, row: int) -> Report:
        if row not in self._reports:
            self._reports[row] = packed.report_of(self.kept[row].report)
        return self._reports[row]


class PieceLedger:
    """What the tables of a piece are made from."""

    def __init__(
        self,
        kept: Sequence[Kept],
        incidents: Sequence[Incident],
        incident_of: Mapping[str, str],
        copy_of: Mapping[str, str],
    ) -> None:
        self._kept = sorted(kept, key=lambda k: (k.day, k.id))
        self._incidents = incidents
        self._incident_of, self._copy_of = incident_of, copy_of

    def incidents(self) -> Iterator[Incident]:
        """Give the incidents that are written with this piece."""
        days = {i.id: i.when.first.isoformat() if i.when.first else packed.LAST_DAY for i in self._incidents}
        return iter(sorted(self._incidents, key=lambda i: (days[i.id], i.id)))

    def reports(self) -> Iterator[tuple[Coded, str | None]]:
        """Give the reports by day, then id."""
        for kept in self._kept:
            coded = Coded(
                report=packed.report_of(kept.report),
                mentions=packed.mentions_of(kept.mentions),
                events=tuple(packed.event_of(e.event) for e in kept.events),
            )
            yield coded, self._copy_of.get(kept.id)

    def accounts(self) -> Iterator[Account]:
        """Give the events by day, then id."""
        rows = sorted((e.day, e.id, i, e.event) for i, k in enumerate(self._kept) for e in k.events)
        for _, identity, row, data in rows:
            yield Account(
                event=packed.event_of(data),
                report=packed.report_of(self._kept[row].report),
                incident=self._incident_of.get(identity),
                mentions=packed.mentions_of(self._kept[row].mentions),
            )
