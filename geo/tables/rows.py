"""Records to rows: one mapping for each line of a table, keyed by the columns of `geo/data/columns.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.records import ActorRef, Claim, Event, Incident, Link, PlaceRef, Relation, Report, Rollups, When

Row = dict[str, Any]

_NO_PLACE: Row = {
    "place": None,
    "place_id": None,
    "admin1": None,
    "country": None,
    "where_prec": None,
    "geo_precision": None,
    "radius_km": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRow:
    """The row of another dataset that an event was made of."""

    event: str
    """Id of the event."""
    layout: str
    """Name of the layout it was read by."""
    row: int
    """Line or place in the file."""
    attributes: str
    """All its columns, as JSON."""
    title: str | None
    """Headline of the row, which stands in place of the report's."""
    url: str | None
    """Address of the row, which stands in place of the report's."""


def joined(values: Iterable[str | None]) -> str | None:
    """Join a list for one cell, leaving out repetitions and what is unknown; `None` if nothing is left."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


def incident(incident: Incident) -> Row:
    """Make the row of an incident."""
    return {
        "id": incident.id,
        "title": incident.title,
        "type": incident.type,
        "sub_type": incident.sub_type,
        **_when(incident.when),
        **_place(incident.place),
        "sources": joined(incident.sources),
        "source_count": len(incident.sources),
        "event_count": len(incident.events),
        "killed_low": incident.killed.low,
        "killed_high": incident.killed.high,
        "injured_low": incident.injured.low,
        "injured_high": incident.injured.high,
        "contested": bool(incident.contested),
        "contested_about": joined(incident.contested),
        "confidence": incident.confidence,
        **_rollups(incident.rollups),
        "weakest_link": _weakest_link(incident),
        "corrected": None,
        "reason": joined(link.reason for link in incident.links),
    }


def link(link: Link, incident: Incident) -> Row:
    """Make the row of a link."""
    return {
        "incident": incident.id,
        "left": link.left,
        "right": link.right,
        "score": link.score,
        "reason": link.reason,
    }


def _weakest_link(incident: Incident) -> float | None:
    """Give the least belief with which a version hangs on the others; `None` where there is one version."""
    best: dict[str, float] = {}
    for link in incident.links:
        for end in (link.left, link.right):
            best[end] = max(best.get(end, 0.0), link.score)
    return min(best.values(), default=None)


def _rollups(found: Rollups | None) -> Row:
    """Give an incident's deaths as other datasets would count them."""
    acled, ucdp, airwars = (found.acled, found.ucdp, found.airwars) if found else (None, None, None)
    told = [("ACLED", acled), ("UCDP", ucdp), ("Airwars", airwars)]
    return {
        "acled_fatalities": acled and acled.fatalities,
        "ucdp_low": ucdp and ucdp.low,
        "ucdp_best": ucdp and ucdp.best,
        "ucdp_high": ucdp and ucdp.high,
        "ucdp_deaths_a": ucdp and ucdp.deaths_a,
        "ucdp_deaths_b": ucdp and ucdp.deaths_b,
        "ucdp_civilians": ucdp and ucdp.deaths_civilians,
        "ucdp_unknown": ucdp and ucdp.deaths_unknown,
        "airwars_killed_min": airwars and airwars.killed_min,
        "airwars_killed_max": airwars and airwars.killed_max,
        "airwars_injured_min": airwars and airwars.injured_min,
        "airwars_injured_max": airwars and airwars.injured_max,
        "airwars_grade": airwars and airwars.grade,
        "rollup_reason": joined(f"{name}: {form.reason}" for name, form in told if form is not None),
    }


def event(event: Event, report: Report, incident: str | None, foreign: ForeignRow | None = None) -> Row:
    """Make the row of an event, with what its report, or its row in another dataset, says of itself."""
    return {
        "id": event.id,
        "incident": incident,
        "report": report.id,
        "source": report.source,
        "title": report.title if foreign is None else foreign.title,
        "published": report.published.first,
        "url": report.url if foreign is None else foreign.url,
        "type": event.type,
        "sub_type": event.sub_type,
        **_when(event.when),
        **_place(event.place),
        "relation": None if event.place is None else relation(event.place.relation),
        "place_reason": None if event.place is None else event.place.reason,
        "initiators": joined(actor.name for actor in event.initiators),
        "targets": joined(actor.name for actor in event.targets),
        "sides": joined(actor.side for actor in (*event.initiators, *event.targets)),
        "main": event.main,
        "denied": event.denied,
        "quote": event.quote,
        "start": event.start,
        "end": event.end,
        "confidence": event.confidence,
        "corrected": None,
        "reason": event.reason,
    }


def claim(claim: Claim, event: Event, report: Report, incident: str | None) -> Row:
    """Make the row of a claim."""
    return {
        "id": claim.id,
        "event": event.id,
        "incident": incident,
        "report": report.id,
        "source": report.source,
        "measure": claim.measure,
        "low": claim.count.low,
        "high": claim.count.high,
        "bound": claim.count.bound,
        "words": claim.count.words,
        "of": claim.of,
        "claimant": None if claim.claimant is None else claim.claimant.name,
        "claimant_id": None if claim.claimant is None else claim.claimant.id,
        "via": joined(actor.name for actor in claim.via),
        "denied": claim.denied,
        "superseded": claim.superseded,
        "cumulative": claim.cumulative,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "reason": claim.reason,
    }


def report(report: Report, copy_of: str | None) -> Row:
    """Make the row of a report, with the id of the report whose text it repeats."""
    return {
        "id": report.id,
        "source": report.source,
        "title": report.title,
        "published": report.published.first,
        "published_precision": report.published.precision,
        "url": report.url,
        "language": report.language,
        "origin": report.origin,
        "text": report.text,
        "notes": joined(report.notes),
        "copy_of": copy_of,
    }


def mention(ref: PlaceRef, report: Report) -> Row:
    """Make the row of a place named."""
    span = ref.mention
    return {
        "id": f"{report.id}:{span.start}-{span.end}",
        "report": report.id,
        "source": report.source,
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "literal": ref.literal,
        **_place(ref),
        "feature": None if ref.place is None else ref.place.feature,
        "relation": relation(ref.relation),
        "confidence": ref.confidence,
        "reason": ref.reason,
    }


def event_actor(actor: ActorRef, role: str, event: Event, incident: str | None) -> Row:
    """Make the row of somebody's part in an event."""
    return {
        "event": event.id,
        "incident": incident,
        "role": role,
        "actor": actor.id,
        "name": actor.name,
        "text": actor.text,
        "kind": actor.kind,
        "side": actor.side,
        "country": actor.country,
    }


def relation(relation: Relation) -> str | None:
    """Say how a text stands to the place it names; `None` where it means the place itself."""
    if relation.kind == "in":
        return None
    return relation.words.strip() or relation.kind


def foreign(row: ForeignRow, report: Report) -> Row:
    """Make the row of an imported event."""
    return {
        "event": row.event,
        "report": report.id,
        "source": report.source,
        "layout": row.layout,
        "row": row.row,
        "attributes": row.attributes,
    }


def _when(when: When) -> Row:
    return {"date_from": when.first, "date_to": when.last, "date_precision": when.precision}


def _place(ref: PlaceRef | None) -> Row:
    if ref is None or ref.place is None:
        return _NO_PLACE
    return {
        "place": ref.place.name,
        "place_id": ref.place.id,
        "admin1": ref.place.admin1,
        "country": ref.place.country,
        "where_prec": ref.where_prec,
        "geo_precision": ref.geo_precision,
        "radius_km": ref.radius_km,
    }
