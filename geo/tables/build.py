"""All tables of a set of coded reports and their incidents, in an order that depends on nothing but them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely

from geo.tables import footprints, rows
from geo.tables.schema import Tables, empty, frame, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gazetteer.place import Place
    from geo.records import ActorRef, Claim, Coded, Event, Incident, PlaceRef

_LAST_DAY = date.max
_Made = tuple[list[rows.Row], list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """An event with what stands around it."""

    event: Event
    coded: Coded
    incident: str | None


def tables(
    coded: Iterable[Coded], incidents: Iterable[Incident], imported: Iterable[rows.ForeignRow] = ()
) -> Tables:
    """Make every layer and table (`geo.tables.schema`) from coded reports and their incidents.

    `imported` are the rows of other datasets among the events. Reports and events are kept once by id. Layers
    are in WGS 84; what has no known place has no geometry.
    """
    reports = _reports(coded)
    cases = sorted(incidents, key=lambda incident: (incident.when.first or _LAST_DAY, incident.id))
    accounts = _accounts(reports, cases)
    foreign = {row.event: row for row in imported}
    made: dict[str, _Made] = {
        "incidents": ([rows.incident(case) for case in cases], [_point(case.place) for case in cases]),
        "events": _event_rows(accounts, foreign),
        "mentions": _mention_rows(reports),
        "places": _place_rows(reports, accounts),
        "footprints": _footprint_rows(accounts),
        "claims": (_claim_rows(accounts), []),
        "reports": (_report_rows(reports), []),
        "actors": (_actor_rows(accounts), []),
        "imported": (_foreign_rows(accounts, foreign), []),
        "event_actors": ([row for account in accounts for row in _part_rows(account)], []),
    }
    return {table: frame(table, *made[table]) if table in made else empty(table) for table in schema()}


def _reports(coded: Iterable[Coded]) -> list[Coded]:
    once = {item.report.id: item for item in reversed(list(coded))}
    return sorted(once.values(), key=lambda item: (item.report.published.first or _LAST_DAY, item.report.id))


def _accounts(reports: Sequence[Coded], incidents: Sequence[Incident]) -> list[_Account]:
    incident_of = {event: incident.id for incident in incidents for event in incident.events}
    accounts = {
        event.id: _Account(event=event, coded=item, incident=incident_of.get(event.id))
        for item in reports
        for event in item.events
    }
    return sorted(
        accounts.values(), key=lambda account: (account.event.when.first or _LAST_DAY, account.event.id)
    )


def _point(ref: PlaceRef | None) -> Any:  # noqa: ANN401
    if ref is None or ref.place is None:
        return None
    if ref.lat is None or ref.lon is None:
        return shapely.Point(ref.place.lon, ref.place.lat)
    return shapely.Point(ref.lon, ref.lat)


def _event_rows(accounts: Iterable[_Account], foreign: Mapping[str, rows.ForeignRow]) -> _Made:
    found = [
        rows.event(account.event, account.coded.report, account.incident, foreign.get(account.event.id))
        for account in accounts
    ]
    return found, [_point(account.event.place) for account in accounts]


def _claims(accounts: Iterable[_Account]) -> Iterator[tuple[Claim, _Account]]:
    return ((claim, account) for account in accounts for claim in account.event.claims)


def _claim_rows(accounts: Iterable[_Account]) -> list[rows.Row]:
    found = {
        claim.id: rows.claim(claim, account.event, account.coded.report, account.incident)
        for claim, account in _claims(accounts)
    }
    return list(found.values())


def _report_rows(reports: Iterable[Coded]) -> list[rows.Row]:
    first: dict[str, str] = {}
    found = []
    for item in reports:
        original = first.setdefault(rows.content(item), item.report.id)
        found.append(rows.report(item.report, None if original == item.report.id else original))
    return found


def _foreign_rows(accounts: Iterable[_Account], foreign: Mapping[str, rows.ForeignRow]) -> list[rows.Row]:
    return [
        rows.foreign(foreign[account.event.id], account.coded.report)
        for account in accounts
        if account.event.id in foreign
    ]


def _mention_rows(reports: Iterable[Coded]) -> _Made:
    named = {
        (item.report.id, ref.mention.start, ref.mention.end): (item, ref)
        for item in reports
        for ref in sorted(item.mentions, key=lambda ref: (ref.mention.start, ref.mention.end))
    }
    found = [rows.mention(ref, item.report) for item, ref in named.values()]
    return found, [_point(ref) for _, ref in named.values()]


def _references(reports: Iterable[Coded], accounts: Iterable[_Account]) -> Iterator[tuple[Coded, PlaceRef]]:
    yield from ((item, ref) for item in reports for ref in item.mentions)
    yield from (
        (account.coded, account.event.place) for account in accounts if account.event.place is not None
    )


def _place_rows(reports: Sequence[Coded], accounts: Sequence[_Account]) -> _Made:
    places: dict[str, Place] = {}
    named: dict[str, set[tuple[str, int]]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for item, ref in _references(reports, accounts):
        if ref.place is not None:
            places.setdefault(ref.place.id, ref.place)
            named[ref.place.id].add((item.report.id, ref.mention.start))
            sources[ref.place.id].update({item.report.source} - {None})  # type: ignore[arg-type]
    ordered = [places[key] for key in sorted(places)]
    found = [_place_row(place, len(named[place.id]), sources[place.id]) for place in ordered]
    return found, [shapely.Point(place.lon, place.lat) for place in ordered]


def _place_row(place: Place, mentions: int, sources: Iterable[str]) -> rows.Row:
    return {
        "id": place.id,
        "name": place.name,
        "feature": place.feature,
        "country": place.country,
        "admin1": place.admin1,
        "population": place.population or None,
        "mentions": mentions,
        "sources": rows.joined(sorted(sources)),
    }


def _footprint_rows(accounts: Iterable[_Account]) -> _Made:
    found, areas = [], []
    for account in accounts:
        ref = account.event.place
        kind = None if ref is None else footprints.kind(ref)
        shape = None if ref is None or kind is None else footprints.area(ref, _places(account.coded))
        if ref is not None and shape is not None:
            found.append(
                {
                    "id": f"{account.event.id}:{kind}",
                    "event": account.event.id,
                    "incident": account.incident,
                    "source": account.coded.report.source,
                    "kind": kind,
                    "radius_km": ref.radius_km,
                },
            )
            areas.append(shape)
    return found, areas


def _places(coded: Coded) -> Mapping[str, Place]:
    return {ref.place.id: ref.place for ref in coded.mentions if ref.place is not None}


def _parts(account: _Account) -> Iterator[tuple[str, ActorRef]]:
    yield from (("initiator", actor) for actor in account.event.initiators)
    yield from (("target", actor) for actor in account.event.targets)


def _part_rows(account: _Account) -> Iterator[rows.Row]:
    return (rows.event_actor(actor, role, account.event, account.incident) for role, actor in _parts(account))


def _speakers(account: _Account) -> Iterator[ActorRef]:
    for claim in account.event.claims:
        yield from claim.via
        if claim.claimant is not None:
            yield claim.claimant


def _actor_rows(accounts: Sequence[_Account]) -> list[rows.Row]:
    seen: dict[str, list[ActorRef]] = defaultdict(list)
    events: dict[str, set[str]] = defaultdict(set)
    for account in accounts:
        parts = [actor for _, actor in _parts(account)]
        for actor in (*parts, *_speakers(account)):
            if actor.id is not None:
                seen[actor.id].append(actor)
        for actor in parts:
            events[actor.id or ""].add(account.event.id)
    return [_actor_row(key, seen[key], len(events[key])) for key in sorted(seen)]


def _actor_row(key: str, seen: Sequence[ActorRef], events: int) -> rows.Row:
    return {
        "id": key,
        "name": _usual(seen, lambda actor: actor.name),
        "kind": _usual(seen, lambda actor: actor.kind),
        "country": _usual(seen, lambda actor: actor.country),
        "side": _usual(seen, lambda actor: actor.side),
        "wikidata": None,
        "events": events,
    }


def _usual(seen: Iterable[ActorRef], value: Callable[[ActorRef], str | None]) -> str | None:
    """Give the value named most often, the first in the alphabet among equals."""
    counted = Counter(found for actor in seen if (found := value(actor)) is not None)
    return min(counted, key=lambda found: (-counted[found], found)) if counted else None
