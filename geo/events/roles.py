"""Who did it and to whom: by voice, by the words that bind a noun to its agent and its target."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.events.distance import distance
from geo.events.reading import ActorHit, Reading
from geo.lexicons import table, words

GOVERNED_WORDS = words("roles.governed")
GOVERNED_WORDS_2 = words("roles.governed_2")
OWNER_WORDS = words("roles.owner")
BOUND_WORDS = words("roles.bound")

REACH = 5.0
LIGHT = words("roles.light")
AGAINST = words("roles.against")
AGENT_OF = frozenset({"of"})
PASSIVE_LINK = frozenset({"by"})


@dataclass(slots=True, kw_only=True)
class Roles:
    """Actors by their part, likeliest first."""

    initiators: list[ActorHit] = field(default_factory=list)
    targets: list[ActorHit] = field(default_factory=list)


def find_roles(reading: Reading, first: int, last: int, *, noun: bool, passive: bool, frame: str) -> Roles:
    """Return initiators and targets of a trigger."""
    before = [a for a in reading.actors if a.last < first]
    after = [a for a in reading.actors if a.first > last]
    roles = Roles()
    if frame == "act":
        roles.initiators = _subjects(reading, before, first) or _bound(reading, after, last, PASSIVE_LINK)
        return roles
    if noun:
        owned = AGENT_OF if reading.low(last) in table("weapons.csv", "word") else frozenset()
        roles.initiators = (
            _owner(reading, before, first)
            or _bound(reading, after, last, owned)
            or _bound(reading, after, last, PASSIVE_LINK)
            or _light(reading, before, first)
        )
        roles.targets = _bound(reading, after, last, AGAINST | (frozenset({"of"}) - owned))
        roles.targets = [a for a in roles.targets if a not in roles.initiators]
        return roles
    if passive:
        roles.initiators = _bound(reading, after, last, PASSIVE_LINK)
        roles.targets = _close(reading, before, first)[:1]
        return roles
    roles.initiators = _subjects(reading, before, first)
    roles.targets = _close_after(reading, after, last)
    return roles


def _subjects(reading: Reading, before: list[ActorHit], first: int) -> list[ActorHit]:
    """Return the subject of an active verb, both parts where two are joined."""
    found = _close(reading, before, first)
    return found[:2] if len(found) > 1 and 0 < found[1].first - found[0].last <= JOINT else found[:1]


def speaks(reading: Reading, actor: ActorHit) -> bool:
    """Tell whether an actor is the subject of a verb of saying."""
    for h in reading.says:
        if any(t.first <= h.first <= t.last for t in reading.triggers):
            continue  # "put to death", "set off"
        if h.value[0] != "phrase" and (actor.last + 1 == h.first or h.last + 1 == actor.first):
            return True
        if h.value[0] == "phrase" and 0 < actor.first - h.last <= 2:
            return True
    return False


def _close(reading: Reading, before: list[ActorHit], first: int) -> list[ActorHit]:
    near = [
        a for a in reversed(before) if distance(reading, a.last, first) <= REACH and not speaks(reading, a)
    ]
    head = [a for a in near if not governed(reading, a)]
    return _pronouns(reading, before, first) or _joined(reading, head, near) or near


PRONOUNS = words("roles.pronouns")
BETWEEN = words("roles.between")


def _pronouns(reading: Reading, before: list[ActorHit], first: int) -> list[ActorHit]:
    """Return whom a pronoun before the verb stands for: "The army announced that it had taken …"."""
    i = first - 1
    while i >= 0 and reading.low(i) in BETWEEN:
        i -= 1
    if reading.low(i) not in PRONOUNS:
        return []
    return [a for a in before if a.last < i and not governed(reading, a)][:1]


def _joined(reading: Reading, head: list[ActorHit], near: list[ActorHit]) -> list[ActorHit]:
    """Return a subject with the one joined to it: "Syrian troops and their allies"."""
    for a in head[:1]:
        for other in near:
            between = reading.words(other.last + 1, a.first - 1).split()
            if (
                0 < a.first - other.last <= JOINT
                and "and" in between
                and set(between) <= {"and", "the", "their", "its", "allied"}
            ):
                return [other, a, *head[1:]]
    return head


JOINT = 4


def governed(reading: Reading, actor: ActorHit) -> bool:
    """Tell whether a preposition makes the actor no subject: "on", "against", "with", "for", "of"."""
    i = actor.first - 1
    while i >= 0 and reading.low(i) in GOVERNED_WORDS_2:
        i -= 1
    return reading.low(i) in GOVERNED_WORDS


def _close_after(reading: Reading, after: list[ActorHit], last: int) -> list[ActorHit]:
    near = [a for a in after if distance(reading, last, a.first) <= REACH and not speaks(reading, a)]
    return [a for a in near if reading.low(a.first - 1) not in {"by", "with"}][:2]


def _owner(reading: Reading, before: list[ActorHit], first: int) -> list[ActorHit]:
    """Return who stands right before a noun: "coalition strikes", "Turkey's air raids"."""
    for a in reversed(before):
        between = [reading.low(i) for i in range(a.last + 1, first)]
        if len(between) <= 3 and all(w == "'s" or (w.isalpha() and w not in OWNER_WORDS) for w in between):
            return [a]
        if len(between) > 4:
            break
    return []


def _light(reading: Reading, before: list[ActorHit], first: int) -> list[ActorHit]:
    """Return the subject of "carried out", "launched" and the like."""
    for i in range(first - 1, max(-1, first - 7), -1):
        if reading.low(i) in LIGHT:
            return _close(reading, [a for a in before if a.last < i], i)[:1]
    return []


def _bound(reading: Reading, after: list[ActorHit], last: int, links: frozenset[str]) -> list[ActorHit]:
    """Return the actors that a preposition binds to the trigger."""
    found: list[ActorHit] = []
    for a in after:
        if distance(reading, last, a.first) > REACH:
            break
        i = a.first - 1
        while i > last and reading.low(i) in BOUND_WORDS:
            i -= 1
        chained = found and reading.low(i) in {"and", ","} and a.first - found[-1].last <= 3
        if reading.low(i) in links or chained:
            found.append(a)
    return found
