"""Tellings of one report gathered into events: what is the same goes together, what differs stays apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.events.occurrences import Occurrence
from geo.events.reading import ActorHit, Reading
from geo.events.reality import TAKING
from geo.events.victims import Victims
from geo.lexicons import ontology, table, words
from geo.mentions.tokens import Tokens
from geo.records import ActorRef, PlaceRef, When

VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})


@dataclass(slots=True, kw_only=True)
class Told:
    """A figure with its voice."""

    victims: Victims
    reading: Reading
    claimant: ActorRef | None
    via: tuple[ActorRef, ...]
    denied: bool


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """An event while it is being gathered."""

    tellings: list[Occurrence] = field(default_factory=list)
    place: PlaceRef | None = None
    inherited_place: bool = False
    when: When | None = None
    told: list[Told] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    """What tells the doers and victims of its tellings from others."""
    amid_protest: bool = False
    """The report speaks of protests all along."""
    culprits: list[ActorHit] = field(default_factory=list)
    """Who claims it, is blamed or suspected."""
    context: str = ""
    """Sub-type of what was told before, for tellings that know only victims."""
    _decided: tuple[tuple[int, int, bool], str] | None = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        """ACLED type as it stands."""
        sub_type = self.sub_type
        return ontology()[sub_type]["type"] if sub_type in ontology() else ""

    @property
    def sub_type(self) -> str:
        """ACLED sub-type that its tellings speak for, "" where none does; decided anew when more is told."""
        told = (len(self.tellings), len(self.told), self.amid_protest)
        if self._decided is None or self._decided[0] != told:
            self._decided = told, decide(self)
        return self._decided[1]

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
        self.people |= o.people()
        self.paragraphs.add(o.reading.sentence.paragraph)


def decide(draft: Draft) -> str:
    """Return the ACLED sub-type: the tellings' own words, then weapons in reach, then who did it to whom."""
    score: dict[str, float] = {}
    acts = [o for o in draft.tellings if o.sub_type != "Arrests"] or draft.tellings
    for k, o in enumerate(acts):
        _count_telling(score, draft, o, 1.5 if k == 0 and not _vague_headline(o) else 1.0)
    taken = sum(
        t.victims.measure in {"captured", "missing"} and t.victims.of not in {"fighters", "soldiers"}
        for t in draft.told
    )
    if taken and "Abduction/forced disappearance" not in score and _by_raiders(draft):
        score["Abduction/forced disappearance"] = 1.5 * taken
    if ontology().get(draft.context, {}).get("type") in VIOLENT and all(o.casualty for o in draft.tellings):
        score[draft.context] = score.get(draft.context, 0.0) + 0.7
    if not score:
        found = _by_hand(draft) if any(o.strength for o in draft.tellings) else ""
    else:
        found = max(sorted(score), key=lambda s: score[s])
    if found == "Looting/property destruction" and _deadly(draft):
        violent = [s for s in sorted(score) if ontology()[s]["type"] in VIOLENT]
        found = max(violent, key=lambda s: score[s]) if violent else _by_hand(draft)
    found = _at_protesters(draft, _by_crowd(draft, found))
    return _against_protest(draft, found) if found in OF_PROTEST else found


def _at_protesters(draft: Draft, found: str) -> str:
    """Return what forces of order did to protesters, where these are named as the targets."""
    hit = {w for o in draft.tellings for a in o.roles.targets for w in a.actor.text.lower().split()}
    orderly = any(a.actor.kind in ORDER for o in draft.tellings for a in o.roles.initiators)
    if found in {"Attack", "Armed clash"} and hit & PROTESTERS and orderly:
        return "Excessive force against protesters"
    return found


ORDER = frozenset({"state forces", "police", "government"})


def _deadly(draft: Draft) -> bool:
    """Tell whether people were killed: then a burned house is not what it was about."""
    return any(t.victims.measure == "killed" and t.victims.count.low for t in draft.told)


CROWD = words("drafts.crowd")
PROTESTERS = words("drafts.protesters")


def _by_crowd(draft: Draft, found: str) -> str:
    """Return what a crowd or protesters did, where they and no armed men are named as the doers."""
    doers = {w for o in draft.tellings for a in o.roles.initiators for w in a.actor.text.lower().split()}
    if found in {"Attack", "Armed clash"} and doers & CROWD:
        return "Mob violence"
    if found in {"Attack", "Armed clash", "Looting/property destruction"} and doers & PROTESTERS:
        return "Violent demonstration"
    return found


