"""Whose voice a verb of saying has: the noun group before it, behind it, or across an apposition."""

from __future__ import annotations

from geo.actors import registry
from geo.events.distance import distance
from geo.events.reading import ActorHit, Reading
from geo.events.speakers import (
    AUXILIARIES,
    NEW_LENGTH,
    NO_SUBJECT,
    PRONOUNS,
    WALLS,
    apposed_name,
    before_date,
    made,
    named_as,
    proper,
)
from geo.lexicons import words
from geo.mentions.phrases import Hit
from geo.records import ActorRef

NOUN_AFTER_WORDS = words("voices.noun_after")
GOVERNED_WORDS = words("voices.governed")
INVERTED_WORDS = words("voices.inverted")

SUBJECT_REACH = 22


def follower(reading: Reading, h: Hit[tuple[str, str]], actors: list[ActorHit]) -> ActorHit | None:
    """Return whom "according to", "citing" and the like name."""
    after = [a for a in actors if 0 < a.first - h.last <= 5 and distance(reading, h.last, a.first) < 1.6]
    if after:
        return min(after, key=lambda a: a.first)
    return _noun_after(reading, h.last + 1)


def _noun_after(reading: Reading, i: int) -> ActorHit | None:
    """Read a speaker that no lexicon knows: "according to shipping sources"."""
    end = i
    while (
        end < len(reading.tokens)
        and end - i < 6
        and (reading.low(end).isalpha() or "-" in reading.low(end))
        and reading.low(end) not in NOUN_AFTER_WORDS
    ):
        end += 1
    return ActorHit(i, end - 1, made(reading.tokens, i, end - 1)) if end > i else None


def subject(reading: Reading, h: Hit[tuple[str, str]], actors: list[ActorHit]) -> ActorHit | None:
    """Return the actor before a verb of saying; a clause between commas may part them."""
    best, cost = None, 99.0
    for a in actors:
        if a.last >= h.first or h.first - a.last > SUBJECT_REACH:
            continue
        way = _way_to_verb(reading, a, h) + (0.9 if _governed(reading, a) else 0.0)
        if way < cost:
            best, cost = a, way
    pronoun = any(
        reading.low(i) in PRONOUNS and h.first - i <= 3 for i in range(max(0, h.first - 3), h.first)
    )
    return best if cost < (0.5 if pronoun else 4.5) else None


def adjacent(reading: Reading, h: Hit[tuple[str, str]], actors: list[ActorHit]) -> ActorHit | None:
    """Return the noun group right before the verb, known or not: "the Mariupol city council wrote"."""
    i = _before_place(reading, before_date(reading, h.first - 1))
    if i < 0 or not reading.low(i).isalpha() or reading.low(i) in NO_SUBJECT or h.value[1] == "ing":
        return None
    if any(p.first <= i <= p.last and p.ref.literal for p in reading.places):
        return None
    known = next((a for a in actors if a.first <= i <= a.last), None)
    if known is not None:
        return known if not _governed(reading, known) else None
    first = i
    while (
        first > 0
        and i - first < 5
        and (reading.low(first - 1).replace("-", "").isalpha() or reading.low(first - 1) == "'s")
        and reading.low(first - 1) not in BREAKS
    ):
        first -= 1
    owned = reading.low(first) in OWNED or reading.low(first - 1) in OWNED
    named = owned or reading.tokens.capital(first) or reading.low(first - 1) in {"the", "a", "an"}
    ends_name = (
        reading.tokens.capital(i)
        or registry().descriptor(reading.low(i)) is not None
        or reading.low(i) in BODIES
        or owned
    )
    return ActorHit(first, i, made(reading.tokens, first, i)) if named and ends_name else None


OWNED = words("voices.owned")


def _before_place(reading: Reading, i: int) -> int:
    """Step back over where a speaker is: "the head of the ruling party in Delhi told", "has also said"."""
    while reading.low(i) in AUXILIARIES:
        i -= 1
    place = next((p for p in reading.places if p.first <= i <= p.last and p.ref.literal), None)
    if place is None or reading.low(place.first - 1) not in {"in", "at", "for"}:
        return i
    return place.first - 2


BREAKS = words("claimants.breaks")
BODIES = words("claimants.bodies")


