"""What `conflictmap parse` prints: one JSON line a report.

Offsets are code points into the report's text as given. A mention's `lat` and `lon` are the named place's
own, `meant` the position after a relation ("12 km south of"); an event's are the position meant. What a text
does not say is `null`. Keys may be added, never renamed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.records import ActorRef, Claim, Coded, Event, PlaceRef, Relation, Report, When

_ENCODER = msgspec.json.Encoder()
# DEL and the C1 controls: JSON need not escape them, but they would drive a terminal.
_DRIVING = re.compile(b"\x7f|\xc2[\x80-\x9f]")
_UNENCODABLE = re.compile("[\ud800-\udfff]")
_DEGREE_DECIMALS = 7
_SHARE_DECIMALS = 4
_KM_DECIMALS = 3


def line(coded: Coded, incident_of: Mapping[str, str]) -> bytes:
    r"""Write one report with all that was read from it, as one line of JSON that ends in ``\n``.

    Parameters
    ----------
    coded
        The report, its places and events.
    incident_of
        Incident id of each event id; events which are not in it get `null`.
    """
    record = {
        "report": _report(coded.report),
        "mentions": [_mention(ref) for ref in coded.mentions],
        "events": [_event(event, incident_of.get(event.id)) for event in coded.events],
    }
    try:
        encoded = _ENCODER.encode(record)
    except UnicodeEncodeError:
        encoded = _ENCODER.encode(_encodable(record))
    return _DRIVING.sub(_escaped, encoded) + b"\n"


def _escaped(match: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(match[0].decode())


def _encodable(value: Any) -> Any:
    """Put U+FFFD in the place of lone surrogates, which UTF-8 cannot hold; offsets stay right."""
    match value:
        case str():
            return _UNENCODABLE.sub("\ufffd", value)
        case dict():
            return {key: _encodable(item) for key, item in value.items()}
        case list():
            return [_encodable(item) for item in value]
        case _:
            return value


def _report(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "source": report.source,
        "title": report.title,
        "published": _single_day(report.published),
        "published_precision": report.published.precision,
        "url": report.url,
        "notes": list(report.notes),
    }


def _single_day(when: When) -> str | None:
    """Give the day, or `None` where only a longer time is known."""
    return when.first.isoformat() if when.first is not None and when.first == when.last else None


def _day(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)


def _mention(ref: PlaceRef) -> dict[str, Any]:
    return {
        "start": ref.mention.start,
        "end": ref.mention.end,
        "text": ref.mention.text,
        "literal": ref.literal,
        "confidence": _rounded(ref.confidence, _SHARE_DECIMALS),
        "place": _place(ref, own=True),
        "meant": _meant(ref),
        "relation": _relation(ref.relation),
        "reason": ref.reason,
        "runners_up": [
            {"id": other.place.id, "name": other.place.name, "score": _rounded(other.score, _SHARE_DECIMALS)}
            for other in ref.runners_up
        ],
    }


def _meant(ref: PlaceRef) -> dict[str, Any] | None:
    """Write the position after a relation ("12 km south of"), `null` where the place itself is meant."""
    if ref.relation.kind == "in" or ref.lat is None:
        return None
    return {"lat": _rounded(ref.lat, _DEGREE_DECIMALS), "lon": _rounded(ref.lon, _DEGREE_DECIMALS)}


def _place(ref: PlaceRef | None, *, own: bool = False) -> dict[str, Any] | None:
    """Write a place; `own`: with the named place's position, not the one after the relation."""
    if ref is None or ref.place is None:
        return None
    place = ref.place
    return {
        "id": place.id,
        "name": place.name,
        "lat": _rounded(place.lat if own or ref.lat is None else ref.lat, _DEGREE_DECIMALS),
        "lon": _rounded(place.lon if own or ref.lon is None else ref.lon, _DEGREE_DECIMALS),
        "country": place.country,
        "admin1": place.admin1,
        "feature": place.feature,
        "where_prec": ref.where_prec,
        "geo_precision": ref.geo_precision,
        "radius_km": _rounded(ref.radius_km, _KM_DECIMALS),
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "kind": relation.kind,
        "distance_km": _rounded(relation.distance_km, _KM_DECIMALS),
        "bearing": _rounded(relation.bearing, _KM_DECIMALS),
        "words": relation.words,
        "other": relation.other,
    }


def _event(event: Event, incident: str | None) -> dict[str, Any]:
    return {
        "id": event.id,
        "incident": incident,
        "type": event.type,
        "sub_type": event.sub_type,
        "date_from": _day(event.when.first),
        "date_to": _day(event.when.last),
        "date_precision": event.when.precision,
        "place": _place(event.place),
        "relation": None if event.place is None else _relation(event.place.relation),
        "initiators": [_actor(actor) for actor in event.initiators],
        "targets": [_actor(actor) for actor in event.targets],
        "claims": [_claim(claim) for claim in event.claims if not claim.cumulative],
        "cumulative": [_claim(claim) for claim in event.claims if claim.cumulative],
        "main": event.main,
        "denied": event.denied,
        "start": event.start,
        "end": event.end,
        "quote": event.quote,
        "confidence": _rounded(event.confidence, _SHARE_DECIMALS),
        "reason": event.reason,
    }


def _actor(actor: ActorRef) -> dict[str, Any]:
    return {"id": actor.id, "name": actor.name, "text": actor.text, "kind": actor.kind, "side": actor.side}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "measure": claim.measure,
        "low": claim.count.low,
        "high": claim.count.high,
        "bound": claim.count.bound,
        "words": claim.count.words,
        "of": claim.of,
        "claimant": None if claim.claimant is None else _actor(claim.claimant),
        "via": [_actor(actor) for actor in claim.via],
        "denied": claim.denied,
        "superseded": claim.superseded,
        "cumulative": claim.cumulative,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "reason": claim.reason,
    }
