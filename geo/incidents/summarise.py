"""An incident out of its versions: what they agree on, what each says, and where they disagree."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from geo.incidents.copies import Passages, originals, passages
from geo.incidents.disputes import disputes
from geo.incidents.parties import ranked
from geo.incidents.points import hull, spot
from geo.incidents.rollups import rollups
from geo.incidents.tolls import NO_SOURCE, by_claimant, over, said
from geo.records import Event, Incident, Link, PlaceRef, Report, Spot, Version, When


def order(incident: Incident) -> tuple[date, str]:
    """Return what incidents are sorted by: their first day, unknown ones first, then their id."""
    return incident.when.first or date.min, incident.id


def summarise(
    reports: Mapping[str, Report],
    versions: Iterable[Event],
    links: Iterable[Link],
    read: Callable[[Report], Passages] = passages,
) -> Incident:
    """Return the record of an incident.

    Parameters
    ----------
    reports
        Reports by id.
    versions
        Its events.
    links
        The links between them.
    read
        Gives what tells a report's copies, for who has read it before.
    """
    told = sorted(versions, key=lambda e: (reports[e.report].published.first or date.max, e.id))
    once = dict.fromkeys(e.report for e in told)
    repeats = originals(read(reports[r]) for r in once) if len(told) > 1 else {}
    own = _own(told, repeats)
    claims = said(reports, own)
    tolls = by_claimant(claims)
    contested = disputes(reports, own, claims, tolls) if len(told) > 1 or tolls else []
    sub_type = _most([e.sub_type for e in own])
    when, place = _when(own), _place(own)
    return Incident(
        id=identity(told[0].id),
        title=title(sub_type, place, when),
        type=next(e.type for e in own if e.sub_type == sub_type),
        sub_type=sub_type,
        when=when,
        place=place,
        events=tuple(e.id for e in told),
        sources=tuple(sorted({reports[e.report].source or NO_SOURCE for e in told})),
        killed=over(tolls, "killed"),
        injured=over(tolls, "injured"),
        contested=tuple(about for about, _ in contested),
        confidence=_confidence(told, own),
        links=tuple(links),
        versions=tuple(_version(reports, e, repeats) for e in told),
        hull=hull(s for e in told if (s := _exact(e)) is not None),
        initiators=ranked(own, "initiators"),
        targets=ranked(own, "targets"),
        tolls=tuple(tolls),
        disputes=tuple(who for _, who in contested),
        rollups=rollups(claims, tolls, own, {about for about, _ in contested}),
    )


def identity(first: str) -> str:
    """Return an incident's id, made from its first version's: later reports leave it as it is."""
    return "i" + hashlib.blake2s(first.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _own(told: Sequence[Event], repeats: Mapping[str, str]) -> list[Event]:
    """Return the versions that are no copies of another version's report."""
    return [e for e in told if e.report not in repeats]


def _version(reports: Mapping[str, Report], event: Event, repeats: Mapping[str, str]) -> Version:
    place = event.place
    name = None if place is None else place.place.name if place.place else place.mention.text
    return Version(
        event=event.id,
        source=reports[event.report].source or NO_SOURCE,
        place=name,
        spot=spot(place),
        copy_of=repeats.get(event.report),
    )


def _exact(event: Event) -> Spot | None:
    """Return the point of a place that is more exact than a province."""
    return spot(event.place) if event.place is not None and event.place.where_prec < 4 else None


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    top = max(counts.values())
    return next(v for v in counts if counts[v] == top)


def _when(versions: Sequence[Event]) -> When:
    """Return the narrowest time that most versions allow; what two put on following days lies on both."""
    known = [e.when for e in versions if e.when.known]
    if not known:
        return When()
    best = min(known, key=lambda w: (-sum(_overlap(w, o) for o in known), _length(w), w.first or date.min))
    near = [w for w in known if _overlap(best, w) and _length(w) <= max(1, _length(best))]
    first, last = min(w.first for w in near if w.first), max(w.last for w in near if w.last)
    if (first, last) == (best.first, best.last):
        return best
    return When(first=first, last=last, precision="days", words=best.words)


def _length(w: When) -> int:
    return (w.last - w.first).days if w.first is not None and w.last is not None else 0


def _overlap(a: When, b: When) -> bool:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    return a.first <= b.last + SLACK and b.first <= a.last + SLACK


SLACK = timedelta(days=1)
"""A night belongs to two days."""
EXACT = 2
"""Highest UCDP precision of a spot: a place or its surroundings."""


def _place(versions: Sequence[Event]) -> PlaceRef | None:
    """Return the place that most versions give, of those that are no mere region; the most exact on a par."""
    places = [e.place for e in versions if e.place is not None and e.place.place is not None]
    counts = Counter(p.place.id for p in places if p.place)
    return min(
        places,
        key=lambda p: (
            p.where_prec > EXACT,
            -counts[p.place.id if p.place else ""],
            p.where_prec,
            -p.confidence,
            p.mention.start,
        ),
        default=None,
    )


def _confidence(told: Sequence[Event], own: Sequence[Event]) -> float:
    """Return the belief that it happened: that not every independent version is misread."""
    best: dict[str, float] = {}
    for e in own:
        best[e.report] = max(best.get(e.report, 0.0), e.confidence)
    doubt = math.prod(1.0 - c for c in sorted(best.values()))
    return round(max([1.0 - doubt, *(e.confidence for e in told)]), 2)


def title(sub_type: str, place: PlaceRef | None, when: When) -> str:
    """Return what an incident is called: sub-type, place and date."""
    where = place.place.name if place and place.place else "place unknown"
    return f"{sub_type}, {where}, {_day(when)}"


def _day(when: When) -> str:
    first, last = when.first, when.last
    if first is None or last is None:
        return "date unknown"
    if first == last:
        return f"{first.day} {MONTHS[first.month]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {MONTHS[first.month]} {first.year}"
    return f"{first.day} {MONTHS[first.month]} {first.year} – {last.day} {MONTHS[last.month]} {last.year}"


MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Names that no locale changes."""

__all__ = ["NO_SOURCE", "identity", "order", "summarise", "title"]
