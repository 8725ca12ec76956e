"""Whether a report is about armed conflict at all, or borrows its words (sport, trade, weather)."""

from __future__ import annotations

import re
from functools import cache

from geo.actors import registry
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


def armed(readings: list[Reading]) -> float:
    """Return how strongly a report speaks of armed actors and their victims, per 100 words."""
    score = 0.0
    words = 0
    for r in readings:
        words += len(r.tokens)
        score += sum(1.0 for a in r.actors if a.actor.kind in ARMED)
        score += sum(
            1.5
            for m in r.measures
            if m.value[0] in {"killed", "injured", "killed+injured"} and m.value[1] in {"vt", "adj", "vi"}
        )
        score += sum(2.0 for t in r.triggers if t.value[0].strength >= HARD)
    return 100.0 * score / max(40, words)


def warlike(text: str, readings: list[Reading]) -> bool:
    """Tell whether events may be read from a report."""
    return armed(readings) > 0.9 * borrowed(text) + 0.4


__all__ = ["ARMED", "armed", "borrowed", "registry", "warlike"]
