"""All tables of a set of coded reports and their incidents, in an order that depends on nothing but them.

Rows are made one after the other from a ledger, so that they need not be in memory together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import shapely

from geo.incidents import copies
from geo.records import Account
from geo.tables import footprints, rows
from geo.tables.schema import Tables, frame, schema
from geo.tables.tallies import Actors, Places, taking_part

if TYPE_CHECKING:
    import pandas as pd

    from gazetteer.place import Place
    from geo.records import Coded, Incident, PlaceRef

PART_ROWS = 5_000
"""Rows of a table that are made at once."""

_LAST_DAY = date.max
_Row = tuple[rows.Row, Any]
_Foreign = Mapping[str, rows.ForeignRow]


class Ledger(Protocol):
    """Coded reports and their incidents, each in order of day and id, unknown days last."""

    def incidents(self) -> Iterable[Incident]:
        """Give the incidents by first day."""
        ...

    def reports(self) -> Iterable[tuple[Coded, str | None]]:
        """Give the reports by day of publication, each with the id of the report it copies."""
        ...

    def accounts(self) -> Iterable[Account]:
        """Give the events by first day."""
        ...


class _InMemory:
    """A ledger of what is in memory."""

    def __init__(self, coded: Iterable[Coded], incidents: Iterable[Incident]) -> None:
        once = {item.report.id: item for item in reversed(list(coded))}
        self._reports = sorted(
            once.values(), key=lambda item: (item.report.published.first or _LAST_DAY, item.report.id)
        )
        self._incidents = sorted(incidents, key=lambda case: (case.when.first or _LAST_DAY, case.id))

    def incidents(self) -> Iterable[Incident]:
        return self._incidents

    def reports(self) -> Iterable[tuple[Coded, str | None]]:
        copied = copies({item.report.id: item.report for item in self._reports})
        return ((item, copied.get(item.report.id)) for item in self._reports)

    def accounts(self) -> Iterable[Account]:
        of = {event: incident.id for incident in self._incidents for event in incident.events}
        found = {
            event.id: Account(
                event=event, report=item.report, incident=of.get(event.id), mentions=item.mentions
            )
            for item in self._reports
            for event in item.events
        }
        return sorted(found.values(), key=lambda told: (told.event.when.first or _LAST_DAY, told.event.id))


def tables(
    coded: Iterable[Coded], incidents: Iterable[Incident], imported: Iterable[rows.ForeignRow] = ()
) -> Tables:
    """Make every layer and table (`geo.tables.schema`) from coded reports and their incidents.

    `imported` are the rows of other datasets among the events. Reports and events are kept once by id. Layers
    are in WGS 84; what has no known place has no geometry.
    """
    ledger, foreign = _InMemory(coded, incidents), {row.event: row for row in imported}
    return {table: _frame(table, list(_rows(table, ledger, foreign))) for table in schema()}


def parts(ledger: Ledger, only: Collection[str] | None = None) -> Iterator[tuple[str, pd.DataFrame]]:
    """Make the same tables, or `only` some, in parts, table by table, at least one part of each."""
    for table in schema() if only is None else only:
        found = _rows(table, ledger, {})
        yield table, _frame(table, _some(found))
        while part := _some(found):
            yield table, _frame(table, part)


def _some(found: Iterator[_Row]) -> list[_Row]:
    return list(islice(found, PART_ROWS))


def _rows(table: str, ledger: Ledger, foreign: _Foreign) -> Iterator[_Row]:
    return iter(_MAKERS[table](ledger, foreign)) if table in _MAKERS else iter(())


def _frame(table: str, made: Sequence[_Row]) -> pd.DataFrame:
    return frame(table, [row for row, _ in made], [shape for _, shape in made])


def _point(ref: PlaceRef | None) -> Any:
    if ref is None or ref.place is None:
        return None
    if ref.lat is None or ref.lon is None:
        return shapely.Point(ref.place.lon, ref.place.lat)
    return shapely.Point(ref.lon, ref.lat)


def _incident_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    return ((rows.incident(case), _point(case.place)) for case in ledger.incidents())


def _link_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    return ((rows.link(link, case), None) for case in ledger.incidents() for link in case.links)


def _event_rows(ledger: Ledger, foreign: _Foreign) -> Iterator[_Row]:
    for told in ledger.accounts():
        event = told.event
        yield rows.event(event, told.report, told.incident, foreign.get(event.id)), _point(event.place)


def _claim_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    for told in ledger.accounts():
        for claim in {claim.id: claim for claim in told.event.claims}.values():
            yield rows.claim(claim, told.event, told.report, told.incident), None


def _report_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    return ((rows.report(item.report, original), None) for item, original in ledger.reports())


def _foreign_rows(ledger: Ledger, foreign: _Foreign) -> Iterator[_Row]:
    for told in ledger.accounts() if foreign else ():
        if told.event.id in foreign:
            yield rows.foreign(foreign[told.event.id], told.report), None


def _mention_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    for item, _copied in ledger.reports():
        named = sorted(item.mentions, key=lambda ref: (ref.mention.start, ref.mention.end))
        for ref in {(ref.mention.start, ref.mention.end): ref for ref in named}.values():
            yield rows.mention(ref, item.report), _point(ref)


def _place_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    tally = Places()
    for item, _copied in ledger.reports():
        tally.add(item)
    return tally.rows()


def _footprint_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    for told in ledger.accounts():
        ref = told.event.place
        kind = None if ref is None else footprints.kind(ref)
        shape = None if ref is None or kind is None else footprints.area(ref, _places(told))
        if ref is not None and shape is not None:
            row = {
                "id": f"{told.event.id}:{kind}",
                "event": told.event.id,
                "incident": told.incident,
                "source": told.report.source,
                "kind": kind,
                "radius_km": ref.radius_km,
            }
            yield row, shape


def _places(told: Account) -> Mapping[str, Place]:
    return {ref.place.id: ref.place for ref in told.mentions if ref.place is not None}


def _part_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    for told in ledger.accounts():
        for role, actor in taking_part(told.event):
            yield rows.event_actor(actor, role, told.event, told.incident), None


def _actor_rows(ledger: Ledger, _: _Foreign) -> Iterator[_Row]:
    tally = Actors()
    for told in ledger.accounts():
        tally.add(told.event)
    return tally.rows()


_MAKERS: Mapping[str, Callable[[Ledger, _Foreign], Iterable[_Row]]] = MappingProxyType(
    {
        "incidents": _incident_rows,
        "links": _link_rows,
        "events": _event_rows,
        "mentions": _mention_rows,
        "places": _place_rows,
        "footprints": _footprint_rows,
        "claims": _claim_rows,
        "reports": _report_rows,
        "actors": _actor_rows,
        "imported": _foreign_rows,
        "event_actors": _part_rows,
    },
)
