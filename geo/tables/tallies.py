"""Places and actors counted over many reports: sums that can be added up from parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import shapely

from geo.tables import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazetteer.place import Place
    from geo.records import ActorRef, Claim, Coded, Event, PlaceRef

_TOLD_OF_ACTORS = ("name", "kind", "country", "side")


class Places:
    """Places that reports name, and how often."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._mentions: Counter[str] = Counter()
        self._sources: dict[str, set[str]] = {}

    def add(self, item: Coded) -> None:
        """Count a report's places: those mentioned and those of its events."""
        named = {(r.place.id, r.mention.start): r.place for r in _references(item) if r.place is not None}
        for (identity, _start), place in named.items():
            self._places.setdefault(identity, place)
            self._mentions[identity] += 1
            sources = self._sources.setdefault(identity, set())
            if item.report.source is not None:
                sources.add(item.report.source)

    def merge(self, other: Places) -> None:
        """Add what another tally has counted over other reports."""
        self._places = {**other._places, **self._places}
        self._mentions.update(other._mentions)
        for identity, sources in other._sources.items():
            self._sources.setdefault(identity, set()).update(sources)

    def rows(self) -> Iterator[tuple[rows.Row, Any]]:
        """Give the rows of the table, with points."""
        for identity in sorted(self._places):
            place = self._places[identity]
            row = {
                "id": place.id,
                "name": place.name,
                "feature": place.feature,
                "country": place.country,
                "admin1": place.admin1,
                "population": place.population or None,
                "mentions": self._mentions[identity],
                "sources": rows.joined(sorted(self._sources[identity])),
            }
            yield row, shapely.Point(place.lon, place.lat)


class Actors:
    """Actors of the registry that events name, and what they are called most often."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, Counter[str]]] = {}
        self._events: Counter[str] = Counter()

    def add(self, event: Event) -> None:
        """Count who takes part in an event, and who speaks of it."""
        acting = [actor for _, actor in taking_part(event)]
        for actor in (*acting, *_speakers(event.claims)):
            if actor.id is not None:
                told = self._told.setdefault(actor.id, defaultdict(Counter))
                for name in _TOLD_OF_ACTORS:
                    if (value := getattr(actor, name)) is not None:
                        told[name][value] += 1
        self._events.update({actor.id for actor in acting if actor.id is not None})

    def merge(self, other: Actors) -> None:
        """Add what another tally has counted over other events."""
        for identity, told in other._told.items():
            mine = self._told.setdefault(identity, defaultdict(Counter))
            for name, counted in told.items():
                mine[name].update(counted)
        self._events.update(other._events)

    def rows(self) -> Iterator[tuple[rows.Row, Any]]:
        """Give the rows of the table."""
        for identity in sorted(self._told):
            told = {name: _usual(self._told[identity].get(name, {})) for name in _TOLD_OF_ACTORS}
            yield {"id": identity, **told, "wikidata": None, "events": self._events[identity]}, None


def taking_part(event: Event) -> Iterator[tuple[str, ActorRef]]:
    """Give who takes part in an event, with the role."""
    yield from (("initiator", actor) for actor in event.initiators)
    yield from (("target", actor) for actor in event.targets)


def _references(item: Coded) -> Iterator[PlaceRef]:
    yield from item.mentions
    yield from (event.place for event in item.events if event.place is not None)


def _speakers(claims: Iterable[Claim]) -> Iterator[ActorRef]:
    for claim in claims:
        yield from claim.via
        if claim.claimant is not None:
            yield claim.claimant


def _usual(counted: Mapping[str, int]) -> str | None:
    """Give the value named most often, the first in the alphabet among equals."""
    return min(counted, key=lambda found: (-counted[found], found)) if counted else None
