"""Whether a telling fits a draft: place, time, doers and kind must agree."""

from __future__ import annotations

from geo.events.drafts import VIOLENT, Draft
from geo.events.likeness import agents_clash, coarse, one_front, same_place, same_time
from geo.events.occurrences import Occurrence
from geo.events.settle import Scene
from geo.lexicons import ontology
from geo.records import PlaceRef


def fits(d: Draft, o: Occurrence, scene: Scene) -> bool:
    """Tell whether a telling, in its scene, may be of a draft's event."""
    if not same_time(d.when, scene.when):
        return False
    if not same_place(d.place, scene.place) and not one_front(d, o, scene.place):
        return False
    if agents_clash(d, o) and scene.own_place and not _one_spot(d.place, scene.place):
        return False
    if (
        d.place
        and scene.place
        and _country_only(d.place) != _country_only(scene.place)
        and not _same_kind(d, o)
    ):
        return False
    if (
        not (scene.own_place or scene.own_date)
        and o.reading.sentence.paragraph not in d.paragraphs
        and o.noun is False
        and o.strength >= 2
    ):
        return same_type(d, o)
    return same_type(d, o) or _of_suspects(d, o, scene)


def _of_suspects(d: Draft, o: Occurrence, scene: Scene) -> bool:
    """Tell whether arrests belong to the violence told before them: they have no place of their own."""
    return o.sub_type == ARRESTS and not scene.own_place and d.kind in OPEN_TO


ARRESTS = "Arrests"


def _one_spot(a: PlaceRef | None, b: PlaceRef | None) -> bool:
    return a is not None and b is not None and not coarse(a) and not coarse(b)


def _country_only(place: PlaceRef) -> bool:
    return place.where_prec >= 6


def _same_kind(d: Draft, o: Occurrence) -> bool:
    return o.sub_type is None or (o.sub_type in ontology() and ontology()[o.sub_type]["type"] == d.kind)


FORCE = "Excessive force against protesters"


TERRITORY = frozenset({"Government regains territory", "Non-state actor overtakes territory"})


OPEN_TO = VIOLENT | {"Protests", "Riots"}


def same_type(d: Draft, o: Occurrence) -> bool:
    """Tell whether a telling may be of a draft's type: open words fit all, violent types go together."""
    if not d.kind:
        return True
    if o.sub_type is None:
        return True
    mine = "Battles" if o.sub_type.startswith("?") else ontology()[o.sub_type]["type"]
    if o.frame in {"take", "give"} and d.kind not in {"Battles", "Strategic developments"}:
        return False
    if mine == "Explosions/Remote violence" and d.sub_type in TERRITORY:
        return False
    if mine in VIOLENT and d.kind in VIOLENT:
        return True
    if {o.sub_type, d.sub_type} & {FORCE} and {o.sub_type, d.sub_type} & {
        FORCE,
        "Attack",
        "Peaceful protest",
    } == {o.sub_type, d.sub_type}:
        return True
    return mine == d.kind
