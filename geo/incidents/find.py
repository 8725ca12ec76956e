"""Incidents out of events: all of them, or only those near new events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from geo.incidents.columns import columns
from geo.incidents.link import NOTHING, Decided, link, link_around
from geo.incidents.summarise import order, summarise
from geo.records import Event, Incident, Link, Report


def find_incidents(
    reports: Mapping[str, Report], events: Sequence[Event], decided: Decided = NOTHING
) -> list[Incident]:
    """Return the incidents of all events by first day, then id; the order of the events does not matter.

    Parameters
    ----------
    reports
        Reports by id, for their sources, days and texts.
    events
        Every event of these reports.
    decided
        Pairs of event ids, lower first, that somebody has decided on: one incident (`True`) or two.
    """
    by_id = {e.id: e for e in events}
    groups, links = link(columns(reports, by_id.values()), decided)
    return sorted(_made(reports, by_id, groups, links), key=order)


def relink(
    reports: Mapping[str, Report],
    events: Sequence[Event],
    incidents: Sequence[Incident],
    new: Collection[str],
    decided: Decided = NOTHING,
) -> list[Incident]:
    """Return what `find_incidents` would, making anew only the incidents that new events can touch.

    Parameters
    ----------
    reports
        Reports by id, old and new.
    events
        Every event, old and new; an event that is gone or changed is left out of `incidents` or named as new.
    incidents
        The incidents before, as `find_incidents` or `relink` made them.
    new
        Ids of the events that are new or changed, or on which something new was decided.
    decided
        As for `find_incidents`.
    """
    by_id = {e.id: e for e in events}
    changed = set(new) & by_id.keys()
    sound, loose = [], set(changed)
    for incident in incidents:
        if changed.isdisjoint(incident.events) and by_id.keys() >= set(incident.events):
            sound.append(incident)
        else:
            loose.update(e for e in incident.events if e in by_id)
    loose |= by_id.keys() - {e for incident in sound for e in incident.events}
    groups, links = link_around(columns(reports, by_id.values()), loose, decided)
    remade = {e for g in groups for e in g}
    kept = [incident for incident in sound if remade.isdisjoint(incident.events)]
    return sorted([*kept, *_made(reports, by_id, groups, links)], key=order)


def _made(
    reports: Mapping[str, Report],
    by_id: Mapping[str, Event],
    groups: Iterable[Sequence[str]],
    links: Iterable[Link],
) -> list[Incident]:
    by_left: dict[str, list[Link]] = {}
    for x in links:
        by_left.setdefault(x.left, []).append(x)
    return [
        summarise(reports, [by_id[i] for i in g], [x for i in g for x in by_left.get(i, [])]) for g in groups
    ]