def _way_to_verb(reading: Reading, a: ActorHit, h: Hit[tuple[str, str]]) -> float:
    between = [reading.low(i) for i in range(a.last + 1, h.first)]
    if between[:1] == [","] and between[-1:] == [","] and between.count(",") == 2:
        return 0.6  # an apposition: "An officer, who asked not to be named, said"
    if any(x.first > a.last and x.last < h.first for x in reading.says) or ";" in between:
        return 50.0
    return distance(reading, a.last, h.first)


def _governed(reading: Reading, a: ActorHit) -> bool:
    i = a.first - 1
    while i >= 0 and reading.low(i) in {"the", "a", "an", "its"}:
        i -= 1
    return reading.low(i) in GOVERNED_WORDS


def inverted(reading: Reading, h: Hit[tuple[str, str]], actors: list[ActorHit]) -> ActorHit | None:
    """Return the actor behind the verb: "said the minister"."""
    if reading.low(h.last + 1) in INVERTED_WORDS or any(0 <= f.first - h.last <= 2 for f in reading.figures):
        return None
    after = [a for a in actors if 0 < a.first - h.last <= 3 and distance(reading, h.last, a.first) < 0.8]
    first_word = h.first == 0 or reading.low(h.first - 1) in {",", '"', "”", "'"}
    if not after or not first_word or h.words.startswith(TELLING):
        return None
    named = min(after, key=lambda a: a.first)
    last = named.last
    while last + 1 < len(reading.tokens) and reading.low(last + 1) not in WALLS | INVERTED_WORDS:
        last += 1
    last = apposed_name(reading, last) if last - named.first < NEW_LENGTH else named.last
    return ActorHit(named.first, last, named_as(named.actor, made(reading.tokens, named.first, last)))


TELLING = ("tell", "told", "inform")


def widened(reading: Reading, hit: ActorHit) -> ActorRef:
    """Add what binds to the speaker ("a health official in Sulaimaniya"), for people to read."""
    last = hit.last
    if reading.low(last + 1) in {"in", "of", "for", "from"}:
        place = next((p for p in reading.places if p.first - last in {2, 3}), None)
        other = next((a for a in reading.actors if a.first - last in {2, 3}), None)
        last = place.last if place else other.last if other else _complement(reading, last)
    last = apposed_name(reading, last)
    if last == hit.last:
        return hit.actor
    whole = made(reading.tokens, hit.first, last)
    return named_as(hit.actor, whole)


def _complement(reading: Reading, last: int) -> int:
    """Return the end of "officials in the Kurdish region": capitalised words and their head."""
    i = last + 2 + (reading.low(last + 2) in {"the", "a", "its", "his"})
    if i >= len(reading.tokens) or not reading.tokens.capital(i):
        return last
    while i + 1 < len(reading.tokens) and reading.tokens.capital(i + 1):
        i += 1
    return i + 1 if reading.low(i + 1) in {"region", "province", "city", "district"} else i


def persons(reading: Reading) -> list[ActorHit]:
    """Return runs of capitalised words that no list knows: persons, outlets, offices."""
    covered = {i for a in reading.actors for i in range(a.first, a.last + 1)}
    covered |= {i for p in reading.places if p.ref.literal for i in range(p.first, p.last + 1)}
    covered |= {i for d in reading.dates for i in range(d.first, d.last + 1)}
    found: list[ActorHit] = []
    tokens, end = reading.tokens, 0
    for i, word in enumerate(tokens.texts):
        if i < end or i in covered or not word[0].isupper() or not proper(tokens, i, first=True):
            continue
        end = i + 1
        while end < len(tokens) and end not in covered and proper(tokens, end, first=False):
            end += 1
        if end - i >= 2 or i > 0 or _named_alone(reading, i):
            found.append(ActorHit(i, end - 1, made(tokens, i, end - 1)))
    return found


def _named_alone(reading: Reading, i: int) -> bool:
    """Tell whether a single capitalised first word is a name: a verb of saying follows."""
    return (
        any(h.first == i + 1 for h in reading.says)
        and registry().descriptor(reading.low(i)) is None
        and reading.low(i) not in PRONOUNS
        and len(reading.low(i)) > 3
    )
