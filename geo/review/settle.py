"""Corrections applied: to events before they are linked, to the linking, and to incidents after it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gazetteer.place import Place
from geo.incidents import find_incidents
from geo.incidents.summarise import title
from geo.records import IN_PLACE, Coded, Event, Incident, Mention, PlaceRef, Report
from geo.review.corrections import Correction, CorrectionError, Finder
from geo.review.values import read_keys, read_place, read_sub_type, read_when

PIN_RADIUS_KM = 0.5
"""Radius of a pin set by hand."""
LOST = "its event is not found any more: the report is gone or reads otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A correction that could not be applied."""

    correction: Correction
    """As stored; it stays stored."""
    why: str
    """What does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What coding and analysts say together."""

    coded: tuple[Coded, ...]
    """Reports with their events, corrected; rejected events are left out."""
    incidents: tuple[Incident, ...]
    """Incidents of these events."""
    unfit: tuple[Unfit, ...]
    """Corrections that do not fit any more."""
    placed: Mapping[str, str]
    """Event that each correction is now said of, by the correction's identity; those that fit."""


def settle(coded: Sequence[Coded], corrections: Iterable[Correction]) -> Settled:
    """Apply corrections to coded reports and link them.

    Parameters
    ----------
    coded
        Reports as coded, without corrections.
    corrections
        In any order; each field of an event or incident once.
    """
    work = _Work(coded)
    listed = sorted(corrections, key=lambda c: (c.field, c.identity))
    for correction in listed:
        work.take(correction)
    reports = {c.report.id: c.report for c in coded}
    events = [e for c in coded for e in c.events]
    corrected = {e.id: work.corrected(e) for e in events if e.id not in work.rejected}
    incidents = find_incidents(reports, list(corrected.values()), work.decided)
    kept = [replace(c, events=tuple(corrected[e.id] for e in c.events if e.id in corrected)) for c in coded]
    return Settled(
        coded=tuple(kept),
        incidents=tuple(_overridden(incidents, work.of_incident)),
        unfit=tuple(work.unfit),
        placed=work.placed,
    )


class _Work:
    """Corrections by the events they mean."""

    def __init__(self, coded: Sequence[Coded]) -> None:
        reports: Mapping[str, Report] = {c.report.id: c.report for c in coded}
        self.finder = Finder(reports, [e for c in coded for e in c.events])
        self.rejected: set[str] = set()
        self.of_event: dict[str, list[Correction]] = {}
        self.of_incident: dict[str, list[Correction]] = {}
        self.decided: dict[tuple[str, str], bool] = {}
        self.unfit: list[Unfit] = []
        self.placed: dict[str, str] = {}

    def take(self, correction: Correction) -> None:
        """Take a correction in, or tell why it does not fit."""
        event = self.finder.find(correction.key)
        if event is None:
            self.unfit.append(Unfit(correction=correction, why=LOST))
            return
        try:
            self._take(correction, event)
        except CorrectionError as fault:
            self.unfit.append(Unfit(correction=correction, why=str(fault)))
        else:
            self.placed[correction.identity] = event.id

    def _take(self, correction: Correction, event: Event) -> None:
        match correction.field:
            case "with" | "apart":
                self._decide(correction, event)
            case "reject":
                self.rejected.add(event.id)
            case _:
                _check(correction)
                held = self.of_event if correction.target == "event" else self.of_incident
                held.setdefault(event.id, []).append(correction)

    def _decide(self, correction: Correction, event: Event) -> None:
        others = [self.finder.find(k) for k in read_keys(correction.value)]
        found = [o for o in others if o is not None and o.id != event.id]
        if not found:
            raise CorrectionError("none of the events it names is found any more")
        one = correction.field == "with"
        pairs = [(min(event.id, o.id), max(event.id, o.id)) for o in found]
        against = [p for p in pairs if self.decided.get(p, one) != one]
        if against:
            raise CorrectionError("another correction says the contrary of the same two events")
        self.decided.update(dict.fromkeys(pairs, one))

    def corrected(self, event: Event) -> Event:
        """Return an event as its corrections have it."""
        for correction in self.of_event.get(event.id, []):
            event = _event(event, correction)
        return event


def _check(correction: Correction) -> None:
    """Raise where the value cannot be read."""
    readers = {"sub_type": read_sub_type, "when": read_when, "place": read_place}
    if correction.field in readers:
        readers[correction.field](correction.value)


def _event(event: Event, correction: Correction) -> Event:
    reason = f"{event.reason}; {_by(correction)}"
    if correction.field == "sub_type":
        kind, sub_type = read_sub_type(correction.value)
        return replace(event, type=kind, sub_type=sub_type, reason=reason, confidence=1.0)
    if correction.field == "when":
        return replace(event, when=read_when(correction.value), reason=reason)
    return replace(event, place=_pin(event.place, correction), reason=reason)


def _by(correction: Correction) -> str:
    who = f" by {correction.author}" if correction.author else ""
    why = f": {correction.note}" if correction.note else ""
    return f"{correction.field} corrected{who}{why}"


def _pin(before: PlaceRef | None, correction: Correction) -> PlaceRef:
    """Return a place set by hand; what else the gazetteer knows of the old one stays where the name stays."""
    spot, name = read_place(correction.value)
    old = before.place if before else None
    label = name or (old.name if old else "") or f"{spot.lat:.4f}, {spot.lon:.4f}"
    place = Place(
        id="pin:"
        + hashlib.blake2s(correction.value.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest(),
        name=label,
        lat=spot.lat,
        lon=spot.lon,
        country=old.country if old else None,
        admin1=old.admin1 if old else None,
        admin2=old.admin2 if old else None,
        feature_class="S",
        feature="PIN",
        population=0,
        radius_km=PIN_RADIUS_KM,
        source="correction",
    )
    return PlaceRef(
        mention=before.mention if before else Mention(start=0, end=0, text=label),
        literal=True,
        place=place,
        relation=IN_PLACE,
        lat=spot.lat,
        lon=spot.lon,
        radius_km=PIN_RADIUS_KM,
        where_prec=1,
        geo_precision=1,
        confidence=1.0,
        reason=_by(correction),
    )


def _overridden(
    incidents: Iterable[Incident], corrections: Mapping[str, Sequence[Correction]]
) -> Iterator[Incident]:
    """Yield the incidents as corrected; what each version says stays as it is."""
    for incident in incidents:
        changed = incident
        for correction in (c for e in incident.events for c in corrections.get(e, ())):
            changed = _incident(changed, correction)
        yield changed


def _incident(incident: Incident, correction: Correction) -> Incident:
    match correction.field:
        case "sub_type":
            kind, sub_type = read_sub_type(correction.value)
            changed = replace(incident, type=kind, sub_type=sub_type)
        case "when":
            changed = replace(incident, when=read_when(correction.value))
        case _:
            changed = replace(incident, place=_pin(incident.place, correction))
    return replace(changed, title=title(changed.sub_type, changed.place, changed.when))
