"""Whether a report is about armed conflict at all, or borrows its words (sport, trade, weather)."""

from __future__ import annotations

import math
import re
from functools import cache

from geo.events.reading import Reading
from geo.lexicons import table, words

ARMED = words("occurrences.armed")
HARD = 2.0


@cache
def _pattern() -> re.Pattern[str]:
    """Match the longest stem at a word's start; stems of one first letter stand together, which is faster."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(table("topics.csv", "word", "topic", "weight"), key=len, reverse=True):
        by_letter.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
    return re.compile(r"\b(?:" + "|".join(f"{k}(?:{'|'.join(v)})" for k, v in by_letter.items()) + ")")


def borrowed(text: str) -> float:
    """Return how strongly a text speaks of fields that borrow war's words, per 100 words."""
    weights = table("topics.csv", "word", "topic", "weight")
    by_topic: dict[str, float] = {}
    for m in _pattern().finditer(text.lower()):
        topic, weight = weights[m.group()]
        by_topic[topic] = by_topic.get(topic, 0.0) + float(weight)
    return 100.0 * max(by_topic.values(), default=0.0) / max(40, len(text) / 6)


WORD = re.compile(r"(?<![\w'’.-])[a-z][a-z-]{2,}")


def subject_words(text: str) -> set[str]:
    """Return the words of a text that stand without a capital: names say where, not what."""
    return set(WORD.findall(text))


def subject(text: str) -> float:
    """Return the log-odds that a text's words are those of reports of armed conflict."""
    weights = _weights()
    words = subject_words(text)
    found = sum(weights[w] for w in sorted(words & weights.keys()))
    sure = min(1.0, len(words) / WORDS_ENOUGH)
    return sure * (weights["prior"] + found / math.sqrt(len(words) + 1))


WORDS_ENOUGH = 60
"""Fewer different words tell less."""


@cache
def _weights() -> dict[str, float]:
    return {w: float(v) for w, (v,) in table("topic_weights.csv", "feature", "weight").items()}


QUIET = -1.6
"""Below this log-odds a report's words are never those of war."""
DOUBT = 3.0
"""How much more must speak for war for each unit of log-odds that the words speak against it."""


def warlike(text: str, readings: list[Reading]) -> bool:
    """Tell whether events may be read from a report: its words of war outweigh what borrows them.

    Each is counted per 100 words. Actors, which cost most to find, are looked at only where
    words of violence and victims do not decide alone.
    """
    words = sum(len(r.tokens) for r in readings)
    violence = sum(map(_violence, readings))
    if not violence and not any(r.triggers or r.measures for r in readings):
        return False
    about = subject(text)
    if about < QUIET:
        return False
    share, bar = 100.0 / max(40, words), 0.9 * borrowed(text) + 0.4 + DOUBT * max(0.0, -about)
    return share * violence > bar or share * (violence + sum(map(_arms, readings))) > bar


def _violence(r: Reading) -> float:
    """Weigh a sentence's words of victims and of violence."""
    victims = sum(m.value[0] in HARM and m.value[1] in {"vt", "adj", "vi"} for m in r.measures)
    return 1.5 * victims + 2.0 * sum(t.value[0].strength >= HARD for t in r.triggers)


HARM = frozenset({"killed", "injured", "killed+injured"})


def _arms(r: Reading) -> int:
    """Count the armed actors of a sentence."""
    return sum(a.actor.kind in ARMED for a in r.actors)
