"""Which place and which day of its sentence a telling is bound to."""

from __future__ import annotations

from geo.events.distance import gap
from geo.events.means import ARMED
from geo.events.reading import DateHit, PlaceHit, Reading
from geo.lexicons import Trigger, words
from geo.mentions.phrases import Hit

BINDING_WORDS = words("whereabouts.binding")
SPEAKS_THERE_WORDS = words("whereabouts.speaks_there")


def taken(
    reading: Reading, hit: Hit[tuple[Trigger, ...]], trigger: Trigger, *, passive: bool
) -> PlaceHit | None:
    """Return the place that is the object of a change of control: "captured Khusham"."""
    if trigger.frame not in {"take", "give"}:
        return None
    literal = [p for p in reading.places if p.ref.literal and p.ref.place and p.ref.where_prec <= 4]
    before = [p for p in literal if p.last < hit.first and not _speaks_there(reading, p)]
    if town_first(reading, hit, trigger):
        return None
    if passive or "fell" in hit.words or "falls" in hit.words:
        subjects = [p for p in before if reading.low(p.first - 1) not in LOCATIVE | {"from", "to"}]
        return subjects[-1] if subjects else None
    if _the_town(reading, hit.last):
        return before[-1] if before else None
    objects = [p for p in literal if 0 < p.first - hit.last <= 6]
    return objects[0] if objects else None


TOWNS = words("whereabouts.towns")
ROADS = words("whereabouts.roads")


def _the_town(reading: Reading, last: int) -> bool:
    """Tell whether the object is a place named before: "seized the oil city", "the capture of the town"."""
    i = last + 1
    if reading.low(i) == "of":
        i += 1
    if reading.low(i) not in {"the", "it", "its"}:
        return False
    head = next((k for k in range(i, i + 4) if reading.low(k) in TOWNS or reading.low(k) == "it"), None)
    return (
        head is not None
        and reading.low(head + 1) != "of"
        and not any(p.first == head + 1 for p in reading.places)
    )


def meant_before(reading: Reading, hit: Hit[tuple[Trigger, ...]], trigger: Trigger) -> bool:
    """Tell whether a change of control speaks of a place that an earlier sentence named."""
    return trigger.frame in {"take", "give"} and (
        _the_town(reading, hit.last) or town_first(reading, hit, trigger)
    )


def town_first(reading: Reading, hit: Hit[tuple[Trigger, ...]], trigger: Trigger) -> bool:
    """Tell whether a sentence opens with a place named before: "The city, in which …, was cleansed"."""
    head = next((k for k in range(1, 4) if reading.low(k) in TOWNS), None)
    return (
        trigger.form in {"past", "participle"}
        and reading.low(0) in {"the", "this"}
        and head is not None
        and reading.low(head + 1) in {"was", "is", "has", ","}
        and hit.first > head
    )


PLACE_REACH = 4.0
NOT_THERE = words("settle.not_there")
LOCATIVE = words("occurrences.locative")


def nearest_place(reading: Reading, first: int, last: int) -> PlaceHit | None:
    """Return the literal place that a telling is bound to, finest of a chain."""
    best, cost = None, PLACE_REACH
    for p in reading.places:
        if not p.ref.literal or p.ref.place is None or _speaks_there(reading, p) or _of_a_name(reading, p):
            continue
        way = (
            gap(reading, (p.first, p.last), (first, last))
            + _coarseness(p)
            + _binding(reading, p, first, last)
        )
        if way < cost:
            best, cost = p, way
    return best


def _binding(reading: Reading, p: PlaceHit, first: int, last: int) -> float:
    """Return what the words before a place add: less where they locate, more in names."""
    i = p.first - 1
    while i >= 0 and reading.low(i) in BINDING_WORDS:
        i -= 1
    extra = -0.5 if reading.low(i) in LOCATIVE else 0.6
    if reading.low(i - 1) in NOT_THERE:
        extra += 4.0
    if not reading.words(last + 1, p.first - 1).replace("the", "").strip() and p.first > last:
        extra -= 2.0  # the verb's own object: "shelled Kafr Zita"
    if p.last < first and "where" in reading.words(p.last + 1, min(first, p.last + 10)).split():
        extra -= 2.5
    if any(a.last == i - 1 or a.first <= i <= a.last for a in reading.actors) and reading.low(i) in {
        "in",
        "of",
        "from",
    }:
        extra += 1.2
    extra += _elsewhere(reading, p, i)
    if reading.low(i) in {"opposite", "than", "like"} or p.ref.relation.kind == "border":
        extra += 1.5
    if reading.low(p.last + 1) in ROADS or reading.low(p.last + 1).startswith("-"):
        extra += 1.5  # a road named after where it leads
    later_offset = p.first > last and reading.low(i) == "of" and p.ref.relation.kind in {"offset", "part"}
    return extra + (
        1.0 if later_offset and any(q.first > last and q.first < p.first for q in reading.places) else 0.0
    )


