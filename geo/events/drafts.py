"""Tellings of one report gathered into events: what is the same goes together, what differs stays apart."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from geo.events.occurrences import Occurrence
from geo.events.reading import ActorHit, Reading
from geo.events.reality import TAKING
from geo.events.victims import Victims
from geo.lexicons import ontology, table, words
from geo.records import ActorRef, PlaceRef, When

VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
EARTH_DIAMETER_KM = 12742.0
SAME_PLACE_KM = 5.0
COARSE = ("PCL", "CONT", "RGN", "ADM1", "SEA", "OCN", "STM")


@dataclass(slots=True, kw_only=True)
class Told:
    """A figure with its voice."""

    victims: Victims
    reading: Reading
    claimant: ActorRef | None
    via: tuple[ActorRef, ...]
    denied: bool


@dataclass(slots=True, kw_only=True)
class Draft:
    """An event while it is being gathered."""

    tellings: list[Occurrence] = field(default_factory=list)
    place: PlaceRef | None = None
    inherited_place: bool = False
    when: When | None = None
    told: list[Told] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)
    context: str = ""
    """Sub-type of what was told before, for tellings that know only victims."""

    @property
    def kind(self) -> str:
        """ACLED type as it stands."""
        sub_type = self.sub_type
        return ontology()[sub_type]["type"] if sub_type in ontology() else ""

    @property
    def sub_type(self) -> str:
        """ACLED sub-type that its tellings speak for, "" where none does."""
        return decide(self)

    @property
    def in_text(self) -> bool:
        """Whether the text itself tells of it, not the headline alone."""
        return any(o.reading.sentence.index >= 0 for o in self.tellings)

    @property
    def first(self) -> Occurrence:
        """First telling in the text."""
        return next(o for o in self.tellings if o.reading.sentence.index >= 0)

    def add(self, o: Occurrence) -> None:
        """Take in a further telling; the finer place and date win."""
        self.tellings.append(o)
        self.paragraphs.add(o.reading.sentence.paragraph)


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
    """Tell whether two spots lie on one front: an advance takes a town, its base and its airport in one go."""
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
    """Tell whether a telling names other doers than the draft does: nobody known in common, and both are known."""
    before = {x for t in draft.tellings for a in t.roles.initiators for x in _known(a.actor)}
    now = {x for a in o.roles.initiators for x in _known(a.actor)}
    if before and now and not before & now:
        return True
    return _two_clauses(draft, o)


def _known(actor: ActorRef) -> set[str]:
    """Return what identifies an actor: its id, its country."""
    return {x for x in (actor.id, actor.country and f"country {actor.country}") if x}


def _two_clauses(draft: Draft, o: Occurrence) -> bool:
    """Tell whether one sentence gives two acts to two doers: "were killed by U.S. firepower, and the regime bombed …"."""
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


def decide(draft: Draft) -> str:
    """Return the ACLED sub-type: the tellings' own words, then weapons in reach, then who did it to whom."""
    score: dict[str, float] = {}
    for k, o in enumerate(draft.tellings):
        _count_telling(score, draft, o, 1.5 if k == 0 else 1.0)
    taken = sum(
        t.victims.measure in {"captured", "missing"} and t.victims.of not in {"fighters", "soldiers"}
        for t in draft.told
    )
    if taken and "Abduction/forced disappearance" not in score and _by_raiders(draft):
        score["Abduction/forced disappearance"] = 1.5 * taken
    if draft.context and all(o.casualty for o in draft.tellings):
        score[draft.context] = score.get(draft.context, 0.0) + 0.7
    if not score:
        found = _by_hand(draft) if any(o.strength for o in draft.tellings) else ""
    else:
        found = max(sorted(score), key=lambda s: score[s])
    return _against_protest(draft, found) if found in OF_PROTEST else found


