"""Who answers for what was told: claims of responsibility, blame, suspicion."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from geo.events.distance import distance
from geo.events.means import ARMED
from geo.events.reading import ActorHit, Reading
from geo.lexicons import table, words
from geo.mentions.phrases import Hit, Phrases

REACH = 3.0
NEGATED = words("blame.negated")
NEGATION_REACH = 6
ABLE = ARMED | {"government"}


@cache
def _phrases() -> Phrases[tuple[str, ...]]:
    return Phrases(table("blame.csv", "words", "side", "rest"))


def culprits(reading: Reading) -> list[ActorHit]:
    """Return whom a sentence makes answer: "X claimed responsibility", "held the rebels responsible"."""
    if reading.sentence.furniture or not reading.actors:
        return []
    return list(dict.fromkeys(a for h in _phrases().find(reading.tokens) for a in _answering(reading, h)))


def _answering(r: Reading, h: Hit[tuple[str, ...]]) -> Iterator[ActorHit]:
    side, rest = h.value
    if _negated(r, h.first):
        return
    able = [a for a in r.actors if a.actor.kind in ABLE or a.actor.id]
    if side == "before":
        before = [a for a in able if a.last < h.first and distance(r, a.last, h.first) <= REACH]
        yield from before[-1:]
        return
    after = [a for a in able if a.first > h.last and distance(r, h.last, a.first) <= REACH]
    if after and (side == "after" or rest in r.words(after[0].last, after[0].last + REST_REACH).split()):
        yield after[0]
        yield from (a for a in after[1:2] if r.words(after[0].last + 1, a.first - 1) in JOINED)


REST_REACH = 8
JOINED = frozenset({"and", "and the", "or", ",", "and its", "and their"})


def _negated(r: Reading, first: int) -> bool:
    """Tell whether nobody has answered: "No group has claimed responsibility", "has not claimed"."""
    return any(r.low(i) in NEGATED for i in range(max(0, first - NEGATION_REACH), first + 1))
