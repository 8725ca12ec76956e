"""Whether a report is about armed conflict at all, or borrows its words (sport, trade, weather)."""

from __future__ import annotations

import re
from functools import cache

from geo.events.reading import Reading
from geo.lexicons import table, words

ARMED = words("occurrences.armed")
HARD = 2.0


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(table("topics.csv", "word", "topic", "weight"), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")")


def borrowed(text: str) -> float:
    """Return how strongly a text speaks of fields that borrow war's words, per 100 words."""
    weights = table("topics.csv", "word", "topic", "weight")
    by_topic: dict[str, float] = {}
    for m in _pattern().finditer(text.lower()):
        topic, weight = weights[m.group()]
        by_topic[topic] = by_topic.get(topic, 0.0) + float(weight)
    return 100.0 * max(by_topic.values(), default=0.0) / max(40, len(text) / 6)


def warlike(text: str, readings: list[Reading]) -> bool:
    """Tell whether events may be read from a report: its words of war outweigh what borrows them.

    Each is counted per 100 words. Actors, which cost most to find, are looked at only where
    words of violence and victims do not decide alone.
    """
    words = sum(len(r.tokens) for r in readings)
    violence = sum(map(_violence, readings))
    if not violence and not any(r.triggers or r.measures for r in readings):
        return False
    share, bar = 100.0 / max(40, words), 0.9 * borrowed(text) + 0.4
    return share * violence > bar or share * (violence + sum(map(_arms, readings))) > bar


def _violence(r: Reading) -> float:
    """Weigh a sentence's words of victims and of violence."""
    victims = sum(m.value[0] in HARM and m.value[1] in {"vt", "adj", "vi"} for m in r.measures)
    return 1.5 * victims + 2.0 * sum(t.value[0].strength >= HARD for t in r.triggers)


HARM = frozenset({"killed", "injured", "killed+injured"})


def _arms(r: Reading) -> int:
    """Count the armed actors of a sentence."""
    return sum(a.actor.kind in ARMED for a in r.actors)
