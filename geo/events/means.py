"""By what means: weapons and armed actors in reach of a trigger speak for a sub-type."""

from __future__ import annotations

from geo.events.distance import gap
from geo.events.reading import Reading
from geo.lexicons import Trigger, words
from geo.mentions.phrases import Hit

ARMED = words("occurrences.armed")


LEANINGS = {
    "strike": "Air/drone strike",
    "raid": "Air/drone strike",
    "bombing": "Air/drone strike",
    "shoot": "gun",
    "shooting": "gun",
    "open fire": "gun",
}


def votes(reading: Reading, hit: Hit[tuple[Trigger, ...]], trigger: Trigger) -> dict[str, float]:
    """Return the weight of each sub-type that a trigger and the means around it speak for."""
    votes = votes_near(reading, hit.first, hit.last)
    if trigger.lemma in LEANINGS and (trigger.pos == "n" or trigger.lemma in {"shoot", "open fire"}):
        lean = LEANINGS[trigger.lemma]
        votes[lean] = votes.get(lean, 0.0) + 0.8
    return votes


def votes_near(reading: Reading, first: int, last: int) -> dict[str, float]:
    """Return the weight of each sub-type that the means near a span speak for: the nearer, the more."""
    votes: dict[str, float] = {}
    for w in reading.weapons:
        votes[w.value[0]] = votes.get(w.value[0], 0.0) + float(w.value[1]) / (
            1.0 + gap(reading, (w.first, w.last), (first, last))
        )
    return votes
