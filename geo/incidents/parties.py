"""Whether two accounts name the same party: the same actor, its parent, country, side, or words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from geo.actors import UnknownActorError, registry
from geo.incidents.reading import GENERIC
from geo.records import ActorRef, Event

MOST_PARENTS = 6


def named(actors: Iterable[ActorRef]) -> list[ActorRef]:
    """Return the actors that say who it was: known ones, and words beyond "forces" and "people"."""
    return [a for a in actors if a.id or _words(a)]


def compatible(a: Sequence[ActorRef], b: Sequence[ActorRef], on: date | None) -> bool:
    """Tell whether two accounts may mean the same party; where one names nobody they may.

    Parameters
    ----------
    a, b
        Those whom the accounts name in one role.
    on
        Day of the event, for sides change; `None`: unknown.
    """
    return not a or not b or any(_same(x, y, on) for x in a for y in b)


def _same(a: ActorRef, b: ActorRef, on: date | None) -> bool:
    if a.id and b.id:
        family = set(_family(a.id)) & set(_family(b.id))
        return bool(family) or (_side(a, on) is not None and _side(a, on) == _side(b, on))
    if a.country and a.country == b.country:
        return True
    return bool(_words(a) & _words(b)) or not (_known(a) and _known(b))


def _known(a: ActorRef) -> bool:
    """Tell whether an actor is somebody in particular, not only described ("warplanes", "gunmen")."""
    return bool(a.id or a.country)


@cache
def _family(identity: str) -> tuple[str, ...]:
    """Return an actor and those it answers to."""
    found: list[str] = []
    current: str | None = identity
    while current is not None and len(found) < MOST_PARENTS:
        found.append(current)
        try:
            current = registry().by_id(current).parent
        except UnknownActorError:
            current = None
    return tuple(found)


def _side(a: ActorRef, on: date | None) -> str | None:
    return a.side or _side_on(a.id or "", on)


@cache
def _side_on(identity: str, on: date | None) -> str | None:
    try:
        side = registry().side(identity, on)
    except UnknownActorError:
        return None
    return side.label if side else None


def _words(a: ActorRef) -> set[str]:
    return {w for w in (a.text or a.name).casefold().split() if len(w) > 3 and w not in GENERIC}


def ranked(versions: Iterable[Event], role: str) -> tuple[str, ...]:
    """Return the names in a role ("initiators", "targets"), by as many versions as give them, most first."""
    counts: Counter[str] = Counter()
    for event in versions:
        actors: tuple[ActorRef, ...] = event.initiators if role == "initiators" else event.targets
        counts.update({a.name or a.text for a in actors if a.name or a.text})
    return tuple(sorted(counts, key=lambda n: (-counts[n], n)))
