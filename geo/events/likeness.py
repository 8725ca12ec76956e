"""Whether a telling and a draft may be of one event: the same spot, the same time, the same doers."""

from __future__ import annotations

import math

from geo.events.drafts import Draft
from geo.events.occurrences import Occurrence
from geo.lexicons import ontology
from geo.records import ActorRef, PlaceRef, When

EARTH_DIAMETER_KM = 12742.0


SAME_PLACE_KM = 5.0


COARSE = ("PCL", "CONT", "RGN", "ADM1", "SEA", "OCN", "STM")


def kilometres(a: PlaceRef, b: PlaceRef) -> float:
    """Return the great-circle distance between two places, 0 where one is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 0.0
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def coarse(ref: PlaceRef | None) -> bool:
    """Tell whether a place is no spot: a country, a province, a region, a river."""
    return ref is None or ref.place is None or ref.place.feature.startswith(COARSE) or ref.where_prec >= 4


def same_place(a: PlaceRef | None, b: PlaceRef | None) -> bool:
    """Tell whether two places may be one: near, or one inside the other's area."""
    if a is None or b is None or a.place is None or b.place is None:
        return True
    if a.place.id == b.place.id and a.relation.kind == b.relation.kind:
        return True
    reach = max(SAME_PLACE_KM, *(r.radius_km or 0.0 for r in (a, b)))
    if coarse(a) != coarse(b):
        big, small = (a, b) if coarse(a) else (b, a)
        same_country = big.place and small.place and big.place.country == small.place.country
        return bool(same_country) and kilometres(a, b) <= max(reach * 1.2, 60.0)
    return kilometres(a, b) <= (SAME_PLACE_KM if not coarse(a) else 60.0)


OFFENSIVE_KM = 40.0


BATTLES = "Battles"


def one_front(draft: Draft, o: Occurrence, place: PlaceRef | None) -> bool:
    """Tell whether two spots lie on one front: an advance takes a town and its base."""
    mine = BATTLES if (o.sub_type or "").startswith("?") else ontology().get(o.sub_type or "", {}).get("type")
    near = draft.place is not None and place is not None and kilometres(draft.place, place) <= OFFENSIVE_KM
    return (
        near
        and draft.kind == BATTLES == mine
        and draft.place is not None
        and not coarse(draft.place)
        and not coarse(place)
    )


def agents_clash(draft: Draft, o: Occurrence) -> bool:
    """Tell whether a telling and a draft name different known doers."""
    before = {x for t in draft.tellings for a in t.roles.initiators for x in _known(a.actor)}
    now = {x for a in o.roles.initiators for x in _known(a.actor)}
    if before and now and not before & now:
        return True
    return _two_clauses(draft, o)


def _known(actor: ActorRef) -> set[str]:
    """Return what identifies an actor: its id, its country."""
    return {x for x in (actor.id, actor.country and f"country {actor.country}") if x}


def _two_clauses(draft: Draft, o: Occurrence) -> bool:
    """Tell whether one sentence gives two acts to two doers: "killed by A, and B bombed …"."""
    mine = {_doer(a.actor) for a in o.roles.initiators}
    for t in draft.tellings:
        if t.reading is o.reading and t.roles.initiators and mine:
            theirs = {_doer(a.actor) for a in t.roles.initiators}
            between = o.reading.words(min(t.last, o.last), max(t.first, o.first)).split()
            if not mine & theirs and {"and", "while", "but", ";"} & set(between):
                return True
    return False


def _doer(actor: ActorRef) -> str:
    return actor.id or actor.country or actor.text.lower()


def same_time(a: When | None, b: When | None) -> bool:
    """Tell whether two times may be one: unknown, or they overlap."""
    if a is None or b is None or not a.known or not b.known:
        return True
    return a.first <= b.last and b.first <= a.last  # type: ignore[operator]


def finer(a: When | None, b: When | None) -> When | None:
    """Return the more exact of two times."""
    if a is None or not a.known:
        return b
    if b is None or not b.known:
        return a
    return b if (b.last - b.first) < (a.last - a.first) else a  # type: ignore[operator]
