"""Whether words of violence tell of something that happened: no plan, no threat, no metaphor, no denial."""

from __future__ import annotations

from geo.events.distance import distance, gap
from geo.events.means import ARMED
from geo.events.reading import Reading, is_passive
from geo.events.roles import Roles
from geo.events.whereabouts import town_first
from geo.lexicons import Trigger, table, words
from geo.mentions.phrases import Hit

TAKES_WORDS = words("reality.takes")

MODAL_REACH = 3.0
TAKING = "?take"
GIVING = "?give"
LOOTING = "Looting/property destruction"


FALLING = words("occurrences.falling")
UNDONE = words("reality.undone")
YET = words("reality.yet")


def unreal(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether a modal, a plan or a condition governs the trigger."""
    if UNDONE & {reading.low(i) for i in range(hit.last + 1, hit.last + 5)}:
        return True
    if reading.low(hit.last + 1) in YET and hit.value[0].pos == "n":
        return True  # "a car bomb would go off there", "an attack could come"
    for m in reading.modals:
        kind = m.value[0]
        if kind == "negation" or m.last >= hit.first:
            continue
        if _own_clause(reading, m.last, hit.first):
            continue
        if kind == "condition" and m.words == "whether" and distance(reading, m.last, hit.first) > 1:
            continue
        if distance(reading, m.last, hit.first) <= MODAL_REACH - (
            1.2 if kind in {"modal", "future"} else 0.8
        ):
            return not _would_have(reading, m.last)
    return False


def _own_clause(reading: Reading, modal: int, first: int) -> bool:
    """Tell whether a comma and "was" part a verb from a plan: "a new attack, was cleansed"."""
    i = first - 1
    return reading.low(i) in {"was", "were"} and reading.low(i - 1) == "," and modal < i - 1


def _would_have(reading: Reading, i: int) -> bool:
    return reading.low(i) == "may" and reading.low(i + 1) == "have"


def denied(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> str:
    """Return "denied" where somebody denies that it happened, "not" where it did not, else ""."""
    for m in reading.modals:
        if m.value[0] == "negation" and m.last < hit.first and m.words not in {"neither", "without"}:
            speaks = m.words.startswith("den")
            if distance(reading, m.last, hit.first) <= (1.6 if speaks else 0.8):
                return "denied" if speaks else "not"
    return ""


def takes(
    reading: Reading, trigger: Trigger, hit: Hit[tuple[Trigger, ...]], roles: Roles, *, passive: bool
) -> bool:
    """Tell whether a change of control has a place as its object, and a force as subject."""
    if trigger.strength == 0 and not any(a.actor.kind in ARMED for a in roles.initiators):
        return False
    if reading.words(hit.last + 1, hit.last + 1) in TAKES_WORDS:
        return False
    object_first = (
        passive
        or trigger.lemma in SUBJECT_TAKEN
        or (trigger.pos == "n" and reading.low(hit.last + 1) != "of")
    )
    if trigger.lemma in SUBJECT_TAKEN and any(hit.first - 9 <= f.first < hit.first for f in reading.figures):
        return False  # "87 worshippers are in the hands of bandits"
    reach = (
        range(max(0, hit.first - 9), hit.first)
        if object_first
        else range(hit.last + 1, min(len(reading.tokens), hit.last + 8))
    )
    return _place_within(reading, reach) or _which(reading, hit) or town_first(reading, hit, trigger)


SUBJECT_TAKEN = frozenset({"fall", "in the hands of", "fly the banner of", "change hands"})


def meant(reading: Reading, trigger: Trigger, hit: Hit[tuple[Trigger, ...]], *, noun: bool) -> bool:
    """Tell whether a word that has peaceful uses is meant as told: plunder of houses."""
    after = reading.low(hit.last + 1)
    if noun and after in table("weapons.csv", "word") and after != "by":
        return False  # "attack aircraft", "strike drones"
    if _possessed(reading, trigger, hit, noun=noun) or _ongoing(reading, hit):
        return False
    if trigger.lemma in TRUCES:
        return bool(CONCLUDED & set(reading.words(hit.first - 7, hit.last + 7).split()))
    if trigger.sub_type == ABDUCTION and trigger.strength <= ABOUT_PEOPLE:
        return _of_people(reading, hit)
    if trigger.sub_type == LOOTING:
        return _property(reading, hit)
    if trigger.lemma == "intercept":
        return _of_weapon(reading, hit, 0.5 if not is_passive(reading, hit.first) else 1.5)
    if trigger.lemma == "fall":
        return any(p.ref.literal and hit.first - 3 <= p.last < hit.first for p in reading.places)
    if trigger.lemma == "go off":
        return _of_weapon(reading, hit, 1.5)
    if (
        noun
        and trigger.strength == 1
        and trigger.lemma in table("weapons.csv", "word")
        and not _violence(reading, hit)
    ):
        return False
    return not (trigger.sub_type == "Peaceful protest" and not noun and is_passive(reading, hit.first))


ABDUCTION = "Abduction/forced disappearance"
ABOUT_PEOPLE = 2
TRUCES = words("reality.truces")
CONCLUDED = words("reality.concluded")
ARMOURY = words("reality.armoury")
PEOPLE_REACH = 10


def _possessed(reading: Reading, trigger: Trigger, hit: Hit[tuple[Trigger, ...]], *, noun: bool) -> bool:
    """Tell whether a weapon is only had, found or counted: "with two pistols and five grenades"."""
    if not noun or trigger.strength > 1 or trigger.lemma not in table("weapons.csv", "word"):
        return False
    near = set(reading.words(hit.first - 12, hit.last + 6).split())
    counted = any(0 < hit.first - f.last <= 2 for f in reading.figures)
    return bool(ARMOURY & near) and (counted or not FALLING & near)


def _ongoing(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether a verb tells of years of war and no event: "tribes have fought since July"."""
    since = reading.words(hit.last + 1, hit.last + 4).split()
    return {"has", "have"} >= {reading.low(hit.first - 1)} and bool({"since", "for"} & set(since[:3]))


def _of_people(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether somebody is near who can be carried off: cars and cattle are not abducted."""
    near = range(hit.first - PEOPLE_REACH, hit.last + PEOPLE_REACH)
    people = any(a.first in near and a.actor.kind == "civilians" for a in reading.actors)
    return people or bool(PERSONS & set(reading.words(near.start, near.stop).split()))


PERSONS = words("reality.persons")


def _of_weapon(reading: Reading, hit: Hit[tuple[Trigger, ...]], reach: float) -> bool:
    """Tell whether a weapon stands close by: "a drone was intercepted", "the charge went off"."""
    return any(gap(reading, (w.first, w.last), (hit.first, hit.last)) < reach for w in reading.weapons)


def _violence(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether something is done with a weapon that is named: it falls, is fired, kills."""
    near = {reading.low(i) for i in range(max(0, hit.first - 8), hit.last + 9)}
    armed = any(
        a.actor.kind in ARMED and gap(reading, (a.first, a.last), (hit.first, hit.last)) < 2
        for a in reading.actors
    )
    return bool(near & FALLING) or armed or bool(reading.measures)


def _property(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether houses, shops or fields stand near a word of plunder or fire."""
    things = table("property.csv", "word")
    return any(reading.low(i) in things for i in range(max(0, hit.first - 10), hit.last + 10))


def _place_within(reading: Reading, reach: range) -> bool:
    takeable = table("takeable.csv", "word")
    named = any(p.first in reach and p.ref.literal for p in reading.places)
    return named or any(reading.low(i) in takeable for i in reach)


def _which(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether the object is what "which" or "that" stands for: "al-Qaim, which Iraqi forces took"."""
    for p in reading.places:
        between = reading.words(p.last + 1, hit.first - 1).split()
        if (
            p.last < hit.first
            and len(between) <= 8
            and between[:2] in ([",", "which"], ["which"], ["that"], [",", "that"])
        ):
            return True
    return False


def modal_before(reading: Reading, first: int) -> bool:
    """Tell whether a modal, a plan or a condition stands right before a word."""
    return any(
        m.value[0] != "negation" and m.last < first and distance(reading, m.last, first) < 1.5
        for m in reading.modals
    )