def _by_raiders(draft: Draft) -> bool:
    """Tell whether gunmen without a state did it."""
    doers = [a.actor for o in draft.tellings for a in o.roles.initiators]
    return any(a.kind in {"rebels", "militia", "civilians", None, ""} for a in doers) and not any(
        a.kind in {"state forces", "police"} for a in doers
    )


def _count_telling(score: dict[str, float], draft: Draft, o: Occurrence, lead: float) -> None:
    if o.sub_type and not o.sub_type.startswith("?"):
        score[o.sub_type] = score.get(o.sub_type, 0.0) + lead * (0.5 + o.strength)
    elif o.sub_type:
        gained = _taker(o) if o.sub_type == TAKING else _giver(o)
        score[gained] = score.get(gained, 0.0) + lead * (1.0 + o.strength)
    for sub_type, weight in o.votes.items():
        known = _by_hand(draft) if sub_type == "gun" else sub_type
        score[known] = score.get(known, 0.0) + (1.0 if o.sub_type is None else 0.3) * weight


OF_PROTEST = frozenset({"Attack", "Armed clash", "Peaceful protest", "Protest with intervention"})
PROTEST = words("drafts.protest")
FORCES_OF_ORDER = words("drafts.forces_of_order")


def _against_protest(draft: Draft, found: str) -> str:
    """Return what police or soldiers did to a protest, where the draft tells of one: killed with live fire, or broke it up."""
    said = [t.low for o in draft.tellings for t in o.reading.tokens]
    if sum(w in PROTEST for w in said) < 2 or not any(w in FORCES_OF_ORDER for w in said):
        return found
    killed = any(t.victims.measure == "killed" and t.victims.count.low for t in draft.told)
    shot = any(
        o.votes.get("gun", 0.0) > 0.5 or o.lemma in {"open fire", "fire on", "shoot"} for o in draft.tellings
    )
    if shot and (killed or found in {"Attack", "Armed clash"}):
        return "Excessive force against protesters"
    return found


def _taker(o: Occurrence) -> str:
    """Return whose gain a change of control is: a state's (or its allies') or another's."""
    falls = "fell" in o.lemma or "fall" in o.lemma
    return next(
        (g for a in (o.roles.targets if falls else o.roles.initiators) if (g := _gain(a.actor))), GOVERNMENT
    )


def _giver(o: Occurrence) -> str:
    """Return whose gain it is that somebody leaves a place: the other side's."""
    lost = next((g for a in o.roles.initiators if (g := _gain(a.actor))), None)
    return {GOVERNMENT: NON_STATE, NON_STATE: GOVERNMENT}.get(lost or "", "Non-violent transfer of territory")


GOVERNMENT = "Government regains territory"
NON_STATE = "Non-state actor overtakes territory"


def _gain(a: ActorRef) -> str | None:
    if a.kind in {"rebels", "militia"} and not _allied(a):
        return NON_STATE
    if a.kind in {"state forces", "government", "external forces", "coalition", "police"} or _allied(a):
        return GOVERNMENT
    return None


ALLIED = words("drafts.allied")


def _allied(a: ActorRef) -> bool:
    return any(w in ALLIED for w in a.text.lower().split())


ARMED = words("occurrences.armed")


def _by_hand(draft: Draft) -> str:
    """Return the sub-type of an attack with hand weapons: against fighters a clash, else an attack on civilians."""
    targets: list[ActorHit] = [a for o in draft.tellings for a in o.roles.targets]
    fighters = any(a.actor.kind in ARMED for a in targets)
    dead_fighters = any(t.victims.of in {"fighters", "soldiers", "police"} for t in draft.told)
    civilians = any(t.victims.of in {"civilians", "children", "women"} for t in draft.told)
    objects = table("civilian_objects.csv", "word")
    hit = any(t.low in objects for o in draft.tellings[:2] for t in o.reading.tokens[o.last : o.last + 8])
    civilians = civilians or hit or any(a.actor.kind == "civilians" for a in targets)
    return "Armed clash" if (fighters or dead_fighters) and not civilians else "Attack"
