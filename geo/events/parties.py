"""Who did it and who suffered, over a whole event: its tellings, its victims, who claims it or is blamed."""

from __future__ import annotations

from geo.actors import registry
from geo.events.drafts import VIOLENT, Draft
from geo.events.means import ARMED
from geo.events.reading import ActorHit, Reading
from geo.events.stand_ins import behind
from geo.lexicons import ontology, table, words
from geo.records import ActorRef

CIVILIANS = ActorRef(id=None, name="civilians", text="", start=-1, end=-1, kind="civilians")
HARMLESS = words("parties.harmless")
CROWD = words("parties.crowd")
UNABLE = HARMLESS | {None, ""}
AT_CIVILIANS = frozenset({"Explosions/Remote violence", "Violence against civilians"})
AT_HOMES = frozenset({"Looting/property destruction", "Mob violence", "Excessive force against protesters"})
AGAINST_PROTEST = frozenset({"Excessive force against protesters", "Protest with intervention"})
MOST = 3


def initiators(d: Draft, read: list[Reading], *, main: bool) -> list[ActorRef]:
    """Return who did it, likeliest first: who is named, who answers for it, whom the report must mean.

    Parameters
    ----------
    d
        The event.
    read
        The report's sentences.
    main
        Whether the report is about it.
    """
    told = _unique([h for h in _told(d, "initiators") if not _counted_among(d, h)])
    if d.sub_type in AGAINST_PROTEST:
        found = [a for a in told if a.kind in ARMED] or _unique(_alone(d))
    elif d.kind in VIOLENT:
        able = [h for h in _told(d, "initiators") if not _counted_among(d, h) and _able(h.actor)]
        found = _unique([*able, *d.culprits]) or _unique(_alone(d))
        if all(_faceless(a) for a in found) and (meant := behind(d, read, main=main)):
            found.append(meant)
    else:
        found = told
    return sorted(found, key=_faceless)[:MOST]


def _able(a: ActorRef) -> bool:
    """Tell whether somebody can have done violence: bystanders, media and ministries have not."""
    head = registry().descriptor(a.text.split()[-1])
    fights = head is not None and head.of in {"fighters", "soldiers"}
    return a.kind not in UNABLE or fights or bool(CROWD & set(a.text.lower().split()))


def _faceless(a: ActorRef) -> int:
    """Rank who did it: bodies known by name, then those described, then weapons and bystanders."""
    if a.id or a.country:
        return 0
    head = registry().descriptor(a.text.split()[-1])
    if a.kind in HARMLESS or (head is not None and head.sort == "weapon"):
        return 2
    return 1


def _counted_among(d: Draft, h: ActorHit) -> bool:
    """Tell whether an actor is only the people that a figure counts: "40 people were killed when …"."""
    return any(
        t.victims.measure != "participants"
        and t.reading.sentence.start <= h.actor.start < t.reading.sentence.end
        and t.victims.first <= h.last
        and h.first <= t.victims.last
        for t in d.told
    )


def targets(d: Draft, doers: list[ActorRef]) -> list[ActorRef]:
    """Return who suffered: the targets named, the people counted, civilians where that shows."""
    protesting = _told(d, "initiators") if d.sub_type in AGAINST_PROTEST else []
    marchers = [h for h in protesting if h.actor.kind not in ARMED]
    found = _unique([*_told(d, "targets"), *_counted(d), *marchers])
    names = {a.name for a in doers}
    found = [t for t in found if t.name not in names] or found
    found.sort(key=lambda a: a.kind in HARMLESS and a.kind != "civilians")
    if any(t.kind == "civilians" for t in found) or _hits_civilians(d):
        return [*found[: MOST - 1], CIVILIANS]
    return found[:MOST]


def _alone(d: Draft) -> list[ActorHit]:
    """Return the one armed party that an event's sentences name and that does not suffer or speak there."""
    suffering = {a.actor.text for a in (*_told(d, "targets"), *_counted(d))}
    found = [
        a
        for o in d.tellings
        for a in o.reading.actors
        if a.actor.kind in ARMED and a.actor.text not in suffering and not _speaks(o.reading, a)
    ]
    return found if len({a.actor.id or a.actor.text.lower() for a in found}) == 1 else []


def _speaks(r: Reading, a: ActorHit) -> bool:
    return any(h.first == a.last + 1 or 0 < a.first - h.last <= 2 for h in r.says)


def _told(d: Draft, role: str) -> list[ActorHit]:
    """Return the actors in a part; who gives a place up suffers, who gets it did it."""
    found: list[ActorHit] = []
    for o in d.tellings:
        swapped = {"initiators": "targets", "targets": "initiators"}[role] if o.frame == "give" else role
        found += getattr(o.roles, swapped)
    return found


def _counted(d: Draft) -> list[ActorHit]:
    """Return the people whom the event's figures of dead and wounded count."""
    return [
        a
        for t in d.told
        if t.victims.measure in {"killed", "injured"}
        for a in t.reading.actors
        if t.victims.first <= a.last and a.first <= t.victims.last and t.victims.count.bound != "none"
    ]


def _hits_civilians(d: Draft) -> bool:
    """Tell whether victims or what was hit make civilians the target."""
    if d.sub_type in AT_HOMES:
        return True
    if ontology().get(d.sub_type, {}).get("type") not in AT_CIVILIANS:
        return False
    objects = table("civilian_objects.csv", "word")
    hit = any(low in objects for o in d.tellings for low in o.reading.tokens.lows)
    people = any(
        t.victims.of in {"civilians", "children", "women"}
        or (t.victims.of is None and t.victims.measure in {"killed", "injured"})
        for t in d.told
    )
    return hit or people


def _unique(hits: list[ActorHit]) -> list[ActorRef]:
    found: dict[str, ActorRef] = {}
    for h in hits:
        found.setdefault(h.actor.id or h.actor.text.lower(), h.actor)
    return list(found.values())