def _by_raiders(draft: Draft) -> bool:
    """Tell whether gunmen without a state did it."""
    doers = [a.actor for o in draft.tellings for a in o.roles.initiators]
    return any(a.kind in {"rebels", "militia", "civilians", None, ""} for a in doers) and not any(
        a.kind in {"state forces", "police"} for a in doers
    )


def _vague_headline(o: Occurrence) -> bool:
    """Tell whether a headline's word says little of the kind: "Blast in Goma"."""
    return o.reading.headline and o.strength < SURE


SURE = 2
OPEN_SHARE = 0.5
OPEN_KILLING = words("drafts.open_killing")
BY_HAND = words("drafts.by_hand")


def _count_telling(score: dict[str, float], draft: Draft, o: Occurrence, lead: float) -> None:
    by_means = o.lemma in OPEN_KILLING and sum(o.votes.values()) >= OPEN_SHARE
    if by_means:
        score["Attack"] = score.get("Attack", 0.0) + OPEN_SHARE
    elif o.sub_type and not o.sub_type.startswith("?"):
        score[o.sub_type] = score.get(o.sub_type, 0.0) + lead * (0.5 + o.strength)
    elif o.sub_type:
        gained = _taker(o) if o.sub_type == TAKING else _giver(o)
        score[gained] = score.get(gained, 0.0) + lead * (1.0 + o.strength)
    elif o.lemma in BY_HAND and sum(o.votes.values()) < OPEN_SHARE:
        by_hand = _by_hand(draft)
        score[by_hand] = score.get(by_hand, 0.0) + OPEN_SHARE * lead
    for sub_type, weight in o.votes.items():
        known = _by_hand(draft) if sub_type == "gun" else sub_type
        score[known] = score.get(known, 0.0) + (1.0 if o.sub_type is None or by_means else 0.3) * weight


OF_PROTEST = frozenset({"Attack", "Armed clash", "Peaceful protest", "Protest with intervention"})
PROTEST = words("drafts.protest")
FORCES_OF_ORDER = words("drafts.forces_of_order")


def _against_protest(draft: Draft, found: str) -> str:
    """Return what police or soldiers did to a protest, where the draft tells of one."""
    killed = any(t.victims.measure == "killed" and t.victims.count.low for t in draft.told)
    officers = any(
        t.victims.measure == "killed" and t.victims.of in {"police", "soldiers"} for t in draft.told
    )
    if found == "Protest with intervention" and killed and not officers:
        return "Excessive force against protesters"
    said = [o.reading.tokens for o in draft.tellings]
    if not draft.amid_protest and (
        sum(map(protests, said)) < 2 or all(FORCES_OF_ORDER.isdisjoint(t.lows) for t in said)
    ):
        return found
    if draft.amid_protest and (not killed or officers or _by_raiders(draft)):
        return found
    shot = any(
        o.votes.get("gun", 0.0) > 0.5 or o.lemma in {"open fire", "fire on", "shoot"} for o in draft.tellings
    )
    if (shot or draft.amid_protest) and (killed or found in {"Attack", "Armed clash"}):
        return "Excessive force against protesters"
    return found


def protests(tokens: Tokens) -> int:
    """Count the words of protest in a sentence; "March" is a month."""
    if PROTEST.isdisjoint(tokens.lows):
        return 0
    said = zip(tokens.lows, tokens.texts, strict=True)
    return sum(low in PROTEST and text != "March" for low, text in said)


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
    """Return the sub-type of an attack with hand weapons: a clash, or an attack on civilians."""
    targets: list[ActorHit] = [a for o in draft.tellings for a in o.roles.targets]
    fighters = any(a.actor.kind in ARMED for a in targets)
    dead_fighters = any(t.victims.of in {"fighters", "soldiers", "police"} for t in draft.told)
    civilians = any(t.victims.of in {"civilians", "children", "women"} for t in draft.told)
    objects = table("civilian_objects.csv", "word")
    hit = any(
        low in objects for o in draft.tellings[:2] for low in o.reading.tokens.lows[o.last : o.last + 8]
    )
    civilians = civilians or hit or any(a.actor.kind == "civilians" for a in targets)
    return "Armed clash" if (fighters or dead_fighters) and not civilians else "Attack"