def _elsewhere(reading: Reading, p: PlaceHit, i: int) -> float:
    """Return what speaks for a place not being where it happened: origins, directions, whose forces."""
    went = reading.low(i) == "to" and reading.low(i - 1) not in BESIDE
    extra = 1.5 if went or reading.low(i) in {"from", "towards", "toward"} else 0.0
    if reading.low(i) == "over" and LAUNCHED & set(reading.words(i - 6, i - 1).split()):
        extra += 3.0  # "launched by a bomber over Kursk"
    return extra + (2.0 if _modifies(reading, p) else 0.0)


BESIDE = frozenset({"close", "next", "near", "adjacent", "nearer", "closer"})
LAUNCHED = words("whereabouts.launched")


def _of_a_name(reading: Reading, p: PlaceHit) -> bool:
    """Tell whether a place name is part of the name of somebody known: "Lashkar-e-Taiba"."""
    return any(a.actor.id and a.first <= p.first and p.last <= a.last for a in reading.actors) or any(
        first <= p.first and p.last <= last for first, last in reading.voiced
    )


def _modifies(reading: Reading, p: PlaceHit) -> bool:
    """Tell whether a place name says which people are meant: "the Misrata brigades", "Kokang fighters"."""
    return any(a.first <= p.first and p.last < a.last and a.actor.kind in ARMED for a in reading.actors) and (
        reading.low(p.first - 1) not in LOCATIVE
    )


def _coarseness(p: PlaceHit) -> float:
    where = p.ref.where_prec
    if where >= 6:
        return 2.5 if where == 6 else 3.2
    return {5: 1.6, 4: 1.2, 3: 0.6}.get(where, 0.0)


def _speaks_there(reading: Reading, p: PlaceHit) -> bool:
    """Tell whether the place belongs to a speaker: "a surgeon in Saqba said", "Britain-based"."""
    if reading.low(p.last + 1).startswith("-") or reading.tokens.lows[p.last].endswith("-based"):
        return True
    if _somebodys(reading, p):
        return True
    if reading.low(p.first - 1) == "based" or reading.words(p.first - 2, p.first - 1) == "based in":
        return True
    after = next((h for h in reading.says if h.first > p.last and h.value[0] != "phrase"), None)
    if after is None or reading.low(p.first - 1) not in SPEAKS_THERE_WORDS:
        return False
    if after.first == p.last + 1 and not any(t.last < p.first for t in reading.triggers):
        return True
    if after.first - p.last <= 2 and any(
        a.last < p.first <= a.last + 4 or a.first <= p.first <= a.last for a in reading.actors
    ):
        return True
    speaker = any(a.last < p.first <= a.last + 4 and a.actor.kind not in ARMED for a in reading.actors)
    between = reading.words(p.last + 1, after.first - 1).split()
    return (
        speaker
        and not any(p.last < a.first < after.first and a.actor.kind in ARMED for a in reading.actors)
        and len(between) <= 14
        and not {";", "and"} & set(between[-6:])
    )


def _somebodys(reading: Reading, p: PlaceHit) -> bool:
    """Tell whether a place name says whose or by whom: "son of El Chapo", "handed over by Luhansk"."""
    before = reading.low(p.first - 1)
    if before == "by" and p.first - 2 >= 0 and reading.low(p.first - 2).endswith(("ed", "en", "over", "up")):
        return True
    return before == "of" and reading.low(p.first - 2) in KIN


KIN = words("whereabouts.kin")


def nearest_date(reading: Reading, first: int, last: int) -> DateHit | None:
    """Return the date that stands nearest; not the day somebody spoke, nor a mere limit."""
    best, cost = None, 99.0
    for d in reading.dates:
        if d.spoken or d.date.bounded or d.date.future or not d.date.when.known:
            continue
        way = gap(reading, (d.first, d.last), (first, last)) + {"year": 4.0, "month": 1.0, "week": 0.5}.get(
            d.date.when.precision, 0.0
        )
        if d.date.kind in {"ago", "same_day", "day_before"}:
            way += 0.6
        if way < cost:
            best, cost = d, way
    return best
