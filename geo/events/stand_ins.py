"""Whom a report means by "its gunmen", "the planes", "the attackers": the party that it names elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from geo.events.drafts import VIOLENT, Draft
from geo.events.means import ARMED
from geo.events.reading import ActorHit, Reading
from geo.events.roles import governed, speaks
from geo.lexicons import words
from geo.records import ActorRef

STATES = frozenset({"state forces", "external forces", "coalition", "government"})
BANDS = frozenset({"rebels", "militia"})
WITH_STATES = frozenset({"Air/drone strike", "Chemical weapon"})
WITH_BANDS = frozenset({"Suicide bomb", "Abduction/forced disappearance"})
WITH_ARMIES = frozenset({"Shelling/artillery/missile attack"})
OWN = words("stand_ins.own")
BODIES = words("stand_ins.bodies")
LEAST_SHARE = 0.6


@dataclass(slots=True)
class Cast:
    """The armed parties that a report names, and how often."""

    parties: dict[str, ActorRef] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def add(self, a: ActorRef) -> None:
        """Count a party in."""
        key = party(a)
        self.parties.setdefault(key, a)
        self.times[key] += 1

    def leading(self, kinds: frozenset[str], without: set[str]) -> ActorRef | None:
        """Return the party that a report names most among those of some kinds; `None`: none leads clearly."""
        fitting = {k: n for k, n in self.times.items() if self.parties[k].kind in kinds and k not in without}
        if not fitting:
            return None
        key = max(sorted(fitting), key=lambda k: fitting[k])
        return self.parties[key] if fitting[key] >= LEAST_SHARE * sum(fitting.values()) else None


def party(a: ActorRef) -> str:
    """Return what tells one party from another: a country's forces and government are one."""
    if a.kind in STATES and a.country:
        return f"state {a.country}"
    return a.id or a.text.lower()


def named(a: ActorRef) -> bool:
    """Tell whether words name a party ("the army" does) and do not only describe it."""
    told = a.text.split()
    if a.kind == "government" and a.id is None:
        return told[-1].lower() in BODIES
    return bool(a.id or a.country or told[-1].lower() in BODIES or any(w[0].isupper() for w in told[:-1]))


def cast(read: Iterable[Reading], *, known: bool = True) -> Cast:
    """Return the armed parties of some sentences, or those only described, but for who just speaks."""
    found = Cast()
    for r in read:
        for a in () if r.sentence.furniture else r.actors:
            if a.actor.kind not in ARMED | STATES or named(a.actor) != known:
                continue
            if not (speaks(r, a) or _cleared(r, a)):
                found.add(a.actor)
    return found


def _cleared(r: Reading, a: ActorHit) -> bool:
    """Tell whether a sentence says of a party that it did not: "has not claimed it", "denied it"."""
    return any(r.low(i) in NOT for i in range(a.last + 1, a.last + NOT_REACH))


NOT = words("stand_ins.not")
NOT_REACH = 4


def owned(r: Reading, a: ActorHit, before: Reading | None) -> ActorHit:
    """Return "its gunmen" as gunmen of the party that "its" stands for.

    Parameters
    ----------
    r, a
        The sentence and the actor in it.
    before
        The sentence before; `None`: there is none.
    """
    master = None if named(a.actor) else _owner(r, a, before)
    if master is None:
        return a
    actor = replace(a.actor, id=master.id, name=master.name, country=master.country)
    return ActorHit(a.first, a.last, actor)


def _owner(r: Reading, a: ActorHit, before: Reading | None) -> ActorRef | None:
    """Return whose "its gunmen" are: the armed party named last before them."""
    if r.low(a.first) not in OWN and r.low(a.first - 1) not in OWN:
        return None
    for reading, hits in ((r, [h for h in r.actors if h.last < a.first]), (before, None)):
        if reading is None:
            continue
        parties = [h for h in hits or reading.actors if h.actor.kind in ARMED and named(h.actor)]
        subjects = [h for h in parties if not governed(reading, h)]
        if subjects or parties:
            return (subjects or parties)[-1].actor
    return None


def behind(d: Draft, read: list[Reading], *, main: bool) -> ActorRef | None:
    """Return the party that must have done what a draft tells of, where its own words name none.

    Parameters
    ----------
    d
        The event.
    read
        The report's sentences.
    main
        The whole report is about it: then all of it is asked, else only the event's paragraphs.
    """
    if d.kind not in VIOLENT:
        return None
    kinds = STATES | BANDS | ARMED
    if d.sub_type in WITH_STATES:
        kinds = STATES
    elif d.sub_type in WITH_BANDS:
        kinds = BANDS
    elif d.sub_type in WITH_ARMIES:
        kinds = STATES | BANDS
    suffering = {party(a.actor) for o in d.tellings for a in o.roles.targets}
    suffering |= {
        party(a.actor)
        for t in d.told
        for a in t.reading.actors
        if t.victims.first <= a.last and a.first <= t.victims.last
    }
    close = [r for r in read if r.sentence.paragraph in d.paragraphs]
    for among in (close, read if main else []):
        for known in (True, False):
            if meant := cast(among, known=known).leading(kinds, suffering):
                return meant
    return None
